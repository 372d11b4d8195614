"""`answerable restore FILE`: a desk from its backup, in an empty folder or database.

Everything is checked before anything is written; what was erased since the backup leaves again.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from answerable import settings as table
from answerable.errors import BadInput, NotReady
from answerable.run.lease import lease
from answerable.run.output import Percent, emit_json, say
from answerable.run.start import django, make_home
from answerable.settings import Settings
from answerable.store import backups


def main(args: argparse.Namespace) -> int:
    """Restore; exit 2 when the file is damaged or its keys are missing, and then nothing was changed."""
    settings = table.load()
    path = Path(args.file)
    manifest = backups.checked(path)
    make_home(settings.home)
    _fits(manifest, settings)
    _has_its_keys(manifest, settings.home, without=args.without_keys)
    if manifest.vendor == "sqlite":
        backups.place_sqlite(path, settings.home, Percent("restored"))
        django(settings)
    else:
        django(settings)
        _same_tables(manifest)
        backups.place_postgres(path, manifest, Percent("restored"))
    wrong = backups.equal(manifest)
    if wrong:
        raise NotReady(f"Not everything came back ({'; '.join(wrong)}): restore into an empty place again.")
    left = _erase_again(settings.home)
    result = {
        "ledger_entries": manifest.ledger_entries,
        "ledger_head": manifest.ledger_head,
        "erased_again": left,
    }
    if args.json:
        emit_json(result)
    else:
        entry = manifest.ledger_entries
        say(f"The desk of {manifest.made_at[:16]} is back, ledger entry {entry}: start `answerable up`.")
        if left:
            say(f"{left} items had been erased since and left again.")
    return 0


def _fits(manifest: backups.Manifest, settings: Settings) -> None:
    here = "postgresql" if settings.database_url else "sqlite"
    if manifest.vendor != here:
        needs = (
            "the address of an empty PostgreSQL database"
            if manifest.vendor == "postgresql"
            else "no DATABASE_URL"
        )
        raise NotReady(
            f"This backup is of a desk on {manifest.vendor}: it needs {needs}. Nothing was changed."
        )


def _has_its_keys(manifest: backups.Manifest, home: Path, *, without: bool) -> None:
    """Sealed links of a desk open with its own keys alone, and its pseudonyms go on only with them."""
    if without:
        return
    if not (home / "keys.json").exists():
        raise NotReady(
            f"Put the desk's keys.json into {home} first: without it, sealed links stay shut for ever "
            "(--without-keys accepts that). Nothing was changed."
        )
    if backups.fingerprint(home) != manifest.keys:
        raise BadInput(
            f"The keys.json in {home} belongs to another desk: put the right one there. Nothing was changed."
        )


def _same_tables(manifest: backups.Manifest) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT app || '.' || name FROM django_migrations")
        here = {name for (name,) in cursor.fetchall()}
    if here != set(manifest.migrations):
        raise NotReady(
            "This backup was written by another version of Answerable: restore it with that version, "
            "then start the newer one. Nothing was changed."
        )


def _erase_again(home: Path) -> int:
    """An engine's start replays the list of erasures; we start one before anybody is served."""
    from answerable.run.engine import LocalEngine
    from answerable.store import erase
    from answerable.store.keyring import Keyring

    def waiting() -> int:
        return len(erase.still_stored(home)) + len(erase.documents_back(home))

    before = waiting()
    with lease(home):
        LocalEngine(home, Keyring.open(home)).close()
    return before - waiting()
