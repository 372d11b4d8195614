"""`answerable matters`: topics that come back, ranked by items and a tenth of their likes."""

from __future__ import annotations

import argparse

from answerable.run.output import emit_json, emit_line, say
from answerable.run.start import django
from answerable.store.reading.matters import MatterLine, ranking
from answerable.store.stream import from_ms

HEADING = 100  # characters of a heading in the list for people


def main(args: argparse.Namespace) -> int:
    """Print matters; `--json` one line with all, otherwise one matter a line for people."""
    django()
    found = ranking(exercise=args.exercise, limit=args.limit)
    if args.json:
        emit_json([_plain(line) for line in found])
        return 0
    for line in found:
        emit_line(f"{line.id:>8}  {line.items:>6} items  {line.likes:>6} likes  {_words(line)[:HEADING]}")
    if not found:
        say("No matters yet: one appears when a topic comes back, or a story has a second item.")
    return 0


def _plain(line: MatterLine) -> dict[str, object]:
    return {
        "id": line.id,
        "heading": _words(line),
        "items": line.items,
        "likes": line.likes,
        "score": line.score,
        "stories": line.stories,
        "first_seen": from_ms(line.first_seen).isoformat(),
        "last_seen": from_ms(line.last_seen).isoformat(),
    }


def _words(line: MatterLine) -> str:
    """Its best item's own words, or its names when that item has left."""
    return " ".join((line.heading.words if line.heading else ", ".join(line.names)).split())
