"""Asks whether a story goes by the names of an alert's stories, and tells which of its words can be no name.

Those are the words that its own texts write small, and those of the list of concerns. Scripts without
capitals tell nothing by them: there a word may be a name unless the list has it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

from answerable.alert.concerns.file import Line
from answerable.alert.names import Name, known_by, names
from answerable.understand.story_engine import StoryEngine
from answerable.understand.words import plain, words, words_of

SHOUTED = 0.6  # of a text's words that begin with a capital, above which capitals tell nothing
_RUN = re.compile(r"#?[^\W_]+(?:['’ʼ][^\W_]+)*")


class KnownBy:
    """How well one story goes by the names of others, 0 when it does not. Called with ids of these."""

    def __init__(
        self, engine: StoryEngine, story: int, said: Sequence[tuple[str, str]], general: frozenset[str]
    ) -> None:
        """`said`: (title, text) of some of its items; `general`: words that name kinds of things."""
        self._engine, self._story, self._said, self._general = engine, story, said, general

    def __call__(self, others: Collection[int]) -> float:
        story = self._engine.look(self._story)
        if story is None or not self._names:
            return 0.0
        stories = [found for one in others if (found := self._engine.look(one)) is not None]
        return known_by(self._names, story.first_seen, stories)

    @cached_property
    def _names(self) -> tuple[Name, ...]:
        """Found when they are first asked for: most stories that burst are near an alert, or none stands."""
        story = self._engine.look(self._story)
        if story is None:
            return ()
        ordinary = self._general | written_small(f"{title} {text}" for title, text in self._said)
        return names(story, ordinary, self._engine.holding)


def general(lines: Iterable[Line]) -> frozenset[str]:
    """The words of the list: what they name is a kind of thing (flood, crash, school), never the thing."""
    return frozenset(word for line in lines for word in words(line.text))


def written_small(texts: Iterable[str]) -> frozenset[str]:
    """Words that most of the texts which hold them write small, where these texts have capitals at all.

    A tag is written small by habit, so it tells nothing.
    """
    small: Counter[str] = Counter()
    for text in texts:
        runs = _RUN.findall(plain(text))
        bare = [run for run in runs if run[0].isalpha()]
        capitals = sum([run[0].isupper() for run in bare])
        if not 0 < capitals <= SHOUTED * len(bare):
            continue
        here = dict.fromkeys([word for run in runs for word in words_of(run)], 1)
        for run in runs:
            if not run[0].islower():
                here.update(dict.fromkeys(words_of(run), -1))
        small.update(here)
    return frozenset(word for word, more in small.items() if more > 0)
