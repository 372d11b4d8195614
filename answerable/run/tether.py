"""Ties a child process to its parent: no child outlives it, however it ends.

Two ties, because each has a gap: the kernel's parent-death signal (Linux only) and a pipe that nobody writes
to, whose end of file says that the parent is gone.
"""

from __future__ import annotations

import ctypes
import os
import select
import signal
import sys
import threading
import time

GRACE_S = 4.0  # after the parent's death: time for a clean end before a hard one
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36


def die_with(parent: int) -> None:
    """Ask the kernel to kill this process when its parent ends; ends at once when that has happened."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def adopt_orphans() -> None:
    """Make grandchildren whose parent died our children, so that we can end them."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def children() -> list[int]:
    """Process ids of our present children, also adopted ones; empty where the system does not tell."""
    found = []
    for task in _tasks():
        try:
            with open(f"/proc/self/task/{task}/children", encoding="ascii") as file:  # noqa: PTH123 -- not a file
                found += [int(pid) for pid in file.read().split()]
        except OSError:
            continue
    return found


def _tasks() -> list[str]:
    try:
        return os.listdir("/proc/self/task")  # noqa: PTH208 -- not a folder
    except OSError:
        return []


def stop_event(pipe: int | None = None) -> threading.Event:
    """An event that TERM sets, and the end of the parent's pipe too. INT is the parent's business.

    A thread passes the signal on, because setting an event inside a handler can deadlock with its waiter.
    """
    stop = threading.Event()
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: None)
    watched = [reading] if pipe is None else [reading, pipe]
    threading.Thread(target=_pass_on, args=(watched, pipe, stop), daemon=True, name="tether").start()
    return stop


def _pass_on(watched: list[int], pipe: int | None, stop: threading.Event) -> None:
    ready, _, _ = select.select(watched, [], [])
    stop.set()
    while pipe not in ready:
        if pipe is None:
            return
        ready, _, _ = select.select([pipe], [], [])
    time.sleep(GRACE_S)
    os._exit(1)
