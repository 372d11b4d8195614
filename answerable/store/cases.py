"""What the desk does with a case: takes, assigns, sends on, pauses and merges it; by the version it saw.

Answers are in `store.case_answers`; the clock in `store.case_clocks`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from answerable.errors import BadInput, Conflict
from answerable.permissions import Permission
from answerable.publish.wording import plain
from answerable.respond.case_rules import OPEN, PAUSES
from answerable.store import case_clocks, case_groups, case_intake, ledger
from answerable.store.access import may
from answerable.store.case_access import case_for, change, note, visible
from answerable.store.models import Case, CaseLeg, CasePause, Person, Unit

MOST_MERGED = 500


def take(actor: Person, number: int, *, version: int, reason: str = "", now: datetime) -> Case:
    """Make a case one's own. Conflict when somebody changed it since `version`, or it is yours."""
    with transaction.atomic():
        ledger.serialise()
        case = _open_case(actor, number)
        if case.handler_id == actor.pk:
            raise Conflict("This case is yours already.")
        change(case, version, handler=actor, **_assigned(case, now))
        note(case, actor, "taken", now)
        ledger.append(actor, "case.take", "case", case.pk, str(actor.pk), reason, now)
    return case


def assign(
    actor: Person, number: int, *, person: Person, version: int, reason: str = "", now: datetime
) -> Case:
    """Give it to a colleague of the unit. BadInput when they may not work on cases there."""
    with transaction.atomic():
        ledger.serialise()
        case = _open_case(actor, number)
        if not may(person, Permission.CASE_WORK, case.unit):
            raise BadInput("This person does not work on cases of this unit: choose somebody else.")
        change(case, version, handler=person, **_assigned(case, now))
        note(case, actor, "assigned", now, name=person.name)
        ledger.append(actor, "case.assign", "case", case.pk, str(person.pk), reason, now)
    return case


def send_on(
    actor: Person,
    number: int,
    *,
    unit: Unit,
    why: str,
    text: str = "",
    version: int,
    reason: str = "",
    now: datetime,
) -> Case:
    """To another unit: its clock goes on by that unit's hours. `why`: wrong_desk, handed_on or disputed.

    A wrong desk teaches the sorting and is counted; a disputed case goes to the unit above.
    """
    if why not in ("wrong_desk", "handed_on", "disputed"):
        raise BadInput("Why does it go there? Choose one.")
    with transaction.atomic():
        ledger.serialise()
        case = _open_case(actor, number)
        if why == "disputed" and case.unit.parent_id is not None:
            unit = Unit.objects.get(pk=case.unit.parent_id)
        if unit.pk == case.unit_id:
            raise Conflict("The case is with this unit already.")
        first = {} if case.classified_at else {"classified_at": now}
        change(case, version, unit=unit, handler=None, stage="classified", sorted_by="person", **first)
        CaseLeg.objects.create(case=case, unit=unit, since=now, why=why)
        case_clocks.move(case)
        note(case, actor, "sent_on", now, unit=unit.name, why=why, note=plain(text)[:300])
        ledger.append(actor, "case.send_on", "case", case.pk, json.dumps([unit.pk, why]), reason, now)
    return case


def pause(
    actor: Person, number: int, *, why: str, text: str = "", version: int, reason: str = "", now: datetime
) -> Case:
    """Stop the clock for a reason that the person reads. Conflict while it stands already."""
    if why not in PAUSES:
        raise BadInput("Why does the clock stop? Choose one.")
    with transaction.atomic():
        ledger.serialise()
        case = _open_case(actor, number)
        if CasePause.objects.filter(case=case, until=None).exists():
            raise Conflict("The clock of this case stands already.")
        change(case, version)
        # What was owed before the pause is still told: a pause hides no missed deadline.
        case_clocks.escalate(case, now)
        CasePause.objects.create(case=case, since=now, reason=why, note=plain(text)[:300])
        case_clocks.move(case)
        note(case, actor, "paused", now, reason=why, note=plain(text)[:300])
        ledger.append(actor, "case.pause", "case", case.pk, json.dumps([why, text]), reason, now)
    return case


def resume(actor: Person, number: int, *, version: int, reason: str = "", now: datetime) -> Case:
    """The clock runs again. Conflict when it runs."""
    with transaction.atomic():
        ledger.serialise()
        case = _open_case(actor, number)
        change(case, version)
        stood = CasePause.objects.filter(case=case, until=None).first()
        if stood is None:
            raise Conflict("The clock of this case runs already.")
        CasePause.objects.filter(pk=stood.pk).update(until=max(now, stood.since))
        case_clocks.move(case)
        lasted = max(0.0, (now - stood.since).total_seconds())
        note(case, actor, "resumed", now, paused_s=int(lasted))
        ledger.append(actor, "case.resume", "case", case.pk, "", reason, now)
    return case


def merge(
    actor: Person, number: int, *, others: Sequence[int], version: int, reason: str = "", now: datetime
) -> Case:
    """Other open cases about the same matter join this one: one answer goes to everybody in them.

    The clock of the oldest counts on, so that merging wins nobody any time.
    """
    wanted = [one for one in dict.fromkeys(others) if one != number][:MOST_MERGED]
    with transaction.atomic():
        ledger.serialise()
        case = _open_case(actor, number)
        found = list(visible(actor).filter(pk__in=wanted, stage__in=OPEN).select_related("unit"))
        if not found or len(found) != len(wanted):
            raise BadInput("Choose open cases of your units that are about the same matter.")
        case_groups.join(case, found, actor, version, now)
        content = json.dumps(sorted(one.pk for one in found))
        ledger.append(actor, "case.merge", "case", case.pk, content, reason, now)
    return case


def leave_out(actor: Person, number: int, *, why: str, version: int, reason: str = "", now: datetime) -> Case:
    """It is no case of this body, or was sent twice: it ends, and the rates say how many ended so."""
    if why not in ("not_ours", "sent_twice"):
        raise BadInput("Why is it no case? Choose one.")
    with transaction.atomic():
        ledger.serialise()
        case = _open_case(actor, number)
        change(case, version)
        case_clocks.escalate(case, now)
        case_intake.end(case, why, now)
        ledger.append(actor, "case.leave_out", "case", case.pk, why, reason, now)
    return case


def _open_case(actor: Person, number: int) -> Case:
    case = case_for(actor, number, Permission.CASE_WORK)
    if case.stage not in OPEN:
        raise Conflict("This case is closed: look at the page again.")
    return case


def _assigned(case: Case, now: datetime) -> dict[str, object]:
    """Whoever takes a case says that it is at the right desk."""
    fields: dict[str, object] = {"assigned_at": case.assigned_at or now}
    if case.stage in ("collected", "classified"):
        fields["stage"] = "assigned"
    if case.classified_at is None:
        fields |= {"classified_at": now, "sorted_by": "person"}
    return fields


def people_of(cases: Sequence[int]) -> int:
    """How many people brought these cases."""
    return int(Case.objects.filter(pk__in=list(cases)).aggregate(n=Sum("people"))["n"] or 0)
