"""Reads evaluation files: one JSON object a line, its time, text and label. Stores nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from answerable.collect.files.rows import json_rows
from answerable.collect.files.source import opened
from answerable.collect.files.times import read_time
from answerable.errors import BadInput
from answerable.records import Incoming, Rejected

STEP = timedelta(seconds=30)  # between items of a stream that has no times
_START = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Labelled:
    """One row of an evaluation file."""

    where: str
    incoming: Incoming
    label: str | None  # None: streamed, not scored


def labelled(path: Path, *, needed: bool = True) -> tuple[list[Labelled], list[Rejected]]:
    """Read `{"id", "text", "time"?, "label"}` lines.

    Raises BadInput when no row carries a label, or with `needed` False when there is no row at all.
    """
    rows: list[Labelled] = []
    rejected: list[Rejected] = []
    when = _START
    with opened(path) as lines:
        for number, row in json_rows(lines):
            where = f"line {number}"
            found = row if isinstance(row, Rejected) else _labelled(row, where, when + STEP)
            if isinstance(found, Rejected):
                rejected.append(found)
            else:
                when = found.incoming.published or when
                rows.append(found)
    if not any(row.label is not None or not needed for row in rows):
        wanted = "a text, and some a label" if needed else "a text"
        raise BadInput(
            f"Nothing in {path.name} can be scored: each line needs {wanted}; "
            f"{len(rejected)} lines cannot be read."
        )
    return rows, rejected


def _labelled(row: dict[str, Any], where: str, otherwise: datetime) -> Labelled | Rejected:
    text, label = row.get("text"), row.get("label")
    if not isinstance(text, str):
        return Rejected(where, "no_text")
    if isinstance(label, dict | list):
        return Rejected(where, "bad_label")
    published = otherwise
    if row.get("time") not in (None, ""):
        read = read_time(row["time"])
        if read is None:
            return Rejected(where, "bad_time")
        published = read
    incoming = Incoming(external_id=str(row.get("id") or where), text=text, published=published)
    return Labelled(where, incoming, None if label is None else json.dumps(label))
