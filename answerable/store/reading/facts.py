"""What a story says about itself, as its describers left it: ids and numbers; pages quote the items."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from answerable.store.reading.rows import instant, rows


@dataclass(frozen=True, slots=True)
class Fact:
    """One kind of fact of a story."""

    value: Any  # as the describer of that kind documents it
    items: int  # how many items the story had when it was read; 0 when one has left since
    made_at: datetime


def facts_of(story: int) -> dict[str, Fact]:
    """All facts of a story by kind; empty until it was described."""
    return {
        kind: Fact(json.loads(value) if isinstance(value, str) else value, items, instant(made_at))
        for kind, value, items, made_at in rows(
            "SELECT kind, value, items, made_at FROM story_facts WHERE story_id = %s ORDER BY kind", [story]
        )
    }
