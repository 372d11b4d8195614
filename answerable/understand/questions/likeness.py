"""Decides what "more like these" means: words the examples share and others seldom use; meaning helps out.

Words decide most. Meaning is that of the item's story, which the story engine has worked out already, so
no text is embedded for a question but its own examples.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np

from answerable.records import Json
from answerable.understand.embed import Embedder, Vectors
from answerable.understand.questions.seen import UNSPACED, Seen
from answerable.understand.words import for_embedding, words

MOST_WORDS = 40  # of a likeness
MOST_EXAMPLES = 24
SEVERAL = 3  # items that must hold a word before it is kept: no word of one person alone
ALIKE = 0.24  # cosine of words from which they are enough
NEAR = 0.10  # from here on a near meaning decides
MEANT = 0.50  # cosine of meaning that counts as near
SAME = 0.72  # meaning so near that no word need be shared: another language


@dataclass(frozen=True, slots=True)
class Likeness:
    """What the examples have in common."""

    words: Mapping[str, float]  # unit length
    rarity: Mapping[str, float]  # of the same words
    usual: float  # rarity of an ordinary word
    meaning: Vectors | None = None  # unit length

    def to_json(self) -> dict[str, Json]:
        """For its row; `likeness_from` is the reverse."""
        rows: list[Json] = [
            [word, round(weight, 4), round(self.rarity[word], 3)] for word, weight in self.words.items()
        ]
        meaning: Json = None if self.meaning is None else [round(float(one), 3) for one in self.meaning]
        return {"words": rows, "usual": round(self.usual, 3), "meaning": meaning}


def likeness_from(stored: Mapping[str, object]) -> Likeness:
    """The reverse of `to_json`. Raises KeyError, TypeError or ValueError when the row is damaged."""
    rows: list[tuple[str, float, float]] = [(str(w), float(a), float(b)) for w, a, b in stored["words"]]  # type: ignore[attr-defined]
    meaning = stored["meaning"]
    return Likeness(
        words={word: weight for word, weight, _ in rows},
        rarity={word: rarity for word, _, rarity in rows},
        usual=float(stored["usual"]),  # type: ignore[arg-type]
        meaning=None if meaning is None else np.asarray(meaning, dtype=np.float32),
    )


def learn(
    examples: Sequence[tuple[str, str]], others: Iterable[tuple[str, str]], embedder: Embedder | None
) -> Likeness:
    """The likeness of examples, given as (title, text), held against other items of the same stream."""
    spoken = [frozenset(words(f"{title} {text}")) for title, text in examples[:MOST_EXAMPLES]]
    held: Counter[str] = Counter()
    total = len(spoken)
    for title, text in others:
        held.update(set(words(f"{title} {text}")))
        total += 1
    mine: Counter[str] = Counter(word for said in spoken for word in said)
    held.update(mine)

    def rarity(word: str) -> float:
        return log((total + 1) / (held[word] + 0.5))

    kept = {word: times / len(spoken) * rarity(word) for word, times in mine.items() if held[word] >= SEVERAL}
    strongest = sorted(kept, key=lambda word: (-kept[word], word))[:MOST_WORDS]
    length = sqrt(sum(kept[word] ** 2 for word in strongest)) or 1.0
    spread = sum(held.values()) or 1
    usual = sqrt(sum(times * rarity(word) ** 2 for word, times in held.items()) / spread)
    return Likeness(
        words={word: kept[word] / length for word in strongest if kept[word] > 0},
        rarity={word: rarity(word) for word in strongest if kept[word] > 0},
        usual=usual,
        meaning=_meaning(examples[:MOST_EXAMPLES], embedder),
    )


def _meaning(examples: Sequence[tuple[str, str]], embedder: Embedder | None) -> Vectors | None:
    texts = [line for title, text in examples if (line := for_embedding(title, text))]
    if embedder is None or not texts:
        return None
    mean = embedder.embed(texts).mean(axis=0)
    length = float(np.linalg.norm(mean))
    return (mean / length).astype(np.float32) if length else None


class LikeIndex:
    """All likenesses of one space: an item is weighed only by those that share a word with it."""

    def __init__(self, likes: Mapping[int, Likeness]) -> None:
        self._likes = dict(likes)
        self._words: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._runs: dict[str, list[tuple[str, int, float]]] = defaultdict(list)  # by their first character
        for number, like in likes.items():
            for word, weight in like.words.items():
                if UNSPACED.match(word):
                    self._runs[word[0]].append((word, number, weight))
                else:
                    self._words[word].append((number, weight))
        meant = [(number, like.meaning) for number, like in likes.items() if like.meaning is not None]
        self._meant = [number for number, _ in meant]
        self._meanings = np.stack([meaning for _, meaning in meant]) if meant else None

    def fitting(self, seen: Seen, meaning: Vectors | None) -> list[int]:
        """Numbers of the likenesses this item has."""
        near = self._near(meaning)
        found = [number for number, cosine in near.items() if cosine >= SAME]
        for number, score in self.shared(seen).items():
            if score >= ALIKE or (score >= NEAR and near.get(number, 0.0) >= MEANT):
                found.append(number)
        return sorted(set(found))

    def shared(self, seen: Seen) -> dict[int, float]:
        """Cosine of words with each likeness that shares two uncommon ones; the others count as usual."""
        dot: dict[int, float] = defaultdict(float)
        rare: dict[int, float] = defaultdict(float)
        times: Counter[int] = Counter()
        for word, number, weight in self._met(seen):
            rarity = self._likes[number].rarity[word]
            dot[number] += weight * rarity
            rare[number] += rarity * rarity
            times[number] += rarity > self._likes[number].usual
        scores = {}
        for number, product in dot.items():
            if times[number] >= 2:
                rest = max(0.0, seen.size - times[number]) * self._likes[number].usual ** 2
                scores[number] = product / sqrt(rare[number] + rest)
        return scores

    def _met(self, seen: Seen) -> Iterable[tuple[str, int, float]]:
        for word in self._words.keys() & seen.words:
            for number, weight in self._words[word]:
                yield word, number, weight
        if seen.characters and self._runs:
            for character in self._runs.keys() & seen.characters:
                for word, number, weight in self._runs[character]:
                    if word in seen.spaced:
                        yield word, number, weight

    def _near(self, meaning: Vectors | None) -> dict[int, float]:
        if meaning is None or self._meanings is None:
            return {}
        length = float(np.linalg.norm(meaning))
        if not length:
            return {}
        return dict(zip(self._meant, (self._meanings @ meaning / length).tolist(), strict=True))
