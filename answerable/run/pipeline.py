"""The pipeline of one space: a list of steps, checked first. `up`, `import` and `evaluate` share it.

Its memory is rebuilt from rows; ids come from outside, because only the engine knows which are free.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from answerable.alert.bursts import BurstWatch, Row
from answerable.collect.collector import BATCH
from answerable.records import (
    Heard,
    MatterState,
    Signal,
    StoryRow,
    StoryState,
    Thread,
    ThreadRow,
    Understood,
)
from answerable.run.alerting import Alerting, Desk
from answerable.run.matter_process import FarMatters
from answerable.run.matter_step import MatterStep
from answerable.run.question_step import QuestionStep
from answerable.run.steps import AlertStep, Step, StoryStep, checked
from answerable.understand.embed import Embedder, Sentences
from answerable.understand.links import Link
from answerable.understand.matters import MatterIndex
from answerable.understand.names import named
from answerable.understand.parting import Parting
from answerable.understand.questions.matcher import QuestionIndex
from answerable.understand.readings import Ahead, Reading, Text
from answerable.understand.shelf import Shelf
from answerable.understand.story_engine import StoryEngine

MERGE_EVERY = BATCH  # items between two story ticks while there is no rest


class Understanding:
    """Everything that is understood of one space: real or exercise."""

    memory: timedelta = BurstWatch.memory  # recent items to load

    def __init__(
        self,
        *,
        threads: Iterator[int],
        stories: Iterator[int],
        matters: Iterator[int] | None = None,
        shelf: Shelf | None = None,
        embedder: Embedder | None = None,
        folder: Path | None = None,
    ) -> None:
        """`threads`, `stories`, `matters`: free ids in rising order; `shelf` holds matters out of use.

        `folder`: where what nobody needs at the moment lies, else where this system puts temporary files.
        """
        self.embedder: Embedder = embedder or Sentences(threads=2)
        self._engine = StoryEngine(self.embedder, threads=threads, stories=stories, folder=folder)
        self._alerting = Alerting(self._engine, self.embedder)
        self._matter_ids, self._shelf = matters or itertools.count(1), shelf
        self._matters = MatterStep(self._no_matters(), self._engine)
        self._questions = QuestionStep()
        self._story_step = StoryStep(self._engine)
        self._steps: tuple[Step, ...] = checked(
            (
                self._story_step,
                self._matters,
                AlertStep(self._alerting),
                self._questions,
            )
        )
        self._waiting = 0
        self._ahead = Ahead()

    def load(
        self,
        threads: Iterable[ThreadRow],
        stories: Iterable[StoryRow],
        recent: Iterable[Row],
        hours: Mapping[int, int] | None = None,
        scores: Iterable[tuple[int, float]] = (),
    ) -> None:
        """Take up where rows ended: active threads and their stories, and what alerts count on.

        `recent` are the different items of the last `memory`, `hours` all items by hour since 1970, `scores`
        the highest score kept of each story.
        """
        self._engine.load(threads, stories)
        self._alerting.load(recent, hours or {}, scores)

    def load_matters(
        self,
        matters: Iterable[MatterState],
        homes: Iterable[tuple[int, int]],
        waiting: Iterable[tuple[int, Heard]],
        *,
        more: bool,
        beside: bool = False,
    ) -> None:
        """Matters seen last, (story, matter) of the stories in use, and a message of each that stands alone.

        `more` says that the shelf holds other matters. `beside`: matters are found in a process of their own
        from here on, and what a tick finds is told by the next one, or by `collect`.
        """
        index = self._no_matters()
        index.load(matters, homes, more=more)
        for story, item in waiting:
            index.wait(story, named(item.title, item.text), _ms(item.published))
        self._matters.index = FarMatters(index, self._engine.links) if beside else index

    def _no_matters(self) -> MatterIndex:
        return MatterIndex(self._matter_ids, self._shelf, apart=self._engine.links.apart)

    def read(self, items: Sequence[Heard]) -> Understood:
        """Understand a batch; what comes back is to be written in one transaction."""
        outcome, readings = Understood(), self._ahead.take([item.id for item in items], items)
        for step in self._steps:
            outcome = step.read(items, readings, outcome)
        self._waiting += len(items)
        return outcome

    def expect(self, item: int, text: Text, reading: Reading) -> None:
        """Take what another process read of the text of an item that will come."""
        self._ahead.expect(item, text, reading)

    def ask(self, questions: QuestionIndex) -> None:
        """Ask these standing questions of every item from now on, instead of those before."""
        self._questions.index = questions

    def merge_due(self) -> bool:
        """True when a story tick should not wait for a rest."""
        return self._waiting >= MERGE_EVERY

    def merge(self, *, whole: bool = False) -> Understood:
        """The story tick: what became one since the last. `whole`: no more comes for now."""
        outcome = Understood()
        self._story_step.whole = whole
        for step in self._steps:
            outcome = step.merge(outcome)
        self._waiting = 0
        return outcome

    def collect(self) -> Understood:
        """What works beside and was not told yet."""
        return self._matters.collect(Understood())

    def close(self) -> None:
        """End what works beside."""
        self._matters.close()

    def look_ahead(self, desk: Desk) -> None:
        """Begin what `signals` needs while the caller writes what was merged."""
        self._alerting.look_ahead(desk)

    def signals(self, desk: Desk) -> list[Signal]:
        """What changed in stories since the last call, and which of it calls somebody."""
        return self._alerting.signals(desk)

    def head(self, story: int, item: int) -> None:
        """A better heading was found for a story."""
        self._engine.head(story, item)

    def link(self, links: Iterable[Link]) -> None:
        """Take what people said belongs together, or does not."""
        self._engine.links.set(links)

    def unite(self, one: int, other: int) -> Understood:
        """Make two stories one by hand; both are held already, see `take_up`."""
        outcome = self._engine.unite(one, other)
        self._matters.merged(outcome.merges)
        for merge in outcome.merges:
            self._alerting.merged(merge)
        return outcome

    def part(self, story: int, leaving: Collection[int], facts: Parting) -> tuple[Understood, int] | None:
        """Take threads out of a story into a new one by hand; it is no longer the same matter either."""
        parted = self._engine.part(story, leaving, facts)
        if parted is not None:
            self._matters.part(parted[1], facts.leave_texts)
        return parted

    def take_up(self, threads: Iterable[Thread], stories: Iterable[StoryState]) -> None:
        """Hold idle threads and their stories for a moment, so that `forget` finds them."""
        self._engine.take_up(threads, stories)

    def forget(
        self, item: Heard, thread: int, *, keep_counts: bool = False, aged: bool = False
    ) -> Understood:
        """Take an item out: edited (it is read anew), erased (`keep_counts`: counts stay) or of old age."""
        outcome = self._engine.forget(item, thread, keep_counts=keep_counts)
        outcome = self._matters.forget(item, outcome, counted=not keep_counts, aged=aged)
        if not keep_counts:
            for story in outcome.stories:
                self._alerting.forget(story.id, item)
        return outcome


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
