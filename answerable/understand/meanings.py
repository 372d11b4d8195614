"""Finds the stories nearest in meaning: exact products over one matrix of the live ones, changed rows only.

Measured fit to about 50,000 rows; beyond that an approximate index would take this module's place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from answerable.understand.embed import Vectors

_BLOCK = 64  # changed rows multiplied at once, which bounds the memory


class Meanings:
    """Mean vectors by story id in one growing matrix without holes.

    The product of two means is the average cosine between all their members: average linkage.
    """

    def __init__(self, size: int) -> None:
        self._rows: Vectors = np.zeros((64, size), dtype=np.float32)
        self._ids: list[int] = []
        self._worth: list[float] = []
        self._place: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, story: int) -> bool:
        return story in self._place

    def put(self, story: int, mean: Vectors, worth: float = 0.0) -> None:
        """Set a story's row; what is worth least leaves first."""
        place = self._place.get(story)
        if place is None:
            place = self._place[story] = len(self._ids)
            self._ids.append(story)
            self._worth.append(worth)
            if place == len(self._rows):
                self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        self._rows[place] = mean
        self._worth[place] = worth

    def drop(self, story: int) -> None:
        """Remove a story's row if there is one; the last row takes its place."""
        place = self._place.pop(story, None)
        if place is None:
            return
        last, worth = self._ids.pop(), self._worth.pop()
        if last != story:
            self._rows[place] = self._rows[len(self._ids)]
            self._ids[place], self._worth[place] = last, worth
            self._place[last] = place

    def keep(self, most: int) -> None:
        """Drop the rows that are worth least, until at most so many are left."""
        if len(self._ids) > most:
            ranked = sorted(zip(self._worth, self._ids, strict=True))
            for _, story in ranked[: len(ranked) - most * 15 // 16]:
                self.drop(story)

    def linkage(self, one: int, other: int) -> float:
        """Average linkage of two stories; 0 when one has no row."""
        if one not in self._place or other not in self._place:
            return 0.0
        return float(self._rows[self._place[one]] @ self._rows[self._place[other]])

    def compare(self, stories: Sequence[int]) -> Iterator[tuple[int, Vectors]]:
        """Each story that has a row, with its linkage to every row (in the order of `places`)."""
        found = [(story, self._place[story]) for story in stories if story in self._place]
        rows = self._rows[: len(self._ids)]
        for start in range(0, len(found), _BLOCK):
            block = found[start : start + _BLOCK]
            products = rows[[place for _, place in block]] @ rows.T
            yield from zip([story for story, _ in block], products, strict=True)

    def place(self, story: int) -> int | None:
        """Column of a story in what `compare` gives."""
        return self._place.get(story)

    def best(self, linkages: Vectors, count: int) -> list[int]:
        """The stories with the highest linkages, in no order."""
        take = min(count, len(self._ids))
        if not take:
            return []
        return [self._ids[place] for place in np.argpartition(-linkages, take - 1)[:take].tolist()]
