"""Units, people, roles and one-time links: who works here and what they may do.

Of a link only a hash is kept. Checking a password at sign-in belongs to web; setting one is here. Each write
takes its place in the ledger first: some count rows before they decide, and all lock in one order.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import available_timezones

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import APART, Permission, Role
from answerable.publish.wording import plain
from answerable.store import ledger
from answerable.store.access import may, permissions_of, require
from answerable.store.models import OneTimeLink, Person, RoleHeld, Unit

LINK_LASTS = timedelta(hours=24)
FIRST_LINK_LASTS = timedelta(days=7)


def first_start(body_name: str, timezone: str, now: datetime) -> tuple[Person, str] | None:
    """The top unit, its first administrator and a token (7 days); None when somebody works here already."""
    _known_timezone(timezone)
    with transaction.atomic():
        ledger.serialise()
        if Person.objects.exists():
            return None
        unit = _new_unit(body_name.strip() or "Our public body", None, timezone, "")
        person = _new_person("admin", "First administrator", unit, now)
        RoleHeld.objects.create(person=person, unit=unit, role=Role.ADMINISTRATOR)
        link, token = _new_link(person, now, FIRST_LINK_LASTS)
        ledger.append(None, "unit.create", "unit", unit.pk, _unit_content(unit), "first_start", now)
        ledger.append(None, "person.invite", "person", person.pk, _person_content(person), "first_start", now)
        ledger.append(None, "link.create", "link", link.pk, "", "first_start", now)
    return person, token


def first_link(now: datetime) -> tuple[Person, str] | None:
    """A fresh token for the first administrator while nobody has ever got in; None as soon as anybody has.

    For the second start of somebody who lost the address that the first one printed.
    """
    with transaction.atomic():
        ledger.serialise()
        people = list(Person.objects.all()[:2])
        used = OneTimeLink.objects.exclude(used_at=None).exists()
        if used or len(people) != 1 or people[0].has_usable_password():
            return None
        link, token = _new_link(people[0], now, FIRST_LINK_LASTS)
        ledger.append(None, "link.create", "link", link.pk, "", "first_start", now)
    return people[0], token


def create_unit(
    actor: Person,
    *,
    name: str,
    parent: Unit,
    timezone: str = "",
    duty_number: str = "",
    reason: str = "",
    now: datetime,
) -> Unit:
    """A unit below `parent`; an empty time zone is the parent's. BadInput: empty name, unknown zone."""
    zone = timezone or parent.timezone
    _known_timezone(zone)
    with transaction.atomic():
        ledger.serialise()
        require(actor, Permission.UNIT_CHANGE, parent)
        unit = _new_unit(
            _filled(name, "The name of the unit is empty: write it, then save again."),
            parent,
            zone,
            duty_number.strip(),
        )
        ledger.append(actor, "unit.create", "unit", unit.pk, _unit_content(unit), reason, now)
    return unit


def change_unit(
    actor: Person, unit: Unit, *, name: str, timezone: str, duty_number: str, reason: str = "", now: datetime
) -> Unit:
    """Another name, time zone or duty number. Its place in the tree stays."""
    _known_timezone(timezone)
    with transaction.atomic():
        ledger.serialise()
        require(actor, Permission.UNIT_CHANGE, unit)
        unit.name, unit.timezone = (
            _filled(name, "The name of the unit is empty: write it, then save again."),
            timezone,
        )
        unit.duty_number = duty_number.strip()
        unit.save(update_fields=["name", "timezone", "duty_number"])
        ledger.append(actor, "unit.change", "unit", unit.pk, _unit_content(unit), reason, now)
    return unit


def invite(
    actor: Person,
    *,
    login: str,
    name: str,
    unit: Unit,
    roles: Iterable[Role],
    reason: str = "",
    now: datetime,
) -> tuple[Person, str]:
    """A person of a unit with roles in it, and a one-time token (24 h). Conflict when the login is taken."""
    wanted = sorted({Role(role) for role in roles})
    _stands_apart(set(wanted))
    with transaction.atomic():
        ledger.serialise()
        require(actor, Permission.PERSON_CHANGE, unit)
        try:
            with transaction.atomic():
                person = _new_person(
                    _filled(login, "The login is empty: write it, then save again."),
                    _filled(name, "The name of the person is empty: write it, then save again."),
                    unit,
                    now,
                )
        except IntegrityError as error:
            raise Conflict("Somebody has this login already: choose another one.") from error
        RoleHeld.objects.bulk_create(RoleHeld(person=person, unit=unit, role=role) for role in wanted)
        link, token = _new_link(person, now, LINK_LASTS)
        ledger.append(actor, "person.invite", "person", person.pk, _person_content(person), reason, now)
        ledger.append(actor, "link.create", "link", link.pk, "", reason, now)
    return person, token


def new_link(actor: Person | None, person: Person, *, reason: str = "", now: datetime) -> str:
    """A fresh one-time token (24 h) for somebody who cannot get in; unused older ones stop working.

    `actor` None is the operator at the command line.
    """
    with transaction.atomic():
        ledger.serialise()
        if actor is not None:
            require(actor, Permission.PERSON_CHANGE, person.unit)
        if not Person.objects.filter(pk=person.pk, is_active=True).exists():
            raise Conflict("This person is no longer active: no link can be made.")
        OneTimeLink.objects.filter(person=person, used_at=None).delete()
        link, token = _new_link(person, now, LINK_LASTS)
        ledger.append(actor, "link.create", "link", link.pk, "", reason, now)
    return token


def link_holder(token: str, now: datetime) -> Person | None:
    """Whom an unused link would sign in, without using it: for the page that asks before it redeems."""
    link = _open_links(token, now).select_related("person").first()
    return link.person if link else None


def redeem(token: str, now: datetime) -> Person:
    """Use a one-time link up and say whose it was. NotAllowed when it was used, has expired or never was."""
    with transaction.atomic():
        ledger.serialise()
        link = _open_links(token, now).select_related("person").first()
        if link is None or not OneTimeLink.objects.filter(pk=link.pk, used_at=None).update(used_at=now):
            raise NotAllowed("This link was used already or has expired: ask an administrator for a new one.")
        OneTimeLink.objects.filter(person=link.person, used_at=None).delete()  # older ones that lie about
        ledger.append(link.person, "link.redeem", "link", link.pk, "", "", now)
    return link.person


def set_password(person: Person, raw: str, now: datetime) -> None:
    """The person's own new password. BadInput says what is wrong with a weak one. Open links stop working."""
    try:
        validate_password(raw, person)
    except ValidationError as error:
        raise BadInput(
            "This password is too short, too common or like your name: choose at least 12 characters."
        ) from error
    person.set_password(raw)  # outside the transaction: argon2 takes long, and SQLite has one writer
    with transaction.atomic():
        ledger.serialise()
        if not Person.objects.filter(pk=person.pk, is_active=True).update(password=person.password):
            raise Conflict("This person is no longer active: the password was not changed.")
        OneTimeLink.objects.filter(person=person, used_at=None).delete()
        ledger.append(person, "person.password", "person", person.pk, "", "", now)


def set_language(person: Person, language: str, now: datetime) -> None:
    """The language the person reads the desk in."""
    with transaction.atomic():
        ledger.serialise()
        Person.objects.filter(pk=person.pk).update(language=language)
        person.language = language
        ledger.append(person, "person.language", "person", person.pk, language, "", now)


def change_roles(
    actor: Person, person: Person, *, unit: Unit, roles: Iterable[Role], reason: str = "", now: datetime
) -> None:
    """The roles held in `unit` from now on; other units stay. Conflict for the last administrator."""
    wanted = {Role(role) for role in roles}
    with transaction.atomic():
        ledger.serialise()
        require(actor, Permission.PERSON_CHANGE, unit)
        RoleHeld.objects.filter(person=person, unit=unit).exclude(role__in=wanted).delete()
        held = set(RoleHeld.objects.filter(person=person, unit=unit).values_list("role", flat=True))
        fresh = sorted(wanted - held)
        _stands_apart(wanted | {role for _, role in roles_of(person)})
        RoleHeld.objects.bulk_create(RoleHeld(person=person, unit=unit, role=role) for role in fresh)
        _somebody_administers()
        ledger.append(actor, "person.roles", "person", person.pk, _person_content(person), reason, now)


def deactivate(actor: Person, person: Person, *, reason: str = "", now: datetime) -> None:
    """The person can no longer sign in; what they did stays. Conflict for the last administrator."""
    with transaction.atomic():
        ledger.serialise()
        require(actor, Permission.PERSON_CHANGE, person.unit)
        if not Person.objects.filter(pk=person.pk, is_active=True).update(is_active=False):
            raise Conflict("This person was deactivated already.")
        OneTimeLink.objects.filter(person=person, used_at=None).delete()
        _somebody_administers()
        person.is_active = False
        ledger.append(actor, "person.deactivate", "person", person.pk, "", reason, now)


def reactivate(actor: Person, person: Person, *, reason: str = "", now: datetime) -> None:
    """The person may sign in again, by a new link or the old password."""
    with transaction.atomic():
        ledger.serialise()
        require(actor, Permission.PERSON_CHANGE, person.unit)
        if not Person.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
            raise Conflict("This person is active already.")
        person.is_active = True
        ledger.append(actor, "person.reactivate", "person", person.pk, "", reason, now)


def roles_of(person: Person) -> list[tuple[Unit, Role]]:
    """The roles a person holds, with their units, in the order of the tree."""
    held = RoleHeld.objects.filter(person=person, role__in=list(Role)).select_related("unit")
    return [(row.unit, Role(row.role)) for row in held.order_by("unit__path", "role")]


def holders(permission: Permission, unit: Unit) -> list[Person]:
    """Active people who may do this in the unit: for choices such as the next owner."""
    roles = [role for role in Role if permission in permissions_of(role)]
    people = Person.objects.filter(is_active=True, roles__role__in=roles).distinct().order_by("name", "id")
    return [person for person in people if may(person, permission, unit)]


def _new_unit(name: str, parent: Unit | None, timezone: str, duty_number: str) -> Unit:
    unit = Unit.objects.create(name=name, parent=parent, timezone=timezone, duty_number=duty_number)
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    return unit


def _new_person(login: str, name: str, unit: Unit, now: datetime) -> Person:
    person = Person(login=login, name=name, unit=unit, added_at=now)
    person.set_unusable_password()
    person.save(force_insert=True)
    return person


def _new_link(person: Person, now: datetime, lasts: timedelta) -> tuple[OneTimeLink, str]:
    token = secrets.token_urlsafe(32)
    link = OneTimeLink.objects.create(person=person, token_hash=_token_hash(token), expires_at=now + lasts)
    return link, token


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _open_links(token: str, now: datetime) -> QuerySet[OneTimeLink]:
    return OneTimeLink.objects.filter(
        token_hash=_token_hash(token), used_at=None, expires_at__gt=now, person__is_active=True
    )


def _somebody_administers() -> None:
    """Refuse a change after which nobody could add or change people any more."""
    roles = [role for role in Role if Permission.PERSON_CHANGE in permissions_of(role)]
    if not Person.objects.filter(is_active=True, roles__role__in=roles, roles__unit__parent=None).exists():
        raise Conflict("This is the last administrator of the whole desk: make somebody else one first.")


def _stands_apart(roles: set[Role]) -> None:
    """Refuse the overseer or the legal reviewer a second role: they judge what the others do."""
    if roles & APART and len(roles) > 1:
        raise BadInput("The overseer and the legal reviewer stand apart: these roles go with no other.")


def _known_timezone(name: str) -> None:
    if name not in available_timezones():
        raise BadInput("There is no such time zone: write one such as Europe/Madrid.")


def _filled(text: str, otherwise: str) -> str:
    if not (text := plain(text)):
        raise BadInput(otherwise)
    return text


def _unit_content(unit: Unit) -> str:
    return json.dumps([unit.name, unit.path, unit.timezone, unit.duty_number], ensure_ascii=False)


def _person_content(person: Person) -> str:
    roles = [[unit.pk, role] for unit, role in roles_of(person)]
    return json.dumps([person.login, person.name, roles], ensure_ascii=False)
