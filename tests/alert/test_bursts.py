"""Tests of the burst watch: what is measured, against which baseline, and with what evidence."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, datetime, timedelta

import pytest

from answerable.alert.bursts import BurstWatch, Measure

START = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
ids = itertools.count(1)


def at(hours: float) -> datetime:
    """So many hours after midnight."""
    return START + timedelta(hours=hours)


def play(
    watch: BurstWatch, rows: list[tuple[float, int]], duplicate: bool = False, kind: str = "public"
) -> list[Measure]:
    """Observe (hour, story) rows in order, asking after each."""
    found: list[Measure] = []
    for hour, story in sorted(rows):
        watch.observe(story, next(ids), at(hour), kind, duplicate)
        found += watch.measures(at(hour))
    return found


def everyday(
    rng: random.Random, hours: float, an_hour: float = 40, stories: int = 60
) -> list[tuple[float, int]]:
    """Chatter: random stories at a random time, some talked of ten times as much as others."""
    weights = [1 / (1 + story) for story in range(stories)]
    return [(rng.uniform(0, hours), 1000 + story)
            for story in rng.choices(range(stories), weights, k=int(an_hour * hours))]  # fmt: skip


def test_everyday_talk_is_no_surprise() -> None:
    """Chatter at a steady pace, popular and rare stories: what is told to be as rare as one in a thousand
    happens hardly oftener among ten thousand items, and what is one in a million not at all."""
    found = [one for seed in range(4) for one in play(BurstWatch(), everyday(random.Random(seed), 72))]
    late = [one.surprise for one in found if one.at > at(6)]
    assert sum(surprise > 3 for surprise in late) <= 60
    assert sum(surprise > 6 for surprise in late) == 0


def test_a_burst_is_measured_from_its_fourth_item_on() -> None:
    """Four at once in a silent town are told, three are not; more are never less surprising."""
    found = play(BurstWatch(), [(5 + n / 200, 3) for n in range(9)])
    assert [one.observed for one in found] == [4, 5, 6, 7, 8, 9]
    assert [one.surprise for one in found] == sorted(one.surprise for one in found)


def test_a_measure_shows_all_it_counted() -> None:
    """Observed equals its items; baseline, interval and chance fit together."""
    found = play(BurstWatch(), [(5 + n / 100, 3) for n in range(30)])
    assert found
    for one in found:
        assert one.observed == len(one.items) == len(set(one.items))
        assert one.low <= one.expected <= one.high < one.observed
        assert 0 < one.p < 0.1
        assert one.window_s in {600, 1800, 3600, 3 * 3600, 6 * 3600}


def test_repeats_do_not_make_a_burst() -> None:
    """Three hundred copies of one post are no burst; near-duplicates are discounted."""
    watch = BurstWatch()
    watch.observe(3, next(ids), at(5), "public", False)
    assert play(watch, [(5 + n / 1000, 3) for n in range(300)], duplicate=True) == []


def test_the_season_knows_a_busy_morning() -> None:
    """A story that is loud every morning at eight is expected to be; the same at three in the night surprises."""

    def surprise(hour: int) -> float:
        watch = BurstWatch()
        for day in range(28):
            for one in range(24):
                watch.seasons.add(int(at(24 * day + one).timestamp() * 1000), 400 if one == 8 else 10)
        start = 24 * 28
        rows = [(start - 48 + day * 24 + 8 + n / 40, 3) for day in (0, 1) for n in range(20)]
        watch.seasons.add(int(at(start + 8).timestamp() * 1000), 1)
        found = play(watch, rows + [(start + hour + n / 40, 3) for n in range(20)])
        return max((one.surprise for one in found if one.at >= at(start)), default=0.0)

    assert surprise(8) < surprise(3) - 1


def test_a_part_of_a_story_may_burst_alone() -> None:
    """Outlets that take up a story people always talk of are told as that part; places likewise."""
    rng = random.Random(3)
    watch = BurstWatch()
    play(watch, [(rng.uniform(0, 40), 3) for _ in range(600)])
    (*_, told) = play(watch, [(40 + n / 30, 3) for n in range(8)], kind="outlet")
    assert (told.part, told.observed) == ("class:outlet", 8)
    for n in range(8):
        watch.observe(3, next(ids), at(41 + n / 30), "public", False, places=("Harbour",))
        found = watch.measures(at(41 + n / 30))
    assert found[-1].part == "place:Harbour"


def test_a_large_burst_is_told_when_it_has_grown() -> None:
    """Up to a dozen items every one is told; beyond, only a growth of a seventh."""
    told = [one.observed for one in play(BurstWatch(), [(2 + n / 400, 3) for n in range(200)])]
    assert len(told) < 40
    assert all(later >= 1.15 * earlier for earlier, later in itertools.pairwise(told) if earlier > 12)


def test_a_story_that_always_talks_needs_more() -> None:
    """Twelve an hour are daily bread for a story that always has twelve."""
    rng = random.Random(3)
    steady = [(rng.uniform(0, 48), 3) for _ in range(12 * 48)]
    assert max((one.surprise for one in play(BurstWatch(), steady) if one.at > at(12)), default=0) < 3
    assert play(BurstWatch(), [(40 + n / 12, 4) for n in range(12)])[-1].surprise > 3


def test_merged_stories_count_together() -> None:
    """Halves that are too small are told when they become one, under the older number."""
    watch = BurstWatch()
    for n in range(3):
        watch.observe(1, next(ids), at(5 + n / 100), "public", False)
        watch.observe(2, next(ids), at(5 + n / 100), "public", False)
    assert watch.measures(at(5.1)) == []
    watch.merged(1, 2)
    (one,) = watch.measures(at(5.1))
    assert (one.story, one.observed, one.different) == (1, 6, 6)


def test_a_forgotten_item_is_not_counted() -> None:
    """An edited or erased item is no evidence any more."""
    watch = BurstWatch()
    for n in range(10):
        watch.observe(1, 500 + n, at(5 + n / 100), "public", False)
    for n in range(8):
        watch.forget(1, 500 + n, at(5 + n / 100))
    watch.forget(1, 9999, at(5))
    watch.forget(77, 500, at(5))
    assert watch.measures(at(5.2)) == []


@pytest.mark.parametrize("cut", [10, 40, 70])
def test_a_restart_measures_what_was_not_written(cut: int) -> None:
    """Loaded from rows in the middle of a burst, the watch measures the burst again as it stands, and goes on."""
    rng = random.Random(1)
    rows = sorted(everyday(rng, 20, an_hour=30) + [(20 + n / 80, 7) for n in range(80)])
    numbered = [(story, next(ids), at(hour), "public") for hour, story in rows]
    first = BurstWatch()
    before: list[Measure] = []
    stop = [n for n, row in enumerate(numbered) if row[0] == 7][cut] + 1
    for row in numbered[:stop]:
        first.observe(*row, duplicate=False)
        before += [one for one in first.measures(row[2]) if one.story == 7]
    second = BurstWatch()
    second.load(numbered[:stop])
    again = [one for one in second.measures(second.now) if one.story == 7]
    assert [one.observed for one in again] == [len(set(again[0].items))]
    assert again[0].observed >= max((one.observed for one in before), default=0)


def test_more_items_a_day_ask_for_more() -> None:
    """In a stream of many items chance has more occasions, so the same burst surprises less."""
    quiet, busy = BurstWatch(), BurstWatch()
    for n in range(20_000):
        busy.observe(n + 100, n + 10**6, at(n / 1000), "public", False)
    burst = [(20 + n / 100, 3) for n in range(6)]
    assert play(busy, burst)[-1].surprise < play(quiet, burst)[-1].surprise


def test_old_history_is_let_go() -> None:
    """Stories that fell silent for longer than the memory are forgotten; memory does not grow with the past."""
    watch = BurstWatch()
    for n in range(3000):
        watch.observe(n, n, at(n / 10), "public", False)
    watch.measures(at(300))
    assert len(watch._stories) + len(watch._small) <= 24 * 3 * 10 + 1
    assert watch.measures(at(301)) == []


def test_small_stories_are_held_as_little_as_can_be() -> None:
    """A story gets a history of its own with its fourth item, however its items came: one by one, by merging
    with others, or after one was forgotten; and it is told as if it had had one from the start."""
    watch = BurstWatch()
    for story in range(1, 4):
        watch.observe(story, story, at(5 + story / 100), "public", False)
    watch.observe(3, 99, at(5.05), "outlet", False)
    watch.forget(3, 99, at(5.05))
    watch.merged(1, 2)
    watch.merged(1, 3)
    assert not watch._stories
    assert watch.measures(at(5.1)) == []
    watch.observe(1, 4, at(5.06), "public", False)
    assert not watch._small
    (one,) = watch.measures(at(5.1))
    assert (one.observed, one.items) == (4, (1, 2, 3, 4))
    other = BurstWatch()
    for item in range(1, 5):
        other.observe(1, item, at(5 + (item if item < 4 else 6) / 100), "public", False)
    assert other.measures(at(5.1)) == [one]


def test_a_story_whose_only_item_was_forgotten_merges_like_any_other() -> None:
    """Nothing is left of a story whose one item was edited away: merging it, either way round, counts nothing."""
    watch = BurstWatch()
    for story in (1, 2, 3):
        watch.observe(story, story, at(5), "public", False)
    watch.forget(2, 2, at(5))
    watch.merged(4, 2)
    watch.merged(1, 2)
    watch.forget(1, 1, at(5))
    watch.merged(1, 3)
    assert sum(len(seen) for seen in watch._small.values()) == 1
    assert watch.measures(at(5.1)) == []
