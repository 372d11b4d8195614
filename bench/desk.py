"""A whole desk to measure: `answerable up` on a data folder of its own, and the memory of its processes."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

PATIENCE_S = 120


def say(text: str) -> None:
    """Progress, apart from the figures."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def environment(home: Path, **extra: str) -> dict[str, str]:
    """Default settings on this folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ANSWERABLE_")}
    kept.pop("PORT", None)
    return {**kept, "ANSWERABLE_HOME": str(home), **extra}


@contextlib.contextmanager
def up(home: Path, **extra: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of a running desk."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (home.parent / "up.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "answerable.run.cli", "up", "--no-drill"],
            env=environment(home, PORT=str(port), **extra),
            stderr=log,
            stdin=subprocess.DEVNULL,
        )
    try:
        deadline = time.monotonic() + PATIENCE_S
        while "is ready at" not in (home.parent / "up.log").read_text("utf-8"):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((home.parent / "up.log").read_text("utf-8"))
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def part(module: str, environ: dict[str, str], *words: str) -> str:
    """What a part of a measurement prints that runs as a process of its own, for its own settings."""
    done = subprocess.run(  # noqa: S603 -- our own words only
        [sys.executable, "-m", module, *words], env=environ, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout.strip()


class Memory:
    """The highest sum of PSS (each shared page counted once) of a process and all below it, in MB."""

    def __init__(self, pid: int, every_s: float = 0.5) -> None:
        self._root = psutil.Process(pid)
        self._every = every_s
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.peak_mb = 0.0

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._end.wait(self._every):
            with contextlib.suppress(psutil.Error):
                family = [self._root, *self._root.children(recursive=True)]
                self.peak_mb = max(self.peak_mb, sum(_pss(process) for process in family))


def processor_s(pid: int) -> float:
    """Seconds of processor time that a process and all below it have used: a figure that load cannot blur."""
    root = psutil.Process(pid)
    return float(sum(sum(process.cpu_times()[:2]) for process in [root, *root.children(recursive=True)]))


def wait_idle(pid: int, patience_s: float = 900) -> None:
    """Come back when the desk has caught up: its processes use under a tenth of one core for five seconds."""
    deadline = time.monotonic() + patience_s
    used = processor_s(pid)
    while time.monotonic() < deadline:
        time.sleep(5)
        before, used = used, processor_s(pid)
        if used - before < 0.5:
            return
        say(f"waiting for the engine to catch up: {(used - before) / 5:.1f} cores busy")
    raise RuntimeError(f"the desk is still busy after {patience_s:.0f} s")


def _pss(process: psutil.Process) -> float:
    try:
        return float(process.memory_full_info().pss) / 1_048_576
    except psutil.Error:
        return 0.0
