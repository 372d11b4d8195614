"""Sorts new cases to units while the desk runs, learns from what people decide, and reckons which are hot.

Every decision is a conditional update: a person who is faster wins, and twice changes nothing.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import numpy as np
from django.db import DatabaseError, connection

from answerable.store import case_groups, case_heat, case_sorting
from answerable.store.case_sorting import Told
from answerable.understand.alike import MOST as MOST_COMPARED
from answerable.understand.alike import grouped, likeness
from answerable.understand.embed import Embedder, Sentences
from answerable.understand.sorting import MOST, Features, Message, Sorter, features, joined, learn
from answerable.understand.words import for_embedding, words

LOG = logging.getLogger(__name__)
LOOK_S, HEAT_S, LEARN_S = 5.0, 60.0, 60.0
AT_ONCE = 50  # cases of one look


@dataclass(slots=True)
class CaseSorting:
    """The one sorter of a data folder."""

    embedder: Embedder = field(default_factory=Sentences)
    sorter: Sorter | None = None
    _learned: Any = None  # the state it was learned in
    _learned_at: float = float("-inf")
    _heated: float = float("-inf")
    _meant: dict[int, Any] = field(default_factory=dict)  # of open cases, what each means
    _read: dict[int, Features] = field(
        default_factory=dict
    )  # of decided cases, so that each is embedded once

    def run(self, stop: threading.Event) -> None:
        """Sort and reckon until `stop`; for a thread of its own."""
        while not stop.wait(LOOK_S):
            try:
                self.look(datetime.now(UTC))
                if time.monotonic() - self._heated >= HEAT_S:
                    self.compare(datetime.now(UTC))
                    case_heat.reckon()
                    self._heated = time.monotonic()
            except DatabaseError:
                LOG.exception("Cases could not be sorted; trying again.")
                connection.close()

    def look(self, now: datetime) -> int:
        """Sort what waits; returns how many cases it spoke about. Without a sorter they keep waiting."""
        waiting = case_sorting.waiting(AT_ONCE)
        if not waiting:
            return 0
        self._learn()
        if self.sorter is None:
            return 0
        names = case_sorting.names()
        found = self.sorter.sort(features([_message(one) for one in waiting], self.embedder))
        return sum(
            case_sorting.decide(told.case, one.unit, one.confidence, sure=one.sure, now=now)
            for told, one in zip(waiting, found, strict=True)
            if one.unit in names
        )

    def compare(self, now: datetime) -> int:
        """Find which open cases ask the same; returns how many changed. Each case is read once."""
        found = case_groups.to_compare(MOST_COMPARED, now)
        fresh = [one for one in found if one.case not in self._meant]
        if not fresh and len(found) == len(self._meant):
            return 0
        texts = [for_embedding(one.title, one.text) for one in fresh]
        for one, meaning in zip(fresh, self.embedder.embed(texts) if texts else (), strict=True):
            self._meant[one.case] = meaning / max(1e-9, float(np.linalg.norm(meaning)))
        self._meant = {one.case: self._meant[one.case] for one in found}
        oldest = found[::-1]  # a group bears the name of its oldest case
        if not oldest:
            return 0
        meanings = np.array([self._meant[one.case] for one in oldest], dtype=np.float32)
        first = grouped(likeness(meanings, [words(f"{one.title} {one.text}") for one in oldest]))
        sizes = Counter(first)
        groups = {
            one.case: oldest[row].case if sizes[row] > 1 else None
            for one, row in zip(oldest, first, strict=True)
        }
        return case_groups.keep(groups)

    def _learn(self) -> None:
        state = case_sorting.state()
        if state == self._learned or time.monotonic() - self._learned_at < LEARN_S:
            return
        lessons = case_sorting.decided(MOST)
        fresh = [one for one in lessons if one.case not in self._read]
        for one in fresh:
            self._read[one.case] = features([_message(one)], self.embedder)
        kept = {one.case for one in lessons}
        self._read = {case: read for case, read in self._read.items() if case in kept}
        self.sorter = (
            learn(
                joined([self._read[one.case] for one in lessons]),
                [one.unit for one in lessons],
                case_sorting.names(),
                self.embedder,
            )
            if lessons
            else None
        )
        self._learned, self._learned_at = state, time.monotonic()


def _message(told: Told) -> Message:
    return Message(told.title, told.text, told.place)
