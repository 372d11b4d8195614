"""The step that asks the standing questions of each new item, and what it needs to do so.

Later steps may require `matches`: that is the seam for bursts within a question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from answerable.records import Heard, StoryState, Understood
from answerable.understand.embed import Vectors
from answerable.understand.questions.matcher import QuestionIndex
from answerable.understand.questions.seen import Seen
from answerable.understand.readings import Reading
from answerable.understand.states import unpack_story

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_ms(at: datetime) -> int:
    """Epoch milliseconds; the store has its own, but evaluation runs without a store."""
    return (at - _EPOCH) // timedelta(milliseconds=1)


class QuestionStep:
    """Which standing questions each item fits; costs nothing while there is none."""

    name = "questions"
    requires: tuple[str, ...] = ("items", "threads", "stories")
    assigns: tuple[str, ...] = ("matches",)

    def __init__(self) -> None:
        self.index = QuestionIndex({})

    def read(self, items: Sequence[Heard], readings: Sequence[Reading], outcome: Understood) -> Understood:
        """See Step; adds the matches."""
        del readings
        if not self.index:
            return outcome
        meanings = _meanings(outcome.stories) if self.index.likes is not None else {}
        story_of = {thread.id: thread.story for thread in outcome.threads}
        found: list[tuple[int, int, int]] = []
        for item, understood in zip(items, outcome.items, strict=True):
            meaning = meanings.get(story_of[understood.thread])
            fitting = self.index.fitting(Seen(item.title, item.text), meaning)
            found += [(question, item.id, to_ms(item.published)) for question in fitting]
        return replace(outcome, matches=tuple(found))

    def merge(self, outcome: Understood) -> Understood:
        """See Step; leaves the outcome as it is."""
        return outcome


def _meanings(stories: Sequence[StoryState]) -> dict[int, Vectors]:
    found = ((story.id, meaning_of(story.state)) for story in stories)
    return {story: meaning for story, meaning in found if meaning is not None}


def meaning_of(state: bytes | None) -> Vectors | None:
    """The mean vector of a story's state, None while there is none."""
    return unpack_story(state)[2] if state else None
