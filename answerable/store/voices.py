"""Registered voices: the public identities that may speak for a unit. Nothing goes out without one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from answerable.errors import BadInput, Conflict
from answerable.permissions import Permission
from answerable.publish.wording import plain, web_link
from answerable.store import ledger
from answerable.store.access import require, units_for
from answerable.store.models import Person, Unit, Voice


def register(
    actor: Person,
    *,
    unit: Unit,
    name: str,
    role: str,
    person: Person | None = None,
    service_number: str = "",
    accounts: Sequence[tuple[str, str]] = (),
    reason: str = "",
    now: datetime,
) -> Voice:
    """A public name and title that may speak for `unit`; a service number may stand for the name.

    `accounts` are (network, address) from which it speaks. BadInput when name or title is missing.
    """
    role, service_number = plain(role), plain(service_number)[:40]
    name = plain(name) or service_number
    if not (name and role):
        raise BadInput("A voice has a name and a title that the public sees: write both.")
    kept = [[plain(network)[:40], web_link(address)] for network, address in accounts]
    with transaction.atomic():
        require(actor, Permission.VOICE_CHANGE, unit)
        voice = Voice.objects.create(
            unit=unit,
            name=name,
            role=role,
            person=person,
            registered_at=now,
            service_number=service_number,
            accounts=kept,
        )
        facts = [name, role, unit.pk, person.pk if person else None, service_number, kept]
        content = json.dumps(facts, ensure_ascii=False)
        ledger.append(actor, "voice.register", "voice", voice.pk, content, reason, now)
    return voice


def retire(actor: Person, voice: Voice, *, reason: str = "", now: datetime) -> None:
    """The voice says nothing new from now on; what it said stays. Conflict when it was retired already."""
    with transaction.atomic():
        require(actor, Permission.VOICE_CHANGE, voice.unit)
        if not Voice.objects.filter(pk=voice.pk, retired_at=None).update(retired_at=now):
            raise Conflict("This voice was retired already.")
        voice.retired_at = now
        ledger.append(actor, "voice.retire", "voice", voice.pk, "", reason, now)


def registered(unit: Unit | None = None) -> QuerySet[Voice]:
    """Voices that may speak today, of one unit or of all, by unit and name."""
    found = Voice.objects.filter(retired_at=None).select_related("unit")
    return (found if unit is None else found.filter(unit=unit)).order_by("unit__path", "name", "id")


def nearest(actor: Person, unit: Unit) -> Voice | None:
    """In whose name this person answers for the unit: their own voice, else the nearest up the tree."""
    found = [one for one in registered() if unit.path.startswith(one.unit.path)]
    return min(found, key=partial(_nearness, actor), default=None)


def _nearness(actor: Person, voice: Voice) -> tuple[bool, int, int]:
    return voice.person_id != actor.pk, -len(voice.unit.path), voice.pk


def speaking(actor: Person, unit: Unit) -> Voice:
    """The nearest voice. BadInput when none is registered there: nothing goes out without one."""
    voice = nearest(actor, unit)
    if voice is None:
        raise BadInput(
            "Nothing goes out without a registered voice: an administrator registers one for the unit."
        )
    return voice


def choices(actor: Person, unit: Unit | None = None) -> QuerySet[Voice]:
    """Voices that this person may draft for: of the units where they write, and the matter's own unit."""
    mine = set(units_for(actor, Permission.STATEMENT_WRITE).values_list("pk", flat=True))
    if unit is not None:
        # Whoever writes about a matter may draft in the name of the units above it; these units approve.
        mine |= {int(part) for part in unit.path.split("/") if part}
    return registered().filter(unit__in=mine)
