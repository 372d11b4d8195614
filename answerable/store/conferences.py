"""Press conferences: planned, called off, held; what they will ask, what they did, which answers are owed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from answerable.collect.private.mask import masked
from answerable.errors import BadInput, Conflict
from answerable.permissions import Permission
from answerable.publish.wording import plain
from answerable.store import ledger, timeline
from answerable.store.incidents import incident_for
from answerable.store.models import Conference, ConferenceQuestion, Incident, Person, Voice

MOST = 200  # questions of an incident
LONGEST, LONGEST_ANSWER = 500, 5000
OWED_FOR = timedelta(hours=24)  # what is not said by then is overdue


def plan(
    actor: Person,
    incident_id: int,
    *,
    at: datetime,
    place: str,
    voice: Voice | None = None,
    reason: str = "",
    now: datetime,
) -> Conference:
    """A conference that lies ahead. Conflict while another one is planned; BadInput for a past time."""
    place = " ".join(plain(place).split())[:200]
    if at <= now:
        raise BadInput("The conference has a time that lies ahead: correct it, or record one that was held.")
    if not place:
        raise BadInput("Where is it, or by which link? Write the place.")
    if voice is not None and voice.retired_at is not None:
        raise BadInput("This voice is retired: choose one that speaks today.")
    with transaction.atomic():
        ledger.serialise()
        incident = incident_for(actor, incident_id, Permission.INCIDENT_CHANGE)
        try:
            with transaction.atomic():
                made = Conference.objects.create(
                    incident=incident, at=at, place=place, voice=voice, planned_by=actor, planned_at=now
                )
        except IntegrityError as error:
            raise Conflict("A conference is planned already: call it off first.") from error
        told = {"at": at.astimezone(UTC).isoformat(), "place": place, "voice": voice.name if voice else ""}
        timeline.add(incident.pk, actor.pk, "conference_planned", now, **told)
        ledger.append(actor, "conference.plan", "incident", incident.pk, json.dumps(told), reason, now)
    return made


def call_off(actor: Person, incident_id: int, *, reason: str = "", now: datetime) -> Incident:
    """The planned conference does not take place. Conflict when none is planned."""
    with transaction.atomic():
        ledger.serialise()
        incident = incident_for(actor, incident_id, Permission.INCIDENT_CHANGE)
        if not planned(incident).update(off_at=now):
            raise Conflict("No conference is planned: look at the page again.")
        timeline.add(incident.pk, actor.pk, "conference_off", now)
        ledger.append(actor, "conference.call_off", "incident", incident.pk, "", reason, now)
    return incident


def planned(incident: Incident) -> QuerySet[Conference]:
    """The conference that lies ahead, if there is one."""
    return Conference.objects.filter(incident=incident, held_at=None, off_at=None)


def expect(
    actor: Person, incident_id: int, *, text: str, prepared: str = "", reason: str = "", now: datetime
) -> ConferenceQuestion:
    """A question somebody will ask, with what we mean to answer."""
    text, prepared = _question(text), plain(prepared)[:LONGEST_ANSWER]
    with transaction.atomic():
        ledger.serialise()
        incident = incident_for(actor, incident_id, Permission.STATEMENT_WRITE)
        _room_for_one(incident)
        made = ConferenceQuestion.objects.create(
            incident=incident, text=text, prepared=prepared, made_by=actor, made_at=now
        )
        content = json.dumps([text, prepared])
        ledger.append(
            actor, "conference_question.expect", "conference_question", made.pk, content, reason, now
        )
    return made


def prepare(
    actor: Person, number: int, *, prepared: str, reason: str = "", now: datetime
) -> ConferenceQuestion:
    """What we mean to answer, as it stands now. Conflict once the question was asked."""
    with transaction.atomic():
        ledger.serialise()
        row = _mine(actor, number)
        prepared = plain(prepared)[:LONGEST_ANSWER]
        if not ConferenceQuestion.objects.filter(pk=row.pk, asked_at=None).update(prepared=prepared):
            raise Conflict("This question was asked meanwhile: look at the page again.")
        ledger.append(
            actor, "conference_question.prepare", "conference_question", row.pk, prepared, reason, now
        )
    return row


def asked(
    actor: Person,
    incident_id: int,
    *,
    text: str = "",
    number: int | None = None,
    outlet: str = "",
    answer: str = "",
    due_at: datetime | None = None,
    reason: str = "",
    now: datetime,
) -> ConferenceQuestion:
    """A question was asked: one that was expected (`number`), or a new one. Without an answer it is owed.

    The answer is owed by `due_at`, otherwise within a day. BadInput for a time that has passed.
    """
    outlet, answer = " ".join(masked(plain(outlet)).split())[:120], plain(answer)[:LONGEST_ANSWER]
    if not answer and due_at is not None and due_at <= now:
        raise BadInput("The answer is promised for a time that has passed: give one that lies ahead.")
    with transaction.atomic():
        ledger.serialise()
        incident = incident_for(actor, incident_id, Permission.STATEMENT_WRITE)
        said = {"outlet": outlet, "asked_at": now, "due_at": None if answer else due_at or now + OWED_FOR}
        if answer:
            said |= {"answer": answer, "answered_by": actor, "answered_at": now}
        if number is None:
            _room_for_one(incident)
            row = ConferenceQuestion.objects.create(
                incident=incident, text=_question(text), made_by=actor, made_at=now, **said
            )
        else:
            found = ConferenceQuestion.objects.filter(pk=number, incident=incident, asked_at=None)
            if not found.update(**said):
                raise Conflict("This question was asked meanwhile: look at the page again.")
            row = ConferenceQuestion.objects.get(pk=number)
        kind = "conference_answered" if answer else "conference_asked"
        timeline.add(incident.pk, actor.pk, kind, now, text=row.text, outlet=outlet)
        content = json.dumps([row.text, outlet, answer])
        ledger.append(actor, "conference_question.ask", "conference_question", row.pk, content, reason, now)
    return row


def give(actor: Person, number: int, *, answer: str, reason: str = "", now: datetime) -> ConferenceQuestion:
    """The answer that was owed. Conflict when nobody asked, or it was given."""
    answer = plain(answer)[:LONGEST_ANSWER]
    if not answer:
        raise BadInput("The answer is empty: write what you told them.")
    with transaction.atomic():
        ledger.serialise()
        row = _mine(actor, number)
        owed = ConferenceQuestion.objects.filter(pk=row.pk, asked_at__isnull=False, answered_at=None)
        if not owed.update(answer=answer, answered_by=actor, answered_at=now):
            raise Conflict("Nobody waits for this answer any more: look at the page again.")
        told = {"text": row.text, "outlet": row.outlet}
        timeline.add(row.incident_id, actor.pk, "conference_answered", now, **told)
        ledger.append(actor, "conference_question.answer", "conference_question", row.pk, answer, reason, now)
    return row


def questions(
    incident: Incident,
) -> tuple[list[ConferenceQuestion], list[ConferenceQuestion], list[ConferenceQuestion]]:
    """What is expected, what is owed (the first due on top), and what was answered (the newest on top)."""
    rows = list(
        ConferenceQuestion.objects.filter(incident=incident)
        .select_related("made_by", "answered_by")
        .order_by("pk")
    )
    owed = [row for row in rows if row.asked_at and not row.answered_at]
    done = [row for row in rows if row.answered_at]
    return (
        [row for row in rows if row.asked_at is None],
        sorted(owed, key=lambda row: (row.due_at or row.made_at, row.pk)),
        sorted(done, key=lambda row: (row.answered_at or row.made_at, row.pk), reverse=True),
    )


def _question(text: str) -> str:
    text = " ".join(masked(plain(text)).split())[:LONGEST]
    if not text:
        raise BadInput("Which question? Write it as they would ask it.")
    return text


def _room_for_one(incident: Incident) -> None:
    if ConferenceQuestion.objects.filter(incident=incident).count() >= MOST:
        raise BadInput("An incident has at most 200 questions: put those that ask the same together.")


def _mine(actor: Person, number: int) -> ConferenceQuestion:
    row = ConferenceQuestion.objects.filter(pk=number).first()
    if row is None:
        raise Conflict("This question is gone: look at the page again.")
    incident_for(actor, row.incident_id, Permission.STATEMENT_WRITE)
    return row
