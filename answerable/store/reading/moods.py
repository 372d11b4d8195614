"""The mood of a story as its describer left it: shares with intervals, and the items behind each guess."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from answerable.store.reading.facts import facts_of

LEAST = 20  # items below which nothing is said; the describer knows the same number


@dataclass(frozen=True, slots=True)
class ShareSeen:
    """One estimated share."""

    name: str  # negative, neutral, positive, asks, complains
    share: float
    low: float
    high: float
    items: int  # different items that were guessed to be so
    heads: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MoodSeen:
    """All of it. Without shares there were too few items to say."""

    as_of: int  # items the story had when it was read; 0: it is being read again
    read: int
    different: int
    left_out: int  # different items in languages that cannot be judged
    model: int  # number of the learned mood, 0: built in
    built_in: tuple[str, ...]  # languages judged by what is built in
    moods: tuple[ShareSeen, ...]
    marks: tuple[ShareSeen, ...]  # asks, complains; they overlap with the moods and with each other

    def share(self, name: str) -> ShareSeen | None:
        """The share of a link."""
        return next((one for one in (*self.moods, *self.marks) if one.name == name), None)


def mood_of(story: int) -> MoodSeen | None:
    """The mood of a story; None until it was described."""
    fact = facts_of(story).get("mood")
    if fact is None:
        return None
    value: dict[str, Any] = fact.value
    moods = value["moods"] or {}
    return MoodSeen(
        as_of=fact.items,
        read=value["read"],
        different=value["of"],
        left_out=value["left_out"],
        model=value["model"],
        built_in=tuple(code for code, (_, learned) in value["languages"].items() if not learned),
        moods=tuple(_seen((name, moods[name]) for name in ("negative", "neutral", "positive") if moods)),
        marks=tuple(_seen((name, value[name]) for name in ("asks", "complains") if moods)),
    )


def _seen(found: Iterable[tuple[str, dict[str, Any]]]) -> Iterable[ShareSeen]:
    for name, one in found:
        heads = tuple(one["items"])
        yield ShareSeen(name, one["share"], one["low"], one["high"], len(heads), heads)
