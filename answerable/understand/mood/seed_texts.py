"""The seed sentences of the built-in mood, written for this project: one file for each language in `seeds`.

A line is a mark and a sentence: n and c are negative (c complains about a service), o and q neutral (q asks),
p positive; Q asks and complains.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

NEGATIVE, NEUTRAL, POSITIVE = MOODS = (0, 1, 2)
NAMES = ("negative", "neutral", "positive")
_MOOD = {"n": NEGATIVE, "c": NEGATIVE, "Q": NEGATIVE, "o": NEUTRAL, "q": NEUTRAL, "p": POSITIVE}


@dataclass(frozen=True, slots=True)
class Seed:
    """One sentence."""

    language: str
    line: int  # of its file; sentences of the same line say much the same
    text: str
    mood: int
    asks: bool
    complains: bool


@cache
def seeds() -> tuple[Seed, ...]:
    """All of them, the languages in the order of their codes."""
    found: list[Seed] = []
    folder = files("answerable.understand.mood") / "seeds"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        language = file.name.removesuffix(".txt")
        for number, line in enumerate(file.read_text("utf-8").splitlines()):
            mark, _, text = line.partition("\t")
            asks, complains = mark in "qQ", mark in "cQ"
            found.append(Seed(language, number, text, _MOOD[mark], asks=asks, complains=complains))
    return tuple(found)
