"""What replies say of a post: how many deny it, how many ask whether it is so. Counts, never a verdict.

By lists of phrases, so that it works from the first reply on; `doubt_model` adds what labelled posts teach.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from answerable.understand.claims.doubt_words import DENIES, DOUBTS
from answerable.understand.words import fold, plain

LONGEST = 400  # characters of one reply that are read
_EASTERN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer to a post, as others wrote it."""

    text: str  # empty: only passed on
    at: float | None = None  # seconds since any fixed time


@dataclass(frozen=True, slots=True)
class Doubt:
    """People doubt this: of so many replies with words, so many deny, so many ask; places of both."""

    replies: int
    said: int  # those with words of their own
    denying: tuple[int, ...]  # places in what was given
    asking: tuple[int, ...]  # that do not deny as well

    @property
    def share(self) -> float | None:
        """Of the replies with words, those that deny or ask; None without any."""
        return (len(self.denying) + len(self.asking)) / self.said if self.said else None


def doubt(replies: Sequence[Reply]) -> Doubt:
    """Read replies in any of the languages of the lists; others are counted and doubt nothing."""
    bare = [fold(plain(one.text[:LONGEST])).strip() for one in replies]
    denying = tuple(place for place, text in enumerate(bare) if denies(text))
    asking = tuple(place for place, text in enumerate(bare) if asks_whether(text) and place not in denying)
    return Doubt(len(replies), sum(map(bool, bare)), denying, asking)


def denies(folded: str) -> bool:
    """Whether a folded text says that something is false."""
    # A question may hold the words of a denial: 真的假的 asks.
    return bool(folded) and _pattern("denies").search(_pattern("doubts").sub(" ", folded)) is not None


def asks_whether(folded: str) -> bool:
    """Whether a folded text asks if something is so, or for a source."""
    return bool(folded) and _pattern("doubts").search(folded) is not None


@cache
def _pattern(which: str) -> re.Pattern[str]:
    """Phrases of all languages: beginning with a word where words are spaced, anywhere in Chinese."""
    lists: Mapping[str, tuple[str, ...]] = DENIES if which == "denies" else DOUBTS
    phrases = {fold(phrase) for phrase in chain.from_iterable(lists.values())}
    return re.compile(
        "|".join(
            re.escape(phrase) if _EASTERN.search(phrase) else rf"\b{re.escape(phrase)}"
            for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
        )
    )
