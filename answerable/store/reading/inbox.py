"""Messages to us in groups that say nearly the same: how many, since when, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import QuerySet

from answerable.permissions import Permission
from answerable.store.access import reach, reach_filter, visible_incidents, within_sql
from answerable.store.inbox import KINDS
from answerable.store.models import InboxDecision, Incident, Person, Submission
from answerable.store.reading.items import ItemSeen, items_by_id
from answerable.store.reading.rows import marks, rows
from answerable.store.stream import from_ms, to_ms

SINCE = timedelta(days=30)
AT_ONCE = 900


@dataclass(frozen=True, slots=True)
class Group:
    """Messages of one thread that this person may see."""

    thread: int
    messages: int
    unread: int  # by form, call or program, and nobody marked them; mails have no such mark
    mails: int
    first: datetime
    last: datetime
    head: int  # id of the first of them that is still stored
    decision: InboxDecision | None
    item: ItemSeen | None = None

    @property
    def waits(self) -> bool:
        """Nobody decided, and something is unread or came by mail."""
        return self.decision is None and bool(self.unread or self.mails)


@dataclass(frozen=True, slots=True)
class Word:
    """One message of a group."""

    item: ItemSeen
    submission: Submission | None  # None: it came by mail


def groups(person: Person, now: datetime, *, state: str = "open", words: str = "") -> list[Group]:
    """Groups of the last 30 days: "open" ones, the biggest first, or "decided" ones, the newest first.

    With `words` each has its item, without only what `with_items` is asked for.
    """
    every = _groups(person, to_ms(now - SINCE))
    if state == "decided":
        every = [one for one in every if one.decision is not None]
        every.sort(key=lambda one: (one.last, one.thread), reverse=True)
    else:
        every = [one for one in every if one.waits]
        every.sort(key=lambda one: (-one.messages, -to_ms(one.last), one.thread))
    if wanted := words.casefold().split():
        every = [one for one in with_items(every) if all(word in _said(one) for word in wanted)]
    return every


def one_group(person: Person, thread: int) -> Group | None:
    """One group of any age; None when the person may see nothing of it."""
    found = with_items(_groups(person, 0, thread))
    return found[0] if found else None


def with_items(found: Sequence[Group]) -> list[Group]:
    """The same with the words of their first messages, read in pages: a query takes so many ids."""
    seen: dict[int, ItemSeen] = {}
    for at in range(0, len(found), AT_ONCE):
        seen |= items_by_id([one.head for one in found[at : at + AT_ONCE]])
    return [replace(one, item=seen.get(one.head)) for one in found]


def words_of(person: Person, thread: int, start: int, end: int) -> list[Word]:
    """Messages `start` to `end` of a group, oldest first."""
    where, values = _within(person)
    found = rows(
        f"SELECT i.id, b.id {_FROM} WHERE i.thread_id = %s AND {where} ORDER BY i.heard, i.id "
        "LIMIT %s OFFSET %s",
        [thread, *values, end - start, start],
    )
    seen = items_by_id([row[0] for row in found])
    told = Submission.objects.select_related("unit").in_bulk([row[1] for row in found if row[1] is not None])
    return [Word(seen[item], told.get(number)) for item, number in found if item in seen]


def incidents_for(person: Person) -> QuerySet[Incident]:
    """Open incidents a group can be attached to, the newest first."""
    may_change = reach_filter(person, Permission.INCIDENT_CHANGE, "unit__path")
    found = visible_incidents(person).filter(may_change).exclude(state="resolved")
    return found.order_by("-opened_at", "-pk")[:50]


_FROM = (
    "FROM items i JOIN sources s ON s.id = i.source_id "
    "LEFT JOIN submissions b ON b.item_key = i.key AND b.source_id = i.source_id "
    "LEFT JOIN units u ON u.id = COALESCE(b.unit_id, s.unit_id)"
)


def _within(person: Person) -> tuple[str, list[object]]:
    """Real messages to us that the person may read: of their units, or of mailboxes of the whole body."""
    paths = reach(person, Permission.DESK_READ)
    where, values = within_sql(paths, "u.path")
    whole = "u.id IS NULL OR " if paths else ""
    return f"s.kind IN ({marks(KINDS)}) AND s.exercise = %s AND ({whole}{where})", [*KINDS, False, *values]


def _groups(person: Person, since: int, thread: int | None = None) -> list[Group]:
    where, values = _within(person)
    which = "i.thread_id IS NOT NULL" if thread is None else "i.thread_id = %s"
    found = rows(
        "SELECT i.thread_id, COUNT(*), SUM(CASE WHEN b.id IS NOT NULL AND b.read_at IS NULL "
        "AND b.emptied_at IS NULL THEN 1 ELSE 0 END), SUM(CASE WHEN b.id IS NULL THEN 1 ELSE 0 END), "
        f"MIN(i.heard), MAX(i.heard), MIN(i.id) {_FROM} WHERE {where} AND i.heard > %s AND {which} "
        "GROUP BY i.thread_id",
        [*values, since, *([] if thread is None else [thread])],
    )
    standing = InboxDecision.objects.filter(undone_at=None).select_related("decided_by", "unit", "incident")
    if thread is not None:
        standing = standing.filter(thread=thread)
    decided = {made.thread_id: made for made in standing}
    return [
        Group(number, count, unread, mails, from_ms(first), from_ms(last), head, decided.get(number))
        for number, count, unread, mails, first, last, head in found
    ]


def _said(group: Group) -> str:
    return f"{group.item.title} {group.item.text}".casefold() if group.item else ""
