"""Empties, a few times an hour, what erased words leave behind in the files of the database.

On SQLite a short process of its own does that (`store.live_residue` says why); PostgreSQL is asked to vacuum.
What is done twice changes nothing, and a kill leaves the rest to the next round.
"""

from __future__ import annotations

import logging
import os
import resource
import subprocess
import sys
import threading
import time
from datetime import UTC, date, datetime
from pathlib import Path

from answerable.settings import Settings

LOG = logging.getLogger(__name__)
FIRST_S = 60.0  # after a start, when everything else wants to start as well
EVERY_S = 600.0
REST = 20  # the pause is so many times what the round cost: a large database costs no more than a small one
LONGEST_S = 3600.0
NICE = 10


def start(settings: Settings, stop: threading.Event) -> threading.Thread:
    """Empty in a thread beside the clock until `stop`."""
    thread = threading.Thread(target=run, args=(settings, stop), daemon=True, name="emptying")
    thread.start()
    return thread


def run(settings: Settings, stop: threading.Event, first: float = FIRST_S, every: float = EVERY_S) -> None:
    """Round after round until `stop`. One that fails costs a line; the next tries the same again."""
    pause, day = first, date.min
    while not stop.wait(pause):
        began, today = _cost(settings), datetime.now(UTC).date()
        try:
            once(settings, stop, daily=today != day)
            day = today
        except Exception as error:  # noqa: BLE001 -- the thread must outlive what it cannot foresee
            said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            LOG.warning("What erased words leave in the files stays until the next round (%s).", said)
        pause = max(every, REST * (_cost(settings) - began))


def _cost(settings: Settings) -> float:
    """The seconds that processes of ours worked so far; on a busy machine they wait far longer than that.

    A server does not say what it works: there, the seconds that pass.
    """
    if settings.database_url:
        return time.monotonic()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def once(settings: Settings, stop: threading.Event | None = None, *, daily: bool = True) -> None:
    """One round; `daily` with what takes too long for every one.

    Raises what the database says, on SQLite RuntimeError when the process did not end well.
    """
    if settings.database_url:
        from django.db import connection

        from answerable.store import vacuum

        try:
            vacuum.touched(anew=daily)
        finally:
            connection.close()
        return
    file = settings.home / "answerable.db"
    command = [sys.executable, "-m", "answerable.run.emptying", str(file)]
    child = subprocess.Popen(  # noqa: S603 -- our own words only
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    with child:
        deadline = time.monotonic() + LONGEST_S
        while child.poll() is None:
            if (stop is not None and stop.is_set()) or time.monotonic() > deadline:
                child.kill()
            time.sleep(0.05)
        said = (child.stderr.read() if child.stderr else b"").decode("utf-8", "replace").split("\n")
    if child.returncode and not (stop is not None and stop.is_set()):
        raise RuntimeError(" ".join([f"ended with {child.returncode}", *said[-2:]]))


def main(file: str) -> int:
    """The process itself: `python -m answerable.run.emptying FILE`."""
    from answerable.store.live_residue import empty_live

    os.nice(NICE)
    empty_live(Path(file))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
