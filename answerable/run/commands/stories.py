"""`answerable stories`: what people talk about, most items first."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from answerable.run.output import emit_json, emit_line, say
from answerable.run.start import django
from answerable.store import exports

HEADING = 100  # characters of a heading in the list for people


def main(args: argparse.Namespace) -> int:
    """Print stories; `--json` one line with all, otherwise one story a line for people."""
    django()
    stories = exports.stories(exercise=True if args.exercise else None, limit=args.limit)
    if args.json:
        emit_json([_plain(story) for story in stories])
        return 0
    for story in stories:
        mark = "EXERCISE " if story.exercise else ""
        words = " ".join(story.heading.split())
        emit_line(f"{story.id:>8}  {story.items:>6} items  {mark}{words[:HEADING]}")
    if not stories:
        say("No stories yet. Add a source with `answerable add URL`, or run `answerable import FILE`.")
    return 0


def _plain(story: exports.ListedStory) -> dict[str, object]:
    """The mark of an exercise stands only on what belongs to one."""
    values: dict[str, object] = asdict(story)
    if not story.exercise:
        del values["exercise"]
    return values
