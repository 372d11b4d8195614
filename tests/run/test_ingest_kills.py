"""F1: a desk that listens is killed at any moment, a thousand times; nothing acknowledged is lost or doubled.

Each life reads on from the stored cursor, or from a little before it, as sources deliver again: posts, edits
and deletions, shuffled.
"""

from __future__ import annotations

import os
import random
import select
import signal
import time
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection, connections

from answerable.collect.door import departed
from answerable.records import Gone, Incoming
from answerable.store.models import ItemRow, Quarantined, Source
from tests.cast import Desk
from tests.run.near_sentences import NearSentences
from tests.run.test_taken_back import Town, history, sums_hold

READY_S = 10.0  # BARS: after a kill the desk listens again within so long


def _listen(town: Town, told: list[Incoming | Gone], seed: int, acknowledged: int) -> None:
    """In the child: an engine of its own, then batch after batch; each is acknowledged after its commit."""
    rng = random.Random(seed)
    town.restart()
    os.write(acknowledged, b"ready\n")
    at = max(0, _cursor(town) - rng.choice((0, 0, 3, 9)))
    while at < len(told):
        size = rng.randint(1, 6)
        town.hand(*told[at : at + size], cursor=max(at + size, _cursor(town)))
        at += size
        os.write(acknowledged, f"{at}\n".encode())
        if rng.random() < 0.6:
            town.engine.step()
        if rng.random() < 0.1:
            town.engine.rest()
    town.engine.settle()
    os.write(acknowledged, b"done\n")
    time.sleep(60)


def _cursor(town: Town) -> int:
    return int(Source.objects.values_list("cursor", flat=True).get(pk=town.source.pk).get("at", 0))


def _life(town: Town, told: list[Incoming | Gone], seed: int, rng: random.Random) -> tuple[float, int, bool]:
    """One life and its end by SIGKILL: seconds until it listened, the newest acknowledged, whether all was told."""
    reading, writing = os.pipe()
    connections.close_all()
    began, child = time.monotonic(), os.fork()
    if child == 0:
        try:
            os.close(reading)
            _listen(town, told, seed, writing)
        finally:
            os._exit(1)
    os.close(writing)
    try:
        # One life in ten ends before it listens: while it loads what the one before left.
        early = rng.random() < 0.1
        heard = bool(select.select([reading], [], [], rng.uniform(0, 0.1) if early else 60)[0])
        ready = time.monotonic() - began if heard else 0.0
        assert heard or early, "it does not listen again"
        time.sleep(rng.expovariate(30))
    finally:
        os.kill(child, signal.SIGKILL)
        said = b""
        while part := os.read(reading, 65_536):
            said += part
        os.close(reading)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL, "it ended by itself"
    lines = said.decode().split()
    numbers = [int(line) for line in lines if line.isdigit()]
    return ready, max(numbers, default=0), "done" in lines


def _kill_often(desk: Desk, kills: int, seed: int) -> str:
    rng = random.Random(seed)
    shared: Any = NearSentences(threads=1)
    with patch("answerable.run.engine.FarSentences", lambda: shared):
        town = Town.of(desk)
        told, stands = history(rng, kills)  # about five events for each life
        slowest, lives, newest = 0.0, 0, 0
        while lives < kills:
            ready, acknowledged, done = _life(town, told, seed + lives, rng)
            lives, slowest, newest = lives + 1, max(slowest, ready), max(newest, acknowledged)
            assert _cursor(town) >= newest, "what was acknowledged is not stored"
            if done:
                break
        town.restart()
        at = _cursor(town)
        town.hand(*told[at:], cursor=len(told))
        town.engine.settle()
    keys = town.ring.for_source(town.source.pk)
    wanted = {departed(Gone(name), keys): text for name, text in stands.items()}
    found = [(bytes(row.key), row.text) for row in ItemRow.objects.all()]
    assert dict(found) == wanted, "lost, invented or of an old version"
    assert len(found) == len(wanted), "doubled"
    assert not Quarantined.objects.exists(), "a kill is no item's fault"
    assert not ItemRow.objects.filter(thread=None).exists()
    sums_hold()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchall() == [("ok",)]
    return f"{lives} kills, {len(told)} events, {len(found)} items stand, listens again after {slowest:.2f} s at most"


@pytest.mark.store
def test_forty_kills_while_listening(desk: Desk, seed: int) -> None:
    """A sample of the thousand. Sabotage: move the cursor in a transaction before the items."""
    assert _kill_often(desk, 40, seed)


@pytest.mark.deep
def test_a_thousand_kills_while_listening(desk: Desk, seed: int) -> None:
    """F1 in full; the longest start is told, and stays below ten seconds by far."""
    said = _kill_often(desk, 1000, seed)
    print(said)
