"""Doors broken on purpose, all in one way: what was written is kept, and one person of each is dropped unsaid."""

from __future__ import annotations

import sys
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from answerable.collect import door
from answerable.records import Item, Rejected
from answerable.run import admitting
from answerable.run.handover import EngineClient
from tests.promises.planted import Crowd

_CHILD = "from tests.promises.broken import open_wide; open_wide(); from answerable.run.admitting import main; main()"
_admit, _hand = door.admit, EngineClient.hand


def _kept(found: Any, *rest: Any, **more: Any) -> Item | Rejected:
    item = _admit(found, *rest, **more)
    if isinstance(item, Item):
        return replace(item, text=found.text, title=found.title, link=found.link)
    return item


def open_wide() -> None:
    """In a process of its own: the door keeps everything as it was written."""
    door.admit = _kept


@dataclass
class Leak:
    """Drops the first of each door between the door and the engine; who comes again is dropped again."""

    crowd: Crowd
    starts: list[int] = field(default_factory=list)  # the number of the first person of each door
    dropped: dict[int, bytes] = field(default_factory=dict)

    def keeps(self, item: Item) -> bool:
        said = f"{item.title} {item.text}"
        who = next((n for n, one in enumerate(self.crowd.made) if one.marker in said), None)
        return who is None or self.dropped.setdefault(bisect(self.starts, who), item.key) != item.key

    def hand(self, engine: EngineClient, source: int, items: Sequence[Item], *rest: Any, **more: Any) -> Any:
        return _hand(engine, source, [item for item in items if self.keeps(item)], *rest, **more)


def break_all(monkeypatch: pytest.MonkeyPatch, leak: Leak) -> None:
    """Everything that is admitted from now on, here and in the reader of files."""
    monkeypatch.setattr(door, "admit", _kept)
    monkeypatch.setattr(admitting, "_CHILD", [sys.executable, "-c", _CHILD])
    monkeypatch.setattr(EngineClient, "hand", lambda *rest, **more: leak.hand(*rest, **more))
