"""The web process: Granian with its workers. The pages are loaded once, before the workers are forked."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import MPServer

from answerable.run import present, tether
from answerable.run.start import django

TARGET = "answerable.run.wsgi:app"
THREADS = 4  # for each worker: enough to wait for SQLite's lock, few enough not to fight for one interpreter
KILL_AFTER_S = 3  # a request that is still running then is cut


def main(stop: threading.Event) -> None:
    """Serve until `stop`."""
    settings = django()
    if multiprocessing.get_start_method() == "fork":
        # Forked workers share these pages with us; each would need 40 MB of its own otherwise.
        load(TARGET)
    server = MPServer(
        TARGET,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=settings.web_workers,
        blocking_threads=THREADS,
        backlog=512,
        backpressure=128,
        http1_settings=HTTP1Settings(header_read_timeout=10_000),
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        respawn_interval=1.0,
        workers_kill_timeout=KILL_AFTER_S,
    )
    threading.Thread(target=_end, args=(stop,), daemon=True).start()
    server.serve(target_loader=load)


def _end(stop: threading.Event) -> None:
    """Granian waits for its own signal."""
    stop.wait()
    os.kill(os.getpid(), signal.SIGTERM)


def load(_target: str) -> Callable[..., Any]:
    """The application, inside a worker or before it is forked."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        # A forked worker would wake our parent's signal pipe with its own signals.
        signal.set_wakeup_fd(-1)
        tether.die_with(parent.pid or 0)
    settings = django()
    if parent is not None:
        present.note(settings.home, "web worker")
    from answerable.run import wsgi

    application: Callable[..., Any] = wsgi.app
    return application
