"""The exercise clock: real time in, exercise time out, and nothing ever from the future."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.collect.drill import ExerciseClock
from answerable.collect.drill.clock import DAY_MINUTES, HISTORY_MINUTES

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
ZONES = st.sampled_from(
    ["UTC", "Europe/London", "Asia/Shanghai", "America/Santiago", "Pacific/Auckland"]
).map(ZoneInfo)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
SPEEDS = st.floats(1, 10_000)
MINUTES = st.floats(0, DAY_MINUTES)


@given(MOMENTS, SPEEDS, ZONES, MINUTES)
def test_an_item_is_published_before_it_is_due(
    now: datetime, speed: float, zone: ZoneInfo, minute: float
) -> None:
    """In every zone, at every speed: an item is never newer than the moment it may first be heard."""
    clock = ExerciseClock.beginning(now, speed, zone)
    assert clock.published(minute) <= clock.due(minute)


@given(MOMENTS, SPEEDS, ZONES, MINUTES)
def test_exercise_time_is_what_is_being_played(
    now: datetime, speed: float, zone: ZoneInfo, minute: float
) -> None:
    """At the moment an item is due, the exercise clock shows when it was published (or later, for history)."""
    clock = ExerciseClock.beginning(now, speed, zone)
    shown = clock.exercise_now(clock.due(minute))
    assert shown >= clock.published(minute) - timedelta(seconds=1)
    if minute > HISTORY_MINUTES:
        # Real moments are whole microseconds, which a fast clock turns into more.
        assert abs(shown - clock.published(minute)) <= timedelta(seconds=1)


@given(MOMENTS, SPEEDS, ZONES)
def test_the_day_ends_when_the_drill_does_and_then_stands_still(
    now: datetime, speed: float, zone: ZoneInfo
) -> None:
    """The last minute is played after `lasts`, not before, and the clock does not run on."""
    clock = ExerciseClock.beginning(now, speed, zone)
    end = now + clock.lasts
    assert clock.exercise_now(end + timedelta(days=3)) == clock.published(DAY_MINUTES)
    assert clock.published(DAY_MINUTES) <= end + timedelta(microseconds=1)
    assert clock.due(DAY_MINUTES) - end < timedelta(milliseconds=1)


def test_hours_of_the_town_are_hours_on_the_pages() -> None:
    """06:40 in the town is 06:40 on the unit's wall clock of that day."""
    zone = ZoneInfo("Asia/Shanghai")
    clock = ExerciseClock.beginning(NOW, 45, zone)
    assert clock.published(400).astimezone(zone).strftime("%H:%M") == "06:40"
    assert clock.published(DAY_MINUTES) <= NOW + clock.lasts
    assert clock.published(DAY_MINUTES) > NOW + clock.lasts - timedelta(hours=24)


def test_history_is_there_at_once_and_the_rest_comes_by_speed() -> None:
    """The night is due at the start; at 45 times real time the main bursts 40 seconds later."""
    clock = ExerciseClock.beginning(NOW, 45, ZoneInfo("UTC"))
    assert clock.due(0) == clock.due(HISTORY_MINUTES) == NOW
    assert clock.due(400) - NOW == timedelta(seconds=40)
    assert timedelta(minutes=20) < clock.lasts < timedelta(minutes=30)


def test_the_town_clock_reads_as_people_read_it() -> None:
    """ "06:10" at the start, "24:00" at the end."""
    clock = ExerciseClock.beginning(NOW, 45, ZoneInfo("UTC"))
    assert clock.town_time(NOW) == "06:10"
    assert clock.town_time(NOW + timedelta(seconds=40)) == "06:40"
    assert clock.town_time(NOW + timedelta(days=1)) == "24:00"


def test_a_drill_never_runs_slower_than_real_time() -> None:
    """Slower, its items would come from the future."""
    with pytest.raises(ValueError, match="slower"):
        ExerciseClock(NOW, NOW, 0.5)
