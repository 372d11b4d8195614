"""What the desk's tests put on the stage: a story that was heard, an alert, a published statement."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import connections

from answerable.store import incidents, statements
from answerable.store.models import (
    Alert,
    Incident,
    ItemRow,
    LedgerRow,
    SignalRow,
    Source,
    StatementVersion,
    Story,
    ThreadRow,
)
from answerable.store.stream import to_ms
from tests.cast import Desk


def story(desk: Desk, *, heard: datetime | None = None, exercise: bool = False) -> Story:
    """A story of one item about brown water in Fenmoor, heard an hour before the tests' now."""
    at = to_ms(heard or desk.now - timedelta(hours=1))
    newest = (table.objects.order_by("-pk").first() for table in (Story, ItemRow))
    number = 1 + max(row.pk if row else 0 for row in newest)
    source, _ = Source.objects.get_or_create(
        kind="drill" if exercise else "feeds",
        address="https://fenmoor.example/feed",
        exercise=exercise,
        defaults={
            "name": "Fenmoor Gazette",
            "source_class": "outlet",
            "purpose": "Water faults",
            "added_at": desk.now - timedelta(days=1),
        },
    )
    made = Story.objects.create(
        pk=number,
        exercise=exercise,
        items=1,
        first_seen=at,
        last_seen=at,
        first_heard=at,
        heading_item=number,
    )
    thread = ThreadRow.objects.create(
        pk=number, story=made, exercise=exercise, items=1, first_seen=at, last_seen=at, state=b""
    )
    ItemRow.objects.create(
        pk=number,
        source=source,
        key=number.to_bytes(16, "big"),
        text="The water in Fenmoor is brown.",
        published=at,
        heard=at,
        batch=1,
        thread=thread,
        exercise=exercise,
    )
    return made


def alert(desk: Desk, about: Story, *, raised: datetime | None = None, state: str = "open") -> Alert:
    """An alert of a story, raised 20 minutes before the tests' now."""
    signal = SignalRow.objects.create(
        story=about,
        kind="burst",
        at=about.first_seen,
        window_s=600,
        observed=1,
        expected=0.1,
        low=0,
        high=1,
        p=0.001,
        test="poisson-gamma",
        items=[about.heading_item],
    )
    raised = raised or desk.now - timedelta(minutes=20)
    return Alert.objects.create(
        story=about, signal=signal, raised_at=raised, state=state, exercise=about.exercise
    )


def incident(
    desk: Desk, *, level: int = 2, exercise: bool = False, raised: datetime | None = None
) -> Incident:
    """An incident Carol opened from an alert."""
    about = story(desk, exercise=exercise)
    return incidents.open_incident(
        desk.carol,
        title="Brown tap water in Fenmoor",
        level=level,
        unit=desk.top,
        story_ids=[about.pk],
        alert_id=alert(desk, about, raised=raised).pk,
        reason="safety",
        now=desk.now,
    )


def draft(desk: Desk, of: Incident | None = None, **changes: Any) -> StatementVersion:
    """Carol's draft in Bob's registered voice."""
    facts: dict[str, Any] = {
        "incident_id": of.pk if of else None,
        "kind": "clarification",
        "voice_id": desk.voice.pk,
        "language": "en",
        "title": "The water is brown from iron",
        "text": "A main broke at 06:40. The rust is harmless.",
        "evidence": [(None, "Pressure record", "https://brackwater.example/record")],
        "reason": "answer",
        "now": desk.now,
    }
    return statements.write(desk.carol, **{**facts, **changes})


def publish(desk: Desk, version: StatementVersion, at: datetime | None = None) -> StatementVersion:
    """Submit, approve by Bob, publish."""
    at = at or desk.now
    statements.submit(desk.carol, version.pk, now=at)
    statements.approve(desk.bob, version.pk, version.text_hash, now=at)
    return statements.publish(desk.bob, version.pk, now=at)


def ledger_rows() -> list[tuple[str, str, int]]:
    """(action, kind, object) of all rows, in the order of the chain."""
    return list(LedgerRow.objects.order_by("id").values_list("action", "kind", "object"))


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run calls in threads that start together, each on its own connection; results or what they raised."""
    ready = threading.Barrier(len(calls))
    results: list[Any] = [None] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        try:
            ready.wait(10)
            results[place] = call()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results
