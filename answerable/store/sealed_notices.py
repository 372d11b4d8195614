"""The overseer hears that something waits: not what, not how many, and not when it came.

A notice goes out at the next full hour, so that its time says little about who wrote.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from answerable.permissions import Role
from answerable.respond.calling import quiet_until
from answerable.store.calls import quiet_of
from answerable.store.models import Notice, Reach, Unit, Way

ABOUT = "sealed"


def owe(top: Unit, now: datetime) -> None:
    """One notice by each way of each overseer of the whole body; none where one waits already.

    For the transaction that stores the report.
    """
    hour = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    held = Way.objects.filter(
        removed_at=None,
        person__is_active=True,
        person__roles__unit=top,
        person__roles__role=Role.OVERSEER.value,
    )
    told = Notice.objects.filter(about=ABOUT, state="waiting").values("way")
    ways = held.exclude(pk__in=told).select_related("person__unit").order_by("pk").distinct()
    hours = {row.person_id: row for row in Reach.objects.filter(person__in=[way.person_id for way in ways])}
    Notice.objects.bulk_create(
        Notice(
            about=ABOUT,
            person=way.person,
            way=way,
            key=f"{ABOUT}-{secrets.token_hex(8)}",
            made_at=now,
            due_at=quiet_until(quiet_of(hours.get(way.person_id), way.person), hour) or hour,
        )
        for way in ways
    )
