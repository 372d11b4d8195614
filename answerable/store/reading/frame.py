"""What the frame of every page needs: the top unit, and the person of a session."""

from __future__ import annotations

from datetime import datetime

from answerable.store.models import Person, Unit
from answerable.store.reading.rows import instant, rows


def last_ledger_entry() -> tuple[int, datetime] | None:
    """(number, time) of the newest ledger entry, for the foot of staff pages."""
    found = rows("SELECT id, at FROM ledger ORDER BY id DESC LIMIT 1")
    return (int(found[0][0]), instant(found[0][1])) if found else None


_UNIT = ("id", "parent_id", "name", "path", "timezone", "duty_number")


def top_unit() -> Unit | None:
    """The unit at the top of the tree; None before the first start."""
    return Unit.objects.filter(parent=None).order_by("id").first()


def person_by_id(pk: int) -> Person | None:
    """A person who may still sign in, with the unit already fetched; None otherwise.

    Every request of staff begins here, so the row is read by hand.
    """
    found = rows(
        "SELECT p.login, p.name, p.password, p.last_login, p.language, p.added_at, "
        "u.id, u.parent_id, u.name, u.path, u.timezone, u.duty_number "
        "FROM people p JOIN units u ON u.id = p.unit_id WHERE p.id = %s AND p.is_active",
        [pk],
    )
    if not found:
        return None
    login, name, password, last_login, language, added_at, *unit = found[0]
    held = Unit(**dict(zip(_UNIT, unit, strict=True)))
    person = Person(
        id=int(pk),
        login=login,
        name=name,
        password=password,
        last_login=instant(last_login) if last_login else None,
        language=language,
        is_active=True,
        added_at=instant(added_at),
        unit=held,
    )
    for row in (held, person):
        # What Django's own from_db does, without depending on the order of columns.
        row._state.adding, row._state.db = False, "default"  # noqa: SLF001
    return person


def roles_held(person: Person) -> list[tuple[str, str]]:
    """(role, path of its unit) of a person: what `store.access` decides by, in one query for a whole page."""
    return [
        (role, path)
        for role, path in rows(
            "SELECT r.role, u.path FROM roles_held r JOIN units u ON u.id = r.unit_id WHERE r.person_id = %s",
            [person.pk],
        )
    ]
