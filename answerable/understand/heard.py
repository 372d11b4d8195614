"""Describes from how many a story is heard: distinct sources and pseudonyms by class of source."""

from __future__ import annotations

from answerable.records import Json, Telling
from answerable.understand.describer import Tools


class Heard:
    """The describer `heard`: {class: {"items", "sources", "authors"}}, counts only."""

    name = "heard"

    def __init__(self, tools: Tools) -> None:
        """Needs nothing."""

    def describe(self, telling: Telling) -> Json:
        """See Describer."""
        return {
            kind.value: {"items": of.items, "sources": of.sources, "authors": of.authors}
            for kind, of in telling.classes.items()
        } or None
