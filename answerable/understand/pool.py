"""Holds many things of which few are in use: those that nobody touched lately are packed and put away.

Packing and unpacking change nothing, so what is in use and what is packed makes no difference to anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from answerable.understand.drawer import Drawer

T = TypeVar("T")


class Pool(Mapping[int, T]):
    """Things by id. What is taken out is open, and may be changed, until the next `settle`."""

    def __init__(
        self,
        pack: Callable[[T], bytes],
        unpack: Callable[[int, bytes], T],
        folder: Path | None = None,
        most_open: int = 10_000,
    ) -> None:
        """`folder`: where what is packed lies, else where this system puts temporary files."""
        self._pack, self._unpack, self._most = pack, unpack, most_open
        self._open: dict[int, T] = {}
        self._packed = Drawer(folder)
        self._looked: dict[int, T] = {}  # copies of what is packed, until the next `settle`

    def __len__(self) -> int:
        return len(self._open) + len(self._packed)

    def __contains__(self, one: object) -> bool:
        return one in self._open or one in self._packed

    def __iter__(self) -> Iterator[int]:
        # Looking at a thing opens it, which must not disturb who walks through all.
        yield from [*self._packed, *self._open]

    def __getitem__(self, one: int) -> T:
        found = self._open.get(one)
        if found is None:
            found = self._open[one] = self._unpack(one, self._packed.take(one))
            self._looked.pop(one, None)
        return found

    def look(self, one: int) -> T:
        """A thing for looking only: what is packed stays so. Raises KeyError when it is not here."""
        found = self._open.get(one) or self._looked.get(one)
        if found is None:
            found = self._looked[one] = self._unpack(one, self._packed[one])
        return found

    def __setitem__(self, one: int, thing: T) -> None:
        if one in self._packed:
            self._packed.take(one)
        self._open[one] = thing

    def put_packed(self, one: int, blob: bytes) -> None:
        """Take up a thing that is packed already and not here yet."""
        self._packed.put(one, blob)

    def packed(self, one: int) -> bytes:
        """The packed form of what is not open. Raises KeyError when it is open or not here."""
        return self._packed[one]

    def opened(self, one: int) -> T | None:
        """A thing that is open; None when it is packed or not here."""
        return self._open.get(one)

    def pop(self, one: int) -> None:
        """Let a thing go, if it is here."""
        self._looked.pop(one, None)
        if self._open.pop(one, None) is None and one in self._packed:
            self._packed.take(one)

    def clean(self) -> None:
        """Overwrite now what was taken out of the file."""
        self._packed.clean()

    def settle(self) -> list[T]:
        """Pack what was opened longest ago, until few are open; what left is nowhere any more.

        Returns what was packed.
        """
        self._looked.clear()
        longest = list(self._open)[: max(0, len(self._open) - self._most)]
        things = [self._open.pop(one) for one in longest]
        for one, thing in zip(longest, things, strict=True):
            self._packed.put(one, self._pack(thing))
        self.clean()
        return things
