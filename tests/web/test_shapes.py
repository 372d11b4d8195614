"""Dials, sparks, strips and charts: geometry that stays inside its box and never lies about a number."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.web import charts, clockface
from answerable.web.texts import Texts, zone_of
from tests.cast import NOW

T = Texts("en", zone_of("Europe/London"), NOW)


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=48))
def test_a_spark_is_true_to_its_counts(counts: list[int]) -> None:
    """Nothing is one pixel, something is at least two, the most is the tallest, and all stay in the box."""
    bars = charts.spark(counts)
    assert len(bars) == len(counts)
    for count, bar in zip(counts, bars, strict=True):
        assert 0 <= bar.y <= 24
        assert bar.y + bar.height == pytest.approx(24)
        assert (bar.height == 1) == (count == 0)
    top = max(bar.height for bar in bars)
    assert all(bar.height == top for count, bar in zip(counts, bars, strict=True) if count == max(counts))


@given(st.integers(0, 2000), st.integers(0, 2000))
def test_a_strip_shows_each_deaf_source(heard: int, more: int) -> None:
    """One stroke each up to 400; a single deaf source among many is still seen."""
    well, deaf = charts.strip(heard, heard + more)
    strokes = well.count("M") + deaf.count("M")
    assert strokes == min(400, heard + more)
    assert (deaf.count("M") > 0) == (more > 0)
    if heard + more <= 400:
        assert (well.count("M"), deaf.count("M")) == (heard, more)


@given(st.floats(0, 10**9))
def test_an_axis_ends_above_its_highest_value(highest: float) -> None:
    """Whole numbers in one, two or five of a power of ten, at most four gridlines.

    Sabotage: round the top down.
    """
    top, step = charts.nice_top(highest)
    assert top >= highest
    assert top % step == 0
    assert 1 <= top // step <= 4
    assert str(step)[0] in "125"


@given(
    st.lists(st.integers(0, 10**6), min_size=1, max_size=60),
    st.floats(0, 1000),
    st.floats(0, 1000),
)
def test_a_chart_keeps_bars_and_band_in_proportion(counts: list[int], low: float, more: float) -> None:
    """Bars start at zero, twice the items are twice the height, the band lies where it was measured."""
    band = (low, low + more)
    chart = charts.growth(counts, [band] * len(counts), [0.5])
    assert len(chart.bars) == sum(count > 0 for count in counts)
    for bar in chart.bars:
        assert bar.y + bar.height == pytest.approx(chart.zero, abs=0.2)
        assert bar.y >= 49
        assert bar.x >= 0
        assert bar.x + bar.width <= 100.01
    scale = (chart.zero - chart.grid[-1][0]) / chart.grid[-1][1]
    for drawn in chart.bands:
        assert drawn.y == pytest.approx(chart.zero - band[1] * scale, abs=1)
        assert drawn.height == pytest.approx(more * scale, abs=1)
    assert all(0 <= x <= 100 for x, _ in chart.labels)


@given(st.floats(-5, 5))
def test_a_dial_is_always_a_slice(share: float) -> None:
    """Also for a share below nothing or above all of it: a path inside the dial."""
    path = clockface.wedge(share)
    assert path.startswith("M16 16L")
    x, y = (float(part) for part in path[7:].split("A")[0].split())
    assert (x - 16) ** 2 + (y - 16) ** 2 == pytest.approx(10.5**2, abs=0.2)


@pytest.mark.parametrize(
    ("minutes", "met", "state", "big", "small"),
    [
        (-75, None, "over", "Overdue", "by 1 h 15 min"),
        (10, None, "now", "10 min", "by 09:10"),
        (25, None, "soon", "25 min", "by 09:25"),
        (154, None, "later", "2 h 34 min", "by 11:34"),
        (60 * 24 * 2, None, "later", "2 days", "by Wed 4 Mar, 09:00"),
        (10, 37, "met", "Met", "in 37 min"),
    ],
)
def test_a_deadline_reads_as_people_speak(
    minutes: int, met: int | None, state: str, big: str, small: str
) -> None:
    """State, what is left, and by when; the day when it is not today."""
    started = NOW - timedelta(hours=2)
    face = clockface.face(
        T, NOW + timedelta(minutes=minutes), started, started + timedelta(minutes=met) if met else None
    )
    assert (face.state, face.big, face.small) == (state, big, small)
    assert bool(face.wedge) == (state in {"now", "soon", "later"})
