"""What a story says about itself, ready for a page: points in their items' words, places, voices, copies.

Facts hold ids and numbers. Words are read here, and counts are made of what is stored now: they equal what
their links open, and what left is in none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from answerable.store.reading.facts import Fact, facts_of
from answerable.store.reading.items import ItemSeen, items_by_id
from answerable.store.reading.rows import marks, number, rows

FIRST, MAIN = 5, 7  # points that stand first, and at most where they are carried by many
MAIN_LEAST, MAIN_SHARE = 3, 0.03  # items that make a main point, and from the sixth on their share


@dataclass(frozen=True, slots=True)
class PointSeen:
    """One thing said, quoted."""

    key: str  # for links: the item and the place of its words
    quote: str
    language: str
    item: int  # whose words they are
    items: int  # that carry it, copies included
    heads: tuple[int, ...]  # the different ones
    pushed: bool  # near-identical posts that stand out carry it


@dataclass(frozen=True, slots=True)
class PlaceSeen:
    """A place that items name."""

    name: str
    level: str
    country: str
    items: int
    heads: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CopiedSeen:
    """Near-identical posts whose spread stands out; how many wrote them, never who."""

    item: ItemSeen
    posts: int
    authors: int  # 0 where the sources name nobody
    seconds: int  # in which most of them came
    pattern: str  # repeated, few, rush, advert


@dataclass(frozen=True, slots=True)
class VoicesSeen:
    """From how many one class of source was heard."""

    items: int
    sources: int
    authors: int


@dataclass(frozen=True, slots=True)
class Told:
    """All of it. `as_of` is the number of items the story had when it was read; 0: it is being read again."""

    as_of: int
    read: int  # different items that were read
    different: int  # different items that were there
    main: tuple[PointSeen, ...]
    also: tuple[PointSeen, ...]
    alone: tuple[int, ...]  # different items that carry none of the points
    alone_items: int
    places: tuple[PlaceSeen, ...]
    voices: dict[str, VoicesSeen]
    copied: tuple[CopiedSeen, ...]
    apart: int  # posts of those copies that are left out of a fair count

    @property
    def points(self) -> tuple[PointSeen, ...]:
        """All points, the most carried first."""
        return self.main + self.also

    def point(self, key: str) -> PointSeen | None:
        """The point of a link; when the story was read again since, the one its item carries now."""
        same = next((point for point in self.points if point.key == key), None)
        item = key.partition("-")[0]
        if same is not None or not item.isdecimal():
            return same
        return next((point for point in self.points if int(item) in point.heads), None)

    def place(self, name: str) -> PlaceSeen | None:
        """The place of a link."""
        return next((place for place in self.places if place.name == name), None)


def told_of(story: int) -> Told | None:
    """What a story says about itself; None until it was described."""
    facts = facts_of(story)
    about = facts.get("told")
    if about is None:
        return None
    points, alone = _raw(facts.get("points"), "points"), _ids(_value(facts.get("points")).get("alone", ()))
    places, groups = _raw(facts.get("places"), "places"), _raw(facts.get("coordination"), "groups")
    heads = {item for part in (*points, *places) for item in part["items"]} | set(alone)
    copies = _copies(story, heads)
    seen = items_by_id([*(point["item"] for point in points), *(group["item"] for group in groups)])
    pushed = {group["item"] for group in groups}
    # In the describer's order: there a campaign counts once, so that it does not lead.
    quoted = [_point(point, seen, copies, pushed) for point in points if point["item"] in seen]
    quoted = [point for point in quoted if point.items]
    least = max(MAIN_LEAST, MAIN_SHARE * about.value["stored"])
    main = [n for n, point in enumerate(quoted) if point.items >= (MAIN_LEAST if n < FIRST else least)][:MAIN]
    cut = len(main) or FIRST
    return Told(
        as_of=about.items,
        read=about.value["read"],
        different=about.value["different"],
        main=tuple(quoted[:cut]),
        also=tuple(quoted[cut:]),
        alone=alone,
        alone_items=sum(copies.get(item, 0) for item in alone),
        places=tuple(place for one in places if (place := _place(one, copies)).items),
        voices={kind: VoicesSeen(**of) for kind, of in _value(facts.get("heard")).items()},
        copied=tuple(
            CopiedSeen(seen[one["item"]], one["posts"], one["authors"], one["seconds"], one["pattern"])
            for one in groups
            if one["item"] in seen
        ),
        apart=_value(facts.get("coordination")).get("apart", 0),
    )


def _value(fact: Fact | None) -> dict[str, Any]:
    return fact.value if fact is not None and isinstance(fact.value, dict) else {}


def _raw(fact: Fact | None, name: str) -> list[dict[str, Any]]:
    return list(_value(fact).get(name, ()))


def _ids(values: Iterable[int]) -> tuple[int, ...]:
    return tuple(int(value) for value in values)


def _copies(story: int, heads: set[int]) -> dict[int, int]:
    """Stored items of the story for each different one, itself included."""
    ids = sorted(heads)
    return dict(
        rows(
            "SELECT COALESCE(i.duplicate_of, i.id), COUNT(*) FROM threads t "  # noqa: S608 (marks only)
            "JOIN items i ON i.thread_id = t.id WHERE t.story_id = %s "
            f"AND COALESCE(i.duplicate_of, i.id) IN ({marks(ids)}) GROUP BY COALESCE(i.duplicate_of, i.id)",
            [story, *ids],
        )
    )


def _point(
    raw: Mapping[str, Any], seen: Mapping[int, ItemSeen], copies: Mapping[int, int], pushed: set[int]
) -> PointSeen:
    item = seen[raw["item"]]
    # An item that its source edited may be shorter now; then its own heading stands for the words.
    of = item.title if raw["part"] == "title" else item.text
    quote = of[raw["start"] : raw["end"]].strip() if item.revision == 1 else item.headline
    heads = _ids(raw["items"])
    key = f"{item.id}-{raw['part'][0]}{raw['start']}"
    carried = sum(copies.get(head, 0) for head in heads)
    return PointSeen(
        key, quote or item.headline, item.language, item.id, carried, heads, bool(pushed & set(heads))
    )


def _place(raw: Mapping[str, Any], copies: Mapping[int, int]) -> PlaceSeen:
    heads = _ids(raw["items"])
    carried = sum(copies.get(head, 0) for head in heads)
    return PlaceSeen(raw["name"], raw["level"], raw["country"], carried, heads)


def outlets_of(story: int) -> list[tuple[int, str, int, int]]:
    """(source, name, items, first item's time in ms) of the outlets and institutions, the first one first."""
    return [
        (pk, name, items, first)
        for pk, name, items, first in rows(
            "SELECT s.id, s.name, COUNT(*), MIN(i.published) FROM threads t "
            "JOIN items i ON i.thread_id = t.id JOIN sources s ON s.id = i.source_id "
            "WHERE t.story_id = %s AND s.source_class IN ('outlet', 'institution') "
            "GROUP BY s.id, s.name ORDER BY MIN(i.published), s.id",
            [story],
        )
    ]


def newest_of(story: int) -> int:
    """The highest item id of a story: what came later has a higher one; 0 when all have left."""
    return number(
        "SELECT MAX(i.id) FROM threads t JOIN items i ON i.thread_id = t.id WHERE t.story_id = %s", [story]
    )


def hours_of(story: int) -> list[tuple[int, int]]:
    """(hours since 1970, items) of a story, oldest first."""
    return [
        (hour, items)
        for hour, items in rows(
            "SELECT hour, items FROM story_hours WHERE story_id = %s AND items > 0 ORDER BY hour", [story]
        )
    ]
