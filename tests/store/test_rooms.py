"""Rapid judgement: everybody on duty is called at once, each writes first, one decides, and all of it is dated."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Role
from answerable.store import alerts, calls, drills, duty, incidents, receipts, rooms, telling, timeline, ways
from answerable.store.access import visible_incidents
from answerable.store.keyring import Keyring
from answerable.store.models import (
    Alert,
    Assessment,
    Call,
    Incident,
    LedgerRow,
    Notice,
    Person,
    Room,
    UnitTold,
)
from answerable.store.reading import rooms as reading
from tests.cast import Desk
from tests.store.scene import alert, at_once, ledger_rows, story
from tests.web import stage

MINUTE = timedelta(minutes=1)


def on_duty(desk: Desk, *people: tuple[Person, str]) -> None:
    """Put these people on duty, each in a team of the council, with a way to reach them."""
    head = _person(desk, "hana", Role.HEAD)
    for person, team in people:
        roster = duty.create_roster(head, desk.top, team, 1, now=desk.now - timedelta(days=1))
        duty.set_rotation(
            head,
            roster,
            [person.pk],
            first=date(2026, 3, 1),
            hand_over=time(0, 0),
            days=7,
            now=desk.now - timedelta(days=1),
        )
        reachable(desk, person)


def reachable(desk: Desk, person: Person) -> None:
    """The person has one way."""
    keyring = Keyring.open(desk.home)
    address = f"{person.login}@brackwater.example"
    ways.add(person, kind="mail", address=address, keyring=keyring, now=desk.now)


def _person(desk: Desk, login: str, role: Role) -> Person:
    return stage.person(login, role, desk.top)


def opened(desk: Desk) -> Room:
    """Carol calls everybody together, five minutes after the alert."""
    given = alert(desk, story(desk), raised=desk.now - 5 * MINUTE)
    return rooms.open_room(desk.carol, given.pk, reason="judge", now=desk.now)


def decision(desk: Desk, **changes: object) -> rooms.Decision:
    """Level II, owned by Bob in the council."""
    facts = {"title": "Brown water", "level": 2, "unit": desk.top, "owner": desk.bob, **changes}
    return rooms.Decision(**facts)  # type: ignore[arg-type]


def test_one_step_calls_everybody_on_duty_at_once(desk: Desk) -> None:
    """All three teams get their notice in the same moment, and the call about the alert calls nobody else.

    Sabotage: call only the first of them.
    """
    dan = _person(desk, "dan", Role.COMMENTATOR)
    on_duty(desk, (desk.carol, "information_officers"), (desk.bob, "spokespersons"), (dan, "commentators"))
    given = alert(desk, story(desk), raised=desk.now - 5 * MINUTE)
    first = calls.begin_for_alert(given, [], desk.now - 4 * MINUTE)
    assert first is not None
    room = rooms.open_room(desk.carol, given.pk, now=desk.now)
    sent = Notice.objects.filter(call__room=room).values_list("person", "due_at")
    assert sorted(sent) == sorted((one.pk, desk.now) for one in (desk.carol, desk.bob, dan))
    first.refresh_from_db()
    assert first.ended_at == desk.now
    assert not calls.tick(desk.now + timedelta(hours=1))
    assert Call.objects.get(room=room).ended_at is None
    assert ledger_rows()[-1] == ("room.open", "room", room.pk)


def test_without_a_roster_the_order_of_the_unit_is_called(desk: Desk) -> None:
    """Everybody in it, together; who has no way is named as not called."""
    reachable(desk, desk.bob)
    calls.set_order(desk.alice, desk.top, [desk.bob.pk, desk.carol.pk], 10 * MINUTE, now=desk.now)
    room = opened(desk)
    seats = {seat.person_id: (seat.team, seat.state) for seat in room.seats.all()}
    assert seats == {desk.bob.pk: ("order", "called"), desk.carol.pk: ("order", "no_way")}
    assert reading.page(desk.bob, room).missing == (
        "information_officers",
        "spokespersons",
        "commentators",
    )


def test_nobody_reads_the_others_before_writing(desk: Desk) -> None:
    """Bob sees that Carol wrote, never what; once his own stands he reads hers, and he cannot change his.

    Sabotage: answer `others` always.
    """
    room = opened(desk)
    rooms.assess(desk.carol, room.pk, level=1, text="Three streets are dry.", now=desk.now + MINUTE)
    before = reading.page(desk.bob, Room.objects.get())
    assert before.others is None
    assert before.proposed is None
    assert "Three streets" not in repr(before.seats) + repr(before.steps)
    assert before.room.written == 1
    rooms.assess(desk.bob, room.pk, level=3, text="One street.", now=desk.now + 2 * MINUTE)
    after = reading.page(desk.bob, Room.objects.get())
    assert after.others is not None
    assert [(one.level, one.text) for one in after.others] == [(1, "Three streets are dry.")]
    assert after.proposed is not None
    assert after.proposed.gravest == 1
    with pytest.raises(Conflict, match="written down already"):
        rooms.assess(desk.bob, room.pk, level=1, text="Like Carol.", now=desk.now + 3 * MINUTE)
    assert Room.objects.get().written == 2
    with pytest.raises(BadInput):
        rooms.assess(desk.alice, room.pk, level=7, text="x", now=desk.now)
    with pytest.raises(BadInput):
        rooms.assess(desk.alice, room.pk, level=2, text=" ", now=desk.now)


def test_a_decision_names_level_owner_and_units_and_dates_every_step(desk: Desk) -> None:
    """The incident is open with its owner, the units are told, and its timeline begins with the alert's room."""
    room = opened(desk)
    rooms.assess(desk.carol, room.pk, level=2, text="Many ask.", now=desk.now + MINUTE)
    made = rooms.decide_incident(
        desk.bob,
        room.pk,
        decision(desk, told=[desk.water], up=True),
        note="Safety is in doubt.",
        now=desk.now + 9 * MINUTE,
    )
    assert (made.level, made.owner_id, made.unit_id) == (2, desk.bob.pk, desk.top.pk)
    assert made.heard_at == desk.now - 5 * MINUTE
    told = [(one.kind, one.at, one.actor_id) for one in reversed(timeline.entries(made.pk))]
    assert told == [
        ("room_opened", desk.now, desk.carol.pk),
        ("assessed", desk.now + MINUTE, desk.carol.pk),
        ("opened", desk.now + 9 * MINUTE, desk.bob.pk),
        ("judged", desk.now + 9 * MINUTE, desk.bob.pk),
        ("told", desk.now + 9 * MINUTE, desk.bob.pk),
    ]
    # The council is the top: there is nobody above to tell.
    assert list(UnitTold.objects.values_list("unit", "why")) == [(desk.water.pk, "told")]
    room.refresh_from_db()
    assert (room.decision, room.incident_id, room.level) == ("incident", made.pk, 2)
    assert Alert.objects.get().state == "incident"
    assert ledger_rows()[-1] == ("room.decide", "room", room.pk)
    page = reading.page(desk.carol, Room.objects.get())
    assert [step.kind for step in page.steps] == ["alert", "opened", "called", "here", "assessed", "decided"]


def test_a_decision_without_assessments_says_so(desk: Desk) -> None:
    """The entry of the timeline and the room carry the number zero. Sabotage: write 1."""
    room = opened(desk)
    made = rooms.decide_incident(desk.bob, room.pk, decision(desk), now=desk.now + MINUTE)
    judged = timeline.entries(made.pk).get(kind="judged")
    assert judged.params["written"] == 0
    assert Room.objects.get(pk=room.pk).written == 0


def test_no_incident_dismisses_the_alert_with_its_reason(desk: Desk) -> None:
    """One decision, one dismissal, both in the ledger."""
    room = opened(desk)
    rooms.decide_nothing(desk.bob, room.pk, why="known_matter", note="The works.", now=desk.now + MINUTE)
    given = Alert.objects.get()
    assert (given.state, given.dismissed_as) == ("dismissed", "known_matter")
    assert not Incident.objects.exists()
    assert ledger_rows()[-2:] == [("alert.dismiss", "alert", given.pk), ("room.decide", "room", room.pk)]
    with pytest.raises(Conflict):
        rooms.assess(desk.carol, room.pk, level=1, text="Too late.", now=desk.now + 2 * MINUTE)


def test_many_decide_and_write_at_once(desk: Desk) -> None:
    """One decision wins; nobody's assessment is written after it, and the number it carries is the true one."""
    for _ in range(4):
        room = opened(desk)
        results = at_once(
            lambda pk=room.pk: rooms.decide_incident(desk.bob, pk, decision(desk), now=desk.now),
            lambda pk=room.pk: rooms.decide_nothing(desk.carol, pk, why="not_ours", now=desk.now),
            lambda pk=room.pk: rooms.assess(desk.alice, pk, level=2, text="Now.", now=desk.now),
            lambda pk=room.pk: rooms.assess(desk.carol, pk, level=0, text="No.", now=desk.now),
        )
        decided, wrote = results[:2], results[2:]
        assert sum(isinstance(one, Conflict) for one in decided) == 1, results
        room.refresh_from_db()
        kept = sum(isinstance(one, Assessment) for one in wrote)
        assert room.written == kept == Assessment.objects.filter(room=room).count()
        assert ledger_rows().count(("room.decide", "room", room.pk)) == 1


def test_what_is_judged_together_is_not_decided_beside(desk: Desk) -> None:
    """While the room is open nobody dismisses its alert or opens its incident elsewhere; nobody opens a second.

    Sabotage: leave `leave_to_room` out.
    """
    room = opened(desk)
    with pytest.raises(Conflict, match="in their room"):
        alerts.dismiss(desk.bob, room.alert_id, reason="false_alarm", now=desk.now)
    with pytest.raises(Conflict, match="in their room"):
        incidents.open_incident(
            desk.bob,
            title="Beside",
            level=2,
            unit=desk.top,
            story_ids=[room.alert.story_id],
            now=desk.now,
        )
    with pytest.raises(Conflict, match="go to their room"):
        rooms.open_room(desk.bob, room.alert_id, now=desk.now)
    assert Room.objects.count() == 1


def test_a_stranger_sees_no_room_and_somebody_called_does(desk: Desk) -> None:
    """Charlie of Water Services is not in the council's room until he is called into it."""
    room = opened(desk)
    assert reading.one_room(desk.charlie, room.pk, exercise=False) is None
    with pytest.raises(NotAllowed):
        rooms.assess(desk.charlie, room.pk, level=2, text="Let me in.", now=desk.now)
    with pytest.raises(NotAllowed):
        rooms.decide_nothing(desk.charlie, room.pk, why="not_ours", now=desk.now)
    reachable(desk, desk.charlie)
    room.seats.create(person=desk.charlie, team="information_officers", state="called")
    assert reading.one_room(desk.charlie, room.pk, exercise=False) == room
    rooms.assess(desk.charlie, room.pk, level=2, text="We see it too.", now=desk.now)


def test_a_unit_that_is_told_is_called_until_it_gives_its_receipt(desk: Desk) -> None:
    """It may read the incident from then on; the receipt ends the call and stands in the timeline once.

    Sabotage: leave the told units out of `visible_incidents`.
    """
    reachable(desk, desk.charlie)
    calls.set_order(desk.alice, desk.water, [desk.charlie.pk], 10 * MINUTE, now=desk.now)
    room = opened(desk)
    made = rooms.decide_incident(desk.bob, room.pk, decision(desk, told=[desk.water]), now=desk.now)
    row = UnitTold.objects.get()
    assert Notice.objects.filter(call__told=row).values_list("person", flat=True).get() == desk.charlie.pk
    assert made in visible_incidents(desk.charlie)
    with pytest.raises(NotAllowed):
        incidents.take(desk.charlie, made.pk, version=1, now=desk.now)
    results = at_once(*[lambda: receipts.receive(desk.charlie, row.pk, desk.now + MINUTE)] * 3)
    assert sum(isinstance(one, Conflict) for one in results) == 2
    row.refresh_from_db()
    assert (row.received_by_id, row.received_at) == (desk.charlie.pk, desk.now + MINUTE)
    assert Call.objects.get(told=row).ended_at is not None
    assert ledger_rows().count(("told.receive", "told", row.pk)) == 1
    assert [one.kind for one in timeline.entries(made.pk)].count("received") == 1


def test_what_goes_up_reaches_the_unit_above(desk: Desk) -> None:
    """An incident of Water Services goes up to the council."""
    assert telling.above(desk.water) == desk.top
    assert telling.above(desk.top) is None


def test_an_answer_from_the_notice_says_that_one_is_there(desk: Desk) -> None:
    """The link of a room's notice ends the call for nobody else."""
    on_duty(desk, (desk.carol, "information_officers"), (desk.bob, "spokespersons"))
    room = opened(desk)
    call = Call.objects.get(room=room)
    calls.answer(desk.bob, call.pk, desk.now + MINUTE)
    assert room.seats.get(person=desk.bob).here_at == desk.now + MINUTE
    call.refresh_from_db()
    assert call.ended_at is None
    assert LedgerRow.objects.order_by("-id").first().action == "room.here"  # type: ignore[union-attr]


def test_wiping_the_drill_takes_its_rooms(desk: Desk) -> None:
    """Room, seats, assessments, messages and calls of an exercise go with it; a real room stays.

    Sabotage: take the rooms out of the removals.
    """
    real = opened(desk)
    drill = stage.source(desk, name="Drill talk", exercise=True)
    given = stage.alert(stage.story(desk, drill, exercise=True))
    room = rooms.open_room(desk.carol, given.pk, now=desk.now)
    rooms.assess(desk.carol, room.pk, level=2, text="Many ask.", now=desk.now)
    rooms.decide_incident(desk.bob, room.pk, decision(desk, told=[desk.water]), now=desk.now)
    drills.wipe(desk.now)
    assert list(Room.objects.all()) == [real]
    assert not Assessment.objects.exists()
    assert not UnitTold.objects.exists()
    assert not Call.objects.filter(exercise=True).exists()
