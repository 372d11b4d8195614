"""The external id of an entry: the feed's own where it tells entries apart, else made from link or content.

The same entry keeps its id when its text is edited, so that the store sees an edit and no second item.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from answerable.collect.feeds.entry import Entry


def external_ids(entries: Sequence[Entry]) -> list[str]:
    """One id for each entry, in their order; equal ids mean the same entry."""
    own = [entry["id"].strip() or entry["link"].strip() for entry in entries]
    faces = {(name, _face(entry)) for name, entry in zip(own, entries, strict=True)}
    shared = Counter(name for name, _ in faces)
    return [
        name if name and shared[name] == 1 else _made(name, entry)
        for name, entry in zip(own, entries, strict=True)
    ]


def _face(entry: Entry) -> str:
    """What makes two entries with one id two: another address; for those without an id, another title."""
    return entry["link"] if entry["id"].strip() else entry["title"]


def _made(name: str, entry: Entry) -> str:
    if name:
        parts = [name, _face(entry)]
    elif entry["title"]:
        parts = [entry["title"], entry["published"]]
    else:
        parts = [entry["text"], entry["published"]]
    return "made:" + sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def fingerprint(entry: Entry, external_id: str) -> str:
    """Eleven characters that change when anything of the entry does."""
    whole = "\x1f".join((external_id, *map(str, entry.values())))
    return sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:11]
