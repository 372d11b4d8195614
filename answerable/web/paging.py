"""Which page of a long list is shown. A page that does not exist becomes the nearest one that does."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest


def page_number(request: HttpRequest) -> int:
    """The page asked for, 1 when none or nonsense was asked for."""
    asked = request.GET.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 1


@dataclass(frozen=True, slots=True)
class Paging:
    """A page of `size` rows out of `total`; `asked` may lie outside."""

    total: int
    asked: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, math.ceil(self.total / self.size))

    @property
    def number(self) -> int:
        """The page that is shown, from 1."""
        return min(max(self.asked, 1), self.pages)

    @property
    def start(self) -> int:
        """Index of its first row."""
        return (self.number - 1) * self.size

    @property
    def end(self) -> int:
        """Index after its last row."""
        return min(self.start + self.size, self.total)

    @property
    def newer(self) -> int | None:
        """The page before, None on the first."""
        return self.number - 1 if self.number > 1 else None

    @property
    def older(self) -> int | None:
        """The page after, None on the last."""
        return self.number + 1 if self.number < self.pages else None


def pager(paging: Paging, address: Callable[[int], str]) -> dict[str, int | str]:
    """What the macro `pages` draws: numbers, and the addresses before and after ("" at the ends)."""
    return {
        "page": paging.number,
        "pages": paging.pages,
        "previous": address(paging.newer) if paging.newer else "",
        "next": address(paging.older) if paging.older else "",
    }
