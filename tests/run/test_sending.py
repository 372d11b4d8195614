"""What all senders share: nothing stops them, each delivery is noted once, and a round is shared out whole."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError

from answerable.errors import ChannelTrouble
from answerable.run import sending
from answerable.run.sending import again, noted, shared

ADDRESS = "ann.reader@post.example"


class Book:
    """What was written down."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def note(self, outcome: object) -> bool:
        def send() -> str:
            if isinstance(outcome, BaseException):
                raise outcome
            return str(outcome)

        return noted("Letter 7", send, self.lines.append, lambda trouble: self.lines.append(str(trouble)))


def test_each_is_noted_once_whatever_comes(caplog: pytest.LogCaptureFixture) -> None:
    """A receipt, a refusal, a fault of ours: one line each; the log names no address that a fault may quote."""
    book = Book()
    with caplog.at_level(logging.ERROR):
        assert book.note("250 ok")
        assert not book.note(ChannelTrouble("refused"))
        assert not book.note(ValueError(f"no such thing: {ADDRESS}"))
    assert book.lines == ["250 ok", "refused", "our_fault"]
    assert "Letter 7 met an error of ours (ValueError)." in caplog.text
    assert ADDRESS not in caplog.text


def test_trouble_of_the_database_is_no_outcome() -> None:
    """Where nothing can be written down nothing is: the lease runs out and it is taken again."""
    book = Book()
    with pytest.raises(OperationalError):
        book.note(OperationalError("database is locked"))
    assert book.lines == []


def test_a_sender_outlives_its_troubles(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever a round raises, the next one comes; the same trouble is told once, and again when it comes back."""
    monkeypatch.setattr(sending, "AFTER_TROUBLE_S", 0.0)
    stop, rounds = threading.Event(), 0

    def send() -> None:
        nonlocal rounds
        rounds += 1
        if rounds == 6:
            stop.set()
        if rounds in (1, 2, 5):
            raise OperationalError("database is locked")

    with caplog.at_level(logging.WARNING):
        again(send, "Letters", stop, every=0.0)
    assert rounds == 6
    told = [record.getMessage() for record in caplog.records]
    assert told == ["Letters wait (OperationalError: database is locked); trying again, none is lost."] * 2


@pytest.mark.parametrize("threads", [0, 3])
def test_a_round_is_shared_out_whole(threads: int) -> None:
    """Every one is delivered once, over at most so many threads, and all are awaited."""
    found: list[tuple[int, str]] = []

    def deliver(share: object) -> None:
        found.extend((one, threading.current_thread().name) for one in share)  # type: ignore[attr-defined]

    if threads:
        with ThreadPoolExecutor(threads, thread_name_prefix="letter") as pool:
            shared(pool, range(100), threads, deliver)
            assert sorted(one for one, _ in found) == list(range(100))
        assert all(name.startswith("letter") for _, name in found)
    else:
        shared(None, range(100), 4, deliver)
        assert sorted(one for one, _ in found) == list(range(100))


def test_a_fault_in_a_thread_is_heard_of() -> None:
    """The database's trouble in one share reaches the loop, which tells of it; it is not lost in the thread."""

    def deliver(share: object) -> None:
        raise OperationalError("database is locked")

    with ThreadPoolExecutor(2) as pool, pytest.raises(OperationalError):
        shared(pool, [1, 2], 2, deliver)
