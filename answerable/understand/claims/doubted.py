"""Describes how far people doubt what a story says: items that deny, items that ask whether it is so.

Counts of what follows the first item. With a model that learned from labelled posts, how much the first fifty
read like replies to rumours stands beside them. Never a verdict.
"""

from __future__ import annotations

from collections.abc import Sequence

from answerable.records import Json, Said, SourceClass, Telling
from answerable.understand.claims.doubt import Reply, doubt
from answerable.understand.claims.doubt_model import Model

EARLY = 50  # replies that a learned model reads …
LEAST = 10  # … and the fewest from which it says anything


def describe(telling: Telling, model: Model | None = None) -> Json:
    """{"read", "denying": [item], "asking": [item], "like": 0..1 | None}; None when nobody has replied.

    `like`: the share of rumours among posts whose early replies read like these, as the model measured it.
    """
    public = [one for one in telling.said if one.source_class is SourceClass.PUBLIC]
    replies = sorted(public, key=lambda one: (one.published, one.id))[1:]
    if not replies:
        return None
    found = doubt([_reply(one) for one in replies])
    early = [_reply(one) for one in replies[:EARLY]]
    like = float(model.chances([early])[0]) if model is not None and len(early) >= LEAST else None
    return {
        "read": found.said,
        "denying": _ids(replies, found.denying),
        "asking": _ids(replies, found.asking),
        "like": None if like is None else round(like, 3),
    }


def _ids(replies: Sequence[Said], places: Sequence[int]) -> list[Json]:
    return [replies[place].id for place in places]


def _reply(one: Said) -> Reply:
    return Reply(one.text, one.published.timestamp())
