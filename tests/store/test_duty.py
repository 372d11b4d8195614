"""Rosters in rows: changes lie ahead, swaps survive, whoever is on duty is called first."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Role
from answerable.respond.rosters import on_duty
from answerable.store import calls, duty, duty_notes
from answerable.store.models import DutyAbsence, DutyRoster, LedgerRow, Person, RoleHeld
from answerable.store.on_duty import first_called, plain
from answerable.store.reading.duty import rosters_for
from answerable.store.reading.needs import needs
from tests.cast import Desk
from tests.store.casework import colleague
from tests.store.scene import at_once

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def officers(desk: Desk, seats: int = 1) -> DutyRoster:
    """Carol and Bob follow each other week by week from today on."""
    roster = duty.create_roster(desk.alice, desk.top, "information_officers", seats, now=desk.now)
    duty.set_rotation(
        desk.alice,
        roster,
        [desk.carol.pk, desk.bob.pk],
        first=desk.now.date(),
        hand_over=time(9),
        days=7,
        now=desk.now,
    )
    return roster


def test_whoever_is_on_duty_is_called_first(desk: Desk) -> None:
    """A roster goes before the written order; a unit without one uses that of the unit above."""
    calls.set_order(
        desk.alice, desk.top, [desk.alice.pk, desk.bob.pk], 10 * timedelta(minutes=1), now=desk.now
    )
    officers(desk)
    for unit in (desk.top, desk.water):
        assert [one.login for one in calls.order_for(unit, desk.now).people] == ["carol", "alice", "bob"]
        assert [one.login for one in calls.order_for(unit, desk.now + 7 * DAY).people] == ["bob", "alice"]


def test_a_swap_survives_a_new_rotation(desk: Desk) -> None:
    """Carol and Bob swap; a rotation that is set later changes nothing about the two weeks."""
    roster = officers(desk)
    nine = desk.now.replace(hour=9)
    duty.swap(
        desk.alice,
        roster,
        (desk.carol, nine, nine + 7 * DAY),
        (desk.bob, nine + 7 * DAY, nine + 14 * DAY),
        now=desk.now,
    )
    assert first_called(desk.top, desk.now + DAY) == [desk.bob.pk]
    duty.set_rotation(
        desk.alice,
        roster,
        [desk.carol.pk, desk.alice.pk, desk.bob.pk],
        first=desk.now.date(),
        hand_over=time(9),
        days=7,
        now=desk.now,
    )
    assert first_called(desk.top, desk.now + DAY) == [desk.bob.pk]
    assert first_called(desk.top, desk.now + 15 * DAY) == [desk.bob.pk]


def test_somebody_away_or_gone_is_replaced_and_a_gap_is_seen(desk: Desk) -> None:
    """Absence hands on to whoever follows; when both are away the page names the gap ahead of time."""
    roster = officers(desk)
    duty.absent(desk.carol, desk.carol, desk.now + DAY, desk.now + 2 * DAY, now=desk.now)
    assert first_called(desk.top, desk.now + DAY) == [desk.bob.pk]
    with pytest.raises(NotAllowed):
        duty.absent(desk.charlie, desk.bob, desk.now, desk.now + DAY, now=desk.now)
    away = duty.absent(desk.alice, desk.bob, desk.now + DAY, desk.now + DAY + 2 * HOUR, now=desk.now)
    (seen,) = rosters_for(desk.carol, desk.now)
    assert [(gap.start, gap.end) for gap in seen.gaps] == [(desk.now + DAY, desk.now + DAY + 2 * HOUR)]
    duty.cancel_absence(desk.bob, away.pk, now=desk.now + HOUR)
    assert rosters_for(desk.carol, desk.now + HOUR)[0].gaps == ()
    with pytest.raises(Conflict):
        duty.cancel_absence(desk.bob, away.pk, now=desk.now + HOUR)
    Person.objects.filter(pk=desk.carol.pk).update(is_active=False)
    assert first_called(desk.top, desk.now) == [desk.bob.pk]
    assert plain(roster).seats == 1


def test_the_past_stays_as_it_was(desk: Desk) -> None:
    """A new rotation and a cancelled stand-in leave alone who was on duty yesterday."""
    roster = officers(desk)
    row = duty.stand_in(
        desk.alice,
        roster,
        start=desk.now,
        end=desk.now + 3 * DAY,
        person=desk.alice,
        instead_of=desk.carol,
        now=desk.now,
    )
    later = desk.now + DAY
    duty.cancel_stand_in(desk.alice, row.pk, now=later)
    duty.set_rotation(
        desk.alice, roster, [desk.bob.pk], first=later.date(), hand_over=time(9), days=1, now=later
    )
    assert first_called(desk.top, desk.now + HOUR) == [desk.alice.pk]
    assert first_called(desk.top, later + HOUR) == [desk.bob.pk]


def test_every_change_is_allowed_sensible_and_in_the_ledger(desk: Desk) -> None:
    """An officer may not change a roster; nonsense is refused; each change has one row."""
    before = LedgerRow.objects.count()
    roster = officers(desk)
    for actor in (desk.carol, desk.charlie, desk.bob):
        with pytest.raises(NotAllowed):
            duty.set_rotation(
                actor, roster, [desk.bob.pk], first=desk.now.date(), hand_over=time(9), days=7, now=desk.now
            )
    with pytest.raises(Conflict):
        duty.create_roster(desk.alice, desk.top, "information_officers", 1, now=desk.now)
    for people, days in (([], 7), ([10**6], 7), ([desk.bob.pk], 0), ([desk.bob.pk], 61)):
        with pytest.raises(BadInput):
            duty.set_rotation(
                desk.alice, roster, people, first=desk.now.date(), hand_over=time(9), days=days, now=desk.now
            )
    for start, end in ((1, 0), (-3, -1), (0, 9999)):
        with pytest.raises(BadInput):
            duty.stand_in(
                desk.alice,
                roster,
                start=desk.now + start * HOUR,
                end=desk.now + end * HOUR,
                person=desk.bob,
                instead_of=desk.carol,
                now=desk.now,
            )
    RoleHeld.objects.create(person=desk.carol, unit=desk.top, role=Role.HEAD.value)
    duty.set_rotation(
        desk.carol, roster, [desk.bob.pk], first=desk.now.date(), hand_over=time(9), days=7, now=desk.now
    )
    assert LedgerRow.objects.count() == before + 3


def test_times_of_a_roster_are_those_of_its_unit(desk: Desk) -> None:
    """A hand-over at nine stays at nine on the wall when summer time begins."""
    officers(desk)
    summer = datetime(2026, 3, 30, tzinfo=UTC)  # the Monday after the change in London
    assert first_called(desk.top, summer.replace(hour=7, minute=59)) == [desk.bob.pk]
    assert first_called(desk.top, summer.replace(hour=8)) == [desk.carol.pk]


def test_a_hand_over_note_waits_for_whoever_takes_over(desk: Desk) -> None:
    """Written before the turn ends, due half an hour into the next; its writer never acknowledges it, one does.

    Sabotage: let `duty_notes.take` forget who wrote it, or `needs` the notes.
    """
    roster = officers(desk)
    note = duty_notes.write(desk.carol, roster, text="Tanker at Hollin Bridge until six.", now=desk.now)
    assert note.due_at == datetime(2026, 3, 9, 9, 30, tzinfo=UTC)
    assert [one.id for one in needs(desk.bob, exercise=False) if one.kind == "note"] == [note.pk]
    for reader, exercise in ((desk.carol, False), (desk.charlie, False), (desk.bob, True)):
        assert not [one for one in needs(reader, exercise=exercise) if one.kind == "note"]
    mo = colleague("mo", Role.MODERATOR, desk.top)
    for stranger in (mo, desk.carol):
        with pytest.raises(NotAllowed):
            duty_notes.take(stranger, note.pk, now=desk.now)
    with pytest.raises(NotAllowed):
        duty_notes.write(mo, roster, text="x", now=desk.now)
    later = note.due_at
    results = at_once(*[lambda: duty_notes.take(desk.bob, note.pk, now=later)] * 3)
    assert sorted(type(one).__name__ for one in results) == ["Conflict", "Conflict", "DutyNote"]
    assert not [one for one in needs(desk.bob, exercise=False) if one.kind == "note"]
    (seen,) = rosters_for(desk.bob, later)
    assert [(one.text, one.taken_by) for one in seen.notes] == [(note.text, desk.bob)]


def test_holidays_have_people_of_their_own_and_the_past_keeps_its_own(desk: Desk) -> None:
    """Alice serves on holidays only, also beside a rotation that is set later; a day that passed stays one.

    Sabotage: leave out `_of_holidays_last`, or let `set_holidays` forget the days that have passed.
    """
    roster = officers(desk)
    first = {"first": desk.now.date(), "hand_over": time(9), "now": desk.now}
    duty.set_rotation(desk.alice, roster, [desk.alice.pk], days=1, holidays="only", **first)
    duty.set_rotation(desk.alice, roster, [desk.bob.pk, desk.carol.pk], days=7, **first)
    holiday = desk.now.date() + 4 * DAY
    duty.set_holidays(desk.alice, roster, [holiday], now=desk.now)
    roster.refresh_from_db()
    noon = desk.now.replace(hour=12)
    days = [on_duty(plain(roster), noon + n * DAY)[0] for n in range(7)]
    assert days == [desk.bob.pk] * 4 + [desk.alice.pk] + [desk.bob.pk] * 2
    duty.set_holidays(desk.alice, roster, [], now=desk.now + 6 * DAY)
    roster.refresh_from_db()
    assert on_duty(plain(roster), noon + 4 * DAY) == (desk.alice.pk,)
    with pytest.raises(NotAllowed):
        duty.set_holidays(desk.carol, roster, [holiday], now=desk.now)


def test_a_calendar_is_taken_over_once(desk: Desk) -> None:
    """The same file twice makes no absence twice; a colleague's calendar needs the right to change duty."""
    spans = [(desk.now + n * DAY, desk.now + n * DAY + HOUR) for n in range(3)]
    assert duty.absent_by_calendar(desk.carol, desk.carol, [*spans, spans[0]], now=desk.now) == 3
    assert duty.absent_by_calendar(desk.carol, desk.carol, spans, now=desk.now) == 0
    with pytest.raises(NotAllowed):
        duty.absent_by_calendar(desk.carol, desk.bob, spans, now=desk.now)
    assert DutyAbsence.objects.filter(person=desk.carol).count() == 3
