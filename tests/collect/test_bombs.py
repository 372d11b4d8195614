"""B4: bombs of XML, JSON, gzip, zip, workbooks, Parquet and pictures cost next to nothing at any door.

The bar is a second and 64 MB; what is asserted leaves room for a busy machine. `python -m tests.collect.bombed`
prints the figures.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from answerable.collect.troubles import TROUBLES
from tests.collect import bombed
from tests.collect.bombed import Cost

Measured = Iterator[tuple[str, str, Cost]]

MB = 1 << 20
# No bombs, but as much honest work as fits in their size: the limits of the worker hold for them.
WORK = frozenset(
    {
        # The library that finds an article takes some 40 µs for each tag, of the longest list of a council too.
        "page as many tags as are read",
        "page flat, of words",
        # A million texts of one form letter look like this: 100 MB of them are read in a second or two.
        "xlsx texts of 100 MB, ratio 29",
        "xlsx texts of 100 MB, ratio 30",
        "xlsx rows that hold nothing",  # all rows that the format has, before a next one may say something
    }
)


def over(measured: Measured, *, seconds: float, memory: int = 96 * MB) -> list[str]:
    """Those that cost too much, or were refused without a sentence."""
    return [
        f"{door} {name}: {cost}"
        for door, name, cost in measured
        if f"{door} {name}" not in WORK
        and (
            (cost.work or cost.seconds) > seconds
            or max(cost.worker, cost.ours) > memory
            or not (cost.said.startswith("read") or cost.said in TROUBLES)
            or cost.said.removeprefix("file_") in ("too_slow", "parser_died")
        )
    ]


@pytest.mark.parametrize(
    "word",
    ["feed billion", "feed depth", "opml billion", "open311 attributes by", "picture PNG, 25 M pixels, RGBA"],
)
def test_bombs_for_parse_workers_cost_nothing(word: str) -> None:
    """XML that unfolds by entities, attributes or encodings, that is deep, and pictures.

    Sabotage: let `refuse_entities`, `reads_plainly`, `depth` or `_is_held` find nothing.
    """
    assert over(bombed.of_jobs(word, seconds=20), seconds=4) == []


@pytest.mark.parametrize(
    "word",
    ["xlsx overlapping, 250", "xlsx texts of 1 GB", "xlsx attributes", "parquet a text of 24"],
)
def test_bombs_among_files_cost_nothing(word: str) -> None:
    """Workbooks whose parts overlap or unfold; Parquet that says one sign a million times.

    Sabotage: raise the ratios of `zipped` or `parquet`.
    """
    assert over(bombed.of_files(word), seconds=4) == []


def test_bombs_of_servers_cost_nothing() -> None:
    """What is packed in any way, or goes on for a gigabyte."""
    assert over(bombed.of_answers(), seconds=8) == []


@pytest.mark.deep
def test_every_bomb_at_every_door() -> None:
    """B4 in full: a second of work and 64 MB."""
    for measured in (bombed.of_answers, bombed.of_jobs, bombed.of_files):
        assert over(measured(), seconds=1, memory=64 * MB) == []
