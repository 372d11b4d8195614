"""F13: a desk of any earlier version comes up to date, also when its upgrade is killed again and again.

`--database postgres` does the same on a server, where a killed start leaves an open transaction and a lock behind.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.run import old_desk
from tests.run.old_desk import OldDesk, Rows

KILLS = int(os.environ.get("ANSWERABLE_TEST_KILLS", "20"))  # inside the migrations of one version
# A table and an index of its own, which is made last of all: the oldest of many such migrations with one table.
LEAVES_AN_INDEX = "0009_sign_in_tries"


@pytest.fixture
def old(tmp_path: Path, database: str) -> Iterator[OldDesk]:
    """Where an old desk will be."""
    desk = OldDesk(tmp_path / "home", os.environ["TEST_DATABASE_URL"] if database == "postgres" else "")
    yield desk
    desk.drop()


def _kill_upgrades(desk: OldDesk, kills: int, rng: random.Random, *, inside: int = 0) -> None:
    """Begin to upgrade and be killed, so many times; a desk that came through begins anew.

    `inside` of them die by themselves in the middle of a migration, the others whenever they are hit.
    """
    desk.keep()
    while kills:
        at_statement = inside > 0 and rng.random() < inside / kills
        code = _dies_inside(desk, rng) if at_statement else _is_hit(desk, rng)
        assert code in (0, -signal.SIGKILL), f"the upgrade failed ({code})"
        if code:
            kills, inside = kills - 1, inside - at_statement
        else:
            desk.again()


def _is_hit(desk: OldDesk, rng: random.Random) -> int:
    wait_for = len(old_desk.applied(desk)) + rng.choice((0, 0, 1, 2, 4))
    child, ended = old_desk.upgrade(desk), 0
    while not ended and len(old_desk.applied(desk)) < wait_for:
        time.sleep(0.002)
        ended, status = os.waitpid(child, os.WNOHANG)
    time.sleep(0 if ended else rng.expovariate(20))
    if not ended:
        os.kill(child, signal.SIGKILL)
        ended, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _dies_inside(desk: OldDesk, rng: random.Random) -> int:
    statements = 1 + int(rng.expovariate(1 / rng.choice((3, 30))))
    first = old_desk.DIES_AT_A_STATEMENT.format(statements=statements)
    _, status = os.waitpid(old_desk.upgrade(desk, first=first), 0)
    return os.waitstatus_to_exitcode(status)


def _kill_at_the_note(desk: OldDesk, name: str) -> None:
    """This migration was done and not noted: a start that goes on must not find it done."""
    _, status = os.waitpid(old_desk.upgrade(desk, first=old_desk.DIES_AT_THE_NOTE.format(name=name)), 0)
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
    desk: OldDesk, version: str, noted: str, kills: int, seed: int, *, inside: int = 0
) -> None:
    old_desk.make(desk, version)
    before, counted = old_desk.held(desk), old_desk.counted(desk)
    assert sum(map(len, before.values())) >= 80
    assert sum(counted.values()) > old_desk.LEFT * 20
    if noted:
        _kill_at_the_note(desk, noted)
    _kill_upgrades(desk, kills, random.Random(seed), inside=inside)
    _, status = os.waitpid(old_desk.upgrade(desk), 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert _lost(before, old_desk.held(desk)) == []
    now = old_desk.counted(desk)
    assert {name: (at, now[name]) for name, at in counted.items() if now.get(name, at) < at} == {}
    assert old_desk.damage(desk) == []
    assert old_desk.applied(desk) == set(old_desk.versions())
    assert old_desk.shape(desk) ^ old_desk.new_shape(desk) == set()


@pytest.mark.store
def test_the_first_version_comes_up_to_date_through_three_kills(old: OldDesk, seed: int) -> None:
    """Every row of every table of the first version is there after all upgrades, three of them cut short; no
    number of a row that left is given again; tables, indexes and guards are those of a new desk.

    Sabotage: let one migration drop a table and make it anew; make a migration that is not atomic; note that one
    was applied after its transaction; or take `_counting_on` out of `run/migrating.py`.
    """
    _comes_through(old, old_desk.versions()[0], LEAVES_AN_INDEX, 2, seed, inside=1)


@pytest.mark.deep
@pytest.mark.parametrize("version", old_desk.versions())
def test_every_version_comes_up_to_date_through_twenty_kills(old: OldDesk, version: str, seed: int) -> None:
    """F13 in full: twenty in the middle of a migration, five whenever they are hit, one between work and note."""
    after = [one for one in old_desk.versions() if one > version]
    inside = KILLS if after else 0
    _comes_through(old, version, after[0] if after else "", inside + KILLS // 4, seed, inside=inside)
