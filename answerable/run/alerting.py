"""Ties measures, concerns, the budget's bar and the standing alerts together for one space.

Rows are the truth of what stands: they are asked only when something was measured.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from answerable.alert import judging
from answerable.alert.bursts import Measure, Row
from answerable.alert.concerns.file import read
from answerable.alert.concerns.model import ConcernModel, Vectors
from answerable.alert.eras import Eras
from answerable.alert.judging import Judged, Kept, Standing
from answerable.alert.novelty import NoveltyWatch
from answerable.records import Heard, ItemUnderstood, Merge, Signal
from answerable.run.alert_names import KnownBy, general
from answerable.understand.embed import Embedder
from answerable.understand.story_engine import StoryEngine
from answerable.understand.words import for_embedding

SAMPLE = 5  # newest items of a window whose meaning is weighed
COLD = -0.15  # a story this far from our concerns, or whose alert stands, is weighed again …
GROWN = 1.5  # … only when it has grown by this factor
ICE = -0.3  # a story whose meaning so far is beyond this is not weighed by its newest items at all
REMEMBERED = 2000  # meanings of items that may be asked for again


class Desk(Protocol):
    """What alerts must know of the desk. Asked only when something was measured."""

    def concerns(self) -> str:
        """The list of concerns in force."""
        ...

    def bar(self) -> float:
        """What a score must reach, from the budget and the desk's past."""
        ...

    def standing(self) -> Sequence[Standing]:
        """The alerts that stand, with their stories."""
        ...

    def texts(self, items: Sequence[int]) -> Mapping[int, tuple[str, str]]:
        """(title, text) by item, of those that are still there."""
        ...


@dataclass(frozen=True, slots=True)
class _Measured:
    """Measures, their newest items with the texts of these, and the concerns they are weighed by."""

    measures: Sequence[Measure] = ()
    items: Sequence[int] = ()
    texts: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    model: ConcernModel | None = None


class Alerting:
    """All that one space remembers for its alerts; rebuilt from rows."""

    def __init__(self, engine: StoryEngine, embedder: Embedder) -> None:
        self._engine = engine
        self._embedder = embedder
        self._bursts = Eras()
        self._novelty = NoveltyWatch()
        self._kept = Kept()
        self._model: tuple[str, ConcernModel] | None = None
        self._general: frozenset[str] = frozenset()  # words of the list of concerns
        self._meanings: OrderedDict[int, Vectors] = OrderedDict()
        self._weighed: OrderedDict[int, int] = OrderedDict()  # different items when a story was settled
        self._measured: _Measured | None = None  # ahead of `signals`

    def load(
        self, rows: Iterable[Row], hours: Mapping[int, int], scores: Iterable[tuple[int, float]]
    ) -> None:
        """Take up recent items, all items by hour, and the highest score kept of each story."""
        self._bursts.load(rows, hours)
        self._kept.load(scores)

    def observe(self, item: Heard, found: ItemUnderstood, story: int) -> None:
        """Count one item."""
        repeat = found.duplicate_of is not None
        kind = item.source_class.value
        self._bursts.observe(story, item.id, item.published, kind, repeat)
        if not repeat:
            self._novelty.observe(story, item.id, item.published, kind, item.source, found.language)

    def merged(self, merge: Merge) -> None:
        """Two stories became one."""
        for part in (self._bursts, self._novelty, self._kept):
            part.merged(merge.winner, merge.loser)

    def forget(self, story: int, item: Heard) -> None:
        """Stop counting an item that was edited."""
        self._bursts.forget(story, item.id, item.published)
        self._meanings.pop(item.id, None)

    def look_ahead(self, desk: Desk) -> None:
        """Measure now what `signals` tells next: meaning is found while the caller does other work."""
        self._measured = measured = self._measure(desk)
        for item in measured.items:
            if item in measured.texts and item not in self._meanings:
                self._embedder.expect(for_embedding(*measured.texts[item]))

    def signals(self, desk: Desk) -> list[Signal]:
        """What is to be kept, and what calls somebody, since the last call."""
        measured, self._measured = self._measured or self._measure(desk), None
        if measured.model is None:
            return []
        model, bar, found = measured.model, desk.bar(), []
        standing = list(desk.standing())
        rows = self._embedded(measured.items, measured.texts)
        for measure in measured.measures:
            judged = self._judged(measure, rows, model)
            if judged is None:
                continue
            alert = self._joined(measure, standing, measured.texts) if judged.able else None
            signal = judging.signal(judged, bar, alert)
            if signal.calls or self._kept.worth(signal.story, signal.score):
                self._kept.keep(signal.story, signal.score)
                found.append(signal)
            if signal.calls or signal.grows is not None:
                self._settle(measure)
            if signal.calls:
                standing.append(Standing(0, frozenset({signal.story})))
        return found

    def _joined(
        self, measure: Measure, standing: Sequence[Standing], texts: Mapping[int, tuple[str, str]]
    ) -> int | None:
        said = [texts[one] for one in measure.items[-SAMPLE:] if one in texts]
        known = KnownBy(self._engine, measure.story, said, self._general)
        return judging.joins(measure.story, standing, self._engine.nearness, self._engine.words, known)

    def _measure(self, desk: Desk) -> _Measured:
        """What changed and is worth weighing."""
        measures = [one for one in self._bursts.measures() + self._novelty.measures() if self._due(one)]
        if not measures:
            return _Measured()
        model = self._concerns(desk.concerns())
        measures = [one for one in measures if not self._icy(one, model)]
        items = [item for one in measures for item in one.items[-SAMPLE:]]
        return _Measured(measures, items, desk.texts(items), model)

    def _due(self, measure: Measure) -> bool:
        """False when a story was weighed and has hardly grown since: embedding is slow."""
        return measure.different >= GROWN * self._weighed.get(measure.story, 0)

    def _settle(self, measure: Measure) -> None:
        self._weighed[measure.story] = measure.different
        while len(self._weighed) > REMEMBERED:
            self._weighed.popitem(last=False)

    def _concerns(self, text: str) -> ConcernModel:
        if self._model is None or self._model[0] != text:
            lines = read(text)
            self._model = (text, ConcernModel(lines, self._embedder))
            self._general = general(lines)
        return self._model[1]

    def _icy(self, measure: Measure, model: ConcernModel) -> bool:
        """Whether its story is so far from our concerns that its newest items are not even weighed."""
        _, whole = self._engine.known(measure.story)
        if whole is None or model.score(whole) >= ICE:
            return False
        self._settle(measure)
        return True

    def _judged(self, measure: Measure, known: Mapping[int, Vectors], model: ConcernModel) -> Judged | None:
        """A measure with its story's concern: that of its newest items, and of what the story was before."""
        items, whole = self._engine.known(measure.story)
        rows = [known[one] for one in measure.items[-SAMPLE:] if one in known]
        if not rows:
            return None
        meaning: Vectors = np.mean(rows, axis=0, dtype=np.float32)
        new = min(1.0, measure.observed / max(1, measure.different))
        if whole is not None and new < 1.0:
            meaning = (new * meaning + (1 - new) * whole).astype(np.float32)
        concern = model.weigh(meaning)
        if concern.score < COLD:
            self._settle(measure)
        return Judged(measure, concern, items)

    def _embedded(self, items: Sequence[int], texts: Mapping[int, tuple[str, str]]) -> Mapping[int, Vectors]:
        """Meanings by item, those that are new embedded all at once: one by one takes far longer."""
        missing = [one for one in dict.fromkeys(items) if one not in self._meanings and one in texts]
        rows = self._embedder.embed([for_embedding(*texts[one]) for one in missing])
        self._meanings.update(zip(missing, rows, strict=True))
        found = {one: self._meanings[one] for one in items if one in self._meanings}
        while len(self._meanings) > REMEMBERED:
            self._meanings.popitem(last=False)
        return found
