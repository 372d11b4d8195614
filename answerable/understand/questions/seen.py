"""Decides what of an item a standing question may look at: the folded words of title and text, nothing else.

Neither author nor address nor @name is here, so no question can ask for one.
"""

from __future__ import annotations

import re
from functools import cached_property

from answerable.understand.words import LONG, fold, plain

_EAST = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_OTHERS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff"  # Thai, Lao, Burmese, Khmer, kana
UNSPACED = re.compile(rf"[{_EAST}{_OTHERS}]+")
_TOKEN = re.compile(rf"[{_EAST}{_OTHERS}]+|(?:(?![{_EAST}{_OTHERS}])[^\W_])+")
_ASCII = re.compile(r"[a-z0-9]+")
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ](?=\w)")


def tokens(folded: str) -> list[str]:
    """The words of a folded text in order; a run of a script without spaces is one of them."""
    if "'" in folded or not folded.isascii():
        folded = _APOSTROPHE.sub("", folded)
    return (_ASCII if folded.isascii() else _TOKEN).findall(folded)


def segments(run: str) -> tuple[str, ...]:
    """A run of Chinese cut into words as the full-text index cuts it (store/search.py)."""
    import rjieba  # its dictionary takes a moment, and many desks never meet Chinese

    return tuple(dict.fromkeys(rjieba.cut_for_search(run)))


class Seen:
    """One item as questions see it. What only few questions need is made when the first one asks."""

    def __init__(self, title: str, text: str) -> None:
        said = f"{title}\n{text}" if title and title not in text else text
        folded = fold(plain(said[:LONG]))
        self._tokens = tokens(folded)
        self.words = frozenset(self._tokens)
        self.characters: frozenset[str] = frozenset()
        if not folded.isascii():
            self.characters = frozenset("".join(UNSPACED.findall(folded)))

    @cached_property
    def spaced(self) -> str:
        """All words with one space between, and at both ends."""
        return f" {' '.join(self._tokens)} "

    @cached_property
    def segments(self) -> frozenset[str]:
        """The words of its runs of Chinese."""
        return frozenset(part for run in self._tokens if UNSPACED.match(run) for part in segments(run))

    @property
    def size(self) -> float:
        """About how many different words it has; a Chinese word is 1.7 characters long on average."""
        if not self.characters:
            return len(self.words)
        return sum(not UNSPACED.match(word) for word in self.words) + len(self.characters) / 1.7
