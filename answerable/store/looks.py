"""When a colleague last looked at a story, and what it held. Nobody else sees it; it goes after 90 days.

A visit is what lies less than ten minutes apart: reading a page again does not make its news old.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from answerable.records import Json
from answerable.store.models import Person, StoryLook
from answerable.store.reading.rows import facts, instant, rows

VISIT = timedelta(minutes=10)
AGAIN = timedelta(minutes=1)
KEPT = timedelta(days=90)
_SEEN = "SELECT before_at, before, last_at, last FROM story_looks WHERE person_id = %s AND story_id = %s"


@dataclass(frozen=True, slots=True)
class Look:
    """What was there at the end of the visit before."""

    at: datetime
    held: Mapping[str, Json]


def look(person: Person, story: int, held: Mapping[str, Json], now: datetime) -> Look | None:
    """Keep what the story holds now; returns what it held at the person's last visit, None at the first.

    This is no change of the desk: it is nobody's business, and so not in the ledger.
    """
    for before_at, was, last_at, last in rows(_SEEN, (person.pk, story)):
        if facts(last) == dict(held) and instant(last_at) <= now < instant(last_at) + AGAIN:
            # The same page once more: nothing to keep, and nobody waits for the one writer.
            return Look(instant(before_at), facts(was)) if facts(was) else None
    with transaction.atomic():
        row = StoryLook.objects.filter(person=person, story_id=story).first()
        if row is None:
            StoryLook.objects.filter(person=person, last_at__lt=now - KEPT).delete()
            StoryLook.objects.create(
                person=person, story_id=story, before_at=now, before={}, last_at=now, last=dict(held)
            )
            return None
        before = (row.before_at, row.before)
        if now - row.last_at > VISIT:
            before = (row.last_at, row.last)
        StoryLook.objects.filter(person=person, story_id=story).update(
            before_at=before[0], before=before[1], last_at=now, last=dict(held)
        )
    return Look(*before) if before[1] else None
