"""T3: a random run of desk steps, killed at any moment, leaves exactly one ledger entry for each change of state."""

from __future__ import annotations

import os
import random
import select
import signal
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connections

from answerable.errors import AnswerableError
from answerable.permissions import Permission, Role
from answerable.respond.levels import STATES
from answerable.store import (
    clocks,
    disputes,
    escalations,
    incidents,
    ledger,
    people,
    receipts,
    statements,
    tasks,
)
from answerable.store.models import (
    Clock,
    Incident,
    IncidentTask,
    LedgerRow,
    Person,
    StatementVersion,
    TimelineEntry,
    Unit,
    UnitTold,
)
from tests.cast import Desk
from tests.store.scene import alert, story
from tests.web import stage

pytestmark = pytest.mark.store

# What stands in the timeline of an incident for each action of the ledger: written by different lines of code.
SAME = {
    "incident.open": "opened",
    "incident.take": "taken",
    "incident.hand_over": "handed_over",
    "incident.level": "level_changed",
    "incident.state": "state_changed",
    "incident.note": "note",
    "incident.conference": "conference",
    "clock.explain": "clock_explained",
    "clock.miss": "clock_missed",
    "clock.escalate": "escalated",
    "task.add": "task_added",
    "task.done": "task_done",
    "task.open": "task_open",
    "told.receive": "received",
    "dispute.raise": "disputed",
    "dispute.settle": "dispute_settled",
    "dispute.rise": "dispute_rose",
    "statement.write": "statement_written",
    "statement.submit": "statement_submitted",
    "statement.send_back": "statement_sent_back",
    "statement.approve": "statement_approved",
    "statement.publish": "statement_published",
}
VERSIONED = tuple(name for name in SAME if name.startswith("incident.") and name != "incident.open")
Step = Callable[[], Any]


class Desks:
    """Chooses one random step after another, of anybody on anything, also such as must be refused."""

    def __init__(self, rng: random.Random, start: datetime) -> None:
        self.rng, self.now = rng, start
        self.people = list(Person.objects.select_related("unit").order_by("pk"))
        self.units = list(Unit.objects.order_by("pk"))

    def step(self) -> tuple[str, Step]:
        """The name of a step and the call that takes it."""
        self.now += timedelta(seconds=self.rng.choice((5, 60, 300)))
        kind = self.rng.choice(
            (self.of_incident, self.of_statement, self.of_tasks, self.of_units, self.by_itself)
        )
        return kind()

    def of_incident(self) -> tuple[str, Step]:
        who, incident, now = self.anybody(), self.any(Incident), self.now
        version = incident.version - (self.rng.random() < 0.2)  # somebody who looked too long
        at: dict[str, Any] = {"version": version, "now": now}
        word = f"word {self.rng.random()}"
        level, state = self.rng.randint(1, 4), self.rng.choice(STATES)
        unit, number = self.rng.choice(self.units), incident.pk
        found: list[tuple[str, Step]] = [
            ("incident.take", lambda: incidents.take(who, number, **at)),
            ("incident.note", lambda: incidents.add_note(who, number, text=word, **at)),
            ("incident.level", lambda: incidents.change_level(who, number, level=level, **at)),
            ("incident.state", lambda: incidents.change_state(who, number, state=state, **at)),
            ("incident.hand_over", lambda: incidents.hand_over(who, number, unit=unit, **at)),
            ("incident.conference", lambda: incidents.record_conference(who, number, held_at=now, **at)),
        ]
        clock = Clock.objects.filter(incident=incident).order_by("?").first()
        if clock is not None:
            call = lambda: incidents.explain_clock(who, incident.pk, clock_id=clock.pk, text=word, **at)  # noqa: E731
            found.append(("clock.explain", call))
        return self.rng.choice(found)

    def of_statement(self) -> tuple[str, Step]:
        who, now = self.anybody(), self.now
        version = StatementVersion.objects.order_by("?").first()
        if version is None or self.rng.random() < 0.3:
            about, voice = self.any(Incident), people_voice()
            fields = {"kind": "clarification", "voice_id": voice, "language": "en", "title": "T", "text": "X"}
            return "statement.write", lambda: statements.write(who, incident_id=about.pk, now=now, **fields)  # type: ignore[arg-type]
        pk, text = version.pk, version.text_hash
        found: list[tuple[str, Step]] = [
            ("statement.submit", lambda: statements.submit(who, pk, now=now)),
            ("statement.send_back", lambda: statements.send_back(who, pk, now=now)),
            ("statement.approve", lambda: statements.approve(who, pk, text, now=now)),
            ("statement.publish", lambda: statements.publish(who, pk, now=now)),
        ]
        return self.rng.choice(found)

    def of_tasks(self) -> tuple[str, Step]:
        who, now, row = self.anybody(), self.now, IncidentTask.objects.order_by("?").first()
        if row is None or self.rng.random() < 0.3:
            about = self.any(Incident)
            return "task.add", lambda: tasks.add(who, about.pk, text="Ring the works", phase="hour", now=now)
        if self.rng.random() < 0.5:
            return "task.done", lambda: tasks.finish(who, row.pk, now=now)
        return "task.open", lambda: tasks.reopen(who, row.pk, now=now)

    def of_units(self) -> tuple[str, Step]:
        who, now, about = self.anybody(), self.now, self.any(Incident)
        told = UnitTold.objects.order_by("?").first()
        if told is not None and self.rng.random() < 0.5:
            return "told.receive", lambda: receipts.receive(who, told.pk, now)
        if self.rng.random() < 0.5:
            unit = self.rng.choice(self.units)
            return "dispute.raise", lambda: disputes.contest(who, about.pk, unit=unit, why="Theirs.", now=now)
        # Settled in favour of whoever answers: to hand over as well would be a second change.
        return "dispute.settle", lambda: disputes.settle(who, about.pk, unit=about.unit, now=now)

    def by_itself(self) -> tuple[str, Step]:
        now, clock = self.now, self.rng.choice((clocks.mark_missed, escalations.tick, disputes.tick))
        return "ticks", lambda: clock(now)

    def anybody(self) -> Person:
        return self.rng.choice(self.people)

    def any(self, model: type[Incident]) -> Incident:
        number = self.rng.choice(list(model.objects.values_list("pk", flat=True)))
        return model.objects.select_related("unit").get(pk=number)


def people_voice() -> int:
    """Any registered voice."""
    from answerable.store.models import Voice

    return int(Voice.objects.values_list("pk", flat=True)[0])


def _prepare(desk: Desk) -> None:
    for login, role, unit in (
        ("hana", Role.HEAD, desk.top),
        ("hugo", Role.HEAD, desk.water),
        ("lena", Role.LEGAL_REVIEWER, desk.top),
    ):
        stage.person(login, role, unit)
    for unit in (desk.top, desk.water, desk.water):
        about = story(desk)
        who = people.holders(Permission.INCIDENT_OPEN, unit)[0]
        incidents.open_incident(
            who,
            title="Brown water",
            level=2,
            unit=unit,
            story_ids=[about.pk],
            alert_id=alert(desk, about).pk,
            now=desk.now,
        )


def _run(start: datetime, seed: int, said: int) -> None:
    """In the child: one step after the other, each held against the ledger, until it is killed."""
    steps = Desks(random.Random(seed), start)
    while True:
        name, call = steps.step()
        before = _newest()
        try:
            result = call()
            wanted = result if name == "ticks" else 1
            word = "ok"
        except AnswerableError:
            wanted, word = 0, "refused"
        added = _newest() - before
        if added != wanted:
            word = f"WRONG:{added}"
        os.write(said, f"{word} {name}\n".encode())


def _newest() -> int:
    row = ledger.head()
    return row.id if row else 0


def _killed(start: datetime, seed: int, steps: int, after_s: float) -> Sequence[str]:
    """Steps in a process of its own, killed some time after so many; what it said of each."""
    reading, writing = os.pipe()
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            _run(start, seed, writing)
        finally:
            os._exit(1)
    os.close(writing)
    said = b""
    while said.count(b"\n") < steps:
        assert select.select([reading], [], [], 60)[0], "the child said nothing"
        part = os.read(reading, 65_536)
        assert part, f"the child ended by itself: {said[-300:]!r}"
        said += part
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    while part := os.read(reading, 65_536):
        said += part
    os.close(reading)
    os.waitpid(child, 0)
    return said.decode().splitlines()


def _one_entry_each(done: Counter[str], kills: int) -> None:
    """State, timeline and ledger tell the same number of changes; what was acknowledged is among them."""
    ledgered = Counter(LedgerRow.objects.filter(action__in=SAME).values_list("action", flat=True))
    timeline = Counter(TimelineEntry.objects.filter(kind__in=SAME.values()).values_list("kind", flat=True))
    assert {SAME[name]: count for name, count in ledgered.items()} == dict(timeline)
    lost = {name: count for name, count in done.items() if name in SAME and count > ledgered[name]}
    assert not lost, f"acknowledged and in no entry: {lost}"
    unsaid = sum(
        ledgered[name] - done[name] for name in SAME if not name.startswith(("clock.", "dispute.rise"))
    )
    assert unsaid <= kills + 3, (
        "more entries than steps: each kill leaves one unsaid at most, and three were opened"
    )
    for incident in Incident.objects.all():
        of_incident = LedgerRow.objects.filter(action__in=VERSIONED, object=incident.pk).count()
        mine = list(incident.clocks.values_list("pk", flat=True))
        of_clocks = LedgerRow.objects.filter(action="clock.explain", object__in=mine).count()
        assert incident.version == 1 + of_incident + of_clocks
    assert Clock.objects.filter(missed_at__isnull=False).count() == ledgered["clock.miss"]
    assert ledger.verify_stored() is None


def _through_kills(desk: Desk, steps: int, kills: int, seed: int) -> None:
    _prepare(desk)
    rng, done, taken, refused = random.Random(seed), Counter[str](), 0, 0
    for run in range(kills):
        start = desk.now + timedelta(hours=run)
        lines = _killed(start, seed + run, steps // kills, rng.uniform(0, 0.02))
        assert not [line for line in lines if line.startswith("WRONG")], lines[-1]
        done.update(line.split()[1] for line in lines if line.startswith("ok"))
        taken += len(lines)
        refused += sum(line.startswith("refused") for line in lines)
        _one_entry_each(done, run + 1)
    assert taken >= steps
    assert refused > steps // 20, "steps that must be refused are among them"
    assert sum(done.values()) > steps // 5


def test_eighty_steps_with_kills_leave_one_entry_each(desk: Desk, seed: int) -> None:
    """Every change of state has its one entry, what was refused has none, also where a kill came between.

    Sabotage: let a refused step write its entry first, or leave the entry of a task out.
    """
    _through_kills(desk, 80, 4, seed)


@pytest.mark.deep
def test_five_thousand_steps_with_kills_leave_one_entry_each(desk: Desk, seed: int) -> None:
    """The same with 5,000 steps and 200 kills."""
    _through_kills(desk, 5000, 200, seed)
