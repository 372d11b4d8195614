"""Finds out what a text says on its own, before it meets others: language, words, a sketch, names.

It needs nobody's memory, so another process can do it ahead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from answerable.understand.duplicates import Sketch, sketch
from answerable.understand.language import detect_all
from answerable.understand.names import Named, named
from answerable.understand.words import LONG, plain, words_of

MOST_AHEAD = 4096  # readings kept for items that nobody asked for yet


class Text(Protocol):
    """What is read of an item."""

    @property
    def title(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def language(self) -> str: ...  # what the source claims


@dataclass(frozen=True, slots=True)
class Reading:
    """One text on its own."""

    language: str  # base code
    words: list[str]  # in order, folded
    sketch: Sketch
    names: Named | None = None  # None where nobody looked for them yet


class Ahead:
    """Readings that came before their items, by item id."""

    def __init__(self) -> None:
        self._waiting: dict[int, tuple[str, str, Reading]] = {}

    def expect(self, item: int, text: Text, reading: Reading) -> None:
        """Keep a reading of this text until its item comes; the oldest make room."""
        self._waiting[item] = text.title, text.text, reading
        if len(self._waiting) > MOST_AHEAD:
            del self._waiting[next(iter(self._waiting))]

    def take(self, items: Sequence[int], texts: Sequence[Text]) -> list[Reading]:
        """The readings of items in order; those that nobody read ahead are read now.

        So are those that say something else by now: what was edited away must not come back.
        """
        found = [self._still(item, text) for item, text in zip(items, texts, strict=True)]
        missing = [at for at, reading in enumerate(found) if reading is None]
        now = dict(zip(missing, read_all([texts[at] for at in missing]), strict=True))
        return [now[at] if reading is None else reading for at, reading in enumerate(found)]

    def _still(self, item: int, text: Text) -> Reading | None:
        title, words, reading = self._waiting.pop(item, ("", "", None))
        return reading if (title, words) == (text.title, text.text) else None


def said(text: Text) -> str:
    """Title and text, without saying the title twice."""
    return text.text if text.title in text.text else f"{text.title}\n{text.text}"


def read_all(texts: Sequence[Text], *, names: bool = False) -> list[Reading]:
    """A reading of each text; with its names, where these are sure to be wanted."""
    bare = [plain(said(one)[:LONG]) for one in texts]
    codes = detect_all(bare, [one.language for one in texts])
    spoken = [words_of(one) for one in bare]
    named_so = [named(one.title, one.text) for one in texts] if names else [None] * len(texts)
    return list(map(Reading, codes, spoken, map(sketch, spoken), named_so))
