"""`answerable verify-ledger FILE`: checks a downloaded ledger entry by entry. Needs no desk, no data folder.

With the heads as they were published, a cut tail or a chain rewritten as a whole is seen as well.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from answerable.collect.files.rows import json_rows
from answerable.collect.files.source import opened
from answerable.errors import BadInput
from answerable.records import Rejected
from answerable.run.output import emit_json, say
from answerable.store.chain import verify

WHY = {
    "missing": "it is missing",
    "out_of_order": "it stands out of order",
    "changed": "its content was changed",
    "broken_link": "it does not follow from the entry before it",
    "head_differs": "a head that was published says otherwise",
}


@dataclass(slots=True)
class _Entry:
    """A line of an exported ledger."""

    id: int
    at: datetime
    actor: int | None
    action: str
    kind: str
    object: int
    reason: str
    content_hash: str
    previous: str
    hash: str


def main(args: argparse.Namespace) -> int:
    """Verify; exit 2 at the first entry that does not fit, which is named."""
    path = Path(args.file)
    if not path.is_file():
        raise BadInput(f"There is no file {args.file}: check the name.")
    heads = _heads(Path(args.heads)) if args.heads else []
    counted = _Counted(path)
    bad = verify(counted, heads)
    result = {
        "entries": counted.count,
        "whole": bad is None,
        "bad_entry": bad.id if bad else None,
        "why": bad.why if bad else None,
    }
    if args.json:
        emit_json(result)
    elif bad is None:
        fits = " and fit the published heads" if heads else ""
        say(f"All {counted.count} entries follow from each other{fits}.")
    else:
        say(f"The ledger breaks at entry {bad.id}: {WHY[bad.why]}.")
    return 2 if bad else 0


class _Counted:
    """The entries of a file, counted as they go by. A line that is none breaks the chain where it stands."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.count = 0

    def __iter__(self) -> Iterator[_Entry]:
        with opened(self._path) as lines:
            for _, row in json_rows(lines):
                entry = None if isinstance(row, Rejected) else _entry(row)
                if entry is not None:
                    self.count += 1
                    yield entry


def _entry(row: dict[str, object]) -> _Entry | None:
    try:
        said = {**row, "at": datetime.fromisoformat(str(row["at"]))}
        entry = _Entry(**{name: said[name] for name in _Entry.__slots__})  # type: ignore[arg-type]
        return entry if isinstance(entry.id, int) and entry.at.tzinfo else None
    except (KeyError, ValueError):
        return None


def _heads(path: Path) -> list[tuple[int, str]]:
    try:
        return [(int(head["row"]), str(head["hash"])) for head in json.loads(path.read_text("utf-8"))]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput(f"{path} holds no heads: download heads.json from the page of the ledger.") from error
