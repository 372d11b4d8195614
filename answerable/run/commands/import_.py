"""`answerable import FILE`: rows become items; returns when every accepted one stands in a story."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from answerable.collect import door
from answerable.collect.files import FileCollector, Mapping
from answerable.errors import BadInput
from answerable.records import Incoming, Item, Rejected, SourceClass, SourceFacts
from answerable.run.handover import Engine
from answerable.run.near import engine_of
from answerable.run.output import emit_json, say
from answerable.run.start import django
from answerable.settings import Settings
from answerable.store import sources
from answerable.store.keyring import Keyring
from answerable.store.models import Source

SAY_EVERY = 1000  # items between two lines of progress
SHOWN = 50  # rejected rows that are listed; the rest are counted


def main(args: argparse.Namespace) -> int:
    """Import; exit 2 when nothing in the file is usable, 3 when rows were rejected."""
    path = Path(args.file).absolute()
    if not path.is_file():
        raise BadInput(f"There is no file {args.file}: check the name. Nothing was imported.")
    settings = django()
    keyring = Keyring.open(settings.home)
    with engine_of(settings.home, keyring) as engine:
        source = _source(path, args, settings)
        tally = _Tally()
        _hand_all(path, args, source, engine, keyring, tally)
        engine.settle()
    return _report(tally, args.json)


class _Tally:
    """What became of the rows."""

    def __init__(self) -> None:
        self.new = self.edited = self.known = self.refused = 0
        self.rejected: list[Rejected] = []

    @property
    def accepted(self) -> int:
        return self.new + self.edited + self.known + self.refused


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
        keep_days=settings.keep_days if args.keep_days is None else args.keep_days,
        reason="import",
        now=datetime.now(UTC),
    )


def _hand_all(
    path: Path, args: argparse.Namespace, source: Source, engine: Engine, keyring: Keyring, tally: _Tally
) -> None:
    facts = SourceFacts(source.pk, source.kind, source.address, SourceClass(source.source_class))
    keys = keyring.for_source(source.pk)
    collector = FileCollector(facts, path, Mapping.parse(args.map) if args.map else Mapping())
    said = 0
    for batch, cursor in collector.collect(source.cursor):
        heard = datetime.now(UTC)
        items: list[Item] = []
        rejected_before = len(tally.rejected)
        for found in batch:
            admitted = door.admit(found, facts, keys, heard=heard) if isinstance(found, Incoming) else found
            (items if isinstance(admitted, Item) else tally.rejected).append(admitted)  # type: ignore[arg-type]
        taken = engine.hand(source.pk, items, cursor, len(tally.rejected) - rejected_before)
        tally.new += taken.new
        tally.edited += taken.edited
        tally.known += taken.known
        tally.refused += taken.refused
        if tally.new - said >= SAY_EVERY:
            said = tally.new
            say(f"stored {said}")


def _report(tally: _Tally, as_json: bool) -> int:
    for rejected in tally.rejected[:SHOWN]:
        say(f"{rejected.where}: {rejected.code} {rejected.detail}".rstrip())
    if len(tally.rejected) > SHOWN:
        say(f"and {len(tally.rejected) - SHOWN} more rows were rejected.")
    if as_json:
        emit_json(
            {
                "new": tally.new,
                "edited": tally.edited,
                "known": tally.known,
                "erased_before": tally.refused,
                "rejected": len(tally.rejected),
            }
        )
    say(
        f"stored {tally.new}; {tally.edited} edited, {tally.known} already known, "
        f"{tally.refused} erased before, {len(tally.rejected)} rejected."
    )
    if not tally.accepted:
        raise BadInput(
            "Nothing in the file is usable: each row needs a text, a title or a link. Nothing was stored."
        )
    return 3 if tally.rejected else 0
