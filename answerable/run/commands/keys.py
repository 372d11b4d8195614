"""`answerable keys rotate`: new pseudonym keys for every source, at once instead of after 90 days."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from django.db import transaction

from answerable.run.output import emit_json, say
from answerable.run.start import django
from answerable.store import ledger
from answerable.store.keyring import Keyring


def main(args: argparse.Namespace) -> int:
    """Rotate; what was heard before can no longer be linked with what comes."""
    settings = django()
    now = datetime.now(UTC)
    rotated = Keyring.open(settings.home).rotate(now)
    with transaction.atomic():
        ledger.append(None, "keys.rotate", "keyring", 0, str(rotated), "command", now)
    if args.json:
        emit_json({"rotated": rotated})
    else:
        say(f"{rotated} sources have new pseudonym keys; a running desk takes them up within a minute.")
        say("Links already sealed still open. Copy keys.json to its safe place again.")
    return 0
