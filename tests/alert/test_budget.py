"""Tests of the budget: what the bar learns from decisions and from the desk's own past."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from answerable.alert.budget import (
    BAR,
    DEFAULT,
    HIGHEST,
    LEAST,
    LOWEST,
    MOST,
    Past,
    Verdict,
    bar_for,
    chance_false,
    expected,
)

PASTS = st.lists(st.builds(Past, st.floats(0, 8), st.sampled_from(Verdict)), max_size=40)
WEEKS = st.floats(0, 12)


def test_a_desk_without_a_past_has_the_default_bar() -> None:
    """Two a week and nothing known: the bar is the default one; less allowed is a higher bar, more a lower."""
    assert abs(bar_for(DEFAULT, [], 0) - BAR) < 1e-6
    assert bar_for(0.5, [], 0) > BAR + 0.5
    assert bar_for(10, [], 0) < BAR - 0.5


@given(PASTS, WEEKS, st.floats(LEAST, MOST))
def test_the_expected_rate_keeps_to_the_budget(past: list[Past], weeks: float, budget: float) -> None:
    """At the bar no more false alarms are expected than allowed, unless the bar is as high as it may be."""
    bar = bar_for(budget, past, weeks)
    assert LOWEST <= bar <= HIGHEST
    assert expected(bar, past, weeks) <= budget * (1 + 1e-6) or bar > HIGHEST - 1e-6


@given(PASTS, WEEKS, st.floats(LEAST, MOST), st.floats(LEAST, MOST))
def test_a_smaller_budget_is_never_a_lower_bar(
    past: list[Past], weeks: float, one: float, other: float
) -> None:
    """The bar falls with the budget, whatever the past."""
    low, high = sorted((one, other))
    assert bar_for(low, past, weeks) >= bar_for(high, past, weeks)


@given(PASTS, WEEKS, st.floats(LEAST, MOST), st.integers(0, 39))
def test_a_dismissal_never_lowers_the_bar(past: list[Past], weeks: float, budget: float, which: int) -> None:
    """Saying that an alert was false raises the bar or leaves it; saying that it was right lowers it or leaves it."""
    if not past:
        return
    place = which % len(past)
    bars = [
        bar_for(budget, [*past[:place], Past(past[place].score, verdict), *past[place + 1 :]], weeks)
        for verdict in (Verdict.TRUE, Verdict.OPEN, Verdict.FALSE)
    ]
    assert bars == sorted(bars)


def test_many_dismissed_alerts_raise_the_bar_above_them() -> None:
    """Eight false alarms in two weeks where one a week is allowed: most of them would not call again."""
    past = [Past(3.5 + n / 10, Verdict.FALSE) for n in range(8)]
    bar = bar_for(1.0, past, 2.0)
    assert sum(one.score >= bar for one in past) <= 4
    assert bar > bar_for(1.0, [Past(one.score, Verdict.TRUE) for one in past], 2.0) + 0.3


def test_a_quiet_desk_hears_more() -> None:
    """Twelve weeks in which hardly anything came near the bar lower it."""
    assert bar_for(DEFAULT, [], 12) < BAR - 0.4


def test_what_nobody_decided_counts_by_its_score() -> None:
    """An open alert far above the bar is hardly false; one near it may be."""
    assert chance_false(Past(7, Verdict.OPEN)) < 0.01
    assert 0.05 < chance_false(Past(BAR, Verdict.OPEN)) < 0.2
    assert chance_false(Past(7, Verdict.FALSE)) == 1
