"""Who somebody is at the organisation's own sign-in: joined at the first sign-in, by the subject ever after.

A login there may be given to somebody else one day, a subject never is. Roles are the desk's own.
"""

from __future__ import annotations

import json
from datetime import datetime

from django.db import transaction

from answerable.errors import Conflict
from answerable.store import ledger
from answerable.store.models import Identity, Person


def person_of(issuer: str, subject: str, login: str, now: datetime) -> Person | None:
    """The active person with this subject; else the one with this login, who is joined to it from now on.

    None for everybody else: nobody gets in whom no administrator invited, and nobody who left.
    """
    known = _joined(issuer, subject)
    if known is not None or not login:
        return known.person if known and known.person.is_active else None
    with transaction.atomic():
        ledger.serialise()
        known = _joined(issuer, subject)
        if known is not None:  # another tab was faster
            return known.person if known.person.is_active else None
        free = Person.objects.filter(login=login, is_active=True, identity=None)
        person = free.select_related("unit").first()
        if person is not None:
            Identity.objects.create(person=person, issuer=issuer, subject=subject, joined_at=now)
            content = json.dumps([issuer, subject])
            ledger.append(person, "identity.join", "person", person.pk, content, "", now)
    return person


def of(person: Person) -> Identity | None:
    """How the person is known at the organisation's sign-in."""
    return Identity.objects.filter(person=person).first()


def part(person: Person, *, now: datetime) -> None:
    """The organisation's sign-in opens the desk for this person no more, until the login is joined anew."""
    with transaction.atomic():
        ledger.serialise()
        if not Identity.objects.filter(person=person).delete()[0]:
            raise Conflict("It was removed already.")
        ledger.append(person, "identity.part", "person", person.pk, "", "", now)


def _joined(issuer: str, subject: str) -> Identity | None:
    found = Identity.objects.filter(issuer=issuer, subject=subject)
    return found.select_related("person__unit").first()
