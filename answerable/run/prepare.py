"""The first child of `up`: brings the tables up to date and finds out what a person has to be told.

Prints one line of JSON: a sign-in token while nobody has ever signed in, and whether a drill was begun.
"""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime

from answerable.run.output import emit_json
from answerable.run.start import django
from answerable.settings import Settings


def main(stop: threading.Event) -> None:
    """Migrate, create the first administrator, begin the drill in an empty data folder."""
    settings = django()
    now = datetime.now(UTC)
    token = _first_token(settings, now)
    drill = not os.environ.get("ANSWERABLE_NO_DRILL") and not stop.is_set() and _begin_drill(now)
    emit_json({"token": token, "drill": drill})


def _first_token(settings: Settings, now: datetime) -> str:
    from answerable.store import people

    first = people.first_start(settings.body_name, settings.timezone, now) or people.first_link(now)
    return first[1] if first else ""


def _begin_drill(now: datetime) -> bool:
    """Begin the drill when nothing was ever collected or played here."""
    from answerable.store import drills
    from answerable.store.models import Drill, Source

    if Drill.objects.exists() or Source.objects.exists():
        return False
    drills.begin(now=now)
    return True
