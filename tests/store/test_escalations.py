"""Escalation wired to the clocks: handler, head, superior, public list, each once, through jumps and kills (F11)."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from answerable.errors import BadInput
from answerable.permissions import Role
from answerable.respond.escalation import Plan, Step
from answerable.respond.levels import NEXT_WORD
from answerable.run import clock
from answerable.store import calls, clocks, escalations, incidents, ledger, statements
from answerable.store.models import Call, Clock, Escalation, Incident, LedgerRow, Notice, TimelineEntry
from tests.cast import Desk
from tests.store.scene import draft, incident, publish
from tests.store.test_calls import way
from tests.store.ticking import CHANGES, tick_in_a_child
from tests.web.stage import person

pytestmark = pytest.mark.store

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def in_water(desk: Desk, level: int = 2) -> Incident:
    """An incident of Water Services that Charlie handles; both units have a head with a mail address."""
    heads = [person("hugo", Role.HEAD, desk.water), person("hana", Role.HEAD, desk.top)]
    for one in (*heads, desk.charlie):
        way(desk, one)
    made = incident(desk, level=level, raised=desk.now)
    Incident.objects.filter(pk=made.pk).update(unit=desk.water, owner=desk.charlie)
    made.refresh_from_db()
    return made


def told(since: int = 0) -> list[str]:
    """Who was called, in order, after the first `since` notices."""
    return list(Notice.objects.order_by("id").values_list("person__login", flat=True))[since:]


def holding(of: Incident) -> Clock:
    return Clock.objects.get(incident=of, kind="holding_60m")


def test_handler_head_superior_and_public_hear_in_their_order(desk: Desk) -> None:
    """The 60-minute clock: reminded at 45, the head at 60, the unit above at 75, the public list at 90."""
    made = in_water(desk)
    for minute, who, step in ((44, [], None), (45, ["charlie"], "reminder"), (59, [], None)):
        before = len(told())
        escalations.tick(desk.now + minute * MINUTE)
        assert told(before) == who
        assert Escalation.objects.filter(step=step).count() == (1 if step else 0)
    for minute, who in ((60, ["hugo"]), (75, ["hana"]), (90, [])):
        before = len(told())
        assert escalations.tick(desk.now + minute * MINUTE) == 1
        assert told(before) == who
    assert list(holding(made).escalations.order_by("id").values_list("step", flat=True)) == list(Step)
    rows = LedgerRow.objects.filter(action="clock.escalate", object=holding(made).pk)
    assert rows.count() == 4
    assert TimelineEntry.objects.filter(incident=made, kind="escalated").count() == 4


def test_the_next_person_is_called_when_the_head_does_not_answer(desk: Desk) -> None:
    """A step is a call like any other: after ten minutes of silence whoever the unit calls next."""
    in_water(desk)
    calls.set_order(desk.alice, desk.water, [desk.charlie.pk], 10 * MINUTE, now=desk.now)
    escalations.tick(desk.now + HOUR)
    before = len(told())
    calls.tick(desk.now + HOUR + 10 * MINUTE)
    assert "charlie" in told(before)


def test_nobody_is_called_about_a_clock_that_was_kept(desk: Desk) -> None:
    """The field's failure, an escalation after the answer: open calls end with it, later steps call nobody."""
    made = in_water(desk)
    escalations.tick(desk.now + 50 * MINUTE)
    call = Call.objects.get(escalation__step="reminder")
    publish(desk, draft(desk, made, kind="holding", evidence=[]), desk.now + 55 * MINUTE)
    calls.tick(desk.now + 56 * MINUTE)
    call.refresh_from_db()
    assert call.ended_at == desk.now + 56 * MINUTE
    before = len(told())
    escalations.tick(desk.now + 2 * HOUR)
    assert told(before) == []
    assert list(holding(made).escalations.values_list("step", flat=True)) == ["reminder"]


def test_what_was_owed_before_a_late_answer_is_recorded_and_rings_nowhere(desk: Desk) -> None:
    """The clock process slept while the deadline passed and the answer came: rows, and no alarm afterwards."""
    made = in_water(desk, level=3)
    publish(desk, draft(desk, made), desk.now + 49 * HOUR)
    escalations.tick(desk.now + 60 * HOUR)
    steps = Escalation.objects.filter(clock__incident=made).order_by("id").values_list("step", flat=True)
    assert list(steps) == ["reminder", "head"]
    assert not Call.objects.filter(escalation__isnull=False).exists()
    assert not Clock.objects.filter(escalate_at__isnull=False).exists()


def test_a_minor_matter_wakes_nobody(desk: Desk) -> None:
    """The field's failure, an escalation at midnight: only a major matter comes through quiet hours."""
    in_water(desk, level=3)
    escalations.tick(desk.now + 48 * HOUR)
    assert not Call.objects.filter(escalation__isnull=False, urgent=True).exists()
    major = incident(desk, level=1, raised=desk.now)
    escalations.tick(desk.now + 48 * HOUR)
    assert Call.objects.filter(escalation__clock__incident=major, urgent=True).exists()


def test_a_hand_off_takes_the_clock_along_and_its_escalation_goes_to_the_new_unit(desk: Desk) -> None:
    """The field's failure, a hand-off that keeps the old unit's clock: the deadline stays, the people change."""
    made = in_water(desk)
    due = holding(made).due_at
    incidents.hand_over(
        desk.charlie, made.pk, unit=desk.top, owner=desk.carol, version=made.version, now=desk.now
    )
    way(desk, desk.carol)
    before = len(told())
    escalations.tick(desk.now + HOUR)
    assert holding(made).due_at == due
    assert told(before)[:2] == ["carol", "hana"]
    assert "charlie" not in told(before)


def test_at_the_top_no_unit_stands_above(desk: Desk) -> None:
    """The step is taken and says so; nobody is called twice for it."""
    made = incident(desk, raised=desk.now)
    escalations.tick(desk.now + 80 * MINUTE)
    step = holding(made).escalations.get(step="superior")
    assert step.unit is None
    assert not Call.objects.filter(escalation=step).exists()


def test_an_update_overrules_no_clock_of_the_level(desk: Desk) -> None:
    """The field's failure, a first-response clock overruled by an update: a promised word has its own clock."""
    made = in_water(desk)
    before = dict(made.clocks.values_list("kind", "due_at"))
    later = desk.now + 10 * HOUR
    incidents.change_state(
        desk.charlie, made.pk, state="identified", next_word_at=later, version=made.version, now=desk.now
    )
    after = dict(made.clocks.values_list("kind", "due_at"))
    assert after == {**before, NEXT_WORD: later}
    assert holding(made).met_at is None


def test_a_promised_word_is_kept_by_the_next_one_and_missed_once(desk: Desk) -> None:
    """Each promise is a clock: kept by a statement or a change of state, otherwise missed and escalated."""
    made = in_water(desk)
    publish(desk, draft(desk, made, kind="holding", next_word_at=desk.now + HOUR), desk.now + MINUTE)
    publish(desk, draft(desk, made, next_word_at=desk.now + 2 * HOUR), desk.now + 30 * MINUTE)
    first, second = Clock.objects.filter(incident=made, kind=NEXT_WORD).order_by("id")
    assert (first.met_at, second.met_at) == (desk.now + 30 * MINUTE, None)
    for _ in range(2):
        clock.tick(desk.now + 3 * HOUR, None)
    second.refresh_from_db()
    assert second.missed_at == desk.now + 3 * HOUR
    assert "head" in second.escalations.values_list("step", flat=True)
    made.refresh_from_db()
    end = {"state": "resolved", "version": made.version, "next_word_at": desk.now + 5 * HOUR}
    incidents.change_state(desk.charlie, made.pk, now=desk.now + 4 * HOUR, **end)  # type: ignore[arg-type]
    second.refresh_from_db()
    assert second.met_at == desk.now + 4 * HOUR
    assert Clock.objects.filter(incident=made, kind=NEXT_WORD).count() == 2


def test_a_promise_in_the_past_is_refused(desk: Desk) -> None:
    """Nobody publishes a promise that is broken already: the text stays approved and is not out."""
    made = in_water(desk)
    version = draft(desk, made, next_word_at=desk.now + MINUTE)
    statements.submit(desk.carol, version.pk, now=desk.now)
    statements.approve(desk.bob, version.pk, version.text_hash, now=desk.now)
    with pytest.raises(BadInput, match="has passed"):
        statements.publish(desk.bob, version.pk, now=desk.now + HOUR)
    version.refresh_from_db()
    assert version.published_at is None


def schedules(desk: Desk, count: int, rng: random.Random) -> dict[int, list[Clock]]:
    """Incidents heard around a change of the clock on the wall; some promised a word by that wall."""
    made: dict[int, list[Clock]] = {}
    template = incident(desk, raised=desk.now)
    for number in range(count):
        zone, night = CHANGES[number % len(CHANGES)]
        wall = night + timedelta(minutes=rng.randrange(-3000, 600))
        heard = wall.replace(tzinfo=ZoneInfo(zone), fold=rng.randrange(2)).astimezone(UTC)
        row = Incident.objects.create(
            title=f"Matter {number}",
            level=rng.randrange(1, 5),
            unit=rng.choice((desk.top, desk.water)),
            opened_by=desk.carol,
            opened_at=heard,
            heard_at=heard,
        )
        clocks.follow_level(row, None, heard)
        if rng.random() < 0.3:
            promised = wall + timedelta(minutes=rng.randrange(200, 3000))
            clocks.promise_word(row, promised.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC), heard)
        made[row.pk] = list(row.clocks.order_by("id"))
    Incident.objects.filter(pk=template.pk).delete()
    return made


def wandering(made: dict[int, list[Clock]], rng: random.Random) -> list[datetime]:
    """Readings of a clock on the wall that goes on, jumps by an hour and by a day both ways, and ends late."""
    moments: list[datetime] = []
    nights = sorted({min(one.started_at for one in found).date() for found in made.values()})
    for day in nights:
        now = datetime(day.year, day.month, day.day, tzinfo=UTC) - HOUR
        steps = (17 * MINUTE, HOUR, 5 * HOUR, 9 * HOUR, HOUR, -HOUR, DAY, -DAY)
        moments += [now := now + rng.choice(steps) for _ in range(12)]
        moments += [now + 5 * DAY, now]
    return [*moments, datetime(2027, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)]


def _tick(now: datetime) -> None:
    clocks.mark_missed(now)
    escalations.tick(now)


def _through_kills(desk: Desk, count: int, kills: int, seed: int) -> None:
    rng = random.Random(seed)
    made = schedules(desk, count, rng)
    answered = rng.sample(sorted(made), count // 4)
    for number in answered:  # heard early enough to be kept in time, or too late, as it falls
        after = timedelta(minutes=rng.randrange(10, 4000))
        for row in made[number]:
            Clock.objects.filter(pk=row.pk).update(met_at=row.started_at + after)
    moments = wandering(made, rng)
    done = 0
    for _ in range(kills):
        # What was not acknowledged may have been done: the next process reads the same moment again.
        done += tick_in_a_child(_tick, moments[done:], rng.uniform(0, 0.12))
        done = min(done, len(moments) - 1)
    tick_in_a_child(_tick, moments[done:], None)
    _each_exactly_once(made)


def _each_exactly_once(made: dict[int, list[Clock]]) -> None:
    """Against a plain count: what was owed before an answer, or ever, is there once, never early, in order."""
    missed = Counter(LedgerRow.objects.filter(action="clock.miss").values_list("object", flat=True))
    ledgered = Counter(LedgerRow.objects.filter(action="clock.escalate").values_list("object", flat=True))
    for row in (Clock.objects.get(pk=one.pk) for found in made.values() for one in found):
        late = row.met_at is None or row.met_at > row.due_at
        assert missed[row.pk] == late, f"clock {row.pk} was marked {missed[row.pk]} times"
        quarter = (row.due_at - row.started_at) / 4
        owed = {
            "reminder": row.due_at - quarter,
            "head": row.due_at,
            "superior": row.due_at + quarter,
            "public": row.due_at + 2 * quarter,
        }
        expected = [step for step, at in owed.items() if row.met_at is None or at <= row.met_at]
        taken = list(row.escalations.order_by("id"))
        assert [one.step for one in taken] == expected
        assert all(one.owed_at == owed[one.step] <= one.taken_at for one in taken)
        assert ledgered[row.pk] == len(expected)
        assert row.escalate_at is None
    called = Counter(Call.objects.exclude(escalation=None).values_list("escalation", flat=True))
    wanted = Escalation.objects.filter(clock__met_at=None, unit__isnull=False).exclude(step="public")
    assert called == Counter(wanted.values_list("pk", flat=True))
    assert ledger.verify_stored() is None


def test_forty_schedules_through_jumps_summer_time_and_kills(desk: Desk, seed: int) -> None:
    """F11: each deadline and each step of escalation exactly once, in six zones, with seven kills between.

    Sabotage: let `owed` forget that an answer came, or take the steps outside the transaction of the clock.
    """
    _through_kills(desk, 40, 7, seed)


@pytest.mark.deep
def test_five_hundred_schedules_through_jumps_summer_time_and_kills(desk: Desk, seed: int) -> None:
    """The same with 500 schedules and 100 kills."""
    _through_kills(desk, 500, 100, seed)


def test_the_plan_of_a_clock_is_its_quarters() -> None:
    """A quarter before, at once, a quarter after, a half after: for the hour 15 minutes each."""
    due = datetime(2026, 3, 2, 10, tzinfo=UTC)
    plan, started = Plan.quarters(HOUR), due - HOUR
    at = [plan.at(step, due, started) - due for step in Step]
    assert at == [-15 * MINUTE, 0 * MINUTE, 15 * MINUTE, 30 * MINUTE]
