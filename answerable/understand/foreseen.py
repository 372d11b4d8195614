"""What will people ask about this? Past questions that share telling words with a draft."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log, log1p

from answerable.understand.words import words

SHORT = 3  # letters of a word of the alphabet that tells little
LEAST = 0.15  # likeness below which a question is about something else
MOST = 12
SAME = 0.6  # likeness from which two questions are one


@dataclass(frozen=True, slots=True)
class Past:
    """A question that was asked before."""

    id: int
    text: str
    people: int
    answered: bool


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A question to expect, with the words it shares with the draft."""

    past: Past
    likeness: float
    shared: tuple[str, ...]
    others: int  # questions that ask nearly the same
    people: int  # of all of them


def foresee(draft: str, past: Sequence[Past]) -> list[Foreseen]:
    """Questions to expect, by likeness and by how many asked; those never answered before those that were."""
    held = [set(words(one.text)) for one in past]
    counts = Counter(word for mine in held for word in mine)
    weight = {word: log(1 + len(held) / n) * (0.2 if _short(word) else 1.0) for word, n in counts.items()}
    mine = {word for word in words(draft) if word in weight}
    near = []
    for one, his in zip(past, held, strict=True):
        both = mine & his
        whole = sum(weight[word] for word in his)
        likeness = sum(weight[word] for word in both) / whole if whole else 0.0
        if likeness >= LEAST:
            near.append((likeness, one, his, sorted(both, key=lambda word: (-weight[word], word))))
    near.sort(key=lambda row: (-row[0] * (1 + log1p(row[1].people)), row[1].id))
    return _joined(near)[:MOST]


def _joined(near: Sequence[tuple[float, Past, set[str], list[str]]]) -> list[Foreseen]:
    found: list[tuple[Foreseen, set[str]]] = []
    for likeness, one, his, both in near:
        same = next((n for n, (_, held) in enumerate(found) if _alike(his, held) >= SAME), None)
        if same is None:
            found.append((Foreseen(one, likeness, tuple(both[:6]), 0, one.people), his))
            continue
        kept, held = found[same]
        more = Foreseen(kept.past, kept.likeness, kept.shared, kept.others + 1, kept.people + one.people)
        found[same] = (more, held)
    return sorted((one for one, _ in found), key=lambda one: one.past.answered)


def _alike(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _short(word: str) -> bool:
    return word.isascii() and len(word) <= SHORT
