"""What the frame of every page needs: the top unit, and the person of a session."""

from __future__ import annotations

from answerable.store.models import Person, Unit
from answerable.store.reading.rows import rows


def top_unit() -> Unit | None:
    """The unit at the top of the tree; None before the first start."""
    return Unit.objects.filter(parent=None).order_by("id").first()


def person_by_id(pk: int) -> Person | None:
    """A person who may still sign in, with the unit already fetched; None otherwise."""
    return Person.objects.select_related("unit").filter(pk=pk, is_active=True).first()


def roles_held(person: Person) -> list[tuple[str, str]]:
    """(role, path of its unit) of a person: what `store.access` decides by, in one query for a whole page."""
    return [
        (role, path)
        for role, path in rows(
            "SELECT r.role, u.path FROM roles_held r JOIN units u ON u.id = r.unit_id WHERE r.person_id = %s",
            [person.pk],
        )
    ]
