"""An archive read beside a live stream."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from answerable.alert.bursts import Measure
from answerable.alert.eras import STRANGE_ITEMS, Eras

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def burst(eras: Eras, start: datetime, first: int, story: int = 1) -> list[Measure]:
    """Forty items of one story within half an hour, after a day of stray ones."""
    for n in range(24):
        eras.observe(1000 + first + n, first + n, start - timedelta(hours=24 - n), "public", duplicate=False)
    for n in range(40):
        eras.observe(story, first + 24 + n, start + timedelta(seconds=45 * n), "public", duplicate=False)
    return eras.measures()


def test_last_years_posts_raise_their_alert_beside_todays_feed() -> None:
    """A file of old posts is tested on its own clock although newer items were heard first."""
    eras = Eras()
    eras.observe(7, 1, NOW, "outlet", duplicate=False)
    eras.measures()
    found = burst(eras, NOW - timedelta(days=400), 100)
    assert [signal.story for signal in found] == [1]
    assert found[0].at.year == 2025


def test_the_live_stream_is_not_disturbed_by_an_archive() -> None:
    """Today's burst is found the same with and without an archive read in between."""
    alone, beside = Eras(), Eras()
    beside.observe(7, 1, NOW - timedelta(hours=25), "outlet", duplicate=False)
    burst(beside, NOW - timedelta(days=400), 500, story=2)
    assert [s.items for s in burst(beside, NOW, 100)] == [s.items for s in burst(alone, NOW, 100)]


def test_a_second_older_archive_is_heard_too() -> None:
    """After enough items that are older than the first archive, the second one is tested by itself."""
    eras = Eras()
    eras.observe(7, 1, NOW, "outlet", duplicate=False)
    burst(eras, NOW - timedelta(days=400), 100)
    older = NOW - timedelta(days=2000)
    for n in range(STRANGE_ITEMS):
        eras.observe(
            5000 + n, 5000 + n, older - timedelta(hours=40) + timedelta(minutes=n), "public", duplicate=False
        )
    assert [signal.story for signal in burst(eras, older, 9000, story=3)] == [3]


def test_stories_that_become_one_count_together_in_both_eras() -> None:
    """A merge reaches the archive as well as the live stream."""
    eras = Eras()
    eras.observe(7, 1, NOW, "outlet", duplicate=False)
    old = NOW - timedelta(days=400)
    for n in range(24):
        eras.observe(1000 + n, 1000 + n, old - timedelta(hours=24 - n), "public", duplicate=False)
    for n in range(10):
        eras.observe(1 + n % 5, 10 + n, old + timedelta(seconds=20 * n), "public", duplicate=False)
    assert eras.measures() == []  # two items each
    for loser in (2, 3, 4, 5):
        eras.merged(1, loser)
    assert [(signal.story, signal.observed >= 6) for signal in eras.measures()] == [(1, True)]
