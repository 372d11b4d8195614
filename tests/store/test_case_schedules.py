"""The clocks of cases pass what those of incidents pass (F11), through pauses, hand-offs and reopenings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from answerable.respond.case_clock import Pause
from answerable.respond.escalation import Step
from answerable.store import calendars, case_answers, case_clocks, cases, ledger
from answerable.store.models import Case, CaseEvent, CaseStep, LedgerRow, Unit
from tests.cast import Desk
from tests.respond.test_working_hours import plain_count
from tests.store.casework import ANSWER, case, cleo, hana
from tests.store.test_disputes import below
from tests.store.ticking import CHANGES, tick_in_a_child

pytestmark = pytest.mark.store
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
HOURS = 6  # working hours for an answer, so that a deadline lies within some days
ZONES = tuple(dict.fromkeys(zone for zone, _ in CHANGES))
WEEK = (("08:00", "12:00"), ("13:00", "23:00"))


@dataclass
class Life:
    """What the test itself knows of one case: the same facts as the desk, kept apart from it."""

    number: int
    started: datetime
    legs: list[tuple[datetime, Unit]]
    pauses: list[Pause] = field(default_factory=list)
    ended: bool = False

    @property
    def stands(self) -> bool:
        return bool(self.pauses) and self.pauses[-1].until is None

    def due(self) -> datetime | None:
        """Minute by minute, without the arithmetic of the desk: the end of the last minute it was allowed."""
        left, at = HOURS * 60, self.started
        while True:
            unit = [unit for since, unit in self.legs if since <= at][-1]
            if any(one.since <= at and (one.until is None or at < one.until) for one in self.pauses):
                if self.pauses[-1].until is None and at >= self.pauses[-1].since:
                    return None
            elif plain_count(calendars.of(unit)[0], at, 1)[0]:
                left -= 1
                if not left:
                    return at + MINUTE
            at += MINUTE


def town(desk: Desk, zone: str) -> Unit:
    """A unit in this zone, below the council."""
    made = below(desk.top, zone)
    Unit.objects.filter(pk=made.pk).update(timezone=zone)
    made.refresh_from_db()
    return made


def lives(desk: Desk, count: int, rng: Random) -> list[Life]:
    """Cases told around a change of the clock on the wall, each by the hours of a unit in that zone."""
    calendars.change(
        desk.alice, desk.top, week=[WEEK] * 7, closed=[datetime(2026, 3, 30).date()], answer_hours=HOURS,
        now=desk.now,
    )  # fmt: skip
    by_zone = {zone: town(desk, zone) for zone in ZONES}
    made = []
    for number in range(count):
        zone, night = CHANGES[number % len(CHANGES)]
        wall = night + timedelta(minutes=rng.randrange(-2000, 600))
        told = wall.replace(tzinfo=ZoneInfo(zone), fold=rng.randrange(2)).astimezone(UTC)
        row = case(desk, f"Matter {number}", at=told, unit=by_zone[zone])
        made.append(Life(row.pk, told, [(told, by_zone[zone])]))
    return made


def act(desk: Desk, life: Life, now: datetime, rng: Random) -> None:
    """One thing that happens to a case, done by the desk and written down by the test."""
    row = Case.objects.get(pk=life.number)
    facts = {"version": row.version, "now": now}
    if life.ended:
        case_answers.reopen(cleo(desk), life.number, text="again", **facts)  # type: ignore[arg-type]
        life.started, life.ended = now, False
        life.legs = [(now, life.legs[-1][1])]
        life.pauses = []
        return
    what = rng.choice(("pause", "send_on", "answer")) if not life.stands else rng.choice(("resume", "answer"))
    if what == "pause":
        cases.pause(cleo(desk), life.number, why="waits_for_parts", **facts)  # type: ignore[arg-type]
        life.pauses.append(Pause(now))
    elif what == "resume":
        cases.resume(cleo(desk), life.number, **facts)  # type: ignore[arg-type]
        life.pauses[-1] = Pause(life.pauses[-1].since, now)
    elif what == "send_on":
        others = Unit.objects.filter(parent=desk.top, timezone__in=ZONES).exclude(pk=life.legs[-1][1].pk)
        unit = rng.choice(list(others.order_by("pk")))
        cases.send_on(cleo(desk), life.number, unit=unit, why="handed_on", **facts)  # type: ignore[arg-type]
        life.legs.append((now, unit))
    else:
        case_answers.write(cleo(desk), life.number, text=ANSWER, outcome="solved", **facts)  # type: ignore[arg-type]
        case_answers.submit(cleo(desk), life.number, version=row.version + 1, now=now)
        case_answers.send(hana(desk), life.number, version=row.version + 2, now=now)
        life.ended = True


def lived(desk: Desk, made: list[Life], rng: Random) -> None:
    """Half a dozen things happen to each case over some days; its deadline is what a plain count says, each time."""
    for life in made:
        now = life.started
        for _ in range(rng.randrange(1, 7)):
            now += timedelta(minutes=rng.randrange(5, 1500))
            case_clocks.tick(now)
            act(desk, life, now, rng)
            row = Case.objects.get(pk=life.number)
            assert row.due_at == (None if life.ended else life.due()), f"case {made.index(life)}"
            assert row.started_at == life.started


def wandering(made: list[Life], rng: Random) -> list[datetime]:
    """Readings of a clock on the wall that jumps by an hour and by a day both ways, and ends late."""
    moments: list[datetime] = []
    for day in sorted({life.started.date() for life in made}):
        now = datetime(day.year, day.month, day.day, tzinfo=UTC)
        moments += [
            now := now + rng.choice((17 * MINUTE, HOUR, 9 * HOUR, -HOUR, DAY, -DAY)) for _ in range(12)
        ]
    return [*moments, datetime(2027, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)]


def through(desk: Desk, count: int, kills: int, seed: int) -> None:
    """All lives, then a wandering clock in processes that are killed, then the count."""
    rng = Random(seed)
    made = lives(desk, count, rng)
    lived(desk, made, rng)
    moments, done = wandering(made, rng), 0
    for _ in range(kills):
        # What was not acknowledged may have been done: the next process reads the same moment again.
        done += tick_in_a_child(case_clocks.tick, moments[done:], rng.uniform(0, 0.12))
        done = min(done, len(moments) - 1)
    tick_in_a_child(case_clocks.tick, moments[done:], None)
    for life in made:
        each_exactly_once(Case.objects.get(pk=life.number), life)
    assert ledger.verify_stored() is None


def each_exactly_once(row: Case, life: Life) -> None:
    """Each step once a round, none early; an open case that is due took all of them, one that stands no more."""
    taken = list(CaseStep.objects.filter(case=row).order_by("id"))
    order = [step.value for step in Step]
    for round_ in range(1, row.round + 1):
        steps = [one for one in taken if one.round == round_]
        assert [one.step for one in steps] == order[: len(steps)]
        begun = life.started if round_ == row.round else datetime.min.replace(tzinfo=UTC)
        assert all(case_clocks.PLAN.at(Step(one.step), one.due_at, begun) <= one.at for one in steps)
        if round_ == row.round and not life.ended and not life.stands:
            assert len(steps) == len(order)
    told = Counter(
        CaseEvent.objects.filter(case=row, kind__startswith="step_").values_list("kind", flat=True)
    )
    assert told == Counter(f"step_{one.step}" for one in taken)
    rows = LedgerRow.objects.filter(action="case.step", object=row.pk).count()
    assert rows == len({(one.round, one.at) for one in taken})
    assert (row.missed_at is not None) == any(one.step == "head" for one in taken)
    assert row.look_at is None or life.stands


def test_twenty_seven_cases_live_through_summer_time_jumps_and_kills(desk: Desk, seed: int) -> None:
    """F11 for cases: in six zones, paused, handed on, answered and opened again, each deadline is what counting
    minutes says, and each step is taken exactly once, with five kills between.

    Sabotage: let `case_clocks.move` forget the pauses, or count a hand-off from the start of the case.
    """
    through(desk, 27, 5, seed)


@pytest.mark.deep
@pytest.mark.timeout(7200)
def test_five_hundred_cases_live_through_summer_time_jumps_and_kills(desk: Desk, seed: int) -> None:
    """The same with 500 cases and 100 kills."""
    through(desk, 500, 100, seed)
