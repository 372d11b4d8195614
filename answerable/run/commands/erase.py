"""`answerable erase LINK`: remove what came from an address, here and after any restore."""

from __future__ import annotations

import argparse

from django.db import DatabaseError

from answerable.run import emptying
from answerable.run.near import engine_of
from answerable.run.output import emit_json, say
from answerable.run.start import django
from answerable.settings import Settings
from answerable.store.keyring import Keyring


def main(args: argparse.Namespace) -> int:
    """Erase; exit 2 when nothing of that address is stored, so that a typing error is noticed."""
    settings = django()
    with engine_of(settings.home, Keyring.open(settings.home)) as engine:
        erased = engine.erase(args.link)
    if args.json:
        emit_json({"erased": erased})
    elif erased:
        say(f"{erased} items erased: text, link, pseudonym and index. Counts stay.")
    else:
        say("Nothing stored came from that address. Check it, with https:// in front; nothing was changed.")
    if erased:
        _empty(settings)
    return 0 if erased else 2


def _empty(settings: Settings) -> None:
    """What was erased is erased; what its words leave in the database's files can wait for a running desk."""
    say(
        "Emptying what the words left in the database's files; this may take minutes where they are large ..."
    )
    try:
        emptying.once(settings)
    except (RuntimeError, DatabaseError) as trouble:
        say(
            f"The items are erased, but what their words left in files could not be emptied now: {trouble}. "
            "A running desk tries again every ten minutes."
        )
