"""Whole desks for tests: `answerable up` as a real process tree, ended without a trace."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psutil

from tests.ports import free_port

PATIENCE_S = 60.0


def environment(home: Path, **extra: str) -> dict[str, str]:
    """The test's environment, on another data folder."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "PORT"}}
    return {**kept, "ANSWERABLE_HOME": str(home), **extra}


def beside(home: Path, **extra: str) -> dict[str, str]:
    """The environment of a process that works on the database of this very test."""
    return environment(home, DATABASE_URL=os.environ["DATABASE_URL"], **extra)


def run(home: Path, *words: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """One command, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "answerable.run.cli", *words],
        env=environment(home, **extra),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S * 2,
    )


class Up:
    """`answerable up` on a data folder; leaving the context kills what is left of it."""

    def __init__(
        self, home: Path, *words: str, port: int = 0, ignore_int: bool = False, **extra: str
    ) -> None:
        self.home = home
        self.port = port or free_port()
        self.log = home.parent / f"up-{self.port}.log"
        self._env = environment(home, PORT=str(self.port), **extra)
        self._words = words or ("--no-drill",)
        self._ignore_int = ignore_int

    def __enter__(self) -> Self:
        with self.log.open("wb") as log:
            self.process: subprocess.Popen[bytes] = subprocess.Popen(
                [sys.executable, "-m", "answerable.run.cli", "up", *self._words],
                env=self._env,
                stdin=subprocess.DEVNULL,
                stderr=log,
                stdout=log,
                start_new_session=True,
                preexec_fn=_ignore_int if self._ignore_int else None,
            )
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        left = self.family()
        for process in left:
            try:
                process.kill()
            except psutil.NoSuchProcess:
                continue
        psutil.wait_procs(left, timeout=10)
        self.process.wait(timeout=10)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def said(self) -> str:
        """What stands on its standard error so far."""
        return self.log.read_text("utf-8", "replace")

    def ready(self) -> Self:
        """Wait until it says that it is."""
        until(lambda: "Answerable is ready" in self.said() or self.process.poll() is not None, self.said)
        assert self.process.poll() is None, self.said()
        return self

    def token(self) -> str:
        """The one-time link's token it printed."""
        found = re.search(r"/sign-in/once/([\w-]+)", self.said())
        assert found, self.said()
        return found[1]

    def family(self) -> list[psutil.Process]:
        """The parent and everything below it, as far as it lives."""
        try:
            parent = psutil.Process(self.process.pid)
            # What was killed with its parent waits as a zombie until `up` ends: it does not live.
            return [parent, *(one for one in parent.children(recursive=True) if _lives(one))]
        except psutil.NoSuchProcess:
            return []

    def stop(
        self, number: int = signal.SIGTERM, limit_s: float = 10.0
    ) -> tuple[int, float, list[psutil.Process]]:
        """Send a signal to the parent alone; returns exit code, seconds, survivors."""
        family = self.family()
        started = time.monotonic()
        self.process.send_signal(number)
        code = self.process.wait(timeout=limit_s)
        took = time.monotonic() - started
        return code, took, [process for process in family if _lives(process)]


def _ignore_int() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def survivors(family: list[psutil.Process], within_s: float) -> list[psutil.Process]:
    """Who of a family still lives after a while."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline and any(_lives(process) for process in family):
        time.sleep(0.05)
    return [process for process in family if _lives(process)]


def until(
    true: Callable[[], Any], else_: Callable[[], object] = lambda: "", limit_s: float = PATIENCE_S
) -> Any:
    """Wait for something to become true; fails with `else_`'s words."""
    deadline = time.monotonic() + limit_s
    while time.monotonic() < deadline:
        if found := true():
            return found
        time.sleep(0.05)
    raise AssertionError(f"did not become true within {limit_s:.0f} s: {else_()}")
