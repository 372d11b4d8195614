"""One decision for messages to us that say nearly the same: dismissed, handed on, attached to an incident.

A group is a thread of the engine. A decision reaches the messages of the units its maker may decide for, in
one transaction; what comes later into the same thread is treated alike by the clock, until it is taken back.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Permission
from answerable.respond.case_rules import OPEN
from answerable.store import cases, ledger, timeline
from answerable.store.access import may, reach_filter, require
from answerable.store.incidents import incident_for
from answerable.store.models import (
    Case,
    InboxDecision,
    Incident,
    IncidentStory,
    ItemRow,
    Person,
    Submission,
    ThreadRow,
    Unit,
)

KINDS = ("form", "mailbox")  # of the sources whose items are messages to us
WHATS = ("dismissed", "handed", "attached")
WHYS = ("nothing_to_do", "not_ours")
JOINS_FOR = timedelta(days=30)  # so long after a decision alike messages are treated alike
UNREAD_FOR = timedelta(days=2)  # an engine that was away so long is not the rule
AT_ONCE = 200  # that join in one transaction


def decide(
    actor: Person,
    thread: int,
    *,
    what: str,
    why: str = "",
    unit: Unit | None = None,
    incident: int | None = None,
    reason: str = "inbox",
    now: datetime,
) -> InboxDecision:
    """Decide about a group. BadInput for an unknown decision, Conflict when somebody decided before."""
    if what not in WHATS or (what == "dismissed" and why not in WHYS) or (what == "handed" and unit is None):
        raise BadInput("What becomes of these messages? Choose one, and say to whom or why.")
    with transaction.atomic():
        ledger.serialise()
        require(actor, Permission.SUBMISSION_CHANGE)
        row = ThreadRow.objects.filter(pk=thread, exercise=False).first()
        rows = list(messages(thread).filter(_reach(actor)))
        mails = _mails(actor, thread)
        if row is None or not (rows or mails):
            raise NotAllowed("There is no such group of messages in your units.")
        if InboxDecision.objects.filter(thread=thread, undone_at=None).exists():
            raise Conflict("Somebody decided about this group already: look at its page again.")
        about = incident_for(actor, incident or 0, Permission.INCIDENT_CHANGE) if what == "attached" else None
        if about is not None and about.exercise:
            raise BadInput("What people really told us belongs to no exercise: choose another incident.")
        made = InboxDecision.objects.create(
            thread=row,
            what=what,
            why=why if what == "dismissed" else "",
            unit=unit if what == "handed" else None,
            incident=about,
            messages=len(rows) + mails,
            decided_by=actor,
            decided_at=now,
        )
        if about is not None:
            _attach(about, row, made, actor, now)
        _apply(made, rows, now)
        content = json.dumps([what, why, unit.pk if unit else None, incident, [one.pk for one in rows]])
        ledger.append(actor, f"inbox.{what}", "thread", thread, content, reason, now)
    return made


def undo(actor: Person, thread: int, *, reason: str = "undo", now: datetime) -> None:
    """Take a decision back: later messages wait again. What was done about the earlier ones stays done."""
    with transaction.atomic():
        ledger.serialise()
        require(actor, Permission.SUBMISSION_CHANGE)
        if not (messages(thread).filter(_reach(actor)).exists() or _mails(actor, thread)):
            raise NotAllowed("There is no such group of messages in your units.")
        if not InboxDecision.objects.filter(thread=thread, undone_at=None).update(undone_at=now):
            raise Conflict("There is no decision to take back: look at the page again.")
        ledger.append(actor, "inbox.undo", "thread", thread, "", reason, now)


def join_later(now: datetime) -> int:
    """Treat messages alike that came into a decided group; returns how many. For the clock."""
    joined = 0
    for made in InboxDecision.objects.filter(pk__in=_grown(now)).select_related("decided_by", "unit"):
        late = messages(made.thread_id).filter(_reach(made.decided_by), decided=None)
        with transaction.atomic():
            ledger.serialise()
            rows = list(late[:AT_ONCE])
            standing = InboxDecision.objects.filter(pk=made.pk, undone_at=None)
            if rows and standing.update(joined=F("joined") + len(rows)):
                _apply(made, rows, now)
                content = json.dumps([one.pk for one in rows])
                ledger.append(None, "inbox.join", "thread", made.thread_id, content, "alike", now)
                joined += len(rows)
    return joined


def _grown(now: datetime) -> list[int]:
    """Decisions into whose threads a message of the last days came that none has treated."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT d.id FROM submissions b JOIN items i ON i.source_id = b.source_id "
            "AND i.key = b.item_key JOIN inbox_decisions d ON d.thread_id = i.thread_id "
            "WHERE b.received_at > %s AND b.decided_id IS NULL AND d.undone_at IS NULL AND d.decided_at > %s",
            [_moment(now - UNREAD_FOR), _moment(now - JOINS_FOR)],
        )
        return [row[0] for row in cursor.fetchall()]


def _moment(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)


def messages(thread: int) -> QuerySet[Submission]:
    """The messages of a group that came by forms, calls and programs, oldest first."""
    items = ItemRow.objects.filter(
        thread=thread, source=OuterRef("source"), key=OuterRef("item_key"), source__kind__in=KINDS
    )
    return Submission.objects.filter(Exists(items)).select_related("unit").order_by("received_at", "pk")


def _reach(person: Person) -> Q:
    return reach_filter(person, Permission.SUBMISSION_CHANGE, "unit__path")


def _mails(person: Person, thread: int) -> int:
    """How many of the group came by mail and made no case, into mailboxes of the person's units."""
    told = Submission.objects.filter(source=OuterRef("source"), item_key=OuterRef("key"))
    mails = ItemRow.objects.filter(~Exists(told), thread=thread, source__kind="mailbox")
    return mails.filter(
        Q(source__unit=None) | reach_filter(person, Permission.SUBMISSION_CHANGE, "source__unit__path")
    ).count()


def _apply(made: InboxDecision, rows: Sequence[Submission], now: datetime) -> None:
    """What a decision does to each message: it is read; it and its case go where the decision says."""
    numbers = [row.pk for row in rows]
    actor = made.decided_by
    fresh = Submission.objects.filter(pk__in=numbers)
    fresh.filter(read_at=None).update(read_at=now, read_by=actor)
    fresh.update(decided=made, updated_at=now)
    if made.what == "handed":
        fresh.update(unit=made.unit)
    if made.what != "handed" and made.why != "not_ours":
        return
    theirs = Case.objects.filter(messages__submission__in=numbers, stage__in=OPEN).distinct()
    for case in theirs.select_related("unit").order_by("pk"):
        if not may(actor, Permission.CASE_WORK, case.unit):
            continue  # whoever works on cases there decides about it
        if made.what == "handed" and made.unit is not None and case.unit_id != made.unit_id:
            cases.send_on(
                actor, case.pk, unit=made.unit, why="handed_on", version=case.version, reason="alike", now=now
            )
        elif made.why == "not_ours":
            cases.leave_out(actor, case.pk, why="not_ours", version=case.version, reason="alike", now=now)


def _attach(incident: Incident, thread: ThreadRow, made: InboxDecision, actor: Person, now: datetime) -> None:
    """The group's story belongs to the incident; its timeline says how many messages came with it."""
    story = thread.story.merged_into_id or thread.story_id
    IncidentStory.objects.get_or_create(incident=incident, story_id=story)
    timeline.add(incident.pk, actor.pk, "attached", now, messages=made.messages, thread=thread.pk)
