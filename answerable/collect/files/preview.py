"""What a person sees of a file before it is imported: its columns, some rows, and a proposed mapping."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from answerable.collect.clean import one_line
from answerable.collect.files.columns import proposed
from answerable.collect.files.opening import Kind, opened
from answerable.collect.files.times import names_zone, read_time
from answerable.records import Rejected

ROWS = 50  # that are looked at
MOST_COLUMNS = 60
_CELL = 200  # characters of one cell that are shown


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of a file. Cells are cut and cleaned, nothing in them is masked yet."""

    kind: Kind
    encoding: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]  # in the order of the columns
    mapping: dict[str, str]  # field → column, "" where none is proposed
    bad: int  # of these rows that could not be read at all
    zoneless: bool  # times that name no zone of their own


def preview(path: Path) -> Preview:
    """Look at the first rows. Raises BadInput in one sentence."""
    with opened(path) as file:
        found = [row for _, row in islice(file.rows, ROWS)]
        rows = [row for row in found if not isinstance(row, Rejected)]
        columns = [*dict.fromkeys([*file.columns, *(column for row in rows for column in row)])]
        columns = [column for column in columns if isinstance(column, str)][:MOST_COLUMNS]
        mapping = proposed(columns, rows)
        times = [row.get(mapping["time"]) for row in rows] if mapping["time"] else []
        return Preview(
            file.kind,
            file.encoding,
            tuple(columns),
            tuple(tuple(_shown(row.get(column)) for column in columns) for row in rows),
            mapping,
            len(found) - len(rows),
            any(read_time(when) is not None and not names_zone(when) for when in times),
        )


def _shown(cell: Any) -> str:
    return "" if cell is None else one_line(str(cell), _CELL)
