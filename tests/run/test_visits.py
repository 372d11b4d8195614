"""Turns: slow and failing sources never keep the others waiting, however many they are."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from answerable.run import visits
from answerable.run.visits import MOST, Visits
from answerable.store.models import Source
from tests.run.desks import until

pytestmark = pytest.mark.store
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Round:
    """Sources that hang until they are let go, and others that answer at once."""

    def __init__(self) -> None:
        self.let_go, self.asked, self.at_once, self.most = threading.Event(), list[int](), 0, 0
        self._lock = threading.Lock()

    def visit(self, source: Source) -> None:
        with self._lock:
            self.asked.append(source.pk)
            self.at_once += 1
            self.most = max(self.most, self.at_once)
        if source.name == "hangs":
            self.let_go.wait(60)
        Source.objects.filter(pk=source.pk).update(next_try_at=NOW + timedelta(minutes=15))
        connection.close()
        with self._lock:
            self.at_once -= 1


@contextmanager
def going(told: Round) -> Iterator[Visits]:
    """Turns are given again and again until the end."""
    made, stop = Visits(told.visit, ("feeds",)), threading.Event()

    def run() -> None:
        while not stop.is_set():
            made.start_due(NOW)
            made.rest(0.02)
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield made
    finally:
        stop.set()
        told.let_go.set()
        thread.join(30)
        until(lambda: not made.busy)
        made.close()


def source(number: int, name: str, **fields: Any) -> int:
    made = Source.objects.create(
        name=name, kind="feeds", address=f"https://{number}.example/f", source_class="outlet", purpose="News",
        added_at=NOW, next_try_at=NOW - timedelta(seconds=60 - number % 60), **fields,
    )  # fmt: skip
    return int(made.pk)


def test_hanging_sources_keep_nobody_waiting(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty sources hang for the first time and are the longest due: forty others are asked all the same.

    Sabotage: count a visit in its lane however long it takes.
    """
    monkeypatch.setattr(visits, "SLOW_S", 0.05)
    hanging = {source(number, "hangs") for number in range(20)}
    well = {source(number, "well") for number in range(20, 60)}
    told = Round()
    with going(told) as made:
        until(lambda: well <= set(told.asked))
        assert made.busy <= hanging | well
    assert sorted(told.asked) == sorted(hanging | well), "each once"
    assert told.most <= MOST


def test_known_slow_and_failing_ones_have_lanes_of_their_own(desk: Any) -> None:
    """A hundred that failed last time hang all at once: the others never notice, and the crew is not used up."""
    failing = {source(number, "hangs", fails=3) for number in range(100)}
    well = {source(number, "well") for number in range(100, 150)}
    told = Round()
    with going(told):
        until(lambda: well <= set(told.asked))
        assert len(failing & set(told.asked)) <= visits.AT_ONCE["slow"]
        assert told.most <= visits.AT_ONCE["slow"] + visits.AT_ONCE["well"]
