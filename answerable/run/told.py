"""Wires the forms' collector to the rows that wait, and lets the engine erase what was taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from answerable.collect.forms.collector import FormCollector
from answerable.records import Incoming
from answerable.run.handover import Engine
from answerable.store import submissions
from answerable.store.keyring import Keyring

KIND = submissions.KIND


def collector(source: int, desk: str) -> FormCollector:
    """The collector of one form's source; `desk` is the desk's address."""

    def waiting(after: int, limit: int) -> list[Incoming]:
        return submissions.waiting(source, desk, after, limit)

    def handed(ids: Sequence[str]) -> None:
        submissions.handed(ids, datetime.now(UTC))

    return FormCollector(waiting, handed)


def erase_withdrawn(engine: Engine, source: int, ring: Keyring) -> None:
    """Items of messages that were taken back leave the engine; a kill in between only repeats it."""
    for number, link in submissions.leaving(source, ring):
        if link:
            engine.erase(link)
        submissions.left(number)
