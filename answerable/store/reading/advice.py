"""Advice as pages show it: what was advised for a story, what people chose, what happened then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from answerable.store.models import AdviceRow, Story
from answerable.store.reading.items import ItemSeen, items_by_id


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person chose."""

    choice: str
    name: str
    at: datetime
    came_6: int | None
    came_24: int | None


@dataclass(frozen=True, slots=True)
class AdviceSeen:
    """One advice with what followed."""

    id: int
    story: int
    hour: int
    made_at: datetime
    advice: str
    rule: str
    version: int
    inputs: dict[str, Any]
    came_6: int | None
    came_24: int | None
    choices: tuple[Chosen, ...]  # newest first
    heading: ItemSeen | None = None


def of_story(story: int) -> AdviceSeen | None:
    """The advice that stands for a story."""
    row = _rows().filter(story=story).order_by("-hour").first()
    return _seen(row) if row else None


def so_far(
    *, exercise: bool, advice: str = "", chosen: str = "", stories: Sequence[int] | None = None
) -> QuerySet[AdviceRow]:
    """Every advice of a space, newest first; of these stories, this advice, with this choice on it."""
    found = _rows().filter(exercise=exercise).order_by("-hour", "-id")
    if advice:
        found = found.filter(advice=advice)
    if chosen == "none":
        found = found.filter(choices=None)
    elif chosen:
        found = found.filter(choices__choice=chosen).distinct()
    return found if stories is None else found.filter(story__in=list(stories)[:900])


def seen(found: Sequence[AdviceRow]) -> list[AdviceSeen]:
    """These rows with the headings of their stories."""
    heads = dict(
        Story.objects.filter(pk__in=[row.story_id for row in found]).values_list("id", "heading_item")
    )
    items = items_by_id([head for head in heads.values() if head])
    return [_seen(row, items.get(heads.get(row.story_id) or 0)) for row in found]


def _rows() -> QuerySet[AdviceRow]:
    return AdviceRow.objects.prefetch_related("choices__chosen_by")


def _seen(row: AdviceRow, heading: ItemSeen | None = None) -> AdviceSeen:
    choices = sorted(row.choices.all(), key=lambda one: one.pk, reverse=True)
    return AdviceSeen(
        id=row.pk,
        story=row.story_id,
        hour=row.hour,
        made_at=row.made_at,
        advice=row.advice,
        rule=row.rule,
        version=row.rules_version,
        inputs=dict(row.inputs),
        came_6=row.observed_6,
        came_24=row.observed_24,
        choices=tuple(
            Chosen(one.choice, one.chosen_by.name, one.chosen_at, one.observed_6, one.observed_24)
            for one in choices
        ),
        heading=heading,
    )
