"""Calls: who is told of an alert, one person after the other, until somebody answers.

A call begins in the transaction that raises its alert, with the notices of its first step. Each later step is
won by a conditional update, so that two clocks, a kill or a restart call nobody twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import ROLES, Permission, Role
from answerable.respond.calling import Callee, Quiet, Step, next_step, quiet_until
from answerable.respond.levels import major
from answerable.respond.owners import unit_concerned
from answerable.store import alerts, ledger, receipts
from answerable.store.access import may, require
from answerable.store.models import (
    Alert,
    Call,
    CallOrder,
    Departure,
    Escalation,
    ItemRow,
    Notice,
    OwedApproval,
    Person,
    Reach,
    RoleHeld,
    Room,
    RoomSeat,
    Source,
    SourceAlarm,
    Unit,
    UnitTold,
    Way,
)
from answerable.store.on_duty import first_called, together

SHORTEST, LONGEST = timedelta(minutes=1), timedelta(hours=4)
USUAL = timedelta(minutes=10)
MOST_PEOPLE = 20
_AT_ONCE = 50  # calls looked at in one tick
# A call about silent sources is about nothing of these.
_OTHER: dict[str, None] = dict.fromkeys(("alert", "room", "told", "escalation", "departure", "owed"))


@dataclass(frozen=True, slots=True)
class Order:
    """Whom to call, in this order, and how long to wait for each. A roster can make one as well."""

    unit: Unit  # whose order it is
    people: tuple[Person, ...]
    wait: timedelta


def order_for(unit: Unit, now: datetime) -> Order:
    """Who is on duty comes first, then the order of the unit or of the nearest one above that has one."""
    order = _written_order(unit)
    seated = first_called(unit, now)
    on_duty = {person.pk: person for person in Person.objects.filter(pk__in=seated).select_related("unit")}
    first = [on_duty[pk] for pk in seated if pk in on_duty]
    return Order(order.unit, (*first, *(one for one in order.people if one.pk not in on_duty)), order.wait)


def _written_order(unit: Unit) -> Order:
    above = [int(number) for number in unit.path.strip("/").split("/") if number]
    held = {row.unit_id: row for row in CallOrder.objects.filter(unit__in=above).select_related("unit")}
    for number in reversed(above):
        row = held.get(number)
        if row is not None and row.people:
            active = Person.objects.filter(pk__in=row.people, is_active=True).select_related("unit")
            found = {person.pk: person for person in active}
            people = tuple(found[pk] for pk in row.people if pk in found)
            return Order(row.unit, people, timedelta(seconds=row.wait_s))
    return Order(unit, (), USUAL)


def set_order(
    actor: Person, unit: Unit, people: Sequence[int], wait: timedelta, *, reason: str = "", now: datetime
) -> None:
    """Whom this unit calls from now on. BadInput for a wait out of range, or somebody who may not decide."""
    if not SHORTEST <= wait <= LONGEST:
        raise BadInput("The wait lies between 1 and 240 minutes: write another number.")
    wanted = list(dict.fromkeys(people))[:MOST_PEOPLE]
    with transaction.atomic():
        ledger.serialise()
        require(actor, Permission.DUTY_CHANGE, unit)
        found = {person.pk: person for person in Person.objects.filter(pk__in=wanted, is_active=True)}
        if any(pk not in found or not may(found[pk], Permission.ALERT_DECIDE, unit) for pk in wanted):
            raise BadInput("Somebody in this order may not decide on alerts of the unit: choose another.")
        seconds = round(wait.total_seconds())
        CallOrder.objects.update_or_create(unit=unit, defaults={"people": wanted, "wait_s": seconds})
        content = json.dumps([wanted, seconds])
        ledger.append(actor, "call_order.change", "unit", unit.pk, content, reason, now)


def begin_for_alert(alert: Alert, items: Iterable[int], now: datetime) -> Call | None:
    """Call somebody about a new alert; for the transaction that raises it. None on a desk without a unit."""
    unit = unit_of(items)
    if unit is None:
        return None
    return _begin(Call(alert=alert, unit=unit, exercise=alert.exercise, urgent=not alert.exercise), now)


def begin_for_room(room: Room, now: datetime) -> Call:
    """Call everybody on duty together, for the transaction that opens the room; their seats say how it went.

    Where no team has a roster, everybody in the unit's order is called. Nobody else is called later.
    """
    call = Call(room=room, unit=room.unit, exercise=room.exercise, urgent=not room.exercise)
    call.raised_at = call.set_at = now
    call.save(force_insert=True)
    seated = dict(together(room.unit, now))
    found = Person.objects.filter(pk__in=seated, is_active=True).select_related("unit")
    people = sorted(found, key=lambda one: list(seated).index(one.pk))
    if not people:
        people = list(order_for(room.unit, now).people)
    ways = _ways(people, call)
    awake: list[tuple[int, datetime]] = []
    for one in _callees(people, ways, call):
        wakes = None if call.urgent and one.wake else quiet_until(one.quiet, now)
        state = "called" if one.reachable and wakes is None else "quiet" if one.reachable else "no_way"
        if state == "called":
            awake.append((one.person, now))
        RoomSeat.objects.create(
            room=room, person_id=one.person, team=seated.get(one.person, "order"), state=state
        )
    _write(call, Step(tuple(awake), None), ways, now)
    return call


def begin_for_told(told: UnitTold, now: datetime) -> Call:
    """Call the people of a unit that was told of an incident, one after the other, until one receives it."""
    exercise = told.incident.exercise
    return _begin(Call(told=told, unit=told.unit, exercise=exercise, urgent=not exercise), now)


def begin_for_escalation(row: Escalation, now: datetime) -> Call:
    """Call whoever a clock is escalated to. In a minor matter it can wait for the morning."""
    incident = row.clock.incident
    unit = row.unit or incident.unit
    urgent = major(incident.level) and not incident.exercise
    return _begin(Call(escalation=row, unit=unit, exercise=incident.exercise, urgent=urgent), now)


def begin_for_departure(row: Departure, now: datetime) -> Call:
    """Call everybody who may approve a text that leaves in a few minutes, but not the one who asked."""
    statement = row.version.statement
    call = Call(
        departure=row, unit=statement.unit, exercise=statement.exercise, urgent=not statement.exercise
    )
    return _all_at_once(call, Permission.STATEMENT_APPROVE, row.by, now)


def begin_for_owed(row: OwedApproval, now: datetime) -> Call:
    """Tell the overseer, and call whoever may approve, about what went out on one person's word."""
    statement = row.version.statement
    call = Call(owed=row, unit=statement.unit, exercise=statement.exercise, urgent=not statement.exercise)
    return _all_at_once(call, Permission.OVERSIGHT_READ, row.alone_by, now)


def _all_at_once(call: Call, permission: Permission, apart: Person, now: datetime) -> Call:
    call.raised_at = call.set_at = now
    call.save(force_insert=True)
    able = [role for role, given in ROLES.items() if permission in given]
    if call.owed_id is not None:
        able = [
            Role.OVERSEER,
            *(role for role, given in ROLES.items() if Permission.STATEMENT_APPROVE in given),
        ]
    above = [int(number) for number in call.unit.path.strip("/").split("/") if number]
    held = RoleHeld.objects.filter(role__in=able, unit__in=above).values("person")
    found = Person.objects.filter(pk__in=held, is_active=True).exclude(pk=apart.pk).select_related("unit")
    people = list(found.order_by("pk")[:MOST_PEOPLE])
    ways = _ways(people, call)
    reached = [
        (one.person, now if call.urgent and one.wake else quiet_until(one.quiet, now) or now)
        for one in _callees(people, ways, call)
        if one.reachable
    ]
    _write(call, Step(tuple(reached), None), ways, now)
    return call


def about_sources(unit: Unit) -> Call | None:
    """The call about silent sources of a unit that still runs."""
    return Call.objects.filter(unit=unit, exercise=False, ended_at=None, **_OTHER).first()


def begin_for_sources(unit: Unit, now: datetime) -> Call:
    """Call somebody about sources that fell silent. It can wait for the morning."""
    return _begin(Call(unit=unit, exercise=False, urgent=False), now)


def tick(now: datetime) -> int:
    """End what was answered or decided, call the next people; returns how many steps were taken."""
    _end_settled(now)
    # A clock that was set back would hold calls for as long as it jumped: their wait begins anew.
    for call in Call.objects.filter(ended_at=None, set_at__gt=now, due_at__isnull=False)[:_AT_ONCE]:
        again = now + order_for(call.unit, now).wait
        Call.objects.filter(pk=call.pk, steps=call.steps).update(set_at=now, due_at=again)
    due = Call.objects.filter(ended_at=None, due_at__lte=now).order_by("due_at")
    due = due.select_related("unit", "escalation__clock__incident__owner__unit", "escalation__unit")
    return sum(_step(call, now) for call in due[:_AT_ONCE])


def hurry(call_id: int, person_id: int, now: datetime) -> None:
    """A way failed for good: when it was the last one to the person called last, the next is called now."""
    notices = Notice.objects.filter(call=call_id)
    last = notices.order_by("-id").values_list("person", flat=True).first()
    theirs = notices.filter(person=person_id).exclude(state__in=("failed", "dropped"))
    if last == person_id and not theirs.exists():
        Call.objects.filter(pk=call_id, ended_at=None, due_at__gt=now).update(due_at=now, set_at=now)


def answer(person: Person, call_id: int, now: datetime) -> Call:
    """This person has it. NotAllowed for somebody who may not; Conflict when somebody else was faster.

    An alert is acknowledged with it, which asks for the right to decide on alerts.
    """
    with transaction.atomic():
        ledger.serialise()
        call = Call.objects.select_related("unit", "alert").filter(pk=call_id).first()
        if call is None or not _may_answer(person, call):
            raise NotAllowed(
                "Your roles in this unit do not include that: ask an administrator or a colleague."
            )
        if call.room_id is not None:
            # Everybody is wanted in a room, so one answer ends nothing.
            receipts.say_here(person, call.room_id, now)
            return call
        won = Call.objects.filter(pk=call_id, ended_at=None, answered_at=None).update(
            answered_by=person, answered_at=now, ended_at=now, due_at=None
        )
        if not won:
            raise Conflict("Somebody else answered first: look at the page again.")
        _drop_waiting([call_id])
        if call.alert is not None:
            alerts.acknowledge(person, call.alert.pk, reason="called", now=now)
        elif call.told_id is not None:
            receipts.receive(person, call.told_id, now)
        else:
            ledger.append(person, "call.answer", "call", call_id, "", "", now)
    call.refresh_from_db()
    return call


def end(calls: Iterable[int], now: datetime) -> None:
    """What these calls asked for is done another way: nobody else is called. For the transaction of that."""
    ended = list(Call.objects.filter(pk__in=list(calls), ended_at=None).values_list("pk", flat=True))
    Call.objects.filter(pk__in=ended).update(ended_at=now, due_at=None)
    _drop_waiting(ended)


def _may_answer(person: Person, call: Call) -> bool:
    called = Notice.objects.filter(call=call, person=person).exists()
    return (
        may(person, Permission.DESK_READ, call.unit)
        if called
        else may(person, Permission.ALERT_DECIDE, call.unit)
    )


def unit_of(items: Iterable[int]) -> Unit | None:
    """The lowest unit above all sources of these items; the top one when a source belongs to none."""
    top = Unit.objects.filter(parent=None).order_by("id").first()
    sources = ItemRow.objects.filter(pk__in=list(items)[:500]).values("source")
    paths = list(Source.objects.filter(pk__in=sources).values_list("unit__path", flat=True).distinct())
    if not paths or None in paths:
        return top
    return Unit.objects.filter(path=unit_concerned(paths)).first() or top


def unit_of_story(story: int) -> Unit | None:
    """The unit concerned by a story: the lowest above the sources of its items; None when they name none."""
    sources = ItemRow.objects.filter(thread__story=story).values("source").distinct()
    paths = list(Source.objects.filter(pk__in=sources).values_list("unit__path", flat=True).distinct())
    if not paths or None in paths:
        return None
    return Unit.objects.filter(path=unit_concerned(paths)).first()


def _begin(call: Call, now: datetime) -> Call:
    call.raised_at = call.set_at = call.due_at = now
    call.save(force_insert=True)
    _step(call, now)
    return call


def _step(call: Call, now: datetime) -> bool:
    """Take one step of a call, if nobody else took it; with its notices in one transaction."""
    order = _order_of(call, now)
    called = set(Notice.objects.filter(call=call).values_list("person", flat=True))
    ways = _ways(order.people, call)
    step = next_step(_callees(order.people, ways, call), called, urgent=call.urgent, wait=order.wait, now=now)
    with transaction.atomic():
        won = Call.objects.filter(pk=call.pk, steps=call.steps, ended_at=None).update(
            steps=F("steps") + 1, due_at=step.due, set_at=now
        )
        if won:
            _write(call, step, ways, now)
    return bool(won)


def _order_of(call: Call, now: datetime) -> Order:
    order = order_for(call.unit, now)
    if call.escalation is None:
        return order
    first = escalated_to(call.escalation)
    rest = (one for one in order.people if one not in first)
    return Order(order.unit, (*first, *rest), order.wait)


def escalated_to(row: Escalation) -> tuple[Person, ...]:
    """Who hears of a step before everybody else: the handler, or the heads of the unit."""
    owner = row.clock.incident.owner
    if row.step == "reminder":
        return (owner,) if owner is not None and owner.is_active else ()
    return heads(row.unit) if row.unit is not None else ()


def heads(unit: Unit) -> tuple[Person, ...]:
    """The heads of a unit, or of the nearest one above that has any."""
    above = [int(number) for number in unit.path.strip("/").split("/") if number]
    held = RoleHeld.objects.filter(role=Role.HEAD, unit__in=above, person__is_active=True)
    found: dict[int, list[Person]] = {}
    for row in held.select_related("person__unit").order_by("person_id"):
        found.setdefault(row.unit_id, []).append(row.person)
    return next((tuple(found[number]) for number in reversed(above) if number in found), ())


def _write(call: Call, step: Step, ways: dict[int, list[int]], now: datetime) -> None:
    Notice.objects.bulk_create(
        Notice(
            call=call,
            person_id=person,
            way_id=way,
            key=f"call-{call.pk}-{person}-{way}",
            exercise=call.exercise,
            made_at=now,
            due_at=at,
        )
        for person, at in step.calls
        for way in ways[person]
    )


def _ways(people: Sequence[Person], call: Call) -> dict[int, list[int]]:
    """The ways of those who may be called about this; in a drill only of those who take part."""
    wanted = Way.objects.filter(person__in=people, removed_at=None)
    if call.exercise:
        wanted = wanted.filter(person__reach__drills=True)
    found: dict[int, list[int]] = {}
    for person, way in wanted.order_by("id").values_list("person", "id"):
        found.setdefault(person, []).append(way)
    return found


def _callees(people: Sequence[Person], ways: dict[int, list[int]], call: Call) -> list[Callee]:
    reach = {row.person_id: row for row in Reach.objects.filter(person__in=people)}
    permission = Permission.DESK_READ
    if call.alert_id:
        permission = Permission.ALERT_DECIDE
    elif call.room_id:
        permission = Permission.INCIDENT_JUDGE
    elif call.told_id or call.escalation_id:
        permission = Permission.INCIDENT_CHANGE
    elif call.departure_id:
        permission = Permission.STATEMENT_APPROVE
    elif call.owed_id:
        permission = Permission.OVERSIGHT_READ
    found = []
    for person in people:
        row = reach.get(person.pk)
        able = person.pk in ways and may(person, permission, call.unit)
        quiet = quiet_of(row, person)
        found.append(Callee(person.pk, able, quiet, wake=row is not None and row.wake))
    return found


def quiet_of(row: Reach | None, person: Person) -> Quiet | None:
    """The hours in which this person is not to be woken, on their clock; None without any."""
    if row is None or row.quiet_from is None or row.quiet_until is None:
        return None
    try:
        zone = ZoneInfo(row.timezone or person.unit.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zone = ZoneInfo("UTC")
    return Quiet(row.quiet_from, row.quiet_until, zone)


def _end_settled(now: datetime) -> None:
    """Calls whose alert somebody decided on, or whose sources all speak again, call nobody else."""
    settled = Q(alert__isnull=False) & ~Q(alert__state=alerts.OPEN)
    for call, by, at in Call.objects.filter(settled, ended_at=None).values_list(
        "pk", "alert__decided_by", "alert__decided_at"
    ):
        _end(call, by, at, now)
    kept = Q(escalation__clock__met_at__isnull=False) | Q(escalation__clock__dropped_at__isnull=False)
    kept |= Q(departure__gone_at__isnull=False) | Q(departure__dropped_at__isnull=False)
    kept |= Q(owed__settled_at__isnull=False)
    for pk in Call.objects.filter(kept, ended_at=None).values_list("pk", flat=True):
        _end(pk, None, None, now)
    silent = SourceAlarm.objects.filter(call=OuterRef("pk"), ended_at=None)
    of_sources = Call.objects.filter(~Exists(silent), ended_at=None, **_OTHER)
    for pk in of_sources.values_list("pk", flat=True):
        _end(pk, None, None, now)


def _end(call_id: int, by: int | None, at: datetime | None, now: datetime) -> None:
    with transaction.atomic():
        won = Call.objects.filter(pk=call_id, ended_at=None).update(
            ended_at=now, due_at=None, answered_by=by, answered_at=at if by else None
        )
        if won:
            _drop_waiting([call_id])


def _drop_waiting(calls: Sequence[int]) -> None:
    Notice.objects.filter(call__in=calls, state="waiting").update(state="dropped")
