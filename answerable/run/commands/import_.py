"""`answerable import FILE`: rows become items; returns when every accepted one stands in a story."""

from __future__ import annotations

import argparse
import shlex
import sys
from contextlib import closing
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from answerable import settings as table
from answerable.collect.files import Mapping
from answerable.collect.files.columns import FIELDS
from answerable.collect.files.mapping import NOTHING
from answerable.collect.files.preview import Preview, preview
from answerable.collect.files.times import read_zone
from answerable.errors import BadInput
from answerable.records import Json
from answerable.run.admitting import Reader
from answerable.run.case_import import Brought, bring_in
from answerable.run.importing import Importing, Tally
from answerable.run.meaning_process import FarSentences
from answerable.run.near import engine_of, seems_to_run
from answerable.run.output import emit_json, say
from answerable.run.start import django
from answerable.settings import Settings
from answerable.store import people, sources
from answerable.store.case_bringing import unit_named
from answerable.store.keyring import Keyring
from answerable.store.models import Source, Unit

SAY_EVERY = 1000  # items between two lines of progress
SHOWN = 50  # rejected rows that are listed; the rest are counted
SAMPLE = 5  # rows that --show prints


def main(args: argparse.Namespace) -> int:
    """Import; exit 2 when nothing in the file is usable, 3 when rows were rejected."""
    path = Path(args.file).absolute()
    if not path.is_file():
        raise BadInput(f"There is no file {args.file}: check the name. Nothing was imported.")
    zone = read_zone(args.zone)
    if args.show:
        return _show(path, args)
    mapping = _asked(path) if args.ask else Mapping.parse(args.map) if args.map else Mapping()
    # What works beside gets ready while the desk does; a running engine has a model of its own.
    with closing(Reader()) as reader, closing(FarSentences()) as embedder:
        if not seems_to_run(table.load().home):
            embedder.start()
        return _import(args, path, mapping, zone, reader, embedder)


def _import(
    args: argparse.Namespace,
    path: Path,
    mapping: Mapping,
    zone: tzinfo,
    reader: Reader,
    embedder: FarSentences,
) -> int:
    settings = django()
    keyring = Keyring.open(settings.home)
    unit = _unit(args, settings)
    with engine_of(settings.home, keyring, embedder) as engine:
        source = _source(path, args, settings)
        said = 0
        work = Importing(source, path, mapping, zone=zone, reader=reader)
        for tally in work.hand_all(engine, keyring):
            if tally.new - said >= SAY_EVERY:
                said = tally.new
                say(f"stored {said}")
        engine.settle()
    brought = None
    if unit is not None:
        brought = bring_in(source, path, mapping, zone=zone, unit=unit, keyring=keyring)
    return _report(work.tally, args.json, brought)


def _unit(args: argparse.Namespace, settings: Settings) -> Unit | None:
    """Whose cases the rows become; None when they stay items."""
    if args.become != "cases":
        if args.unit:
            raise BadInput("--unit says whose cases the rows become: write --as cases with it.")
        return None
    people.first_start(settings.body_name, settings.timezone, datetime.now(UTC))  # a desk that never started
    unit = unit_named(args.unit)
    if unit is None:
        raise BadInput(f"There is no unit {args.unit!r} here: create it first, or leave --unit out.")
    return unit


def _source(path: Path, args: argparse.Namespace, settings: Settings) -> Source:
    """The source of this file; the same path is the same source, so that a second import changes nothing."""
    found = Source.objects.filter(kind="files", address=str(path), exercise=False, removed_at=None).first()
    return found or sources.add(
        None,
        kind="files",
        address=str(path),
        name=args.name or path.name,
        source_class=args.source_class,
        purpose=args.purpose or f"Imported from the file {path.name}",
        licence=args.licence or "",
        method=args.method,
        gaps=args.gaps,
        keep_days=settings.keep_days if args.keep_days is None else args.keep_days,
        reason="import",
        now=datetime.now(UTC),
    )


def _show(path: Path, args: argparse.Namespace) -> int:
    """Print what is in the file and which mapping we would take; stores nothing."""
    seen = preview(path)
    mapping = {field: column for field, column in seen.mapping.items() if column}
    if args.json:
        rows = [dict(zip(seen.columns, row, strict=True)) for row in seen.rows[:SAMPLE]]
        emit_json({"kind": seen.kind, "columns": list(seen.columns), "rows": rows, "mapping": mapping})
        return 0
    say(f"{path.name}: {seen.kind}, {len(seen.columns)} columns, {seen.encoding}.")
    for number, column in enumerate(seen.columns):
        say(f"  {column}: {_example(seen, number)}")
    if not mapping:
        say("No column looks like a text; name one with --map text=COLUMN.")
        return 0
    written = ",".join(f"{field}={column}" for field, column in mapping.items())
    zone = " --zone +08:00" if seen.zoneless else ""
    say(f"Proposed: answerable import {shlex.quote(str(path))} --map {shlex.quote(written)}{zone}")
    if seen.zoneless:
        say("Its times name no zone: give the one they were written in with --zone.")
    return 0


def _example(seen: Preview, column: int) -> str:
    return next((row[column] for row in seen.rows if row[column]), "")[:80]


def _asked(path: Path) -> Mapping:
    """Ask for each field; an empty answer takes what is proposed, `-` leaves the field empty."""
    seen = preview(path)
    say(f"{path.name} has these columns:")
    for number, column in enumerate(seen.columns, 1):
        say(f"  {number}. {column}: {_example(seen, number - 1)}")
    chosen: dict[str, str] = {}
    for field in FIELDS:
        chosen[field] = _answer(field, seen)
    return Mapping(**chosen)


def _answer(field: str, seen: Preview) -> str:
    proposal = seen.mapping[field] or NOTHING
    while True:
        sys.stderr.write(f"{field} [{proposal}]: ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise BadInput("The answers ended before all fields were asked. Nothing was imported.")
        answer = line.strip() or proposal
        if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(seen.columns):
            answer = seen.columns[int(answer) - 1]
        if answer == NOTHING or answer in seen.columns:
            return answer
        say(f"There is no column {answer!r}: give its number, its name, or - for none.")


def _report(tally: Tally, as_json: bool, brought: Brought | None = None) -> int:
    for rejected in tally.examples[:SHOWN]:
        say(f"{rejected.where}: {rejected.code} {rejected.detail}".rstrip())
    if tally.rejected > SHOWN:
        say(f"and {tally.rejected - SHOWN} more rows were rejected.")
    if as_json:
        counts: dict[str, Json] = {
            "new": tally.new,
            "edited": tally.edited,
            "known": tally.known,
            "erased_before": tally.refused,
            "rejected": tally.rejected,
        }
        if brought is not None:
            counts |= {"cases": brought.cases, "copies": brought.copies, "answered": brought.answered}
        emit_json(counts)
    if brought is not None:
        say(
            f"{brought.cases} new cases; {brought.copies} copies of the same words, "
            f"{brought.answered} answered."
        )
    say(
        f"stored {tally.new}; {tally.edited} edited, {tally.known} already known, "
        f"{tally.refused} erased before, {tally.rejected} rejected."
    )
    if not tally.accepted:
        raise BadInput(
            "Nothing in the file is usable: each row needs a text, a title or a link. Nothing was stored."
        )
    return 3 if tally.rejected else 0
