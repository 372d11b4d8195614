"""Passkeys as rows: added by a person for themselves, used to sign in, removed. Verifying is in web."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from answerable.errors import BadInput, Conflict
from answerable.publish.wording import plain
from answerable.store import ledger
from answerable.store.models import Passkey, Person

MOST = 10  # of one person


def add(
    person: Person, *, credential: str, public_key: bytes, count: int, name: str, now: datetime
) -> Passkey:
    """One more passkey of this person. Conflict when it is known already, or there are ten."""
    name = plain(name)[:60]
    if not name:
        raise BadInput("Give the passkey a name, such as the device it is on.")
    try:
        with transaction.atomic():
            ledger.serialise()
            if Passkey.objects.filter(person=person).count() >= MOST:
                raise Conflict("You have ten passkeys already: remove one first.")
            made = Passkey.objects.create(
                person=person,
                credential=credential,
                public_key=public_key,
                count=count,
                name=name,
                added_at=now,
            )
            ledger.append(person, "passkey.add", "passkey", made.pk, credential, "", now)
    except IntegrityError as error:
        raise Conflict("This passkey is known already.") from error
    return made


def remove(person: Person, number: int, *, now: datetime) -> None:
    """This passkey opens the desk no more."""
    with transaction.atomic():
        ledger.serialise()
        if not Passkey.objects.filter(pk=number, person=person).delete()[0]:
            raise Conflict("This passkey was removed already.")
        ledger.append(person, "passkey.remove", "passkey", number, "", "", now)


def of(person: Person) -> list[Passkey]:
    return list(Passkey.objects.filter(person=person).order_by("added_at", "id"))


def known(credential: str) -> Passkey | None:
    """The passkey with this id, of somebody who may still sign in."""
    found = Passkey.objects.filter(credential=credential, person__is_active=True)
    return found.select_related("person__unit").first()


def used(row: Passkey, count: int, now: datetime) -> bool:
    """Note a signature. False when its counter did not rise: then somebody has a copy of the key."""
    rises = Q(count__lt=count) if count or row.count else Q(count=0)
    with transaction.atomic():
        return bool(Passkey.objects.filter(rises, pk=row.pk).update(count=count, used_at=now))
