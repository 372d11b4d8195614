"""What a step of the pipeline is: what it needs of an outcome, what it adds, and the check of a whole list.

A step's state is its own object, passed in; a list that lacks something fails before the first item.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Protocol

from answerable.errors import NotReady
from answerable.records import Heard, Understood
from answerable.run.alerting import Alerting
from answerable.understand.readings import Reading
from answerable.understand.story_engine import StoryEngine


class Step(Protocol):
    """One step. `requires` and `assigns` name fields of Understood."""

    name: str
    requires: tuple[str, ...]
    assigns: tuple[str, ...]

    def read(self, items: Sequence[Heard], readings: Sequence[Reading], outcome: Understood) -> Understood:
        """Add what this step finds in a batch, with a reading of each, to what the steps before it found."""
        ...

    def merge(self, outcome: Understood) -> Understood:
        """Add what this step does at a story tick."""
        ...


class StoryStep:
    """Items to threads and stories."""

    name = "stories"
    requires: tuple[str, ...] = ()
    assigns: tuple[str, ...] = ("items", "threads", "stories", "hours", "merges", "idle")

    def __init__(self, engine: StoryEngine) -> None:
        self._engine = engine
        self.whole = False  # no more is to come before the next tick

    def read(self, items: Sequence[Heard], readings: Sequence[Reading], outcome: Understood) -> Understood:
        """See Step; starts the outcome."""
        del outcome
        return self._engine.read(items, readings)

    def merge(self, outcome: Understood) -> Understood:
        """See Step; starts the outcome."""
        del outcome
        whole, self.whole = self.whole, False
        return self._engine.merge(whole=whole)


class AlertStep:
    """Counts of stories, for signals."""

    name = "alerts"
    requires: tuple[str, ...] = ("items", "threads", "merges")
    assigns: tuple[str, ...] = ()

    def __init__(self, alerting: Alerting) -> None:
        self._alerting = alerting

    def read(self, items: Sequence[Heard], readings: Sequence[Reading], outcome: Understood) -> Understood:
        """See Step; leaves the outcome as it is."""
        del readings
        story_of = {thread.id: thread.story for thread in outcome.threads}
        for item, found in zip(items, outcome.items, strict=True):
            self._alerting.observe(item, found, story_of[found.thread])
        return outcome

    def merge(self, outcome: Understood) -> Understood:
        """See Step; leaves the outcome as it is."""
        for merge in outcome.merges:
            self._alerting.merged(merge)
        return outcome


def checked(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The list itself when every step finds what it requires. Raises NotReady in one line."""
    known = {entry.name for entry in fields(Understood)}
    there: set[str] = set()
    names: set[str] = set()
    for step in steps:
        strange = sorted({*step.requires, *step.assigns} - known)
        missing = sorted(set(step.requires) - there)
        if strange:
            raise NotReady(f"The step {step.name} names {strange[0]}, which no outcome has: uninstall it.")
        if missing:
            raise NotReady(
                f"The step {step.name} requires {missing[0]}, which no step before it assigns: move it down."
            )
        if step.name in names:
            raise NotReady(f"Two steps are called {step.name}: remove one of them.")
        names.add(step.name)
        there |= set(step.assigns)
    return tuple(steps)
