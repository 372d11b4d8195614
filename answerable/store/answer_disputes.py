"""Anybody may dispute an answer. A reviewer gets it by turn: nobody picks, and nobody judges their own text.

Who lets it wait past its day passes the turn; an upheld dispute opens the answer again.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from answerable.collect.private.mask import masked
from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import ROLES, Permission, Role
from answerable.publish.wording import plain
from answerable.store import answers, ledger
from answerable.store.keyring import Keyring
from answerable.store.models import Answer, AnswerDispute, Person, RoleHeld, StatementVersion

DECISIONS = ("upheld", "partly", "rejected")
DECIDE_WITHIN = timedelta(days=2)
MOST_WORDS = 4000


def dispute(
    number: int, version: int, *, text: str, form: str, language: str, ring: Keyring, now: datetime
) -> AnswerDispute:
    """Keep what somebody holds against an answer, for whose turn it is. The same form twice is one."""
    words = masked(plain(text))[:MOST_WORDS]
    if len(words) < 10:
        raise BadInput("What is wrong with the answer, and how do you know? Write it in a sentence or two.")
    token = hmac.digest(ring.contact_key, f"dispute:{form}".encode("utf-8", "replace"), "sha256")[:16]
    try:
        with transaction.atomic():
            ledger.serialise()
            if kept := AnswerDispute.objects.filter(token=token).first():
                return kept
            made = AnswerDispute.objects.create(
                pk=secrets.randbits(53) or 1,
                answer_id=number,
                version=version,
                text=words,
                language=language[:12],
                token=token,
                received_at=now,
                due_at=now,
            )
            _assign(made, now)
            ledger.append(None, "answer_dispute.receive", "answer_dispute", made.pk, words, "disputed", now)
    except IntegrityError:
        return AnswerDispute.objects.get(token=token)  # the same form, at the same moment
    return made


def tick(now: datetime) -> int:
    """What waits past its day goes to the next by turn, each time once; returns how many."""
    due = AnswerDispute.objects.filter(decided_at=None, due_at__lte=now).order_by("due_at", "pk")
    return sum(_pass_on(number, now) for number in list(due.values_list("pk", flat=True)[:100]))


def decide(
    actor: Person, number: int, *, decision: str, note: str, reason: str = "", now: datetime
) -> AnswerDispute:
    """Upheld, partly or rejected, with a note for everybody. NotAllowed for all but whose turn it is."""
    words = plain(note)[:MOST_WORDS]
    if decision not in DECISIONS:
        raise BadInput("What do you find? Choose one.")
    if len(words) < 10:
        raise BadInput("Say in public why: whoever disputes it reads your words.")
    with transaction.atomic():
        ledger.serialise()
        found = AnswerDispute.objects.filter(pk=number, reviewer=actor).first()
        if found is None:
            raise NotAllowed("Nobody picks a dispute: it comes to you when it is your turn.")
        waits = AnswerDispute.objects.filter(pk=number, reviewer=actor, decided_at=None)
        if not waits.update(decided_at=now, decision=decision, note=words):
            raise Conflict("This dispute is decided already.")
        if decision != "rejected":
            answers.reopen(None, found.answer_id, why="disputed", now=now)
        ledger.append(actor, "answer_dispute.decide", "answer_dispute", number, words, reason, now)
    found.refresh_from_db()
    return found


def _pass_on(number: int, now: datetime) -> bool:
    with transaction.atomic():
        ledger.serialise()
        found = AnswerDispute.objects.select_related("answer").get(pk=number)
        if found.decided_at is not None or found.due_at > now:
            return False
        before = found.reviewer_id
        _assign(found, now)
        if found.reviewer_id == before:
            return False
        to = str(found.reviewer_id)
        ledger.append(None, "answer_dispute.assign", "answer_dispute", number, to, "turn", now)
    return True


def _assign(found: AnswerDispute, now: datetime) -> None:
    """The next by turn; without anybody it waits a day and is looked at again."""
    chosen = next_reviewer(found.answer, without=found.reviewer_id)
    changes: dict[str, object] = {"due_at": now + DECIDE_WITHIN}
    if chosen is not None:
        passed = 1 if found.reviewer_id is not None else 0
        changes |= {"reviewer": chosen, "assigned_at": now, "turns": F("turns") + passed}
    AnswerDispute.objects.filter(pk=found.pk).update(**changes)
    found.refresh_from_db()


def next_reviewer(answer: Answer, without: int | None = None) -> Person | None:
    """Who had the longest rest among those who may review and had no hand in the answer."""
    roles = [role.value for role in Role if Permission.ANSWER_REVIEW in ROLES[role]]
    above = [int(part) for part in answer.unit.path.strip("/").split("/") if part]
    held = RoleHeld.objects.filter(role__in=roles, unit__in=above).values("person")
    able = Person.objects.filter(pk__in=held, is_active=True).exclude(pk__in=_hands(answer))
    able = able.exclude(pk=without) if without else able
    had = AnswerDispute.objects.filter(reviewer__in=able)
    rested = dict(had.values_list("reviewer").annotate(at=Max("assigned_at")))
    start = datetime.min.replace(tzinfo=answer.opened_at.tzinfo)
    return min(able, key=lambda one: (rested.get(one.pk) or start, one.pk), default=None)


def _hands(answer: Answer) -> set[int]:
    """Who opened, owns, wrote, or approved any version of it."""
    versions = StatementVersion.objects.filter(statement=answer.statement_id)
    wrote = {one for pair in versions.values_list("written_by", "approved_by") for one in pair if one}
    return wrote | {one for one in (answer.opened_by_id, answer.owner_id) if one}
