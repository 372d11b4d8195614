"""A piece of a text that identifies somebody, and how it is written once it is masked."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["phone", "email", "address", "id", "account", "card", "plate", "mention", "did"]

# Signs without letters: they read in every language and are no words that threads could share.
SIGNS: dict[Kind, str] = {
    "phone": "☎…",
    "email": "✉…",
    "address": "⌂…",
    "id": "#…",
    "account": "#…",
    "card": "#…",
    "plate": "#…",
    "mention": "@…",
    "did": "did:…",
}
# When two finds overlap, the surer kind stays.
_SURER: tuple[Kind, ...] = ("did", "email", "mention", "account", "card", "id", "phone", "plate", "address")


@dataclass(frozen=True, slots=True)
class Span:
    """text[start:end] identifies a person."""

    start: int
    end: int
    kind: Kind


def settled(found: Iterable[Span]) -> list[Span]:
    """The spans in order without overlaps: of two that meet the surer kind stays, then the longer one."""
    kept: list[Span] = []
    for span in sorted(found, key=lambda one: (_SURER.index(one.kind), one.start - one.end, one.start)):
        place = bisect(kept, span.start, key=lambda one: one.start)
        free_before = place == 0 or kept[place - 1].end <= span.start
        if free_before and (place == len(kept) or span.end <= kept[place].start):
            kept.insert(place, span)
    return kept
