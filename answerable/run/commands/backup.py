"""`answerable backup FILE`: everything the database holds, in one file, while the desk runs."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from answerable.run.output import Percent, emit_json, say
from answerable.run.start import django
from answerable.store import backups


def main(args: argparse.Namespace) -> int:
    """Write the backup; the disk holds it when this returns."""
    settings = django()
    path = Path(args.file)
    manifest = backups.write(path, settings.home, datetime.now(UTC), Percent("written"))
    if args.json:
        emit_json(
            {
                "file": path,
                "bytes": path.stat().st_size,
                "ledger_entries": manifest.ledger_entries,
                "ledger_head": manifest.ledger_head,
            }
        )
    else:
        size = path.stat().st_size // 1024
        say(f"{path} holds the whole desk ({size:,} kB, ledger entry {manifest.ledger_entries}).")
        keys = settings.home / "keys.json"
        say(f"Its keys are not in it: keep {keys} apart, with the newest erasures.jsonl beside it.")
    return 0
