"""The words of messages of cases, wherever they stand: typed into a form, or an item that was heard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from answerable.store.models import CaseMessage, ItemRow, Submission


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote, as far as it is still there."""

    message: int
    text: str  # masked; "" when it left
    title: str
    place: str
    at: datetime
    submission: int | None
    item: int | None
    copy: bool
    withdrawn: bool
    again: bool = False  # somebody in the case wrote more
    story: int | None = None  # they were invited from there, in public

    @property
    def heading(self) -> str:
        """What a list shows of it."""
        return self.title or self.text


def words_of(messages: Iterable[CaseMessage]) -> list[Words]:
    """The words of messages, items read in one query."""
    rows = list(messages)
    items = {row.pk: row for row in ItemRow.objects.filter(pk__in=[m.item for m in rows if m.item])}
    return [_words(row, row.submission, items.get(row.item or 0)) for row in rows]


def _words(message: CaseMessage, told: Submission | None, item: ItemRow | None) -> Words:
    text, title, place = "", "", ""
    if told is not None:
        text, place = told.text, told.place
    elif item is not None:
        text, title, place = item.text, item.title, item.place
    gone = told is not None and told.withdrawn_at is not None
    return Words(
        message.pk,
        text,
        title,
        place,
        message.at,
        message.submission_id,
        message.item,
        message.copy,
        gone,
        message.follows_id is not None,
        told.story_id if told is not None else None,
    )
