"""What a process gives up before it touches strangers' bytes: memory, the network, children, its own life.

Used by everything that parses: the workers of `workers`, and the readers of big tables.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import sys
import threading
from pathlib import Path
from typing import Any

OUT_OF_MEMORY = 3  # exit code
_PR_SET_PDEATHSIG = 1
_NEVER = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn")


def die_with_parent() -> None:
    """End as soon as the process that started us does."""
    parent = os.getppid()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)  # the parent went away before the line above
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def default_signals() -> None:
    """Also where the desk was started with some of them ignored."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM, signal.SIGVTALRM):
        signal.signal(number, signal.SIG_DFL)


def shut(memory: int) -> None:
    """From here on: at most `memory` bytes more, no file written, no network, no other process."""
    statm = Path("/proc/self/statm")
    used = int(statm.read_text("ascii").split()[0]) * resource.getpagesize() if statm.exists() else 1 << 30
    limits = {resource.RLIMIT_AS: used + memory, resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: 0}
    for kind, limit in limits.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))
    sys.addaudithook(_refuse)


def _watch(parent: int) -> None:
    # Where there is no PR_SET_PDEATHSIG, an orphan notices by its new parent.
    pause = threading.Event()
    while os.getppid() == parent:
        pause.wait(0.5)
    os._exit(0)


def _refuse(event: str, args: tuple[Any, ...]) -> None:  # noqa: ARG001 - the hook's signature
    if event.startswith(_NEVER):
        raise PermissionError(f"a parser may not {event}")
