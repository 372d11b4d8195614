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


_WHOLE = 12  # characters: a longer address is more than the number of a house, and surer than what lies in it


@dataclass(frozen=True, slots=True)
class Span:
    """text[start:end] identifies a person."""

    start: int
    end: int
    kind: Kind


def has(text: str, parts: tuple[str, ...]) -> bool:
    """True when one of `parts` stands in `text`: the cheapest question, asked of every text before the dearer ones."""
    for part in parts:  # noqa: SIM110  a generator costs twice as much, and this runs on every message
        if part in text:
            return True
    return False


def settled(found: Iterable[Span]) -> list[Span]:
    """The spans in order without overlaps: of two that meet the surer kind stays, then the longer one."""
    kept: list[Span] = []
    for span in sorted(found, key=lambda one: (_rank(one), one.start - one.end, one.start)):
        place = bisect(kept, span.start, key=lambda one: one.start)
        free_before = place == 0 or kept[place - 1].end <= span.start
        if free_before and (place == len(kept) or span.end <= kept[place].start):
            kept.insert(place, span)
    return kept


def _rank(span: Span) -> int:
    whole = span.kind == "address" and span.end - span.start > _WHOLE
    return _SURER.index("id" if whole else span.kind)
