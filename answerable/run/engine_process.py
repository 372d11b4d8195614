"""The engine as a process: a socket in front, one thread that works, until told to stop."""

from __future__ import annotations

import json
import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from multiprocessing.connection import Connection, Listener
from pathlib import Path
from typing import Any

from answerable.errors import AnswerableError
from answerable.run.behind import Behind
from answerable.run.engine import PAUSE_S, LocalEngine
from answerable.run.garbage import look_seldom_for_garbage
from answerable.run.handover import socket_path, unpacked
from answerable.run.lease import lease
from answerable.run.line import Line
from answerable.run.start import django
from answerable.store.keyring import Keyring

LOG = logging.getLogger(__name__)
IDLE_S = 0.25
STORING_S = 1.0  # hand-overs alone are taken so long while somebody waits, before one batch is understood

Job = tuple[dict[str, Any], "Future[dict[str, Any]]"]


def main(stop: threading.Event) -> None:
    """Run the engine of the data folder until `stop`. Raises NotReady when another one holds the lease."""
    settings = django()
    keyring = Keyring.open(settings.home)
    with lease(settings.home):
        path = socket_path(settings.home)
        # The lease says that nobody listens there any more: a killed engine leaves its socket behind.
        Path(path).unlink(missing_ok=True)
        jobs: Line[Job] = Line()
        engine = LocalEngine(settings.home, keyring, armed=True)
        look_seldom_for_garbage()
        with Listener(path, "AF_UNIX", authkey=keyring.ipc_key) as listener:
            threading.Thread(target=_accept, args=(listener, jobs), daemon=True).start()
            try:
                _work(engine, jobs, stop)
            finally:
                engine.close()
        Path(path).unlink(missing_ok=True)


def _accept(listener: Listener, jobs: Line[Job]) -> None:
    while True:
        try:
            connection = listener.accept()
        except OSError:
            return  # the listener was closed: the process is stopping
        except Exception:  # noqa: BLE001 - a stranger at the socket fails its proof; the engine goes on
            LOG.warning("Somebody without the key of this data folder tried the engine's socket.")
            continue
        threading.Thread(target=_serve, args=(connection, jobs), daemon=True).start()


def _serve(connection: Connection[Any, Any], jobs: Line[Job]) -> None:
    """Pass one caller's messages to the working thread and its answers back."""
    with suppress(OSError, EOFError), connection:
        while True:
            message = json.loads(connection.recv_bytes())
            answer: Future[dict[str, Any]] = Future()
            _stand_in(jobs, (message, answer))
            connection.send_bytes(json.dumps(answer.result()).encode())


def _stand_in(jobs: Line[Job], job: Job) -> None:
    """Hand-overs stand by class of their source; what a person asked for goes first."""
    message = job[0]
    if message["do"] == "hand":
        speaks, turn = message["turn"]
        jobs.put(job, turn=int(turn), items=len(message["items"]), kind=str(speaks))
    else:
        jobs.put(job)


def _work(engine: LocalEngine, jobs: Line[Job], stop: threading.Event) -> None:
    busy, behind = False, Behind()
    while not stop.is_set():
        with suppress(queue.Empty):
            # Storing is many times as fast as understanding: a burst is safe first, and understood after it.
            storing, enough = False, time.monotonic() + STORING_S
            while not storing or time.monotonic() < enough:
                message, answer = jobs.take(timeout=0 if busy or storing else IDLE_S)
                answer.set_result(_answer(engine, message))
                storing = True
                time.sleep(PAUSE_S)
        behind.say(jobs.waiting(), datetime.now(UTC))
        busy = engine.step()
        if not busy:
            engine.rest()
    engine.collect()


def _answer(engine: LocalEngine, message: dict[str, Any]) -> dict[str, Any]:
    doing: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
        "hand": lambda m: _hand(engine, m),
        "settle": lambda _: _settle(engine),
        "erase": lambda m: {"erased": engine.erase(m["link"])},
        "wipe": lambda _: {"wiped": engine.wipe()},
    }
    try:
        return doing[message["do"]](message)
    except AnswerableError as error:
        return {"error": str(error)}


def _settle(engine: LocalEngine) -> dict[str, Any]:
    engine.settle()
    return {}


def _hand(engine: LocalEngine, message: dict[str, Any]) -> dict[str, Any]:
    taken = engine.hand(
        message["source"],
        [unpacked(values) for values in message["items"]],
        message["cursor"],
        message["rejected"],
        [bytes.fromhex(key) for key in message["gone"]],
        bar=message["bar"],
        accounts=message["accounts"],
    )
    return asdict(taken)
