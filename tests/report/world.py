"""A random town's rows over three days, for the tests of reports: stories, merges, alerts, incidents, clocks."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from answerable.store import reporting
from answerable.store.models import (
    Alert,
    Clock,
    Incident,
    ItemRow,
    SignalRow,
    Source,
    SourceAlarm,
    Statement,
    StatementVersion,
    Story,
    ThreadRow,
)
from answerable.store.stream import to_ms

# Days on which clocks change, both ways, and one on which they do not.
DAYS = (
    ("Europe/London", date(2026, 3, 29)),
    ("Europe/London", date(2026, 10, 25)),
    ("America/Santiago", date(2026, 4, 5)),
    ("Asia/Shanghai", date(2026, 3, 2)),
)


@dataclass(frozen=True)
class World:
    """Where and when the world is reported."""

    zone: ZoneInfo
    day: date
    start: datetime
    end: datetime
    now: datetime


def make(desk: Any, rng: random.Random, exercise: bool = False) -> World:
    """Write a random world and return the day to report."""
    name, day = rng.choice(DAYS)
    zone = ZoneInfo(name)
    start, end = reporting.bounds(day, zone)
    now = rng.choice([end + timedelta(minutes=5), end - timedelta(hours=6), end])

    def moment() -> datetime:
        """Any moment of three days; the edges of the day come often."""
        edges = [start, end, start - timedelta(milliseconds=1), end - timedelta(milliseconds=1), now]
        some = start + timedelta(milliseconds=rng.randrange(-86_400_000, 172_800_000))
        return min(rng.choice([*edges, some, some, some, some]), now)

    sources = [_source(rng, number, moment, exercise) for number in range(rng.randint(1, 5))]
    for source in sources:
        _silence(rng, source, moment)
    stories = _stories(rng, sources, moment, exercise)
    for story in rng.sample(stories, min(4, len(stories))):
        _alert(rng, story, moment, exercise)
    for _ in range(rng.randint(0, 4)):
        _incident(desk, rng, moment, now, exercise)
    return World(zone, day, start, end, now)


def _source(rng: random.Random, number: int, moment: Any, exercise: bool) -> Source:
    return Source.objects.create(
        name=f"Source {number}",
        kind=rng.choice(["feeds", "feeds", "files"]),
        address=f"https://{number}.example/{exercise}",
        source_class="public",
        purpose="Water faults",
        exercise=exercise,
        paused=rng.random() < 0.2,
        added_at=moment(),
        removed_at=moment() if rng.random() < 0.2 else None,
        last_answer_at=moment() if rng.random() < 0.7 else None,
    )


def _silence(rng: random.Random, source: Source, moment: Any) -> None:
    """Perhaps an alarm that ended, perhaps one that still stands."""
    for ended in (True, False):
        if rng.random() < 0.3:
            first, last = sorted([moment(), moment()])
            SourceAlarm.objects.create(
                source=source,
                why="silent",
                since=first,
                chance=0.001,
                raised_at=first,
                ended_at=last if ended else None,
            )


def _stories(rng: random.Random, sources: list[Source], moment: Any, exercise: bool) -> list[Story]:
    stories: list[Story] = []
    item = ItemRow.objects.count() + 1
    for _ in range(rng.randint(0, 12)):
        heard = [moment() for _ in range(rng.choice([1, 1, 2, 4, 5, 6, 7, 14]))]
        if rng.random() < 0.5:  # most of a story is heard on one day
            heard = [min(heard[0], one) if rng.random() < 0.3 else heard[0] for one in heard]
        story = Story.objects.create(
            exercise=exercise,
            items=len(heard),
            first_seen=0,
            last_seen=0,
            first_heard=to_ms(min(heard)),
            heading_item=item,
        )
        stories.append(story)
        thread = ThreadRow.objects.create(
            story=story, exercise=exercise, items=len(heard), first_seen=0, last_seen=0, state=b""
        )
        for at in heard:
            ItemRow.objects.create(
                id=item,
                source=rng.choice(sources),
                key=item.to_bytes(8, "big"),
                text=f"The water is brown {item}",
                language="en",
                published=to_ms(at),
                heard=to_ms(at),
                batch=1,
                thread=thread if rng.random() < 0.95 else None,
                exercise=exercise,
            )
            item += 1
    return _merged(rng, stories)


def _merged(rng: random.Random, stories: list[Story]) -> list[Story]:
    """Two of them became one: threads move, the loser redirects."""
    if len(stories) < 2 or rng.random() < 0.5:
        return stories
    winner, loser = stories[0], stories[-1]
    ThreadRow.objects.filter(story=loser).update(story=winner)
    Story.objects.filter(pk=loser.pk).update(merged_into=winner)
    Story.objects.filter(pk=winner.pk).update(first_heard=min(winner.first_heard, loser.first_heard))
    return stories[:-1]


def _alert(rng: random.Random, story: Story, moment: Any, exercise: bool) -> None:
    signal = SignalRow.objects.create(
        story=story,
        kind="burst",
        at=0,
        window_s=60,
        observed=1,
        expected=0,
        low=0,
        high=1,
        p=0,
        test="t",
        items=[1],
    )
    raised = moment()
    decided = max(raised, moment()) if rng.random() < 0.5 else None
    Alert.objects.create(
        story=story,
        signal=signal,
        exercise=exercise,
        raised_at=raised,
        decided_at=decided,
        state=rng.choice(
            ["dismissed", "incident", "acknowledged", "closed"] if decided else ["open", "joined"]
        ),
    )


def _incident(desk: Any, rng: random.Random, moment: Any, now: datetime, exercise: bool) -> None:
    opened = moment()
    incident = Incident.objects.create(
        title="Brown water",
        level=2,
        unit=rng.choice([desk.top, desk.water]),
        opened_by=desk.carol,
        opened_at=opened,
        heard_at=opened,
        exercise=exercise,
        resolved_at=max(opened, moment()) if rng.random() < 0.4 else None,
    )
    for kind, hours in (("holding_60m", 1), ("statement_5h", 5), ("answer_48h", 48)):
        due = opened + timedelta(hours=hours)
        Clock.objects.create(
            incident=incident,
            kind=kind,
            started_at=opened,
            due_at=due,
            met_at=rng.choice(
                [None, due, min(now, due - timedelta(minutes=9)), min(now, due + timedelta(hours=2))]
            ),
            dropped_at=opened if rng.random() < 0.1 else None,
            explanation=rng.choice(["", "A pump failed"]),
        )
    statement = Statement.objects.create(
        incident=incident,
        kind="holding",
        unit=incident.unit,
        voice=desk.voice,
        language="en",
        exercise=exercise,
        created_at=opened,
    )
    for number in range(1, rng.randint(1, 4)):
        StatementVersion.objects.create(
            statement=statement,
            number=number,
            title="Water",
            text="We are looking into it.",
            text_hash="h",
            approved_hash="h",
            written_by=desk.carol,
            approved_by=desk.bob,
            written_at=opened,
            published_at=rng.choice([None, moment()]),
        )
