"""`learn rumours`: what labelled posts teach is kept as numbers, recorded, and taken back by one word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from answerable.errors import NotReady
from answerable.store.models import LedgerRow
from answerable.understand.claims import doubt_shelf
from answerable.understand.claims.doubt import Reply
from tests.cast import Desk
from tests.run.test_mood_commands import run


def posts(path: Path, each: int = 25) -> Path:
    rows = [
        {"label": label, "replies": [{"text": f"{words} {n}", "time": 60 * n} for n in range(9)]}
        for label, words in (("rumour", "fake, never happened"), ("other", "see you at the market"))
        for _ in range(each)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_what_is_learned_is_in_use_and_goes_again(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file reads replies as it was taught, bears no word of them, stands in the ledger, and is removed.

    Sabotage: keep the texts beside the weights, or write no ledger row.
    """
    code, figures, _ = run(capsys, "learn", "rumours", str(posts(tmp_path / "posts.jsonl")))
    assert (code, figures) == (0, {"posts": 50, "rumours": 25})
    model = doubt_shelf.take(desk.home)
    assert model is not None
    fake, fair = (
        [Reply(f"{words} {n}", 60.0 * n) for n in range(9)] for words in ("fake, never", "the market")
    )
    assert model.chances([fake])[0] > model.chances([fair])[0]
    assert b"market" not in (desk.home / doubt_shelf.FILE).read_bytes()
    assert run(capsys, "learn", "rumours", "--remove")[:2] == (0, {"removed": True})
    assert doubt_shelf.take(desk.home) is None
    assert run(capsys, "learn", "rumours", "--remove")[:2] == (0, {"removed": False})
    made = list(LedgerRow.objects.order_by("id").values_list("action", flat=True))
    assert made[-2:] == ["doubt.learn", "doubt.remove"]


def test_too_few_or_damaged_is_refused(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing changes with too few posts; a file of another making is one line that says what to do.

    Sabotage: load whatever numpy can read.
    """
    assert run(capsys, "learn", "rumours", str(posts(tmp_path / "few.jsonl", 5)))[0] == 2
    assert doubt_shelf.take(desk.home) is None
    (desk.home / doubt_shelf.FILE).write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(NotReady, match="answerable learn rumours"):
        doubt_shelf.take(desk.home)
