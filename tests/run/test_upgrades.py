"""F13: a desk of any earlier version comes up to date, also when its upgrade is killed again and again.

SQLite only: where a database server keeps the rows, a killed client is an open transaction that it takes back.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from tests.run import old_desk
from tests.run.old_desk import Rows

# A table and an index of its own, which is made last of all: the oldest of many such migrations with one table.
LEAVES_AN_INDEX = "0009_sign_in_tries"


def _kill_upgrades(home: Path, kills: int, rng: random.Random, *, inside: int = 0) -> None:
    """Begin to upgrade and be killed, so many times; a folder that came through begins anew.

    `inside` of them die by themselves in the middle of a migration, the others whenever they are hit.
    """
    kept = home.with_name("kept")
    shutil.copytree(home, kept)
    while kills:
        at_statement = inside > 0 and rng.random() < inside / kills
        code = _dies_inside(home, rng) if at_statement else _is_hit(home, rng)
        assert code in (0, -signal.SIGKILL), f"the upgrade failed ({code})"
        if code:
            kills, inside = kills - 1, inside - at_statement
        else:
            shutil.rmtree(home)
            shutil.copytree(kept, home)


def _is_hit(home: Path, rng: random.Random) -> int:
    child, wait_for = old_desk.upgrade(home), old_desk.applied(home) + rng.choice((0, 0, 1, 2, 4))
    ended = 0
    while not ended and old_desk.applied(home) < wait_for:
        time.sleep(0.002)
        ended, status = os.waitpid(child, os.WNOHANG)
    time.sleep(0 if ended else rng.expovariate(20))
    if not ended:
        os.kill(child, signal.SIGKILL)
        ended, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _dies_inside(home: Path, rng: random.Random) -> int:
    statements = 1 + int(rng.expovariate(1 / rng.choice((3, 30))))
    first = old_desk.DIES_AT_A_STATEMENT.format(statements=statements)
    _, status = os.waitpid(old_desk.upgrade(home, first=first), 0)
    return os.waitstatus_to_exitcode(status)


def _kill_at_the_note(home: Path, name: str) -> None:
    """This migration was done and not noted: a start that goes on must not find it done."""
    _, status = os.waitpid(old_desk.upgrade(home, first=old_desk.DIES_AT_THE_NOTE.format(name=name)), 0)
    assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL


def _lost(before: Rows, after: Rows) -> list[str]:
    """Rows whose values stand in no row any more, by the columns that are still there."""
    lost = []
    for table, rows in before.items():
        now = after.get(table, [])
        columns = [name for name in rows[0] if now and name in now[0]] if rows else []
        values = {tuple(row[name] for name in columns) for row in now}
        lost += [f"{table}: {row}" for row in rows if tuple(row[name] for name in columns) not in values]
    return lost


def _comes_through(
    tmp_path: Path, version: str, noted: str, kills: int, seed: int, *, inside: int = 0
) -> None:
    home = tmp_path / version / "home"
    home.parent.mkdir()
    old_desk.make(home, version)
    before = old_desk.held(home)
    assert sum(map(len, before.values())) >= 80
    if noted:
        _kill_at_the_note(home, noted)
    _kill_upgrades(home, kills, random.Random(seed), inside=inside)
    _, status = os.waitpid(old_desk.upgrade(home), 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert _lost(before, old_desk.held(home)) == []
    with sqlite3.connect(home / "answerable.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        done = {
            name for (name,) in database.execute("SELECT name FROM django_migrations WHERE app = 'store'")
        }
    assert done == set(old_desk.versions())


def test_the_first_version_comes_up_to_date_through_three_kills(tmp_path: Path, seed: int) -> None:
    """Every row of every table of the first version is there after all upgrades, three of them cut short.

    Sabotage: let one migration drop a table and make it anew; make a migration that is not atomic; or note that
    one was applied after its transaction.
    """
    _comes_through(tmp_path, old_desk.versions()[0], LEAVES_AN_INDEX, 2, seed, inside=1)


@pytest.mark.deep
@pytest.mark.parametrize("version", old_desk.versions())
def test_every_version_comes_up_to_date_through_twenty_kills(tmp_path: Path, version: str, seed: int) -> None:
    """F13 in full: twenty in the middle of a migration, five whenever they are hit, one between work and note."""
    after = [one for one in old_desk.versions() if one > version]
    inside = 20 if after else 0
    _comes_through(tmp_path, version, after[0] if after else "", inside + 5, seed, inside=inside)
