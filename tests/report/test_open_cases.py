"""Open data of cases: nothing below ten, no difference that tells of fewer than ten, the script says the same."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.report import open_cases, recompute_rates
from answerable.report.open_cases import PAIRS, SMALLEST, Counted, bounds, published, rates

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
    before: dict[str, object] = {}
    for number, counted in enumerate(found):
        alone = {"left_out": {"merged": number * 7}}
        now = published(counted, alone, before, f"2026-01-0{number + 1}")
        old = {row["unit"]: row for row in before.get("groups", ())}  # type: ignore[attr-defined]
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
        before = json.loads(json.dumps(now))


@settings(max_examples=80)
@given(days())
def test_the_script_says_what_the_page_says(found: list[list[Counted]]) -> None:
    """Every rate, bound and interval of the page follows from the file by the published script alone."""
    document = json.loads(json.dumps(published(found[-1], {}, {}, "2026-01-01")))
    lines = {(line["unit"], line["rate"]): line for line in recompute_rates.reckon(document)}
    names = {"due": "response", "answered": "resolution", "asked": "satisfaction"}
    seen = rates(document, 2026)
    for unit, of in seen.items():
        for whole, rate in of.items():
            if not document["groups"]:
                continue
            line = lines[unit, names[whole]]
            assert (line["of"], line["least"], line["most"]) == (rate.whole, rate.low, rate.high)
            if rate.interval is not None and rate.share is not None:
                assert line["percent"] == round(100 * rate.share, 1)
                assert (line["from"], line["to"]) == tuple(round(100 * end, 1) for end in rate.interval)


@settings(max_examples=80)
@given(days())
def test_the_true_number_lies_within_what_is_published(found: list[list[Counted]]) -> None:
    """On a first day every true part lies between the ends the page shows, and a small unit has no row."""
    document = published(found[0], {}, {}, "2026-01-01")
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
