"""Keeps the standing questions of one space asked: reads changes, learns examples, looks back step by step.

Everything it knows stands in rows, so a kill costs at most one step, which is repeated.
"""

from __future__ import annotations

import time

from answerable.errors import BadInput
from answerable.run.pipeline import Understanding
from answerable.run.question_step import meaning_of
from answerable.store import question_stream
from answerable.store.question_stream import Match, Old, Standing
from answerable.understand.questions.likeness import learn, likeness_from
from answerable.understand.questions.matcher import Asked, QuestionIndex
from answerable.understand.questions.query import parse
from answerable.understand.questions.seen import Seen

AT_ONCE = 250  # items of one step back: some ten milliseconds
BESIDE = 2000  # items that may be heard between two steps back
EACH_REST_S = 0.1


class Asking:
    """The questions of one space, real or exercise. Its caller is the engine."""

    def __init__(self, exercise: bool, space: Understanding) -> None:
        self._exercise = exercise
        self._space = space
        self._signature: tuple[int, int] | None = None
        self._waiting: list[Standing] = []  # those that have not looked back to the end
        self._stale = True  # matches of older words may wait to be removed
        self._heard = 0  # items since the last step back
        self.refresh()

    def refresh(self) -> None:
        """Take up what changed at the desk; one small query when nothing did."""
        signature = question_stream.signature(self._exercise)
        if signature != self._signature:
            self._signature = signature
            self._stale = True
            self._load()

    def beside(self, items: int) -> None:
        """Before a batch is read: take up changes, and look back a little also while there is no rest."""
        self.refresh()
        self._heard += items
        if self._heard >= BESIDE:
            self._heard = 0
            self.turn()

    def rest(self) -> bool:
        """Look back for a moment; returns whether there is more to do."""
        self.refresh()
        until = time.monotonic() + EACH_REST_S
        while self.turn():
            if time.monotonic() >= until:
                return True
        return False

    def turn(self) -> bool:
        """One bounded step in one transaction; False when every question has looked back far enough."""
        if self._stale:
            self._stale = question_stream.clear_some(self._exercise)
            return True
        if not self._waiting:
            return False
        question = self._waiting[0]
        if not question.ready:
            question_stream.begin(question, self._learned(question), self._exercise)
            self._load()
            return True
        items = question_stream.older(question.id, self._exercise, AT_ONCE)
        asked = _asked(question)
        index = QuestionIndex({} if asked is None else {question.id: asked})
        matches = [match for item in items for match in _match(index, item)]
        question_stream.looked(question, matches, items[-1] if items else None, len(items))
        if not items:
            self._waiting.pop(0)
        return True

    def _load(self) -> None:
        every = question_stream.standing(self._exercise)
        asked = {one.id: found for one in every if one.ready and (found := _asked(one)) is not None}
        self._space.ask(QuestionIndex(asked))
        self._waiting = [one for one in every if not one.done]

    def _learned(self, question: Standing) -> dict[str, object] | None:
        """What the examples of a question have in common; None for a question of words."""
        if not question.examples:
            return None
        examples = question_stream.words_of(question.examples)
        if not examples:  # they left by their term; what they have in common was learned before
            return question.likeness
        others = question_stream.newest_words(self._exercise)
        mine = set(question.examples)
        likeness = learn(
            examples,
            [(title, text) for item, title, text in others if item not in mine],
            self._space.embedder,
        )
        return dict(likeness.to_json())


def _match(index: QuestionIndex, item: Old) -> list[Match]:
    meaning = meaning_of(item.story_state) if index.likes is not None else None
    return [
        (number, item.id, item.published) for number in index.fitting(Seen(item.title, item.text), meaning)
    ]


def _asked(question: Standing) -> Asked | None:
    """The question for the matcher; None when its row cannot be read, which stops no other question."""
    try:
        if question.words:
            return Asked(words=parse(question.words))
        return Asked(like=likeness_from(question.likeness)) if question.likeness else None
    except (BadInput, KeyError, TypeError, ValueError):
        return None
