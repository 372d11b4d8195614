"""Stories split and merged by hand: what people ask for, and what the engine has to respect from then on.

A wish is a row and a ledger entry; only the engine, the one writer of stories, carries it out.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Max, Min, Q

from answerable.errors import BadInput, Conflict
from answerable.permissions import Permission
from answerable.store import ledger
from answerable.store.access import require
from answerable.store.models import ItemRow, Person, Story, StoryEdit, StoryHour, StoryLink, ThreadRow
from answerable.understand.links import CANNOT, MUST, Link
from answerable.understand.parting import Parting

SPLIT, MERGE = "split", "merge"
MOST_LINKS = 400  # threads of one side that are linked to the other's biggest
SAMPLE = 8  # messages of each side whose meaning is read anew
HOUR_MS = 3_600_000


def split(
    actor: Person, story_id: int, threads: Collection[int], *, exercise: bool, reason: str = "", now: datetime
) -> StoryEdit:
    """Ask that these threads leave the story for a new one. BadInput, Conflict, NotAllowed."""
    with transaction.atomic():
        require(actor, Permission.STORY_CHANGE)
        story = _standing(story_id, exercise)
        there = set(ThreadRow.objects.filter(story=story, items__gt=0).values_list("id", flat=True))
        leaving = sorted(there & set(threads))
        if not leaving or len(leaving) == len(there):
            raise BadInput("Choose some of the threads, not all: those that are about something else.")
        edit = _asked(actor, SPLIT, story, now, threads=leaving)
        ledger.append(actor, "story.split", "story", story.pk, json.dumps(leaving), reason, now)
    return edit


def merge(
    actor: Person, story_id: int, other_id: int, *, exercise: bool, reason: str = "", now: datetime
) -> StoryEdit:
    """Ask that two stories become one, from now on and always. BadInput, Conflict, NotAllowed."""
    with transaction.atomic():
        require(actor, Permission.STORY_CHANGE)
        story, other = _standing(story_id, exercise), _standing(other_id, exercise)
        if story.pk == other.pk:
            raise BadInput("These are one story already: choose another one.")
        edit = _asked(actor, MERGE, story, now, other=other)
        ledger.append(actor, "story.merge", "story", story.pk, json.dumps([other.pk]), reason, now)
    return edit


def threads_of_merge(merge_id: int, story_id: int) -> list[int]:
    """The threads that came into a story with one merge and still stand there: an undo takes them out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT loser_id FROM story_merges WHERE id = %s", [merge_id])
        row = cursor.fetchone()
        if row is None:
            return []
        # What the other story had taken in before came along with it.
        cursor.execute(
            "WITH RECURSIVE came(story) AS (SELECT CAST(%s AS BIGINT) UNION "
            "SELECT m.loser_id FROM story_merges m JOIN came c ON m.winner_id = c.story WHERE m.id < %s) "
            "SELECT t.id FROM threads t JOIN came c ON c.story = t.born WHERE t.story_id = %s "
            "AND t.items > 0 ORDER BY t.id",
            [row[0], merge_id, story_id],
        )
        return [thread for (thread,) in cursor.fetchall()]


def _standing(story_id: int, exercise: bool) -> Story:
    story = Story.objects.filter(pk=story_id, exercise=exercise, items__gt=0).first()
    if story is not None and story.merged_into_id is not None:
        story = Story.objects.filter(pk=story.merged_into_id).first()
    if story is None or story.merged_into_id is not None:
        raise BadInput("There is no such story any more: look for it in the list of stories.")
    return story


def _asked(actor: Person, kind: str, story: Story, now: datetime, **fields: Any) -> StoryEdit:
    ledger.serialise()
    about = Q(story=story) | Q(other=story)
    if StoryEdit.objects.filter(about, done_at=None).exists():
        raise Conflict("This story is being changed already: wait a few seconds and look again.")
    return StoryEdit.objects.create(
        kind=kind, exercise=story.exercise, story=story, asked_by=actor, asked_at=now, **fields
    )


# --- for the engine


def waiting(exercise: bool) -> list[StoryEdit]:
    """What was asked and is not done, in order, about the stories that stand now."""
    found = list(StoryEdit.objects.filter(exercise=exercise, done_at=None).order_by("id"))
    stories = [one for edit in found for one in (edit.story_id, edit.other_id) if one]
    moved = dict(
        Story.objects.filter(pk__in=stories, merged_into__isnull=False).values_list("id", "merged_into")
    )
    for edit in found:
        edit.story_id = moved.get(edit.story_id) or edit.story_id
        if edit.other_id:
            edit.other_id = moved.get(edit.other_id) or edit.other_id
    return found


def links(exercise: bool) -> list[Link]:
    """Everything that people said, with the stories where the threads stand now."""
    found = StoryLink.objects.filter(thread_a__exercise=exercise).order_by("id")
    rows = found.values_list("kind", "thread_a", "thread_a__story", "thread_b", "thread_b__story")
    return [Link(*row) for row in rows]


def needed(edit: StoryEdit) -> list[int]:
    """Threads that the engine must hold to carry it out: those that leave, and the biggest that speak."""
    stories = [edit.story_id] + ([edit.other_id] if edit.other_id else [])
    return sorted({*edit.threads, *(one for story in stories for one in _biggest(story, edit.threads))})


def parting(edit: StoryEdit) -> Parting:
    """What rows know of the threads that leave."""
    leave = ItemRow.objects.filter(thread__in=edit.threads)
    stay = ThreadRow.objects.filter(story=edit.story_id, items__gt=0).exclude(pk__in=edit.threads)
    span = stay.aggregate(first=Min("first_seen"), last=Max("last_seen"))
    hours: dict[int, int] = {}
    for published in leave.values_list("published", flat=True):
        hours[published // HOUR_MS] = hours.get(published // HOUR_MS, 0) + 1
    heading = Story.objects.filter(pk=edit.story_id).values_list("heading_item", flat=True).first()
    return Parting(
        languages=dict(leave.values_list("language").annotate(n=Count("id")).order_by()),
        classes=dict(leave.values_list("source__source_class").annotate(n=Count("id")).order_by()),
        hours=hours,
        first_heard=leave.aggregate(first=Min("heard"))["first"] or 0,
        story_hours=dict(StoryHour.objects.filter(story=edit.story_id).values_list("hour", "items")),
        leave_texts=_texts(edit.threads),
        stay_texts=_texts(_biggest(edit.story_id, edit.threads)),
        heading_leaves=heading is None or leave.filter(pk=heading).exists(),
        stay=(span["first"], span["last"]) if span["first"] is not None else None,
    )


def carried_out(edit: StoryEdit, now: datetime, *, made: int | None = None, trouble: str = "") -> None:
    """Write down what became of it, and what has to be respected from here on; after its rows changed."""
    with transaction.atomic():
        if not trouble:
            _link(edit, made)
        StoryEdit.objects.filter(pk=edit.pk).update(done_at=now, made=made, trouble=trouble)


def _link(edit: StoryEdit, made: int | None) -> None:
    if made is None:
        return  # a merge was said before, see `before_merge`
    ThreadRow.objects.filter(pk__in=edit.threads).update(born=made)
    _between(MUST, Q(story=edit.story_id), Q(story=made)).delete()
    _say(CANNOT, _biggest(made, ()), _threads(edit.story_id), edit.asked_at)
    _say(CANNOT, _threads(made)[1:], _biggest(edit.story_id, ()), edit.asked_at)


def before_merge(edit: StoryEdit) -> None:
    """A merge takes back what kept the two apart; said before their threads stand in one story."""
    _between(CANNOT, Q(story=edit.story_id), Q(story=edit.other_id)).delete()
    one, other = _biggest(edit.story_id, ()), _biggest(edit.other_id or 0, ())
    _say(MUST, one[:1], other[:1], edit.asked_at)


def _between(kind: str, one: Q, other: Q) -> Any:
    ours, theirs = ThreadRow.objects.filter(one), ThreadRow.objects.filter(other)
    there = Q(thread_a__in=ours, thread_b__in=theirs) | Q(thread_a__in=theirs, thread_b__in=ours)
    return StoryLink.objects.filter(there, kind=kind)


def _say(kind: str, ones: Sequence[int], others: Sequence[int], at: datetime) -> None:
    rows = [StoryLink(kind=kind, thread_a_id=a, thread_b_id=b, at=at) for a in ones for b in others]
    StoryLink.objects.bulk_create(rows)


def _threads(story: int) -> list[int]:
    found = ThreadRow.objects.filter(story=story, items__gt=0).order_by("-items", "id")
    return list(found.values_list("id", flat=True)[:MOST_LINKS])


def _biggest(story: int, but: Collection[int], count: int = 1) -> list[int]:
    found = ThreadRow.objects.filter(story=story, items__gt=0).exclude(pk__in=list(but))
    return list(found.order_by("-items", "id").values_list("id", flat=True)[:count])


def _texts(threads: Sequence[int]) -> list[tuple[str, str]]:
    found = ItemRow.objects.filter(thread__in=list(threads), duplicate_of=None).order_by("id")
    return list(found.values_list("title", "text")[:SAMPLE])
