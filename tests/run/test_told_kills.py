"""F1 for our own forms: killed at any moment, no acknowledged message is lost and none is doubled."""

from __future__ import annotations

import os
import random
import select
import signal
import time
from collections import Counter
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection, connections

from answerable.store import ledger, submissions
from answerable.store.keyring import Keyring
from answerable.store.models import ItemRow, Source, Submission, SubmissionContact, ThreadRow
from answerable.store.submissions import Told
from tests.cast import Desk
from tests.run.near_sentences import NearSentences
from tests.store.test_submissions import DESK, hand_on

WORDS = "lamp water bus school bridge noise tree bin path ferry stop light bench gate drain".split()


def _tell(desk: Desk, form: str, rng: random.Random) -> str:
    told = Told(
        "form", "report", " ".join(rng.choices(WORDS, k=6)), "Mill Lane", contact=f"{form}@example.org"
    )
    ring = Keyring.open(desk.home)
    return submissions.receive(told, form, ring=ring, desk=DESK, contact_days=90, now=desk.now).code


def _work(desk: Desk, child: int, seed: int, acknowledged: int) -> None:
    """In the child: tell, acknowledge, hand on, until it is killed."""
    rng = random.Random(seed)
    number = 0
    while True:
        for _ in range(rng.randint(1, 4)):
            code = _tell(desk, f"{child}-{number}", rng)
            os.write(acknowledged, f"{child}-{number} {code}\n".encode())
            number += 1
        hand_on(desk, Source.objects.get(kind="form"))


def _killed(work: Callable[[int], None], after_s: float) -> list[str]:
    """Run `work` in a child, kill it some time after its first word; what it acknowledged before."""
    reading, writing = os.pipe()
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            work(writing)
        finally:
            os._exit(1)
    os.close(writing)
    assert select.select([reading], [], [], 60)[0], "the child said nothing"
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    said = b""
    while part := os.read(reading, 65_536):
        said += part
    os.close(reading)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    return said.decode().splitlines()


def _kill_often(desk: Desk, kills: int, seed: int) -> None:
    rng = random.Random(seed)
    shared: Any = NearSentences(threads=1)
    codes: dict[str, str] = {}
    # A life of some milliseconds ends so often with one item in hand that it would look like a deadly one.
    with (
        patch("answerable.run.engine.FarSentences", lambda: shared),
        patch("answerable.run.quarantine.ALONE", kills + 1),
    ):
        for child in range(kills):
            for line in _killed(
                lambda pipe, child=child: _work(desk, child, seed + child, pipe),  # type: ignore[misc]
                rng.uniform(0, 0.15),
            ):
                form, code = line.split()
                codes[form] = code
        # Somebody whose answer was lost sends the same form again: the same code.
        for form in rng.sample(sorted(codes), 10):
            assert _tell(desk, form, rng) == codes[form]
        hand_on(desk, Source.objects.get(kind="form"))
    ring = Keyring.open(desk.home)
    kept = {bytes(code) for code in Submission.objects.values_list("code", flat=True)}
    assert len(codes) >= kills
    assert {submissions.code_key(ring, code) for code in codes.values()} <= kept, (
        "an acknowledged one is lost"
    )
    keys = Counter(bytes(key) for key in Submission.objects.values_list("item_key", flat=True))
    items = Counter(bytes(key) for key in ItemRow.objects.values_list("key", flat=True))
    assert items == keys, "a message has no item, or two"
    assert max(keys.values()) == 1
    assert SubmissionContact.objects.count() == Submission.objects.count(), "half a message"
    assert sum(ThreadRow.objects.values_list("items", flat=True)) == len(items), "a sum was added twice"
    assert ledger.verify_stored() is None
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchall() == [("ok",)]


def test_thirty_kills_while_people_tell_us_things(desk: Desk, seed: int) -> None:
    """Every code that was shown still opens its message, each of which became one item.

    Sabotage: acknowledge before the commit.
    """
    _kill_often(desk, 30, seed)


@pytest.mark.deep
def test_a_thousand_kills_while_people_tell_us_things(desk: Desk, seed: int) -> None:
    """The same a thousand times."""
    _kill_often(desk, 1000, seed)
