"""Decides whether a story goes by the names of a standing alert: so one event is known by little else.

A name is a word that many of a story's items hold and hardly anybody else says. A story with a name of its
own tells of another event. Which words can be no name is told from outside.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from typing import Protocol

LETTERS = 4  # shorter words name nothing; a Chinese character counts as three
LEAST = 2  # items that must hold a word
HELD = 0.3  # of a story's items that must hold its name
KNOWN = 0.1  # of a story of the alert that holds the name; fewer bind less
STRANGE = 2  # items elsewhere that are assumed besides those heard: a word said thrice is no sure name
BAR = 0.4  # what share, knownness and rarity of a name must reach, multiplied
OWN = 0.6  # of a story's items that hold a name of its own …
ELSEWHERE = 3  # … which at most so many others hold
SILENCE_MS = 72 * 3_600_000  # of an alert's stories, after which what has their name is the next event


class Told(Protocol):
    """A story as far as its words tell. Times are epoch milliseconds."""

    @property
    def items(self) -> int: ...

    @property
    def sums(self) -> dict[str, int]:
        """Items by word."""
        ...

    @property
    def first_seen(self) -> int: ...

    @property
    def last_seen(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Name:
    """A word that a story may be known by."""

    word: str
    share: float  # of the story's items that hold it
    elsewhere: int  # other items that hold it

    @property
    def own(self) -> bool:
        """True when nearly the whole story says it and hardly anybody else."""
        return self.share >= OWN and self.elsewhere <= ELSEWHERE


def names(story: Told, ordinary: Container[str], heard: Callable[[str], int]) -> tuple[Name, ...]:
    """What a story may be known by. `heard`: live items that hold a word; no word of `ordinary` is a name."""
    return tuple(
        [
            Name(word, times / story.items, max(0, heard(word) - times))
            for word, times in story.sums.items()
            if times >= max(LEAST, HELD * story.items)
            and _letters(word) >= LETTERS
            and not word.isdigit()
            and word not in ordinary
        ]
    )


def known_by(named: Sequence[Name], since: int, stories: Sequence[Told]) -> float:
    """How well a story that began at `since` (ms) goes by the names of an alert's stories, 0 .. 1.

    0 below the bar, after a long silence, and when the story has a name of its own that these do not say.
    """
    if not stories or since - max([one.last_seen for one in stories]) > SILENCE_MS:
        return 0.0
    best = 0.0
    for name in named:
        held = [one.sums.get(name.word, 0) for one in stories]
        said = sum(held)
        if said < LEAST:
            if name.own:
                return 0.0
            continue
        known = max([times / one.items for times, one in zip(held, stories, strict=True)])
        rare = said / (max(said, name.elsewhere) + STRANGE)
        best = max(best, name.share * min(1.0, known / KNOWN) * rare)
    return best if best >= BAR else 0.0


def _letters(word: str) -> int:
    return len(word) if word < "\u2e80" else 3 * len(word)
