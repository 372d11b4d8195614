"""Open data of cases: nothing below ten, no difference that tells of fewer than ten, the script says the same."""

from __future__ import annotations

import json
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.report import open_cases, recompute_rates
from answerable.report.open_cases import PAIRS, SMALLEST, Counted, Rate, bounds, published, rates

UNITS = ("Water", "Roads", "Parks", "Housing")


@st.composite
def days(draw: st.DrawFn) -> list[list[Counted]]:
    """Some days of a few units, whose counts only grow a little from day to day."""
    found = []
    counts = {unit: {whole: [0, 0] for whole, _ in PAIRS} for unit in UNITS}
    for _ in range(draw(st.integers(1, 5))):
        for pairs in counts.values():
            for cell in pairs.values():
                more = draw(st.integers(0, 60))
                cell[0] += more
                cell[1] = min(cell[0], cell[1] + draw(st.integers(0, more)))
        found.append(
            [
                Counted(2026, unit, {name: (n, hits) for name, (n, hits) in pairs.items()})
                for unit, pairs in counts.items()
            ]
        )
    return found


@settings(max_examples=150)
@given(days())
def test_nothing_below_ten_is_said_or_follows(found: list[list[Counted]]) -> None:
    """P3: no published number, complement, sum's remainder or change from one day to the next lies in 1 to 9.

    Sabotage: let `_held` answer the fresh cell always, or `_cell` the true part.
    """
    earlier: list[dict[str, Any]] = []
    for number, counted in enumerate(found):
        alone = {"left_out": {"merged": number * 7}}
        now = published(counted, alone, earlier, f"2026-01-0{number + 1}")
        before = earlier[-1] if earlier else {}
        old = {row["unit"]: row for row in before.get("groups", ())}
        for row in now["groups"]:
            for whole, part in PAIRS:
                assert row[whole] == 0 or row[whole] >= SMALLEST
                if isinstance(row[part], int):
                    assert not 0 < row[part] < SMALLEST
                    assert not 0 < row[whole] - row[part] < SMALLEST
                was = old.get(row["unit"])
                if was is not None:
                    assert not 0 < abs(row[whole] - was[whole]) < SMALLEST
                    if isinstance(row[part], int) and isinstance(was[part], int):
                        assert not 0 < abs(row[part] - was[part]) < SMALLEST
        assert not 0 < now["left_out"]["merged"] < SMALLEST
        # Totals are sums of the rows: there is no second number of the same cases to take them from.
        assert set(now) == {"format", "day", "smallest", "sample", "groups", "left_out"}
        earlier.append(json.loads(json.dumps(now)))


@st.composite
def restless_days(draw: st.DrawFn) -> list[list[Counted]]:
    """Days of small units whose counts rise and fall around ten and around the sample."""
    counts = {unit: draw(st.integers(15, 45)) for unit in UNITS}
    found = []
    for _ in range(draw(st.integers(2, 6))):
        rows = []
        for unit in UNITS:
            counts[unit] = max(0, counts[unit] + draw(st.integers(-14, 14)))
            pair = (counts[unit], draw(st.integers(0, counts[unit])))
            rows.append(Counted(2026, unit, dict.fromkeys(("due", "answered", "asked"), pair)))
        found.append(rows)
    return found


def told(part: object, was: object) -> bool:
    """Whether the difference of two published numbers is of fewer than ten."""
    return isinstance(part, int) and isinstance(was, int) and 0 < abs(part - was) < SMALLEST


@settings(max_examples=150)
@given(restless_days())
def test_no_two_days_tell_about_fewer_than_ten(found: list[list[Counted]]) -> None:
    """P3, differencing: of any two days, not only of neighbours, no count, part or rest of a row differs by 1 to 9.

    Nor does what a unit and the others show from the day on which it leaves them.

    Sabotage: let `_held` look at the last day alone, or `_grouped` let every unit leave.
    """
    documents: list[dict[str, Any]] = []
    for number, counted in enumerate(found):
        documents.append(json.loads(json.dumps(published(counted, {}, documents, f"2026-01-0{number + 1}"))))
    rows = [{row["unit"]: row for row in document["groups"]} for document in documents]
    for then, now in combinations(rows, 2):
        for unit in set(then) & set(now):
            for whole, part in PAIRS:
                was, new = then[unit], now[unit]
                assert not told(new[whole], was[whole])
                assert not told(new[part], was[part])
                if isinstance(new[part], int) and isinstance(was[part], int):
                    assert not told(new[whole] - new[part], was[whole] - was[part])
    named: set[str] = set()
    for then, now in pairwise(rows):
        named |= set(then)
        left = [unit for unit in now if unit not in named]
        if open_cases.OTHERS not in then or not left:
            continue
        apart = [now[unit] for unit in {*left, open_cases.OTHERS} if unit in now]
        for whole, part in PAIRS:
            assert not told(sum(row[whole] for row in apart), then[open_cases.OTHERS][whole])
            if all(isinstance(row[part], int) for row in apart):
                assert not told(sum(row[part] for row in apart), then[open_cases.OTHERS][part])


@settings(max_examples=80)
@given(days())
def test_the_script_says_what_the_page_says(found: list[list[Counted]]) -> None:
    """Every rate, bound and interval of the page follows from the file by the published script alone."""
    document = json.loads(json.dumps(published(found[-1], {}, [], "2026-01-01")))
    lines = {(line["unit"], line["rate"]): line for line in recompute_rates.reckon(document)}
    names = {"due": "response", "answered": "resolution", "asked": "satisfaction"}
    seen = rates(document, 2026)
    for unit, of in seen.items():
        for whole, rate in of.items():
            if not document["groups"]:
                continue
            line = lines[unit, names[whole]]
            assert (line["of"], line["least"], line["most"]) == (rate.whole, rate.low, rate.high)
            if rate.whole:
                assert line["percent"] == rate.percent
                assert (line["from"], line["to"]) == rate.percents


@pytest.mark.parametrize("whole", [160, 80, 32, 1000])
def test_halves_of_a_digit_are_rounded_alike(whole: int) -> None:
    """46 of 160 are 28.75%: page and script round it to the same side, and every other share too."""
    for low in range(whole + 1):
        row = {"year": 2026, "unit": "Water", "due": whole, "in_time": low, "answered": 0, "solved": 0}
        (line, *_) = recompute_rates.reckon({"smallest": 10, "groups": [row | {"asked": 0, "helped": 0}]})
        rate = Rate(whole, low, low)
        assert (line["percent"], (line["from"], line["to"])) == (rate.percent, rate.percents)


@settings(max_examples=80)
@given(days())
def test_the_true_number_lies_within_what_is_published(found: list[list[Counted]]) -> None:
    """On a first day every true part lies between the ends the page shows, and a small unit has no row."""
    document = published(found[0], {}, [], "2026-01-01")
    true = {row.unit: row.pairs for row in found[0]}
    for row in document["groups"]:
        if row["unit"] == open_cases.OTHERS:
            continue
        assert true[row["unit"]]["due"][0] >= open_cases.SAMPLE
        for whole, part in PAIRS:
            low, high = bounds(row[whole], row[part])
            if row[whole]:
                assert low <= true[row["unit"]][whole][1] <= high
    named = {row["unit"] for row in document["groups"]}
    assert not any(unit in named for unit, pairs in true.items() if pairs["due"][0] < open_cases.SAMPLE)


def test_wilson_is_what_the_book_says() -> None:
    """Against values of Newcombe (1998), table I."""
    low, high = open_cases.wilson(81, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
