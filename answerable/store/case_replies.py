"""Somebody wrote again after the answer: it is not solved, or there is nothing more to do. A person decides.

Whoever says that there is nothing more to do neither wrote nor sent the answer: it buries no contest.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Permission
from answerable.store import case_answers, ledger
from answerable.store.case_access import case_for, change, note
from answerable.store.models import Case, CaseAnswer, CaseContest, CaseMessage, Person


def read_again(
    actor: Person, number: int, *, what: str, version: int, reason: str = "", now: datetime
) -> Case:
    """`what`: contest (their words become a contest of the answer) or nothing (no more is to do)."""
    if what not in ("contest", "nothing"):
        raise BadInput("What do they say about the answer? Choose one.")
    with transaction.atomic():
        ledger.serialise()
        case = case_for(actor, number, Permission.CASE_WORK)
        if case.wrote_at is None:
            raise Conflict("Nobody wrote again, or somebody read it already: look at the page again.")
        change(case, version, wrote_at=None)
        if what == "contest":
            _contest(case, now)
        else:
            _by_another(actor, case)
            note(case, actor, "read_again", now)
        ledger.append(actor, "case.read_again", "case", case.pk, what, reason, now)
    return case


def _contest(case: Case, now: datetime) -> None:
    """The first who wrote again since the answer and has not contested it yet; their words as they are."""
    since = CaseAnswer.objects.filter(case=case, round=case.round).values_list("sent_at", flat=True).first()
    wrote = CaseMessage.objects.filter(
        case=case, follows__isnull=False, joined_at__gte=since or case.started_at
    )
    contested = CaseContest.objects.filter(case=case, round=case.round).values("message")
    for message in (
        wrote.exclude(follows__in=contested).select_related("follows", "submission").order_by("pk")
    ):
        if message.follows is not None and message.submission is not None and message.submission.text:
            case_answers.contest(message.follows, text=message.submission.text, now=now)
            return
    raise Conflict("They contested the answer already; somebody else looks at it now.")


def _by_another(actor: Person, case: Case) -> None:
    hands = (
        CaseAnswer.objects.filter(case=case, round=case.round).values_list("written_by", "sent_by").first()
    )
    if actor.pk in (hands or ()):
        raise NotAllowed("Somebody else says so: not who wrote the answer, and not who sent it.")
