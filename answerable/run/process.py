"""One child of `up`: `python -m answerable.run.process NAME PIPE PARENT`. Imports what that child needs."""

from __future__ import annotations

import importlib
import logging
import os
import sys
from collections.abc import Sequence

from answerable.errors import AnswerableError, NotReady
from answerable.run import present, tether
from answerable.run.output import failed, say
from answerable.run.start import django

MODULES = {
    "prepare": "answerable.run.prepare",
    "engine": "answerable.run.engine_process",
    "web": "answerable.run.web",
    "collectors": "answerable.run.collectors",
    "clock": "answerable.run.clock",
    "sender": "answerable.run.sender",
}
POLITE = ("engine", "collectors")  # what came in may wait a moment; whoever opens a page should not
NICE = 5
NOT_READY = 78  # trying again without a change is useless: the parent stops instead of restarting


def main(argv: Sequence[str]) -> int:
    """Run one part until told to stop; returns its exit code."""
    name, pipe, parent = argv[0], int(argv[1]), int(argv[2])
    tether.die_with(parent)
    stop = tether.stop_event(pipe)
    logging.basicConfig(level=logging.WARNING, format=f"{name}: %(message)s", stream=sys.stderr)
    logging.getLogger("answerable").setLevel(logging.INFO)
    if name in POLITE:
        os.nice(NICE)
    try:
        settings = django()
        if name != "prepare":
            present.note(settings.home, name)
        importlib.import_module(MODULES[name]).main(stop)
    except NotReady as error:
        say("answerable: " + " ".join(str(error).split()))
        return NOT_READY
    except AnswerableError as error:
        return failed(error)
    except Exception as error:  # noqa: BLE001 -- logged in full; the parent starts this part again
        return failed(error)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
