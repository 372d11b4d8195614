"""Tests of the burst watch: what fires, when, how often, and with what evidence."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, datetime, timedelta

import pytest

from answerable.alert.bursts import BurstWatch
from answerable.records import Signal

START = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
ids = itertools.count(1)


def at(hours: float) -> datetime:
    """So many hours after midnight."""
    return START + timedelta(hours=hours)


def play(
    watch: BurstWatch, rows: list[tuple[float, int]], duplicate: bool = False, step: float = 0.05
) -> list[Signal]:
    """Observe (hour, story) rows in order, asking for signals every few minutes of stream time."""
    found: list[Signal] = []
    asked = 0.0
    for hour, story in sorted(rows):
        watch.observe(story, next(ids), at(hour), "public", duplicate)
        if hour - asked >= step:
            found += watch.signals(at(hour))
            asked = hour
    return found + watch.signals(at(max(hour for hour, _ in rows)))


def everyday(
    rng: random.Random, hours: float, an_hour: float = 40, stories: int = 60
) -> list[tuple[float, int]]:
    """Chatter: random stories at a random time, some talked of ten times as much as others."""
    weights = [1 / (1 + story) for story in range(stories)]
    return [
        (rng.uniform(0, hours), 1000 + story)
        for story in rng.choices(range(stories), weights, k=int(an_hour * hours))
    ]


def test_everyday_talk_raises_nothing() -> None:
    """Chatter at a steady pace, popular and rare stories: in five streams of three days at most one signal,
    and at most three more in their first hours, when nothing is known to be everyday yet."""
    found = [signal for seed in range(5) for signal in play(BurstWatch(), everyday(random.Random(seed), 72))]
    assert sum(signal.at > at(4) for signal in found) <= 1
    assert len(found) <= 4


def test_a_burst_fires_within_its_first_twenty_items() -> None:
    """A burst of 110 items in an hour, in a town of 3,000 items a day, is told within its first 20 items."""
    rng = random.Random(7)
    rows = everyday(rng, 24, an_hour=120)
    burst = [(12 + rng.random() ** 1.3, 7) for _ in range(110)]
    (signal,) = [one for one in play(BurstWatch(), rows + burst) if one.story == 7]
    assert sum(hour <= (signal.at - START).total_seconds() / 3600 for hour, _ in burst) <= 20


def test_a_signal_shows_all_it_counted() -> None:
    """Observed equals its items, which lie in the window; baseline, interval and chance fit together."""
    watch = BurstWatch()
    (signal,) = play(watch, [(5 + n / 100, 3) for n in range(30)])
    assert signal.observed == len(signal.items) == len(set(signal.items))
    assert signal.low <= signal.expected <= signal.high < signal.observed
    assert 0 < signal.p <= watch.bar
    assert signal.test == "negative-binomial"
    assert signal.kind == "burst"
    assert signal.window_s in {120, 600, 1800, 3600}


def test_repeats_do_not_make_a_burst() -> None:
    """Three hundred copies of one post are no burst; near-duplicates are discounted."""
    watch = BurstWatch()
    watch.observe(3, next(ids), at(5), "public", False)
    assert play(watch, [(5 + n / 1000, 3) for n in range(300)], duplicate=True) == []


def test_few_items_are_no_burst() -> None:
    """Five at once in a silent town stay below the least that counts."""
    assert play(BurstWatch(), [(5 + n / 1000, 3) for n in range(5)]) == []


def test_one_burst_is_one_signal_that_grows() -> None:
    """A matter talked of for ten hours fires once; a day after it fell silent it may fire again."""
    watch = BurstWatch()
    rows = [(2 + n / 20, 3) for n in range(200)] + [(50 + n / 60, 3) for n in range(40)]
    signals = play(watch, rows)
    assert len(signals) == 2
    assert signals[0].at < at(4)
    assert signals[1].at > at(49)


def test_a_story_that_always_talks_needs_more() -> None:
    """Twelve an hour is a burst for a silent story and daily bread for one that always has twelve."""
    rng = random.Random(3)
    steady = [(rng.uniform(0, 48), 3) for _ in range(12 * 48)]
    assert [one for one in play(BurstWatch(), steady) if one.at > at(6)] == []
    assert play(BurstWatch(), [(40 + n / 12, 4) for n in range(12)])


def test_merged_stories_count_together_and_fire_once() -> None:
    """Halves below the bar fire when they become one; a half that fired keeps the whole quiet."""
    watch = BurstWatch()
    for n in range(5):
        watch.observe(1, next(ids), at(5 + n / 100), "public", False)
        watch.observe(2, next(ids), at(5 + n / 100), "public", False)
    assert watch.signals(at(5.1)) == []
    watch.merged(1, 2)
    (signal,) = watch.signals(at(5.1))
    assert signal.story == 1
    assert signal.observed >= 6
    assert signal.observed == len(signal.items)
    for n in range(20):
        watch.observe(9, next(ids), at(5.1 + n / 100), "public", False)
    watch.merged(9, 1)
    assert watch.signals(at(5.4)) == []


def test_a_forgotten_item_is_not_counted() -> None:
    """An edited or erased item is no evidence any more."""
    watch = BurstWatch()
    for n in range(12):
        watch.observe(1, 500 + n, at(5 + n / 100), "public", False)
    for n in range(8):
        watch.forget(1, 500 + n, at(5 + n / 100))
    watch.forget(1, 9999, at(5))
    watch.forget(77, 500, at(5))
    assert watch.signals(at(5.2)) == []


@pytest.mark.parametrize("cut", [10, 40, 150])
def test_after_a_restart_nothing_is_told_twice(cut: int) -> None:
    """Loaded from rows at any point, the watch tells what it had not told, and nothing again."""
    rng = random.Random(1)
    rows = sorted(everyday(rng, 20, an_hour=30) + [(10 + n / 80, 7) for n in range(80)])
    numbered = [(story, next(ids), at(hour), "public") for hour, story in rows]
    burst = [n for n, row in enumerate(numbered) if row[0] == 7]
    stop = burst[0] + cut
    first = BurstWatch()
    told = []
    for row in numbered[:stop]:
        first.observe(*row, duplicate=False)
        told += first.signals(row[2])
    second = BurstWatch()
    second.load(numbered[:stop])
    for row in numbered[stop:]:
        second.observe(*row, duplicate=False)
        told += second.signals(row[2])
    assert sum(one.story == 7 for one in told) == 1


def test_more_tests_ask_for_more() -> None:
    """In a stream of many items chance has more occasions, so the bar is lower."""
    quiet, busy = BurstWatch(), BurstWatch()
    for n in range(5000):
        busy.observe(n, n, at(n / 1000), "public", False)
    assert busy.bar < quiet.bar


def test_old_history_is_let_go() -> None:
    """Stories that fell silent for longer than the memory are forgotten; memory does not grow with the past."""
    watch = BurstWatch()
    for n in range(3000):
        watch.observe(n, n, at(n / 10), "public", False)
    watch.signals(at(300))
    assert len(watch._stories) <= 24 * 3 * 10 + 1
    assert watch.signals(at(301)) == []
