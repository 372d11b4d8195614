"""One command starts the whole desk and ends it without a trace."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
import urllib.request
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.ports import free_port
from tests.run import desks
from tests.run.desks import Up


def _get(address: str) -> tuple[int, str]:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return int(answer.status), answer.read().decode()


@pytest.mark.alone
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_and_a_signal_stops_all_of_it(tmp_path: Path, number: signal.Signals) -> None:
    """INT and TERM stop everything within ten seconds, also when INT was ignored at the start."""
    with Up(tmp_path / "home", ignore_int=True) as up:
        up.ready()
        assert _get(up.address + "/healthz") == (200, "ok\n")
        assert len(up.family()) >= 6, "parent, engine, web, two workers, collectors, clock"
        code, took, left = up.stop(number)
    assert (code, left) == (0, [])
    assert took < 10, took
    assert "it starts again" not in up.said()


def test_killing_the_parent_leaves_no_child(tmp_path: Path) -> None:
    """Nobody survives a parent that was killed with -9, and the next start finds everything as it was."""
    with Up(tmp_path / "home") as up:
        family = up.ready().family()
        first = up.token()
        up.process.kill()
        assert desks.survivors(family, within_s=10) == []
    with Up(tmp_path / "home", port=up.port) as again:
        again.ready()
        assert again.token() != first, "nobody has signed in yet, so a second start tells a new link"
        assert again.stop(limit_s=desks.PATIENCE_S)[2] == []


def test_a_dead_part_starts_again(tmp_path: Path) -> None:
    """A part that dies is started again, the desk goes on answering, and of its helpers no zombie stays."""
    with Up(tmp_path / "home") as up:
        up.ready()
        engine = _part(up, "engine")
        desks.until(engine.children, up.said)
        engine.kill()
        desks.until(lambda: "The part `engine` stopped (signal 9)" in up.said(), up.said)
        desks.until(lambda: _part(up, "engine").pid != engine.pid, up.said)
        assert _get(up.address + "/healthz")[0] == 200
        desks.until(lambda: psutil.STATUS_ZOMBIE not in _states(up), up.said)


def _states(up: Up) -> list[str]:
    return [one.status() for one in psutil.Process(up.process.pid).children()]


def _part(up: Up, name: str) -> psutil.Process:
    found: list[psutil.Process] = desks.until(
        lambda: [child for child in up.family() if child.cmdline()[3:4] == [name]], up.said
    )
    return found[0]


def test_a_second_up_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    """Two desks never share a data folder; the second says so in one line and the first goes on."""
    with Up(tmp_path / "home") as up:
        up.ready()
        second = desks.run(tmp_path / "home", "up", "--no-drill", PORT=str(free_port()))
        assert second.returncode == 1
        assert second.stderr.count("\n") == 1, second.stderr
        assert "already runs" in second.stderr
        assert "ANSWERABLE_HOME" in second.stderr
        assert _get(up.address + "/healthz")[0] == 200


def test_a_taken_port_is_one_line(tmp_path: Path) -> None:
    """A port that somebody else holds is refused before anything is started."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = desks.run(tmp_path / "home", "up", PORT=str(port))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr
    assert str(port) in done.stderr
    assert "PORT=" in done.stderr
    assert not (tmp_path / "home" / "answerable.db").exists()


@pytest.mark.parametrize(
    "address",
    [
        "postgres://nobody:secret@127.0.0.1:9/none",
        "mysql://localhost/desk",
        "postgres://localhost",
        "postgres://localhost:port/desk",
        "nonsense",
    ],
)
def test_a_wrong_database_url_is_one_line(tmp_path: Path, address: str) -> None:
    """A wrong DATABASE_URL says what to do in one line, starts nothing and tells nobody the password."""
    done = desks.run(tmp_path / "home", "up", DATABASE_URL=address, PORT=str(free_port()))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr
    assert "DATABASE_URL" in done.stderr
    assert "secret" not in done.stderr


def test_every_part_uses_a_sound_sqlite(tmp_path: Path) -> None:
    """The web workers, the engine, a parse worker and this test all run on SQLite 3.51.3 or newer."""
    import sqlite3

    assert sqlite3.sqlite_version_info >= (3, 51, 3)
    with Up(tmp_path / "home") as up:
        up.ready()
        names = {
            "sqlite (engine",
            "sqlite (web worker",
            "sqlite (collectors",
            "sqlite (clock",
            "sqlite (parse",
        }

        def told() -> dict[str, Any]:
            done = desks.run(tmp_path / "home", "doctor", "--json")
            found = {row["name"]: row for row in json.loads(done.stdout)["findings"]}
            return found if all(any(name.startswith(want) for name in found) for want in names) else {}

        found = desks.until(told, up.said)
    versions = {name: row["said"] for name, row in found.items() if name.startswith("sqlite (")}
    assert sum(name.startswith("sqlite (web worker") for name in versions) == 2
    assert all(tuple(map(int, said.split("."))) >= (3, 51, 3) for said in versions.values()), versions


def _busy(up: Up) -> float:
    """Cores that the processes of a desk use, over five seconds."""
    before = _seconds(up)
    time.sleep(5)
    return (_seconds(up) - before) / 5


def test_an_idle_desk_is_quiet(tmp_path: Path) -> None:
    """With nothing to do, the whole desk takes less than a tenth of one core and says nothing more."""
    with Up(tmp_path / "home") as up:
        up.ready()
        time.sleep(3)
        # On a busy machine the engine is still starting when the pages are there; once a minute there is work.
        for _ in range(9):
            lines = up.said().count("\n")
            if (busy := _busy(up)) < 0.1:
                break
        assert busy < 0.1
        assert up.said().count("\n") == lines


def _seconds(up: Up) -> float:
    return sum(sum(process.cpu_times()[:2]) for process in up.family())


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    """A disk that is full is said in one line, and nothing that was stored is harmed."""
    import subprocess

    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("only root can mount a small disk")
    try:
        for words in (("up",), ("stories",)):
            done = desks.run(disk / "home", *words, PORT=str(free_port()))
            assert done.returncode == 1
            assert done.stderr.count("\n") == 1, done.stderr
            assert "full" in done.stderr
            assert "free some space" in done.stderr
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.store
def test_it_runs_on_the_other_database_too(desk: Any) -> None:
    """The same command runs on PostgreSQL by one setting."""
    with Up(desk.home, DATABASE_URL=os.environ["DATABASE_URL"]) as up:
        up.ready()
        assert _get(up.address + "/healthz")[0] == 200
        assert up.stop(limit_s=desks.PATIENCE_S)[0] == 0
