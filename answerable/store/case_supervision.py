"""Cases on the supervision list: a missed deadline with the unit's own explanation, a contested closing.

The explanation of an overdue case stands on the public list; it is written once.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.collect.private.mask import masked
from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Permission
from answerable.publish.wording import plain
from answerable.store import ledger
from answerable.store.access import may
from answerable.store.case_access import case_for
from answerable.store.models import CaseContest, CaseStep, Person, Supervision


def explain(actor: Person, number: int, *, text: str, reason: str = "", now: datetime) -> None:
    """Why the deadline of this round was missed, in public. Conflict when it was not, or it is explained."""
    if not (text := masked(plain(text)[:2000])):
        raise BadInput("The explanation is empty: write why the deadline was missed.")
    with transaction.atomic():
        ledger.serialise()
        case = case_for(actor, number, Permission.CASE_WORK)
        step = CaseStep.objects.filter(case=case, round=case.round, step="head").first()
        if step is None:
            raise Conflict("This case was not overdue: there is nothing to explain.")
        row, _ = Supervision.objects.get_or_create(step=step)
        if not Supervision.objects.filter(pk=row.pk, explanation="").update(
            explanation=text, explained_by=actor, explained_at=now
        ):
            raise Conflict("The explanation is there already; it is written once.")
        ledger.append(actor, "case.explain", "case", case.pk, text, reason, now)


def watched(actor: Person, kind: str, number: int) -> Supervision:
    """The row of one issue for a finding, inside the caller's transaction. NotAllowed for every other."""
    refused = NotAllowed("Your roles do not include this: ask an administrator or a colleague.")
    if kind == "case":
        step = CaseStep.objects.select_related("case__unit").filter(pk=number, step="head").first()
        if step is None or not may(actor, Permission.FINDING_RECORD, step.case.unit):
            raise refused
        return Supervision.objects.get_or_create(step=step)[0]
    contest = CaseContest.objects.select_related("case__unit").filter(pk=number).first()
    if contest is None or not may(actor, Permission.FINDING_RECORD, contest.case.unit):
        raise refused
    return Supervision.objects.get_or_create(contest=contest)[0]
