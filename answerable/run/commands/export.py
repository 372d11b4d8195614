"""`answerable export items`: one item a line, as JSON Lines or CSV."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from answerable.collect.keys import unseal
from answerable.report.tables import csv_lines
from answerable.run.output import say
from answerable.run.start import django
from answerable.store import exports
from answerable.store.exports import ExportedItem
from answerable.store.keyring import Keyring

COLUMNS = (
    "id", "external_id", "source", "published", "heard", "language", "title", "text", "link", "story",
    "duplicate_of", "exercise", "place",
)  # fmt: skip
# A bare record number names nobody; an address or a handle does, and never leaves in the clear.
_RECORD_NUMBER = re.compile(r"[A-Za-z0-9_.-]{1,64}")


def main(args: argparse.Namespace) -> int:
    """Write the items to a file or to standard output; exercise items only with --exercise."""
    settings = django()
    keyring = Keyring.open(settings.home)
    rows = (_row(item, keyring) for item in exports.items(exercise=args.exercise))
    count = 0
    with _opened(args.out) as out:
        if args.format == "csv":
            for line in csv_lines(COLUMNS, (tuple(row.values()) for row in rows)):
                out.write(line)
                count += 1
            count -= 1  # the header
        else:
            for row in rows:
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
                count += 1
    say(f"{count} items exported.")
    return 0


def _row(item: ExportedItem, keyring: Keyring) -> dict[str, Any]:
    values = {name: getattr(item, name) for name in COLUMNS if name != "external_id"}
    values["external_id"] = _external_id(item, keyring)
    return {name: values[name] for name in COLUMNS}


def _external_id(item: ExportedItem, keyring: Keyring) -> str:
    """The row's own number for what somebody imported from a file; a keyed hash for everything else."""
    if item.kind == "files" and item.sealed is not None:
        external_id, _ = unseal(keyring.for_source(item.source_id), item.sealed)
        if _RECORD_NUMBER.fullmatch(external_id):
            return external_id
    return f"hmac:{item.key.hex()}"


@contextmanager
def _opened(path: str | None) -> Iterator[IO[str]]:
    if not path:
        yield sys.stdout
        return
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        yield file
