"""Statements: written, read by a second person, published as the exact text that person approved, corrected.

There is no way out without a registered voice, and nothing is withdrawn: a correction is a new version.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Unpack

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Permission
from answerable.publish.channels import BUILT_IN, Channel, channels_for
from answerable.records import Json, Outgoing
from answerable.store import clocks, ledger, outbox, signatures, timeline
from answerable.store.access import may, require, visible_statements
from answerable.store.drafts import (
    Draft,
    Words,
    checked,
    keep_beside,
    read_draft,
    text_hash,
)
from answerable.store.incidents import incident_for
from answerable.store.models import Departure, Person, Publication, Statement, StatementVersion, Voice

KINDS = ("holding", "announcement", "clarification", "policy", "warning", "correction")


def write(
    actor: Person,
    *,
    incident_id: int | None = None,
    kind: str,
    voice_id: int,
    language: str,
    exercise: bool = False,
    reason: str = "",
    now: datetime,
    **words: Unpack[Words],
) -> StatementVersion:
    """A new statement's first draft, in the name of a registered voice; its unit is who speaks.

    An exercise if its incident is; without one, as `exercise` says. BadInput: see `drafts.checked`.
    """
    if kind not in KINDS:
        raise BadInput("There is no such kind of statement: choose one from the list.")
    if not (language := language.strip()):
        raise BadInput("Which language is the statement in? Choose one.")
    with transaction.atomic():
        voice = speaking_voice(voice_id)
        incident = incident_for(actor, incident_id, Permission.DESK_READ) if incident_id is not None else None
        if not (incident and may(actor, Permission.STATEMENT_WRITE, incident.unit)):
            require(actor, Permission.STATEMENT_WRITE, voice.unit)
        statement = Statement.objects.create(
            incident=incident,
            kind=kind,
            unit=voice.unit,
            voice=voice,
            language=language,
            exercise=incident.exercise if incident else exercise,
            created_at=now,
        )
        draft = replace(Draft(**words), change_note="", change="")
        version = _store(actor, statement, 1, draft, now)
        _tell(version, actor, "statement_written", now, kind=kind)
        _sign(actor, "statement.write", version, reason, now)
    return version


def revise(
    actor: Person, statement_id: int, *, reason: str = "", now: datetime, **words: Unpack[Words]
) -> StatementVersion:
    """The draft of an update, a correction or a cancellation: a new version beside the published one.

    The old one stays readable for ever; `change_note` says in public what changes, `change` in which way.
    Conflict while another version is not published yet, or after a cancellation.
    """
    draft = Draft(**words)
    draft = replace(draft, change=draft.change or "correct")
    with transaction.atomic():
        statement = statement_for(actor, statement_id, Permission.STATEMENT_WRITE)
        latest = statement.versions.order_by("-number").first()
        if latest is None or latest.published_at is None:
            raise Conflict("A version of this statement is not published yet: work on that one.")
        if statement.withdrawn_at is not None:
            raise Conflict("This statement was cancelled: write a new one.")
        if not draft.change_note.strip():
            raise BadInput("What does this version correct? Write it: readers of the old one see it.")
        try:
            with transaction.atomic():
                version = _store(actor, statement, latest.number + 1, draft, now)
        except IntegrityError as error:
            raise Conflict("Somebody else began a correction first: look at the statement again.") from error
        _tell(version, actor, "statement_written", now, kind=statement.kind)
        _sign(actor, "statement.revise", version, reason, now)
    return version


def edit(
    actor: Person,
    version_id: int,
    *,
    text_hash: str,
    reason: str = "",
    now: datetime,
    **words: Unpack[Words],
) -> StatementVersion:
    """Other words while it is a draft; the editor becomes its writer. `text_hash` names the text seen.

    Conflict when it was submitted, or edited by somebody else meanwhile.
    """
    draft = replace(Draft(**words), change="")
    with transaction.atomic():
        version = version_for(actor, version_id, Permission.STATEMENT_WRITE)
        if version.number > 1:
            note = draft.change_note.strip() or version.change_note
            draft = replace(draft, change_note=note, change=version.change)
        draft, fields = _fields(version.statement, draft)
        unsubmitted = StatementVersion.objects.filter(pk=version.pk, submitted_at=None, text_hash=text_hash)
        if not unsubmitted.update(**fields, written_by=actor, written_at=now):
            raise Conflict("This draft was submitted or changed meanwhile: nothing was saved. Look again.")
        keep_beside(version, draft)
        version.refresh_from_db()
        _sign(actor, "statement.edit", version, reason, now)
    return version


def submit(actor: Person, version_id: int, *, reason: str = "", now: datetime) -> StatementVersion:
    """Ask a second person to read it. From here the text stands still. Conflict when it was submitted."""
    with transaction.atomic():
        version = version_for(actor, version_id, Permission.STATEMENT_WRITE)
        if not StatementVersion.objects.filter(pk=version.pk, submitted_at=None).update(submitted_at=now):
            raise Conflict("This draft was submitted already.")
        version.submitted_at = now
        _tell(version, actor, "statement_submitted", now)
        _sign(actor, "statement.submit", version, reason, now)
    return version


def send_back(
    actor: Person, version_id: int, *, note: str = "", reason: str = "", now: datetime
) -> StatementVersion:
    """Back to being a draft, also after approval, unless it is published. `note` says what is missing."""
    with transaction.atomic():
        version = version_for(actor, version_id, Permission.STATEMENT_WRITE)
        waiting = StatementVersion.objects.filter(
            pk=version.pk, submitted_at__isnull=False, published_at=None
        )
        if not waiting.update(submitted_at=None, approved_by=None, approved_at=None, approved_hash=""):
            raise Conflict("This version is a draft or is published: there is nothing to send back.")
        Departure.objects.filter(version=version, gone_at=None, dropped_at=None).update(dropped_at=now)
        version.refresh_from_db()
        _tell(version, actor, "statement_sent_back", now, note=note)
        _sign(actor, "statement.send_back", version, reason, now)
    return version


def approve(
    actor: Person, version_id: int, text_hash: str, reason: str = "", *, now: datetime
) -> StatementVersion:
    """A second person stands for exactly this text. NotAllowed for its writer; Conflict for any other text.

    `text_hash` is the hash of what the page showed; it covers every word, the evidence and the voice.
    """
    with transaction.atomic():
        version = version_for(actor, version_id, Permission.STATEMENT_APPROVE)
        if version.written_by_id == actor.pk:
            raise NotAllowed("Whoever wrote a text does not approve it: ask a second person.")
        speaking_voice(version.statement.voice_id)
        if present_hash(version) != text_hash:
            raise Conflict("The text is not the one you read: read it again, then approve.")
        waiting = StatementVersion.objects.filter(
            pk=version.pk,
            submitted_at__isnull=False,
            approved_by=None,
            published_at=None,
            text_hash=text_hash,
        ).exclude(written_by=actor)
        if not waiting.update(approved_by=actor, approved_at=now, approved_hash=text_hash):
            raise Conflict("This text does not wait for approval any more: look at it again.")
        version.refresh_from_db()
        _tell(version, actor, "statement_approved", now)
        _sign(actor, "statement.approve", version, reason, now)
    return version


def publish(
    actor: Person,
    version_id: int,
    reason: str = "",
    *,
    now: datetime,
    channels: Sequence[Channel] = BUILT_IN,
) -> StatementVersion:
    """The approved text goes out, each channel answers with a receipt, and the clocks it keeps stop.

    Conflict unless the text as it stands now is the approved one, or when it is out already. NotAllowed when
    its voice was retired. A channel's ChannelTrouble leaves everything as it was.
    """
    with transaction.atomic():
        version = version_for(actor, version_id, Permission.STATEMENT_PUBLISH)
        approved = present_hash(version)
        ready = StatementVersion.objects.filter(
            pk=version.pk,
            published_at=None,
            approved_by__isnull=False,
            approved_hash=approved,
            text_hash=approved,
        )
        leave(actor, version, ready, reason, now, channels)
    return version


def leave(
    by: Person,
    version: StatementVersion,
    ready: QuerySet[StatementVersion],
    reason: str,
    now: datetime,
    channels: Sequence[Channel],
) -> None:
    """The one way out of the desk, inside the caller's transaction. `ready` holds the version if it may go.

    Conflict when `ready` does not, NotAllowed without a voice that stands.
    """
    statement = version.statement
    voice = speaking_voice(statement.voice_id)
    if not ready.update(published_at=now):
        raise Conflict("Only a text that is approved word for word and not yet out can be published.")
    older = Q(published=None) | Q(published__number__lt=version.number)
    gone = {"withdrawn_at": now} if version.change == "cancel" else {}
    Statement.objects.filter(older, pk=statement.pk).update(published=version, **gone)
    Departure.objects.filter(version=version, gone_at=None, dropped_at=None).update(gone_at=now)
    version.refresh_from_db()
    version.statement = statement
    signatures.sign(version, voice, now)
    _send(outgoing(version, voice), version, channels, now)
    outbox.queue(version, _languages(version), now)
    _tell(version, by, "statement_published", now, kind=statement.kind)
    if statement.incident is not None and version.change != "cancel":
        clocks.settle(statement.incident, now)
        clocks.promise_word(statement.incident, version.next_word_at, now)
    _sign(by, "statement.publish", version, reason, now)


def outgoing(version: StatementVersion, voice: Voice) -> Outgoing:
    """The text as channels get it."""
    statement = version.statement
    return spoken(
        voice,
        key=f"statement-{statement.pk}-{version.number}",
        title=version.title,
        text=version.text,
        language=statement.language,
        machine_help=version.machine_help,
        exercise=statement.exercise,
        extra={"statement": str(statement.pk), "version": str(version.number)},
    )


def spoken(
    voice: Voice,
    *,
    key: str,
    title: str,
    text: str,
    language: str,
    machine_help: str = "",
    exercise: bool = False,
    extra: Mapping[str, str],
) -> Outgoing:
    """Whatever leaves for a channel leaves from here, in a voice."""
    return Outgoing(
        key=key,
        title=title,
        text=text,
        language=language,
        voice=f"{voice.name}, {voice.role}",
        voice_id=voice.pk,
        unit=voice.unit.name,
        machine_help=machine_help,
        exercise=exercise,
        extra=extra,
    )


def speaking_voice(voice_id: int) -> Voice:
    """A voice that may speak today. NotAllowed when it is not registered or was retired."""
    voice = Voice.objects.select_related("unit").filter(pk=voice_id, retired_at=None).first()
    if voice is None:
        raise NotAllowed("Nothing goes out without a registered voice: choose one that is not retired.")
    return voice


def statement_for(person: Person | None, statement_id: int, permission: Permission) -> Statement:
    """This statement, for this person. NotAllowed when there is none that they may do this with.

    Reading and writing may come from the unit that speaks or from the incident's; approving and publishing
    only from the unit in whose name it goes out.
    """
    found = (
        Statement.objects.select_related("unit", "incident__unit", "voice__unit")
        .filter(pk=statement_id)
        .first()
    )
    seen = found is not None and visible_statements(person, found.exercise).filter(pk=found.pk).exists()
    if found is None or not seen:
        raise NotAllowed("There is no such statement in your units.")
    shared = permission in (Permission.DESK_READ, Permission.STATEMENT_WRITE)
    if not (shared and found.incident is not None and may(person, permission, found.incident.unit)):
        require(person, permission, found.unit)
    return found


def version_for(person: Person | None, version_id: int, permission: Permission) -> StatementVersion:
    """This version, for this person; as `statement_for`."""
    version = StatementVersion.objects.filter(pk=version_id).first()
    if version is None:
        raise NotAllowed("There is no such statement in your units.")
    version.statement = statement_for(person, version.statement_id, permission)
    return version


def _send(text: Outgoing, version: StatementVersion, channels: Sequence[Channel], now: datetime) -> None:
    for channel in channels_for(text.exercise, channels):
        receipt = channel.send(replace(text, key=f"{text.key}-{channel.name}"), now)
        Publication.objects.create(
            version=version,
            channel=receipt.channel,
            key=receipt.key,
            at=receipt.at,
            address=receipt.address,
            exercise=text.exercise,
        )


def _languages(version: StatementVersion) -> list[str]:
    """The statement's own language, and those that somebody worded in full."""
    full = version.wordings.filter(form="full").order_by("pk")
    return [version.statement.language, *full.values_list("language", flat=True)]


def _store(actor: Person, statement: Statement, number: int, draft: Draft, now: datetime) -> StatementVersion:
    draft, fields = _fields(statement, draft)
    version = StatementVersion.objects.create(
        statement=statement, number=number, written_by=actor, written_at=now, **fields
    )
    keep_beside(version, draft)
    return version


def _fields(statement: Statement, draft: Draft) -> tuple[Draft, dict[str, object]]:
    """The text cleaned and checked, and the columns of its version with the hash."""
    draft = checked(draft, statement.exercise)
    return draft, {**draft.columns(), "text_hash": text_hash(draft, statement)}


def present_hash(version: StatementVersion) -> str:
    """The hash of the text as rows hold it now, whoever changed them."""
    return text_hash(read_draft(version), version.statement)


def _tell(version: StatementVersion, actor: Person, entry: str, now: datetime, **params: str) -> None:
    statement = version.statement
    if statement.incident_id is not None:
        what: dict[str, Json] = {"version": version.number, "title": version.title, **params}
        timeline.add(statement.incident_id, actor.pk, entry, now, statement=statement.pk, **what)


def _sign(actor: Person, action: str, version: StatementVersion, reason: str, now: datetime) -> None:
    ledger.append(actor, action, "statement_version", version.pk, version.text_hash, reason, now)
