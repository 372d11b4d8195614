"""The learned model of doubt: its file lies in the data folder, the ledger says who changed it and when."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.permissions import Permission
from answerable.store import ledger
from answerable.store.access import require
from answerable.store.models import Person
from answerable.store.moods import describe_again

KIND = "doubt_model"


def learned(actor: Person | None, content: bytes, *, reason: str = "", now: datetime) -> None:
    """It reads replies from now on; `content` is its file. `actor` None: the operator."""
    _changed(actor, "doubt.learn", content, reason, now)


def removed(actor: Person | None, *, reason: str = "", now: datetime) -> None:
    """The lists of phrases count alone again."""
    _changed(actor, "doubt.remove", b"", reason, now)


def _changed(actor: Person | None, action: str, content: bytes, reason: str, now: datetime) -> None:
    with transaction.atomic():
        ledger.serialise()
        if actor is not None:
            require(actor, Permission.SOURCE_CHANGE, None)
        describe_again(now)
        ledger.append(actor, action, KIND, 0, content, reason, now)
