"""What stays in memory of a packed thread: enough to tell, mostly, that it is far from an item.

Its words are bits of their hashes in three masks: said at all, more than once, by a third of its items. A
word it does not hold may look held, never the other way round: what is found far is far. Hashes differ from
process to process, so how often a thread is read differs too, but never what is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from struct import Struct

# Items, norm, first and last seen, the words said at all, more than once, by a third of the items.
_ROW = Struct("<Idqq16s16s8s")
_WIDE, _NARROW = 128, 64  # bits of the masks
_PART = 3
_PAGE = 64  # neighbours are mostly there together
_SLACK = 1e-6  # sums differ in their last digits by their order

Glance = tuple[int, float, int, int, bytes, bytes, bytes]


class Glances:
    """Glances by the number of a thread."""

    def __init__(self) -> None:
        self._pages: dict[int, bytearray] = {}
        self._held: dict[int, int] = {}  # how many are on a page

    def put(
        self, one: int, items: int, norm: float, seen: tuple[int, int], sums: Mapping[str, int]
    ) -> Glance:
        """Keep a thread's measures (`seen` first and last, ms) and the marks of its words."""
        limit = _limit(items)
        said = again = often = 0
        for word, times in sums.items():
            mark = hash(word)
            said |= 1 << mark % _WIDE
            if times > 1:
                again |= 1 << mark % _WIDE
            if times > limit:
                often |= 1 << mark % _NARROW
        glance = (
            items, norm, *seen,
            said.to_bytes(16, "little"), again.to_bytes(16, "little"), often.to_bytes(8, "little"),
        )  # fmt: skip
        number, place = divmod(one, _PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = bytearray(_PAGE * _ROW.size)
        if not _ROW.unpack_from(page, place * _ROW.size)[0]:
            self._held[number] = self._held.get(number, 0) + 1
        _ROW.pack_into(page, place * _ROW.size, *glance)
        return glance

    def get(self, one: int) -> Glance | None:
        """A thread's measures and marks; None when none are kept."""
        page = self._pages.get(one // _PAGE)
        if page is None:
            return None
        glance = _ROW.unpack_from(page, one % _PAGE * _ROW.size)
        return glance if glance[0] else None

    def drop(self, one: int) -> None:
        """Let go of a thread, if it is here."""
        if self.get(one) is None:
            return
        number, place = divmod(one, _PAGE)
        self._held[number] -= 1
        if self._held[number]:
            self._pages[number][place * _ROW.size : (place + 1) * _ROW.size] = bytes(_ROW.size)
        else:
            del self._pages[number], self._held[number]


class Marked:
    """An item's weighted words as they are marked in glances."""

    __slots__ = ("_narrow", "_wide")

    def __init__(self, weights: Iterable[tuple[float, str]]) -> None:
        marks = [(weight, hash(word)) for weight, word in weights]
        self._wide = [(weight, 1 << mark % _WIDE) for weight, mark in marks]
        self._narrow = [(weight, 1 << mark % _NARROW) for weight, mark in marks]

    def reaches(self, glance: Glance, shared: float, least: float) -> bool:
        """Whether the product with a thread's sums may be above `least`.

        `shared`: the weight of the words that both hold, at most.
        """
        items, _, _, _, said, again, often = glance
        held = min(shared, _held(self._wide, said))
        if items * held <= least:
            return False
        if items == 1:
            return True
        # A word said once adds its weight, one said by few adds it as often as they may be.
        twice = min(held, _held(self._wide, again))
        if held + (items - 1) * twice <= least:
            return False
        limit = _limit(items)
        most = min(twice, _held(self._narrow, often))
        return held + (limit - 1) * twice + (items - limit) * most > least


def _limit(items: int) -> int:
    return max(1, items // _PART)


def _held(marks: Iterable[tuple[float, int]], mask: bytes) -> float:
    bits = int.from_bytes(mask, "little")
    return sum([weight for weight, bit in marks if bit & bits]) + _SLACK
