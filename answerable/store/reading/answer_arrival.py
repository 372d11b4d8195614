"""Did an answer arrive: what its stories say since it is out, and before; the questions that still come.

Before and after says nothing of cause: other things happen too, and pages say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from answerable.store.models import Answer, AnswerLink, CaseMessage, StatementVersion
from answerable.store.reading.rows import marks, rows
from answerable.store.stream import to_ms
from answerable.understand.arrived import Said, Share, read, share

MOST = 2000  # newest items that are read
HOUR = 3_600_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """One side of the day it went out."""

    hours: float
    items: int
    repeats: Share
    carries: Share
    questions: int  # people of its cases who asked in that time


@dataclass(frozen=True, slots=True)
class Arrival:
    """Before and after the first version that went out. Both are equally long, at most."""

    out_at: datetime
    before: Stretch
    after: Stretch
    stories: tuple[int, ...]


def arrival(answer: Answer, links: tuple[str, ...], now: datetime) -> Arrival | None:
    """None while nothing is out, or no story and no case is linked."""
    versions = StatementVersion.objects.filter(statement=answer.statement_id, published_at__isnull=False)
    first = versions.order_by("number").first()
    held = AnswerLink.objects.filter(answer=answer, undone_at=None).exclude(how="proposed")
    stories = tuple(held.filter(story__isnull=False).values_list("story", flat=True))
    cases = list(held.filter(case__isnull=False).values_list("case", flat=True))
    if first is None or first.published_at is None or not (stories or cases):
        return None
    out = to_ms(first.published_at)
    end = max(to_ms(now), out + 1)
    span = end - out
    items = _items([one for one in stories if one is not None], out - span, end)
    texts, answered = [text for text, _ in items], " ".join(one.title for one in versions)
    said = list(zip(read(texts, answer.claim, answered, links), (at for _, at in items), strict=True))
    asked = [to_ms(at) for at in CaseMessage.objects.filter(case__in=cases).values_list("at", flat=True)]
    oldest = min([at for _, at in said] + asked + [out])
    return Arrival(
        first.published_at,
        _stretch([one for one, at in said if at < out], min(span, out - oldest), asked, out - span, out),
        _stretch([one for one, at in said if at >= out], span, asked, out, end + 1),
        tuple(one for one in stories if one is not None),
    )


def _stretch(said: list[Said], span: int, asked: list[int], since: int, until: int) -> Stretch:
    questions = sum(since <= at < until for at in asked)
    return Stretch(span / HOUR, len(said), share(said, "repeats"), share(said, "carries"), questions)


def _items(stories: list[int], since: int, until: int) -> list[tuple[str, int]]:
    """(title and text, published in ms) of the newest items of these stories."""
    if not stories:
        return []
    found = rows(
        "SELECT i.title, i.text, i.link, i.published FROM threads t JOIN items i ON i.thread_id = t.id "  # noqa: S608 (marks only)
        f"WHERE t.story_id IN ({marks(stories)}) AND i.published >= %s AND i.published <= %s "
        "ORDER BY i.published DESC LIMIT %s",
        [*stories, since, until, MOST],
    )
    return [(f"{title}\n{text}\n{link}", at) for title, text, link, at in found]
