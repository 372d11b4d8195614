"""Finds what can be checked in what people write: sentences that state facts, and questions about them.

Not opinions, wishes or greetings. It needs no model; where it knows no words of a language, numbers and names
decide alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from answerable.understand.claims.telling_words import FACTS, GREETINGS, HEARSAY, OPINION
from answerable.understand.mood.asks import asks
from answerable.understand.statements import sentences, trimmed
from answerable.understand.words import EAST, fold, plain, words_of

LEAST, LEAST_EAST = 4, 5  # words; Chinese characters
CLAIM = 1.0  # strength from which a sentence is a claim
LONGEST = 6000  # characters of a text that are read
MOST = 20  # claims of one text
_NUMBER = re.compile(r"\d|[一二三四五六七八九十百千万亿两]+(?=[人名个年月日天元次号公米吨%])")
# A capital inside a sentence names something (also in German, where it says little).
_NAMED = re.compile(r"(?<=[^\W_] )[A-ZÀ-ÖØ-Þ][\w’'-]+")
_PLACES = re.compile(
    r"[一-鿿]{2,}(?:省|市|县|区|镇|乡|村|街|路|桥|局|院|校|站|厂|公司|小区|政府|医院|学校|大学)"
)
_EASTERN = re.compile(f"[{EAST}]")
_I = re.compile(r"^(?:i|i'm|my|me|yo|mi|me|我)\b|^我", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence of a text, as a place in it."""

    start: int
    end: int
    asks: bool  # a question rather than a statement
    strength: float  # how surely it can be checked; from CLAIM on it is given
    signs: tuple[str, ...]  # why: "number", "name", "fact", "hearsay", "question"

    def of(self, text: str) -> str:
        """Its words as they were written."""
        return text[self.start : self.end]


def find(text: str, language: str) -> list[Found]:
    """Claims and questions of a text, in order. Any string is fine."""
    found: list[Found] = []
    for first, last in sentences(text[:LONGEST]):
        start, end = trimmed(text, first, last)
        one = _judged(text, start, end, language)
        if one is not None:
            found.append(one)
        if len(found) >= MOST:
            break
    return found


def _judged(text: str, start: int, end: int, language: str) -> Found | None:
    bare = plain(text[start:end]).strip()
    if not _long(bare):
        return None
    folded = fold(bare)
    if asks(bare):
        return Found(start, end, asks=True, strength=CLAIM, signs=("question",))
    if _opens(folded, GREETINGS.get(language, ())):
        return None
    signs = tuple(_signs(bare, folded, language))
    # Where no words are known, a number and a name must stand together.
    strength = len(signs) * (1.0 if language in FACTS else 0.5)
    strength -= 1.5 * sum(fold(word) in folded for word in OPINION.get(language, ()))
    strength -= 0.5 if _I.search(bare) else 0.0
    if bare.endswith(("!!", "！！")):
        strength -= 0.5
    return Found(start, end, asks=False, strength=strength, signs=signs) if strength >= CLAIM else None


def _signs(bare: str, folded: str, language: str) -> Iterator[str]:
    if _NUMBER.search(bare):
        yield "number"
    if _NAMED.search(bare) or _PLACES.search(bare):
        yield "name"
    if holds(folded, FACTS, language):
        yield "fact"
    if any(fold(words) in folded for words in HEARSAY.get(language, ())):
        yield "hearsay"


def _long(bare: str) -> bool:
    eastern = len(_EASTERN.findall(bare))
    return eastern >= LEAST_EAST or len(words_of(bare)) >= LEAST


def _opens(folded: str, words: tuple[str, ...]) -> bool:
    return folded.startswith(tuple(fold(word) for word in words))


def holds(folded: str, lists: Mapping[str, str], language: str) -> bool:
    """Whether a folded text holds a word of a list, in its language alone."""
    stems = lists.get(language)
    return stems is not None and _pattern(stems).search(folded) is not None


@cache
def _pattern(stems: str) -> re.Pattern[str]:
    """Words as stems: at the beginning of a word, anywhere in a script without spaces; short ones whole."""
    parts = []
    for stem in map(fold, stems.split()):
        if _EASTERN.match(stem):
            parts.append(re.escape(stem))
        else:
            parts.append(rf"\b{re.escape(stem)}" + (r"\b" if len(stem) <= 3 else r"\w*"))
    return re.compile("|".join(parts))
