"""When a story bursts: soon, on different items alone, once, and never on what is usual or past."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from answerable.alert.bursts import BurstRules, BurstWatch
from answerable.alert.chances import interval, tail
from answerable.records import Signal

START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
Row = tuple[int, int, datetime]  # story, item, published


def _evenly(story: int, count: int, start: datetime, span: timedelta, first: int = 1) -> list[Row]:
    """`count` items of a story, spread over a span."""
    return [(story, first + n, start + span * n / count) for n in range(count)]


def _hear(watch: BurstWatch, rows: Sequence[Row], batch: int = 1) -> list[Signal]:
    """Observe rows in batches, and ask after each, at the time of its newest item."""
    found = []
    for at in range(0, len(rows), batch):
        part = rows[at : at + batch]
        for story, item, published in part:
            watch.observe(story, item, published, "public", duplicate=False)
        found += watch.signals(max(published for _, _, published in part))
    return found


def _town(seed: int, hours: int = 24, per_hour: int = 20, stories: int = 120) -> list[Row]:
    """A small town's background: items come by chance, the stories are of all sizes."""
    chance = random.Random(seed)
    weights = [1 / (1 + n) ** 0.5 for n in range(stories)]
    moments = sorted(chance.uniform(0, hours) for _ in range(hours * per_hour))
    drawn = chance.choices(range(1000, 1000 + stories), weights, k=len(moments))
    return [(drawn[n], 100_000 + n, START + at * HOUR) for n, at in enumerate(moments)]


@pytest.mark.parametrize("count", range(1, 9))
def test_nothing_bursts_below_the_least(count: int) -> None:
    """Below `least` different items there is no signal, however fast they come; with them there is."""
    found = _hear(BurstWatch(), _evenly(1, count, START, MINUTE))
    assert BurstRules().least > 5
    assert len(found) == (1 if count >= BurstRules().least else 0)


def test_near_duplicates_do_not_count() -> None:
    """Five hundred shares of one message are one item: no signal, and none of them is in a later one."""
    watch = BurstWatch()
    for n in range(500):
        watch.observe(1, n, START + n * timedelta(seconds=1), "public", duplicate=n > 0)
    assert watch.signals(START + 10 * MINUTE) == []
    (signal,) = _hear(watch, _evenly(1, 9, START + 9 * MINUTE, MINUTE, first=1000))
    assert set(signal.items) <= {0, *range(1000, 1009)}


ROWS = st.lists(
    st.tuples(st.integers(1, 3), st.integers(0, 600), st.booleans()), min_size=1, max_size=60
)  # story, seconds since the item before, duplicate


@given(ROWS, st.integers(1, 12))
@example([(1, 20, False)] * 40, 5)
@example([(1 + n % 2, 20, n % 3 == 0) for n in range(60)], 7)
def test_every_number_of_a_signal_is_told_by_its_items(rows: list[tuple[int, int, bool]], batch: int) -> None:
    """`observed` counts `items`: different, of that story, in the window; `p` and the interval follow."""
    watch, at, heard, found = BurstWatch(), START, {}, []
    for n, (story, gap, duplicate) in enumerate(rows, 1):
        at += timedelta(seconds=gap)
        heard[n] = (story, at, duplicate)
        watch.observe(story, n, at, "public", duplicate=duplicate)
        if n % batch == 0 or n == len(rows):
            found += watch.signals(at)
    for signal in found:
        since = signal.at - timedelta(seconds=signal.window_s)
        assert signal.observed == len(signal.items) == len(set(signal.items)) >= BurstRules().least
        for item in signal.items:
            story, published, duplicate = heard[item]
            assert story == signal.story
            assert since < published <= signal.at
            assert not duplicate
        assert signal.low <= signal.expected <= signal.high < signal.observed
        assert 0 < signal.p < 0.001
    assert len({signal.story for signal in found}) == len(found)


def test_the_example_of_that_test_does_burst() -> None:
    """Forty items, one every twenty seconds, tip at the least count; the numbers are the test's own."""
    (signal,) = _hear(BurstWatch(), _evenly(1, 40, START, 40 * timedelta(seconds=20)))
    assert signal.observed == BurstRules().least
    assert signal.p == pytest.approx(tail(signal.observed, signal.expected, 1.0), rel=0.2)
    assert (signal.low, signal.high) == interval(signal.expected, 1.0)


def test_one_signal_until_it_was_quiet() -> None:
    """A burst that goes on for hours is one signal; after a quiet day and a half the next burst is another."""
    watch = BurstWatch()
    first = _hear(watch, _evenly(1, 240, START, 6 * HOUR))
    assert len(first) == 1
    soon = _hear(watch, _evenly(1, 60, START + 12 * HOUR, HOUR, first=1000))
    assert soon == []
    later = _hear(watch, _evenly(1, 60, START + 48 * HOUR, HOUR / 6, first=2000))
    assert len(later) == 1
    assert min(later[0].items) >= 2000


def test_stories_that_merge_count_together() -> None:
    """Two halves too small to burst burst as one, under the winner, with the items of both."""
    watch = BurstWatch()
    rows = sorted(
        _evenly(1, 5, START, 9 * MINUTE) + _evenly(2, 5, START, 9 * MINUTE, first=50), key=lambda row: row[2]
    )
    assert _hear(watch, rows) == []
    watch.merged(1, 2)
    (signal,) = watch.signals(START + 9 * MINUTE)
    assert signal.story == 1
    assert any(item < 50 for item in signal.items)
    assert any(item >= 50 for item in signal.items)
    _hear(watch, _evenly(1, 30, START + 10 * MINUTE, 20 * MINUTE, first=100))
    watch.merged(3, 1)
    assert _hear(watch, _evenly(3, 30, START + 30 * MINUTE, 20 * MINUTE, first=200)) == []


def test_a_merge_forgets_no_item_that_waits_for_its_test() -> None:
    """A batch that spans hours, as an import has them, still tells the burst in it after a story tick."""
    watch = BurstWatch()
    for story, item, published in [*_evenly(1, 30, START, 5 * MINUTE), (2, 99, START + 3 * HOUR)]:
        watch.observe(story, item, published, "public", duplicate=False)
    watch.merged(2, 1)
    (signal,) = watch.signals(START + 3 * HOUR)
    assert signal.story == 2
    assert signal.at < START + 5 * MINUTE


def test_what_was_loaded_raises_nothing() -> None:
    """A restart in the middle of a burst repeats no alert; another story's new burst still raises one."""
    past = sorted(_town(3) + _evenly(1, 120, START + 22 * HOUR, 2 * HOUR), key=lambda row: row[2])
    watch = BurstWatch()
    watch.load((*row, "public") for row in past)
    assert watch.signals(START + 24 * HOUR) == []
    assert _hear(watch, _evenly(1, 60, START + 24 * HOUR, HOUR, first=500)) == []
    (signal,) = _hear(watch, _evenly(2, 60, START + 25 * HOUR, HOUR, first=900))
    assert signal.story == 2


@pytest.mark.parametrize("seed", range(6))
def test_a_quiet_stream_raises_none(seed: int) -> None:
    """Three usual days of a town, where items come by chance alone, raise no signal at all."""
    assert _hear(BurstWatch(), _town(seed, hours=72), batch=10) == []


@pytest.mark.parametrize("seed", range(12))
def test_a_small_town_burst_is_told_within_twenty_items(seed: int) -> None:
    """A hundred items in an hour over a day's background raise their signal among the first twenty."""
    chance = random.Random(seed)
    begin = START + 20 * HOUR
    burst = [
        (7, 1 + n, begin + at * HOUR) for n, at in enumerate(sorted(chance.random() for _ in range(100)))
    ]
    found = _hear(BurstWatch(), sorted(_town(seed) + burst, key=lambda row: row[2]))
    assert [signal.story for signal in found] == [7]
    assert max(found[0].items) <= 20
    assert found[0].observed <= 20


def test_a_story_that_is_always_loud_is_no_news() -> None:
    """Thirty items an hour is usual where it has been thirty for days; a hundred and fifty is not."""
    watch = BurstWatch()
    watch.load((*row, "public") for row in _evenly(1, 30 * 60, START, 60 * HOUR))
    watch._stories[1].loud = None
    assert _hear(watch, _evenly(1, 30 * 6, START + 60 * HOUR, 6 * HOUR, first=10_000)) == []
    (signal,) = _hear(watch, _evenly(1, 150, START + 66 * HOUR, HOUR, first=20_000))
    assert signal.expected < signal.high < signal.observed


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.integers(1, 25))
def test_the_same_stream_gives_the_same_signals(seed: int, batch: int) -> None:
    """Signals depend on the items alone: told again they are equal to the last digit."""
    rows = sorted(
        _town(seed, hours=4) + _evenly(7, 40, START + 2 * HOUR, HOUR), key=lambda row: (row[2], row[1])
    )
    once = _hear(BurstWatch(), rows, batch)
    assert once
    assert _hear(BurstWatch(), rows, batch) == once


def test_an_item_that_left_is_no_longer_counted() -> None:
    """What was edited or erased before the test is in no signal and in no count."""
    watch = BurstWatch()
    rows = _evenly(1, 8, START, 5 * MINUTE)
    for story, item, published in rows:
        watch.observe(story, item, published, "public", duplicate=False)
    for story, item, published in rows[:4]:
        watch.forget(story, item, published)
    assert watch.signals(START + 5 * MINUTE) == []
