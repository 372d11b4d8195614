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
# No bombs, but as much honest work as fits in their size: the limits of the worker hold for them. Form letters
# look like this, and each of these texts is a message that somebody will be shown.
WORK = frozenset(
    {
        "xlsx texts of 100 MB, ratio 25, all asked for",
        "xlsx texts of 100 MB, ratio 25, long and asked for",
        "text quotes without end",  # 100,000 rows, each refused by itself: a good one among them is read
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


def test_bombs_for_parse_workers_cost_nothing() -> None:
    """XML that unfolds by entities, attributes or encodings, that is deep; pages, calendars, CBOR and pictures.

    Sabotage: let `refuse_entities`, `reads_plainly`, `depth`, `is_listing` or `_is_held` find nothing; let a
    calendar's rule run on (`_STEPS`), or count no values of CBOR.
    """
    words = (
        "feed billion", "feed depth", "opml billion", "open311 attributes by", "picture PNG, 25 M pixels, RGBA",
        "page as many tags", "calendar every second of none", "bluesky_repos empty lists",
    )  # fmt: skip
    measured = list(bombed.of_jobs(*words, seconds=20))
    assert len(measured) > len(words)
    assert over(iter(measured), seconds=4) == []


def test_bombs_among_files_cost_nothing() -> None:
    """Workbooks whose parts overlap or unfold; Parquet that says one sign a million times; lines without a word.

    Sabotage: raise the ratios of `zipped`, `parquet` or `source`, or the latter's `_MOST_SILENT`.
    """
    words = (
        "xlsx overlapping, 250", "xlsx texts of 1 GB", "xlsx attributes",
        "parquet a text of 24", "text gzip of 1 GB of", "text commas",
    )  # fmt: skip
    measured = list(bombed.of_files(*words))
    assert len(measured) > len(words)
    assert over(iter(measured), seconds=4) == []


def test_bombs_of_servers_cost_nothing() -> None:
    """What is packed in any way, or goes on for a gigabyte."""
    assert over(bombed.of_answers(), seconds=8) == []


@pytest.mark.deep
def test_every_bomb_at_every_door() -> None:
    """B4 in full: a second of work and 64 MB."""
    for measured in (bombed.of_answers, bombed.of_jobs, bombed.of_files):
        assert over(measured(), seconds=1, memory=64 * MB) == []
