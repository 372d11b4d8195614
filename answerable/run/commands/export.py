"""`answerable export items|helpful`: one item or answer a line, as JSON Lines or CSV."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

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


HELPFUL = (
    "answer", "verdict", "votes", "counted", "side_votes", "side_helped", "other_votes", "other_helped",
    "says",
)  # fmt: skip


def main(args: argparse.Namespace) -> int:
    """Write them to a file or to standard output; exercise items only with --exercise."""
    settings = django()
    if args.kind == "helpful":
        return _write(args, HELPFUL, _helpful(), "answers")
    keyring = Keyring.open(settings.home)
    return _write(
        args, COLUMNS, (_row(item, keyring) for item in exports.items(exercise=args.exercise)), "items"
    )


def _write(
    args: argparse.Namespace, columns: tuple[str, ...], rows: Iterator[dict[str, Any]], what: str
) -> int:
    count = 0
    with _opened(args.out) as out:
        if args.format == "csv":
            for line in csv_lines(columns, (tuple(row.values()) for row in rows)):
                out.write(line)
                count += 1
            count -= 1  # the header
        else:
            for row in rows:
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
                count += 1
    say(f"{count} {what} exported.")
    return 0


def _helpful() -> Iterator[dict[str, Any]]:
    """What both sides say of each public answer that anybody voted on; of a small side nothing."""
    from answerable.store import answer_votes
    from answerable.store.reading import rumours
    from answerable.web.helpful_text import sentences
    from answerable.web.texts import Texts

    words = Texts("en", ZoneInfo("UTC"), datetime.now(UTC))
    for number, votes in answer_votes.found_of([row.pk for row in rumours.public().order_by("pk")]).items():
        if not votes.votes:
            continue
        told = votes.verdict != "too_few"
        sides = sorted(votes.sides, key=lambda side: -side.share) if told else [None, None]
        counts = [n for side in sides for n in ((side.of, side.helped) if side else (None, None))]
        said = (number, votes.verdict, votes.votes, votes.counted, *counts, " ".join(sentences(votes, words)))
        yield dict(zip(HELPFUL, said, strict=True))


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
