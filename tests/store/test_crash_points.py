"""F2: every write of the desk is cut at each named point; it stands whole with its ledger row, or not at all.

The points: before and after the ledger's row, before and after the commit. What was cut is then done again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from unittest.mock import patch

from django.db import DatabaseError, connection

from answerable.store import ledger
from answerable.store.models import LedgerRow
from tests.cast import Desk
from tests.promises import planted
from tests.promises.test_09_ledger import _changes

# Of many transactions, one for each row, some of which only tidy up, or prepare: the next round goes on.
ROUNDS = (
    "clocks.mark_missed", "question_samples.draw_due", "quarantine.read_again", "quarantine.discard",
    "quarantine.read_all_again",
)  # fmt: skip
# The door, the case with its file, the group to decide about or the question is made in a transaction before.
AGAIN = (
    *ROUNDS, "submissions.receive", "submission_files.hand_out", "submission_work.take_down", "inbox.decide",
    "answer_notices.told_by_hand",
)  # fmt: skip


class CutError(DatabaseError):
    """Stands for a SIGKILL: nothing after it runs, and the open transaction is gone.

    It is one of the database, because Django takes back a transaction that fails at its commit for those alone.
    """


@contextmanager
def _cut(point: str) -> Iterator[list[str]]:
    """The next time `point` is reached the process "dies"; yields whether it was."""
    reached: list[str] = []

    def dying(whole: Callable[..., Any], *, after: bool) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if after:
                whole(*args, **kwargs)
            reached.append(point)
            raise CutError

        return call

    before, _, what = point.partition(" ")
    if what == "ledger":
        with patch.object(ledger, "append", dying(ledger.append, after=before == "after")):
            yield reached
    else:
        whole = connection._commit  # type: ignore[attr-defined] # Django's own, below every transaction
        with patch.object(connection, "_commit", dying(whole, after=before == "after")):
            yield reached


def _die(change: Callable[[], Any], point: str) -> bool:
    """Do it and die there; returns whether it came so far."""
    with _cut(point) as reached, suppress(CutError):
        change()
    connection.close()  # as after a death: what was not committed is gone
    return bool(reached)


def test_a_write_that_is_cut_leaves_all_or_nothing(desk: Desk) -> None:
    """Cut before its commit, a write leaves no trace; cut after it, everything is there with its ledger row.

    Sabotage: append the ledger's row in a transaction of its own.
    """
    tried = 0
    for name, change in _changes(desk).items():
        for point in ("before ledger", "after ledger", "before commit"):
            before, rows = planted.rows(), LedgerRow.objects.count()
            assert _die(change, point), f"{name} never came {point}"
            if name not in ROUNDS and planted.rows() != before:
                # A write of several transactions may have finished one of them: then that one has its row.
                assert LedgerRow.objects.count() > rows, f"{name}, cut {point}, left half of itself"
            tried += 1
        rows = LedgerRow.objects.count()
        assert _die(change, "after commit"), f"{name} never committed"
        if name in AGAIN:
            change()
        assert LedgerRow.objects.count() > rows, f"{name} committed without its row"
        tried += 1
    assert tried > 200
    assert ledger.verify_stored() is None
