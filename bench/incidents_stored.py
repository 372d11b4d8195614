"""Fills a data folder with incidents that were worked for days, as 200 steps of many people leave them.

`python -m bench.incidents_stored INCIDENTS ENTRIES USERS` prints one sign-in token for each user.
"""

# ruff: noqa: T201, S311 -- prints tokens, draws from a fixed seed

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from answerable.run.start import django
from bench import stored

if TYPE_CHECKING:
    from answerable.store.models import Incident, Person, TimelineEntry

SEED = 20260302
ITEMS = 20_000  # so that there are stories enough
CHUNK = 50  # incidents whose timelines are written together
WORDS = "pump main valve crew street lamp school tank sample line van works gate lane bridge lab".split()  # noqa: SIM905


def main(count: int, entries: int, users: int) -> None:
    """Incidents of all levels, each opened from a story, most of them still open."""
    settings = django()
    from answerable.permissions import Role
    from answerable.store import people

    rng = random.Random(SEED)
    now = datetime.now(UTC).replace(microsecond=0)
    first = people.first_start("Brackwater Council", "Europe/London", now)
    if first is None:
        raise SystemExit("fill an empty data folder")
    stories = [
        story
        for story, _ in stored.fill(
            rng, ITEMS, now, list(stored.sources_of(settings.keep_days, now)), most=count
        )
    ]
    staff = []
    for number in range(users):
        person, token = people.invite(
            first[0],
            login=f"user{number}",
            name=f"Colleague {number}",
            unit=first[0].unit,
            roles=[Role.INFORMATION_OFFICER],
            now=now,
        )
        staff.append(person)
        print(token)
    _incidents(rng, staff, stories, count, entries, now)


def _incidents(
    rng: random.Random, staff: list[Person], stories: list[int], count: int, entries: int, now: datetime
) -> None:
    from answerable.store import incidents, statements, tasks, voices
    from answerable.store.models import Person, TimelineEntry

    admin = Person.objects.get(login="admin")
    voice = voices.register(admin, unit=admin.unit, name="Maren Oyelaran", role="Spokesperson", now=now)
    rows: list[TimelineEntry] = []
    for number in range(count):
        opened = now - timedelta(hours=rng.randrange(1, 200))
        actor = rng.choice(staff)
        made = incidents.open_incident(
            actor,
            title=f"Matter {number}: {_said(rng, 6)}",
            level=rng.choice((1, 2, 2, 3, 4)),
            unit=actor.unit,
            story_ids=rng.sample(stories, 3),
            now=opened,
        )
        for n in range(3):
            statements.write(
                actor,
                incident_id=made.pk,
                kind="clarification",
                voice_id=voice.pk,
                language="en",
                title=_said(rng, 8),
                text=_said(rng, 60),
                evidence=[(None, "Record", "https://brackwater.example/record")],
                reason="answer",
                now=opened + timedelta(minutes=n),
            )
        tasks.add(actor, made.pk, text=_said(rng, 8), phase="hour", now=opened)
        here = TimelineEntry.objects.filter(incident=made).count()
        rows += _entries(rng, made, staff, entries - here, opened, now)
        if number % CHUNK == CHUNK - 1:
            TimelineEntry.objects.bulk_create(rows, batch_size=500)
            rows = []
            sys.stderr.write(f"\rincidents {number + 1}")
    TimelineEntry.objects.bulk_create(rows, batch_size=500)
    sys.stderr.write("\n")


def _entries(
    rng: random.Random, incident: Incident, staff: list[Person], count: int, opened: datetime, now: datetime
) -> Iterator[TimelineEntry]:
    """What many steps leave behind; past the store's functions, which take minutes for the same rows."""
    from answerable.store.models import Statement, TimelineEntry

    statement = Statement.objects.filter(incident=incident).values_list("pk", flat=True)[0]
    kinds = (
        lambda: ("note", {"text": _said(rng, 25)}),
        lambda: ("taken", {}),
        lambda: ("assessed", {"level": 2, "text": _said(rng, 15)}),
        lambda: ("task_added", {"text": _said(rng, 8), "phase": "day", "person": ""}),
        lambda: ("task_done", {"code": "", "text": _said(rng, 8)}),
        lambda: ("told", {"unit": "Water Services", "why": "superior"}),
        lambda: ("statement_written", {"statement": statement, "version": 1, "title": _said(rng, 8)}),
        lambda: ("statement_submitted", {"statement": statement, "version": 1, "title": _said(rng, 8)}),
        lambda: ("clock_met", {"clock": "holding_60m", "due_at": opened.isoformat()}),
        lambda: ("handed_over", {"unit": "Water Services", "owner": "", "note": _said(rng, 12)}),
    )
    span = (now - opened).total_seconds()
    for at in sorted(rng.random() * span for _ in range(count)):
        kind, params = rng.choice(kinds)()
        yield _entry(TimelineEntry, incident, rng.choice(staff), opened + timedelta(seconds=at), kind, params)


def _entry(
    model: type[TimelineEntry], incident: Incident, actor: Person, at: datetime, kind: str, params: Any
) -> TimelineEntry:
    return model(incident=incident, actor=actor, at=at, kind=kind, params=params)


def _said(rng: random.Random, words: int) -> str:
    return " ".join(rng.choices(WORDS, k=words))


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:4]))
