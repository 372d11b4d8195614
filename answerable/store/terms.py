"""What leaves by its own term and is no message: looks at stories, sessions that ended, old tries to sign in.

Messages leave by the term of their source (`erase`), those of forms and contacts by theirs (`submissions`).
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db.models import Model, QuerySet

from answerable.store.looks import KEPT
from answerable.store.models import SealedReport, SignInTry, StoryLook
from answerable.store.sealed_reports import KEPT as SEALED
from answerable.store.sign_in import KEPT as TRIED
from answerable.store.stream import to_ms


def sweep(now: datetime) -> int:
    """Remove what is past its term; returns how many rows."""
    old: tuple[QuerySet[Model], ...] = (
        StoryLook.objects.filter(last_at__lt=now - KEPT),
        Session.objects.filter(expire_date__lt=now),
        SealedReport.objects.filter(touched_at__lt=now - SEALED),
        SignInTry.objects.filter(since__lt=to_ms(now - TRIED)),
    )
    # Asked first, because writing takes the lock of all writers.
    return sum(rows.delete()[0] for rows in old if rows.exists())
