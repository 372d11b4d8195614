"""Which learned mood is in use: the files lie in the data folder, the ledger says who changed it and when."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from answerable.permissions import Permission
from answerable.store import ledger
from answerable.store.access import require
from answerable.store.models import Person, StoryFact

KIND = "mood_model"
LIVE = timedelta(days=7)  # stories quiet for longer keep what they said, with the number of its model


def learned(actor: Person | None, number: int, content: bytes, *, reason: str = "", now: datetime) -> None:
    """A mood was learned and is in use from now on; `content` is its file. `actor` None: the operator."""
    _changed(actor, "mood.learn", number, content, reason, now)


def removed(actor: Person | None, number: int, *, reason: str = "", now: datetime) -> None:
    """The learned mood of this number is out of use: the built-in one judges again."""
    _changed(actor, "mood.remove", number, b"", reason, now)


def _changed(
    actor: Person | None, action: str, number: int, content: bytes, reason: str, now: datetime
) -> None:
    with transaction.atomic():
        if actor is not None:
            require(actor, Permission.SOURCE_CHANGE, None)
        describe_again(now)
        ledger.append(actor, action, KIND, number, content, reason, now)


def describe_again(now: datetime) -> None:
    """What live stories say of themselves was said by another model: the engine describes them again."""
    since = int((now - LIVE).timestamp() * 1000)
    StoryFact.objects.filter(kind="told", items__gt=0, story__last_seen__gte=since).update(items=0)
