"""A story as the index holds it, and packed as it is held while nobody needs it."""

from __future__ import annotations

import marshal
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from answerable.understand.embed import Vectors
from answerable.understand.states import pack_story, unpack_story


@dataclass(slots=True)
class LiveStory:
    """A story with at least one live thread. Times are epoch milliseconds."""

    id: int
    first_seen: int
    last_seen: int
    first_heard: int
    items: int = 0
    heading: int | None = None  # the best item's id
    rank: float = -1.0  # how good the heading is
    languages: dict[str, int] = field(default_factory=dict)
    classes: dict[str, int] = field(default_factory=dict)
    sums: dict[str, int] = field(default_factory=dict)  # items by word
    meaning: Vectors | None = None  # sum of unit vectors of a few items
    embedded: int = 0  # how many
    threads: set[int] = field(default_factory=set)  # live ones
    keys: tuple[str, ...] = ()  # the words under which it stands in the index

    @property
    def language(self) -> str:
        """The language most of its items are in, "" when none is known."""
        known = [(times, code) for code, times in self.languages.items() if code != "und"]
        return max(known)[1] if known else ""


def packed(story: LiveStory) -> bytes:
    """A story as it is held while nobody needs it."""
    keys = story.keys
    first = len(keys) if keys == tuple(islice(story.sums, len(keys))) else keys
    return story_row(
        story.first_seen, story.last_seen, story.first_heard, story.items, story.heading, story.languages,
        story.classes, tuple(sorted(story.threads)), first,
        pack_story(story.embedded, story.rank, story.meaning, story.sums),
    )  # fmt: skip


def story_row(*row: Any) -> bytes:
    """The same from its parts, in the order of `packed`; for keys that are its first words, how many."""
    return marshal.dumps(row)


def unpacked(one: int, blob: bytes) -> LiveStory:
    """The story that was packed. Raises ValueError when its state is damaged."""
    *facts, languages, classes, threads, keys, state = marshal.loads(blob)  # noqa: S302 -- packed by this process
    embedded, rank, meaning, sums = unpack_story(state)
    first_seen, last_seen, first_heard, items, heading = facts
    if isinstance(keys, int):
        keys = tuple(islice(sums, keys))
    return LiveStory(
        one, first_seen, last_seen, first_heard, items, heading, rank, languages, classes, sums, meaning,
        embedded, set(threads), keys,
    )  # fmt: skip
