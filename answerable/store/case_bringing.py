"""Old cases come in with a file: each message as a case, with its reply where the file has one.

What is still open counts from when it is brought in: then we heard of it. One transaction for a batch.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction

from answerable.respond.case_rules import OPEN
from answerable.respond.working_hours import WorkingHours, after
from answerable.store import calendars, case_clocks, ledger
from answerable.store.case_intake import words_key
from answerable.store.keyring import Keyring
from answerable.store.models import Case, CaseAnswer, CaseEvent, CaseLeg, CaseMessage, ItemRow, Unit

KIND = "complaint"  # what a row is when the file does not say: a city's mailbox
FILE = "file"


@dataclass(frozen=True, slots=True)
class Old:
    """One row of a file, after its item was stored."""

    key: bytes  # of its item
    reply: str = ""
    replied_at: datetime | None = None
    unit: str = ""  # as the file calls it


@dataclass(slots=True)
class _Rows:
    """What one batch writes, table by table."""

    cases: list[Case]
    legs: list[CaseLeg]
    messages: list[CaseMessage]
    answers: list[CaseAnswer]
    events: list[CaseEvent]


def bring_in(
    source: int, old: Sequence[Old], *, unit: Unit, ring: Keyring, came_by: str = FILE, now: datetime
) -> tuple[int, int]:
    """(new cases, copies) of these rows; a row that was brought in before changes nothing."""
    units = {one.name.casefold(): one for one in Unit.objects.all()}
    items = {
        bytes(row.key): row for row in ItemRow.objects.filter(source=source, key__in=[one.key for one in old])
    }
    with transaction.atomic():
        ledger.serialise()
        known = set(
            CaseMessage.objects.filter(item__in=[row.pk for row in items.values()]).values_list(
                "item", flat=True
            )
        )
        rows = _Rows([], [], [], [], [])
        hours: dict[int, tuple[WorkingHours, int]] = {}
        for one in old:
            item = items.get(one.key)
            if item is None or item.pk in known:
                continue
            known.add(item.pk)
            of = units.get(one.unit.casefold(), unit) if one.unit else unit
            if of.pk not in hours:
                hours[of.pk] = calendars.of(of)
            said = bool(one.unit and of.name.casefold() == one.unit.casefold())
            _add(rows, one, item, of, said, hours[of.pk], ring, came_by, now)
        copies = _as_copies(rows)
        _write(rows)
        if rows.messages:
            content = json.dumps([case.pk for case in rows.cases])
            ledger.append(None, "case.bring_in", "source", source, content, "import", now)
    return len(rows.cases), copies


def _add(
    rows: _Rows,
    one: Old,
    item: ItemRow,
    unit: Unit,
    decided: bool,
    of: tuple[WorkingHours, int],
    ring: Keyring,
    came_by: str,
    now: datetime,
) -> None:
    said = datetime.fromtimestamp(item.published / 1000, UTC)
    hours, allowed = of
    case = Case(
        pk=secrets.randbits(53) or 1,
        unit=unit,
        stage=OPEN[0],
        kind=KIND,
        came_by=came_by,
        collected_at=said,
        likes=item.likes,
        heat=1 + item.likes,
        classified_at=said if decided else None,
        sorted_by="person" if decided else "",
    )
    if one.reply:
        _answered(rows, case, one, hours, allowed, said)
    else:
        case_clocks.begin(case, unit, said if came_by != FILE else now)
    rows.cases.append(case)
    rows.legs.append(CaseLeg(case=case, unit=unit, since=min(said, now), why="received"))
    key = words_key(ring, f"{item.title}\n{item.text}", item.place)
    rows.messages.append(CaseMessage(case=case, item=item.pk, at=said, joined_at=now, words_key=key))
    rows.events.append(CaseEvent(case=case, at=said, kind="collected", params={"came_by": came_by}))


def _answered(rows: _Rows, case: Case, one: Old, hours: WorkingHours, allowed: int, said: datetime) -> None:
    """Its clock is reckoned afterwards: from when it was said, by the unit's hours as they are today."""
    due = after(hours, said, timedelta(hours=allowed))
    at = max(one.replied_at, said) if one.replied_at else None
    late = at is not None and at > due
    case.started_at, case.lasts_s, case.first_due_at = said, allowed * 3600, due
    case.stage, case.fed_back_at, case.first_answer_at = "fed_back", at, at
    case.assigned_at = None  # nobody knows any more
    case.missed_at = due if late else None
    rows.answers.append(
        CaseAnswer(
            case=case,
            round=1,
            text=one.reply,
            written_at=at or said,
            sent_at=at or said,
            due_at=due,
            brought_in=True,
        )
    )
    rows.events.append(
        CaseEvent(
            case=case, at=at or said, kind="answered", params={"outcome": "", "late": late, "bank": False}
        )
    )


def _as_copies(rows: _Rows) -> int:
    """The same words again, open and within a week, join the first of them; returns how many did."""
    keys = [message.words_key for message in rows.messages]
    stands: dict[bytes, tuple[Case, datetime]] = {}
    for message in CaseMessage.objects.filter(words_key__in=keys, case__stage__in=OPEN).select_related(
        "case"
    ):
        stands[bytes(message.words_key)] = (message.case, message.at)
    gone: set[int] = set()
    copied: dict[int, Case] = {}
    for message in rows.messages:
        first = stands.get(bytes(message.words_key))
        case = message.case
        if case.stage not in OPEN:
            continue
        if first is None or abs(message.at - first[1]) > timedelta(days=7):
            stands[bytes(message.words_key)] = (case, message.at)
            continue
        gone.add(case.pk)
        message.case, message.copy = first[0], True
        first[0].copies += 1
        copied[first[0].pk] = first[0]
    rows.cases = [case for case in rows.cases if case.pk not in gone]
    rows.legs = [leg for leg in rows.legs if leg.case_id not in gone]
    rows.events = [event for event in rows.events if event.case_id not in gone]
    fresh = {case.pk for case in rows.cases}
    for number, case in copied.items():
        if number not in fresh:
            Case.objects.filter(pk=number).update(copies=case.copies)
    return len(gone)


def _write(rows: _Rows) -> None:
    Case.objects.bulk_create(rows.cases)
    CaseLeg.objects.bulk_create(rows.legs)
    CaseMessage.objects.bulk_create(rows.messages)
    CaseAnswer.objects.bulk_create(rows.answers)
    CaseEvent.objects.bulk_create(rows.events)


def unit_named(name: str) -> Unit | None:
    """The unit of this name in any case; the top one for "", None when there is none."""
    if not name:
        return Unit.objects.filter(parent=None).order_by("id").first()
    return next((one for one in Unit.objects.all() if one.name.casefold() == name.casefold()), None)
