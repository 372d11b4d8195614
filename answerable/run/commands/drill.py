"""`answerable drill`: begin a day in Brackwater, or remove everything of it."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from answerable.run.lease import held
from answerable.run.near import engine_of
from answerable.run.output import emit_json, say
from answerable.run.start import django
from answerable.settings import Settings
from answerable.store import drills
from answerable.store.keyring import Keyring


def main(args: argparse.Namespace) -> int:
    """Begin or wipe; the collectors of a running `up` see a new drill within a second."""
    settings = django()
    return _wipe(settings, args) if args.wipe else _start(settings, args)


def _start(settings: Settings, args: argparse.Namespace) -> int:
    drill = drills.start(
        args.name, seed=args.seed, speed=args.speed, reason="command_line", now=datetime.now(UTC)
    )
    clock = drills.clock_of(drill)
    running = held(settings.home)
    if args.json:
        emit_json(
            {
                "drill": drill.name,
                "seed": drill.seed,
                "speed": drill.speed,
                "items": drill.total,
                "ends": drill.started_at + clock.lasts,
                "playing": running,
                "exercise": True,
            }
        )
        return 0
    minutes = max(1, round(clock.lasts.total_seconds() / 60))
    say(
        f"The drill {drills.title_of(drill)} has begun (seed {drill.seed}): {drill.total} messages, "
        f"{minutes} minutes at {drill.speed:g} times real time."
    )
    if not running:
        say("Nobody listens yet: it is heard as soon as `answerable up` runs.")
    return 0


def _wipe(settings: Settings, args: argparse.Namespace) -> int:
    asked = drills.request_wipe(reason="command_line", now=datetime.now(UTC)) or drills.wipe_requested()
    items = drills.exercise_items()
    if asked:
        with engine_of(settings.home, Keyring.open(settings.home)) as engine:
            engine.wipe()
    if args.json:
        emit_json({"wiped": asked, "items": items})
    elif asked:
        say(f"The drill is gone: {items} messages, and all that was made of them. Its ledger entries stay.")
    else:
        say("There is no drill; nothing was changed.")
    return 0
