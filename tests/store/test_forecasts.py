"""Forecasts and advice as rows: once each, scored once, across kills, merges, erasures and wipes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Role
from answerable.run.forecasting import Forecasting
from answerable.store import advice, drills, forecasts
from answerable.store.models import (
    AdviceChoice,
    AdviceRow,
    ForecastDay,
    ForecastLearned,
    ForecastRow,
    ItemRow,
    LedgerRow,
    RoleHeld,
    Story,
    StoryHour,
)
from answerable.store.stream import to_ms
from tests.cast import Desk
from tests.store import scene

pytestmark = pytest.mark.store
HOUR = timedelta(hours=1)


def hour_of(desk: Desk) -> int:
    return to_ms(desk.now) // 3_600_000


def talk(desk: Desk, items: int = 30, *, exercise: bool = False) -> Story:
    """A story of so many items in the hour before the tests' now."""
    made = scene.story(desk, exercise=exercise)
    at = hour_of(desk) - 1
    StoryHour.objects.create(story=made, hour=at, items=items)
    Story.objects.filter(pk=made.pk).update(items=items, last_seen=at * 3_600_000 + 5)
    return made


def test_one_forecast_for_each_story_horizon_and_hour(desk: Desk) -> None:
    """Rounds of the same hour, also after a restart, make three forecasts and no more; the next hour more."""
    story = talk(desk)
    engine = Forecasting()
    engine.work(desk.now)
    engine.work(desk.now)
    Forecasting().work(desk.now + timedelta(minutes=3))
    rows = ForecastRow.objects.filter(story=story)
    assert sorted(rows.values_list("horizon", "hour", "due")) == [
        (n, hour_of(desk), hour_of(desk) + n) for n in (1, 6, 24)
    ]
    assert all(row.low <= row.expected <= row.high and row.observed is None for row in rows)
    engine.work(desk.now + HOUR)
    assert rows.all().count() == 6


def test_small_and_silent_stories_are_not_forecast(desk: Desk) -> None:
    """Nineteen items, or none for a day: nobody is told what is to come."""
    talk(desk, items=19)
    old = talk(desk, items=90)
    StoryHour.objects.filter(story=old).update(hour=hour_of(desk) - 30)
    Forecasting().work(desk.now)
    assert not ForecastRow.objects.exists()


def test_scored_once_with_what_came(desk: Desk) -> None:
    """Two hours on, the forecast of one hour is scored by its hour alone, once, and the day's sums say so."""
    story = talk(desk)
    engine = Forecasting()
    engine.work(desk.now)
    StoryHour.objects.create(story=story, hour=hour_of(desk), items=7)
    StoryHour.objects.create(story=story, hour=hour_of(desk) + 1, items=50)
    engine.work(desk.now + HOUR)
    first = ForecastRow.objects.get(story=story, horizon=1, hour=hour_of(desk))
    assert first.observed is None, "an hour is left for what is heard late"
    for _ in range(2):
        Forecasting().work(desk.now + 2 * HOUR)
    first.refresh_from_db()
    assert (first.observed, first.scored_at) == (7, desk.now + 2 * HOUR)
    day = ForecastDay.objects.get(horizon=1, exercise=False)
    assert day.scored == 1
    assert day.inside95 == (first.low <= 7 <= first.high)
    assert ForecastLearned.objects.get(exercise=False).state["version"] == 1


def test_a_kill_while_scoring_leaves_nothing_half(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the transaction that scores breaks, no forecast, sum or lesson of it stays; the next round does all."""
    talk(desk)
    Forecasting().work(desk.now)
    whole = ForecastLearned.objects.update_or_create

    def killed(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(ForecastLearned.objects, "update_or_create", killed)
    with pytest.raises(KeyboardInterrupt):
        Forecasting().work(desk.now + 2 * HOUR)
    assert not ForecastRow.objects.exclude(observed=None).exists()
    assert not ForecastDay.objects.exists()
    monkeypatch.setattr(ForecastLearned.objects, "update_or_create", whole)
    Forecasting().work(desk.now + 2 * HOUR)
    assert ForecastRow.objects.exclude(observed=None).count() == 1 == ForecastDay.objects.get().scored


def test_a_lesson_is_never_learned_twice(desk: Desk) -> None:
    """Scoring what was scored before is refused as a whole."""
    talk(desk)
    Forecasting().work(desk.now)
    found = forecasts.over(False, hour_of(desk) + 2, 10)
    forecasts.score(found, {"version": 1}, exercise=False, now=desk.now)
    with pytest.raises(RuntimeError):
        forecasts.score(found, {"version": 1}, exercise=False, now=desk.now)
    assert ForecastDay.objects.get().scored == 1


def test_a_story_that_joined_another_is_scored_by_that_one(desk: Desk) -> None:
    """After a merge the forecast still finds its count, in the story that stands."""
    story, winner = talk(desk), scene.story(desk)
    Forecasting().work(desk.now)
    StoryHour.objects.create(story=winner, hour=hour_of(desk), items=11)
    Story.objects.filter(pk=story.pk).update(merged_into=winner)
    found = forecasts.over(False, hour_of(desk) + 2, 10)
    assert [one.observed for one in found] == [11]


def test_real_and_exercise_learn_apart_and_a_wipe_takes_all(desk: Desk) -> None:
    """Forecasts of a drill stand apart, and nothing of them stays after the wipe."""
    mine, drill = talk(desk), talk(desk, exercise=True)
    hour = hour_of(desk)
    engine = Forecasting()
    engine._round(True, hour, desk.now)
    engine._round(True, hour + 2, desk.now)
    engine.work(desk.now)
    assert set(ForecastRow.objects.filter(exercise=True).values_list("story", flat=True)) == {drill.pk}
    assert set(ForecastRow.objects.filter(exercise=False).values_list("story", flat=True)) == {mine.pk}
    ItemRow.objects.filter(exercise=True).delete()  # the scene's item never went through the index
    drills.wipe(desk.now)
    assert not ForecastRow.objects.filter(exercise=True).exists()
    assert not ForecastDay.objects.filter(exercise=True).exists()
    assert not ForecastLearned.objects.filter(exercise=True).exists()
    assert not AdviceRow.objects.filter(exercise=True).exists()
    assert AdviceRow.objects.exists()


def test_advice_is_written_when_it_changes(desk: Desk) -> None:
    """The same advice twice is one row; its inputs and the version of the rules stand with it."""
    story = talk(desk)
    engine = Forecasting()
    engine.work(desk.now)
    row = AdviceRow.objects.get(story=story)
    assert row.inputs["last_24"] == 30
    assert row.rules_version >= 1
    assert row.advice in ("respond", "wait", "watch")
    given = advice.Given(story.pk, hour_of(desk) + 1, None)  # type: ignore[arg-type]
    same = advice.Advice(row.advice, row.rule, row.rules_version)
    assert not advice.give(given, same, exercise=False, now=desk.now)
    other = advice.Advice("respond", "major_unanswered", row.rules_version)
    row_inputs = advice.Situation(**row.inputs)
    assert advice.give(
        advice.Given(story.pk, hour_of(desk) + 1, row_inputs), other, exercise=False, now=desk.now
    )
    assert AdviceRow.objects.filter(story=story).count() == 2


def test_a_choice_is_in_the_ledger_and_followed(desk: Desk) -> None:
    """Carol chooses to respond: one row, one ledger entry; six and 24 hours later what came stands beside it."""
    story = talk(desk)
    Forecasting().work(desk.now)
    row, hour = AdviceRow.objects.get(story=story), hour_of(desk)
    before = LedgerRow.objects.count()
    advice.choose(desk.carol, row.pk, "respond", hour=hour + 1, exercise=False, now=desk.now)
    entry = LedgerRow.objects.order_by("-id").first()
    assert LedgerRow.objects.count() == before + 1
    assert entry is not None
    assert (entry.action, entry.kind, entry.object) == ("advice.choose", "advice", row.pk)
    for at, items in ((hour, 5), (hour + 1, 8), (hour + 6, 2), (hour + 7, 100)):
        StoryHour.objects.create(story=story, hour=at, items=items)
    advice.follow_up(False, hour + 7)
    choice = AdviceChoice.objects.get()
    row.refresh_from_db()
    assert (row.observed_6, choice.observed_6, choice.observed_24) == (13, None, None)
    advice.follow_up(False, hour + 26)
    choice.refresh_from_db()
    row.refresh_from_db()
    assert (row.observed_24, choice.observed_6, choice.observed_24) == (115, 10, 110)


def test_who_may_choose(desk: Desk) -> None:
    """A commentator may not, nobody may choose another word, and a drill's advice is not real."""
    story = talk(desk)
    Forecasting().work(desk.now)
    row = AdviceRow.objects.get(story=story)
    choose = {"hour": 1, "exercise": False, "now": desk.now}
    RoleHeld.objects.filter(person=desk.charlie).update(role=Role.COMMENTATOR.value)
    with pytest.raises(NotAllowed):
        advice.choose(desk.charlie, row.pk, "wait", **choose)  # type: ignore[arg-type]
    with pytest.raises(BadInput):
        advice.choose(desk.carol, row.pk, "panic", **choose)  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        advice.choose(desk.carol, row.pk, "wait", **(choose | {"exercise": True}))  # type: ignore[arg-type]
    assert not AdviceChoice.objects.exists()
