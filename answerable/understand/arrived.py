"""Has an answer arrived? Which messages of a story still repeat the claim, and which carry what we said.

Told by words alone: a message repeats a claim when it holds most of its telling words, and carries the
correction when it links to us or holds most of what our answer adds. Nobody's belief is guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import Literal

from answerable.understand.words import words

Said = Literal["carries", "repeats", "other"]
MOST_OF = 0.6  # share of the telling words, by weight
Z = 1.96


@dataclass(frozen=True, slots=True)
class Share:
    """`n` of `of`, with Wilson's interval at 95%; nothing of nothing is nowhere between 0 and 1."""

    n: int
    of: int
    low: float
    high: float


def read(texts: Sequence[str], claim: str, answer: str, links: Sequence[str] = ()) -> list[Said]:
    """What each message does. `links` are parts of our own addresses, `answer` the fact in one line."""
    held = [set(words(text)) for text in texts]
    weight = _weights(held)
    claimed = set(words(claim))
    added = set(words(answer)) - claimed
    found: list[Said] = []
    for text, mine in zip(texts, held, strict=True):
        if any(link in text for link in links) or _holds(mine, added, weight):
            found.append("carries")
        else:
            found.append("repeats" if _holds(mine, claimed, weight) else "other")
    return found


def share(said: Iterable[Said], wanted: Said) -> Share:
    """How many of the messages do that."""
    count = Counter(said)
    return counted(count[wanted], sum(count.values()))


def counted(n: int, of: int) -> Share:
    """`n` of `of` as a share with its interval."""
    if not of:
        return Share(0, 0, 0.0, 1.0)
    p, scale = n / of, 1 + Z**2 / of
    middle, margin = p + Z**2 / (2 * of), Z * (p * (1 - p) / of + Z**2 / (4 * of**2)) ** 0.5
    return Share(n, of, max(0.0, (middle - margin) / scale), min(1.0, (middle + margin) / scale))


def _weights(held: Sequence[set[str]]) -> dict[str, float]:
    """A word that stands in every message of the story tells little of which message says what."""
    counts = Counter(word for mine in held for word in mine)
    return {word: log(1 + (len(held) + 1) / (n + 0.5)) * _prior(word) for word, n in counts.items()}


def _prior(word: str) -> float:
    """Short words of an alphabet join, long ones tell; a Chinese word of one or two signs tells as much."""
    return 1.0 if not word.isascii() or len(word) > 3 else 0.3


def _holds(mine: set[str], wanted: set[str], weight: dict[str, float]) -> bool:
    if not wanted:
        return False
    rare = max(weight.values(), default=1.0)
    whole = sum(weight.get(word, rare * _prior(word)) for word in wanted)
    return sum(weight.get(word, 0.0) for word in wanted & mine) >= MOST_OF * whole
