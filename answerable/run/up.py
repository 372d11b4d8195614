"""The parent of everything: starts the parts, starts a dead one again, and stops all within ten seconds.

It stays small on purpose: it loads neither Django nor a library, so that it costs a few megabytes and cannot
fail where its children can.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from answerable.errors import NotReady
from answerable.run import present, tether
from answerable.run.output import say
from answerable.run.process import NOT_READY
from answerable.run.start import check_sqlite, make_home
from answerable.run.under_make import MakeWatch
from answerable.settings import Settings

PARTS = ("engine", "web", "collectors", "clock", "sender")
FIRST_TO_STOP = ("web", "collectors", "clock", "sender")  # the engine last: it answers what was handed to it
STEP_S = 4.0  # time for each of the two steps of stopping; what is left is killed
BACK_OFF_S = (1.0, 2.0, 5.0, 15.0, 30.0)
WELL_AFTER_S = 60.0  # a part that lived so long starts again at once
TICK_S = 1.0
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Part:
    """One child and its past."""

    name: str
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0  # monotonic seconds
    deaths: int = 0  # in a row
    start_at: float = 0.0  # not before this moment


@dataclass
class Parent:
    """Runs one desk. `run` returns the exit code."""

    settings: Settings
    drill: bool = True
    parts: list[Part] = field(default_factory=lambda: [Part(name) for name in PARTS])
    stopping: bool = False
    ready: bool = False

    def run(self) -> int:
        """Start, watch, stop. Raises NotReady before anything was started."""
        check_sqlite()
        make_home(self.settings.home)
        with _only_one(self.settings):
            _port_is_free(self.settings)
            present.clear(self.settings.home)
            self._pipe_out, self._pipe_in = os.pipe()  # children hold the out end; we never write
            self._wake = _take_signals(self)
            tether.adopt_orphans()
            self._make = MakeWatch()
            try:
                prepared = self._prepare()
                if prepared is None or self.stopping:
                    return 0 if self.stopping else 1
                self._watch(prepared)
            finally:
                self._stop()
            return 1 if any(_gave_up(part) for part in self.parts) else 0

    def _spawn(self, name: str, stdout: int | None = None) -> subprocess.Popen[bytes]:
        command = [
            sys.executable,
            "-m",
            "answerable.run.process",
            name,
            str(self._pipe_out),
            str(os.getpid()),
        ]
        return subprocess.Popen(  # noqa: S603 -- our own words only
            command,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            pass_fds=(self._pipe_out,),
            # Their own groups: an INT from the terminal reaches us alone, and we stop them in order.
            process_group=0,
        )

    def _prepare(self) -> dict[str, Any] | None:
        """Migrate and look for what to tell; None when that failed (the child has said why)."""
        environment = {} if self.drill else {"ANSWERABLE_NO_DRILL": "1"}
        with _environment(environment):
            child = self._spawn("prepare", stdout=subprocess.PIPE)
        with child:
            while child.poll() is None and not self.stopping:
                _wait(self._wake, 0.1)
            if self.stopping:
                child.terminate()
            said = child.communicate()[0]
        return json.loads(said) if child.returncode == 0 and said else None

    def _watch(self, prepared: Mapping[str, Any]) -> None:
        while not self.stopping:
            now = time.monotonic()
            for part in self.parts:
                self._look_after(part, now)
            self._bury()
            if any(_gave_up(part) for part in self.parts):
                return
            if not self.ready and _answers(self.settings):
                self.ready = True
                _announce(self.settings, prepared)
            if self._make.interrupted():
                return
            _wait(self._wake, TICK_S if self.ready else 0.1)

    def _look_after(self, part: Part, now: float) -> None:
        if part.process is not None:
            code = part.process.poll()
            if code is None or code == NOT_READY:
                return
            part.deaths = 1 if now - part.started > WELL_AFTER_S else part.deaths + 1
            pause = BACK_OFF_S[min(part.deaths, len(BACK_OFF_S)) - 1]
            part.process, part.start_at = None, now + pause
            say(f"The part `{part.name}` stopped ({_ended(code)}); it starts again in {pause:.0f} s.")
        if now >= part.start_at:
            part.process, part.started = self._spawn(part.name), now

    def _bury(self) -> None:
        """Take note of the ends of those that a dead part left behind, or they would stay as zombies."""
        ours = {part.process.pid for part in self.parts if part.process is not None}
        for pid in set(tether.children()) - ours:
            with suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)

    def _stop(self) -> None:
        """Ask all to stop, then insist. Nothing that we started is alive afterwards."""
        running = {part.name: part.process for part in self.parts if part.process is not None}
        for names in (FIRST_TO_STOP, PARTS):
            asked = [running[name] for name in names if name in running and running[name].poll() is None]
            for process in asked:
                process.terminate()
            deadline = time.monotonic() + STEP_S
            while any(process.poll() is None for process in asked) and time.monotonic() < deadline:
                _wait(self._wake, 0.1)
        for process in running.values():
            if process.poll() is None:
                process.kill()
                process.wait()
        _end_orphans()
        if self.ready:
            say("Answerable has stopped; everything is stored.")


def _end_orphans() -> None:
    """Kill what our children left behind (adopted by us, see tether)."""
    for _ in range(20):
        left = tether.children()
        if not left:
            return
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _gave_up(part: Part) -> bool:
    return part.process is not None and part.process.poll() == NOT_READY


def _ended(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"


class _only_one:  # noqa: N801 -- reads as what it is in `with _only_one(settings)`
    """One `up` for each data folder; the lock goes with the process, however it ends."""

    def __init__(self, settings: Settings) -> None:
        self._home = settings.home

    def __enter__(self) -> None:
        self._file = (self._home / "up.lock").open("a")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._file.close()
            raise NotReady(
                f"Answerable already runs on {self._home}: use that one, "
                "or name another folder in ANSWERABLE_HOME."
            ) from error

    def __exit__(self, *_: object) -> None:
        self._file.close()


class _environment:  # noqa: N801
    """Adds variables for one child."""

    def __init__(self, extra: Mapping[str, str]) -> None:
        self._extra = extra

    def __enter__(self) -> None:
        os.environ.update(self._extra)

    def __exit__(self, *_: object) -> None:
        for name in self._extra:
            os.environ.pop(name, None)


def _port_is_free(settings: Settings) -> None:
    """Bind as the web server will. Raises NotReady with one line."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except (OSError, OverflowError) as error:
            if getattr(error, "errno", None) == errno.EADDRINUSE:
                why, what = "is taken by another program", "choose another one, e.g. PORT=8010"
            elif getattr(error, "errno", None) == errno.EACCES:
                why, what = "is reserved for the system", "choose one above 1024, e.g. PORT=8010"
            else:
                why, what = f"cannot be used ({error})", "correct the settings host and port"
            where = f"The port {settings.port} on {settings.host}"
            raise NotReady(f"{where} {why}: {what}. Nothing was started.") from error


def _take_signals(parent: Parent) -> int:
    """INT, TERM and HUP stop us, also when our parent had ignored them; returns the end to wait on."""

    def stop(*_: object) -> None:
        parent.stopping = True

    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    for number in SIGNALS:
        # nohup asks to survive the terminal, and INT and TERM still mean stop.
        if number is not signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, stop)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return reading


def _wait(wake: int, seconds: float) -> None:
    """Sleep, unless a signal arrives or a child ends."""
    with suppress(InterruptedError):
        if select.select([wake], [], [], seconds)[0]:
            with suppress(BlockingIOError):
                os.read(wake, 4096)


def _answers(settings: Settings) -> bool:
    """Whether the web server answers its health page."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 -- compared only
    try:
        with socket.create_connection((host, settings.port), timeout=2) as connection:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return connection.recv(32).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def _announce(settings: Settings, prepared: Mapping[str, Any]) -> None:
    say(f"Answerable is ready at {settings.address}")
    if prepared.get("token"):
        say(f"Sign in once as the first administrator: {settings.address}/sign-in/once/{prepared['token']}")
    if prepared.get("drill"):
        say("The drill has begun: a day in Brackwater. `answerable drill --wipe` removes it.")
    say("Stop with Ctrl-C.")
