"""Forms for one place: an officer makes a short address for a poster; what comes by it carries the place."""

from __future__ import annotations

import json
import secrets
from datetime import datetime

from django.db import transaction

from answerable.errors import BadInput, Conflict
from answerable.permissions import Permission
from answerable.publish.wording import plain
from answerable.store import ledger
from answerable.store.access import require
from answerable.store.models import FormLink, Person, Unit
from answerable.store.submissions import KINDS, MOST_PLACE

# Read aloud and typed from a wall: no letters that look like others, no vowels that make words.
_LETTERS = "23456789bcdfghjkmnpqrstvwxz"
_LENGTH = 6


def create(
    actor: Person,
    *,
    unit: Unit,
    place: str,
    kind: str = "",
    known_place: str = "",
    reason: str = "",
    now: datetime,
) -> FormLink:
    """A form for a place. BadInput without a place, or for a kind that does not exist."""
    place = " ".join(plain(place).split())[:MOST_PLACE]
    if not place:
        raise BadInput("Which place is it for? Write it as people there call it.")
    if kind and kind not in KINDS:
        raise BadInput("What is it? Choose one.")
    with transaction.atomic():
        require(actor, Permission.FORM_CHANGE, unit)
        made = FormLink.objects.create(
            slug=new_slug(),
            unit=unit,
            place=place,
            known_place=known_place[:80],
            kind=kind,
            made_by=actor,
            made_at=now,
        )
        content = json.dumps([made.slug, place, kind], ensure_ascii=False)
        ledger.append(actor, "form.create", "form", made.pk, content, reason, now)
    return made


def new_slug() -> str:
    """A short address that nobody has yet."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def close(actor: Person, made: FormLink, *, reason: str = "", now: datetime) -> None:
    """The poster leads to the general form from now on. Conflict when it was closed before."""
    with transaction.atomic():
        require(actor, Permission.FORM_CHANGE, made.unit)
        if not FormLink.objects.filter(pk=made.pk, closed_at=None).update(closed_at=now):
            raise Conflict("This form was closed already.")
        ledger.append(actor, "form.close", "form", made.pk, "", reason, now)


def by_slug(slug: str) -> FormLink | None:
    """The form of a short address, also a closed one."""
    return FormLink.objects.select_related("unit").filter(slug=slug.lower()[:12]).first()
