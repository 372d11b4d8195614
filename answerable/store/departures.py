"""Texts that leave by themselves: approved ones at a planned time, and one person's under the emergency rule.

Under the rule whoever may approve is called; without a second person within five minutes the text goes out,
marked in public, and owes a second approval. The one person is its writer; everybody else can just approve.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from answerable.errors import AnswerableError, BadInput, ChannelTrouble, Conflict, NotAllowed
from answerable.permissions import Permission
from answerable.publish.channels import BUILT_IN
from answerable.publish.wording import plain
from answerable.store import calls, ledger, statements
from answerable.store.models import Call, Departure, OwedApproval, Person, StatementVersion

GROUNDS = ("life", "health", "supply")  # for which one person may speak alone
FALLBACK = timedelta(minutes=5)
OWED_WITHIN = timedelta(minutes=60)
AGAIN = timedelta(seconds=30)  # after a channel did not take it
LATEST = timedelta(days=366)
OUTCOMES = ("approved", "objected")
_AT_ONCE = 50  # departures looked at in one tick


def plan(
    actor: Person, version_id: int, text_hash: str, *, at: datetime, reason: str = "", now: datetime
) -> Departure:
    """The approved text leaves at this time. BadInput for a time that is past or over a year away."""
    if not now < at <= now + LATEST:
        raise BadInput("Choose a time that is still to come, within a year.")
    with transaction.atomic():
        version = statements.version_for(actor, version_id, Permission.STATEMENT_PUBLISH)
        statements.speaking_voice(version.statement.voice_id)
        if version.approved_hash != text_hash or statements.present_hash(version) != text_hash:
            raise Conflict("Only the text that was approved word for word can be planned.")
        made = _open(version, "planned", actor, at, text_hash, "", now)
        content = json.dumps([text_hash, at.isoformat()])
        ledger.append(actor, "statement.plan", "statement_version", version.pk, content, reason, now)
    return made


def call_off(actor: Person, version_id: int, *, reason: str = "", now: datetime) -> None:
    """What was to leave by itself stays. Who may publish or approve may stop it, and who asked for it."""
    with transaction.atomic():
        version = statements.version_for(actor, version_id, Permission.DESK_READ)
        waiting = Departure.objects.filter(version=version, gone_at=None, dropped_at=None)
        if not waiting.exists():
            raise _nothing_waits()
        asked = waiting.filter(by=actor).exists()
        permission = Permission.DESK_READ if asked else Permission.STATEMENT_PUBLISH
        statements.version_for(actor, version_id, permission)
        if not waiting.update(dropped_at=now):
            raise _nothing_waits()
        ledger.append(actor, "statement.call_off", "statement_version", version.pk, "", reason, now)


def _nothing_waits() -> Conflict:
    return Conflict("Nothing of this text was about to leave: look at it again.")


def invoke(
    actor: Person, version_id: int, text_hash: str, *, ground: str, reason: str = "", now: datetime
) -> Departure:
    """The emergency rule: in five minutes the writer's text goes out, unless a second person answers first.

    NotAllowed for somebody who may not publish, or did not write it; Conflict for any other text than the
    one that was shown, or while it waits to leave already.
    """
    if ground not in GROUNDS:
        raise BadInput("Choose the danger for which this cannot wait for a second person.")
    with transaction.atomic():
        version = statements.version_for(actor, version_id, Permission.STATEMENT_PUBLISH)
        statements.speaking_voice(version.statement.voice_id)
        if version.written_by_id != actor.pk:
            raise NotAllowed("You did not write this text, so you are the second person: approve it.")
        if version.published_at is not None or version.approved_at is not None:
            raise Conflict("This text is approved or out: the emergency rule is not needed.")
        if statements.present_hash(version) != text_hash or version.text_hash != text_hash:
            raise Conflict("The text is not the one you read: read it again.")
        if version.submitted_at is None:
            statements.submit(actor, version_id, reason=reason, now=now)
        made = _open(version, "emergency", actor, now + FALLBACK, text_hash, ground, now)
        calls.begin_for_departure(made, now)
        content = json.dumps([text_hash, ground])
        ledger.append(actor, "statement.invoke", "statement_version", version.pk, content, reason, now)
    return made


def settle_owed(
    actor: Person,
    version_id: int,
    text_hash: str,
    *,
    outcome: str,
    note: str = "",
    reason: str = "",
    now: datetime,
) -> OwedApproval:
    """A second person stands for what went out on one person's word, or objects and says what is wrong.

    NotAllowed for the one person; BadInput for an objection without a word. An objection asks for a
    correction; the text stays, because it was said.
    """
    if outcome not in OUTCOMES:
        raise BadInput("Approve it afterwards, or object.")
    note = plain(note)[:2000]
    if outcome == "objected" and not note:
        raise BadInput("What is wrong with it? Write it: whoever corrects the statement reads it.")
    with transaction.atomic():
        ledger.serialise()
        version = statements.version_for(actor, version_id, Permission.STATEMENT_APPROVE)
        owed = OwedApproval.objects.filter(version=version).first()
        if owed is None:
            raise Conflict("No approval is owed for this text.")
        if actor.pk in (owed.alone_by_id, version.written_by_id):
            raise NotAllowed("Whoever wrote a text does not approve it: ask a second person.")
        if statements.present_hash(version) != text_hash or version.text_hash != text_hash:
            raise Conflict("The text is not the one you read: read it again, then approve.")
        won = OwedApproval.objects.filter(pk=owed.pk, settled_at=None).update(
            outcome=outcome, settled_by=actor, settled_at=now, note=note
        )
        if not won:
            raise Conflict("Somebody else settled it first: look at it again.")
        if outcome == "approved":
            StatementVersion.objects.filter(pk=version.pk).update(
                approved_by=actor, approved_at=now, approved_hash=text_hash
            )
        calls.end(_calls_of(owed), now)
        content = json.dumps([text_hash, outcome, note])
        ledger.append(actor, "statement.settle_owed", "statement_version", version.pk, content, reason, now)
    owed.refresh_from_db()
    return owed


def tick(now: datetime) -> int:
    """Let leave what is due, and mark approvals that are overdue; returns how many texts left."""
    open_ones = Departure.objects.filter(gone_at=None, dropped_at=None)
    due = open_ones.filter(Q(due_at__lte=now) | Q(kind="emergency", version__approved_at__isnull=False))
    left = sum(
        _let_go(number, now) for number in due.order_by("due_at").values_list("pk", flat=True)[:_AT_ONCE]
    )
    late = OwedApproval.objects.filter(settled_at=None, missed_at=None, due_at__lt=now)
    for number in list(late.values_list("pk", flat=True)[:_AT_ONCE]):
        with transaction.atomic():
            if late.filter(pk=number).update(missed_at=now):
                ledger.append(None, "statement.owed_missed", "statement_version", number, "", "deadline", now)
    return left


def _let_go(number: int, now: datetime) -> bool:
    """One departure: by two people's word if there is a second one by now, else under the rule."""
    row = Departure.objects.select_related("by", "version").get(pk=number)
    try:
        if row.version.approved_at is not None:
            statements.publish(row.by, row.version_id, row.kind, now=now)
        elif row.kind == "emergency":
            _alone(row, now)
        else:
            raise Conflict("The text is not approved any more.")
    except ChannelTrouble as trouble:
        Departure.objects.filter(pk=number, gone_at=None).update(
            due_at=now + AGAIN, trouble=str(trouble)[:200]
        )
        return False
    except AnswerableError as error:
        if row.kind == "emergency" and StatementVersion.objects.filter(
            pk=row.version_id, approved_at__isnull=False, published_at=None
        ).exclude(pk=row.version_id, approved_at=row.version.approved_at):
            return (
                False  # somebody approved it this very moment: the next round lets it go by two people's word
            )
        # Who asked may have lost the right, the voice may be retired: it stays here and says why.
        _drop(number, str(error), now)
        return False
    return True


def _drop(number: int, why: str, now: datetime) -> None:
    with transaction.atomic():
        waiting = Departure.objects.filter(pk=number, gone_at=None, dropped_at=None)
        if waiting.update(dropped_at=now, trouble=why[:200]):
            version = Departure.objects.values_list("version", flat=True).get(pk=number)
            ledger.append(None, "statement.call_off", "statement_version", version, why, "stayed", now)


def _alone(row: Departure, now: datetime) -> None:
    """Publish on one person's word: marked, with the second approval owed and the overseer told."""
    with transaction.atomic():
        ledger.serialise()
        if not Departure.objects.filter(pk=row.pk, gone_at=None, dropped_at=None).exists():
            raise Conflict("Nothing of this text was about to leave: look at it again.")
        version = statements.version_for(row.by, row.version_id, Permission.STATEMENT_PUBLISH)
        if statements.present_hash(version) != row.text_hash:
            raise Conflict("The text is not the one you read: read it again.")
        StatementVersion.objects.filter(pk=version.pk, published_at=None, approved_by=None).update(
            one_person_hash=row.text_hash
        )
        ready = StatementVersion.objects.filter(
            pk=version.pk,
            published_at=None,
            approved_by=None,
            submitted_at__isnull=False,
            text_hash=row.text_hash,
            one_person_hash=row.text_hash,
        )
        statements.leave(row.by, version, ready, "emergency", now, BUILT_IN)
        owed = OwedApproval.objects.create(
            version=version, ground=row.ground, alone_by=row.by, since=now, due_at=now + OWED_WITHIN
        )
        calls.end(_calls_of(row), now)
        calls.begin_for_owed(owed, now)
        content = json.dumps([row.text_hash, row.ground])
        ledger.append(row.by, "statement.alone", "statement_version", version.pk, content, "emergency", now)


def open_departure(version_id: int) -> Departure | None:
    """What of this version is about to leave by itself."""
    found = Departure.objects.filter(version=version_id, gone_at=None, dropped_at=None)
    return found.select_related("by").first()


def last_trouble(version_id: int) -> str:
    """Why this version did not leave at its time, "" when nothing was in the way."""
    rows = Departure.objects.filter(version=version_id, dropped_at__isnull=False).exclude(trouble="")
    return rows.order_by("-pk").values_list("trouble", flat=True).first() or ""


def owed_of(version_id: int) -> OwedApproval | None:
    """The second approval that this version owes or owed."""
    return OwedApproval.objects.filter(pk=version_id).select_related("settled_by", "alone_by").first()


def _open(
    version: StatementVersion, kind: str, by: Person, at: datetime, text_hash: str, ground: str, now: datetime
) -> Departure:
    try:
        with transaction.atomic():
            return Departure.objects.create(
                version=version, kind=kind, by=by, ground=ground, asked_at=now, due_at=at, text_hash=text_hash
            )
    except IntegrityError as error:
        raise Conflict("This text is about to leave already: look at it again.") from error


def _calls_of(row: Departure | OwedApproval) -> list[int]:
    field = "departure" if isinstance(row, Departure) else "owed"
    found = Call.objects.filter(**{field: row}, ended_at=None)
    return list(found.values_list("pk", flat=True))
