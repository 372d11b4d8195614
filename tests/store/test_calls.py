"""Calls: begun with their alert, one person after the other, each step once, and no exercise where none was asked for."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.errors import BadInput, ChannelTrouble, Conflict, NotAllowed
from answerable.permissions import Role
from answerable.records import Signal
from answerable.store import alerts, calls, notices, signals, ways
from answerable.store.keyring import Keyring
from answerable.store.models import Alert, Call, Notice, Person, Reach, RoleHeld, Way
from tests.cast import Desk
from tests.store import scene
from tests.store.scene import at_once, ledger_rows

pytestmark = pytest.mark.store

WAIT = timedelta(minutes=10)


def way(desk: Desk, person: Person, address: str = "") -> Way:
    """A person's mail address."""
    address = address or f"{person.login}@brackwater.example"
    return ways.add(person, kind="mail", address=address, keyring=Keyring.open(desk.home), now=desk.now)


def ordered(desk: Desk, *people: Person) -> None:
    """The council calls these people, ten minutes apart; each has a mail address."""
    for person in people:
        if not person.ways.exists():
            way(desk, person)
    calls.set_order(desk.alice, desk.top, [person.pk for person in people], WAIT, now=desk.now)


def raised(desk: Desk, *, exercise: bool = False, now: datetime | None = None) -> Call:
    """A story bursts: its alert is raised as the engine raises it."""
    about = scene.story(desk, exercise=exercise)
    at = now or desk.now
    signal = Signal(
        about.pk, "burst", at, 600, 1, 0.1, 0, 1, 0.001, "poisson-gamma", (about.heading_item or 0,)
    )
    signals.raise_alerts([signal], exercise=exercise, now=at)
    return Call.objects.get(alert__story=about)


def people_called() -> list[str]:
    return list(Notice.objects.order_by("id").values_list("person__login", flat=True))


def test_an_alert_and_its_first_notices_are_one_transaction(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the alert is stored, somebody is called; where calling fails, no alert stands without its call.

    Sabotage: begin the call after the transaction of the alert.
    """
    ordered(desk, desk.carol, desk.bob)
    call = raised(desk)
    notice = Notice.objects.get()
    assert (notice.person, notice.call, notice.state) == (desk.carol, call, "waiting")
    assert (call.unit, call.urgent, call.due_at) == (desk.top, True, desk.now + WAIT)

    def broken(*_: object) -> None:
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(calls, "_write", broken)
    with pytest.raises(RuntimeError):
        raised(desk)
    assert (Alert.objects.count(), Call.objects.count()) == (1, 1)


def test_nobody_is_called_about_the_past(desk: Desk) -> None:
    """A file of last year raises its alerts as before and wakes nobody."""
    ordered(desk, desk.carol)
    about = scene.story(desk)
    at = desk.now - timedelta(days=300)
    signal = Signal(about.pk, "burst", at, 600, 1, 0.1, 0, 1, 0.001, "t", (about.heading_item or 0,))
    assert len(signals.raise_alerts([signal], exercise=False, now=desk.now)) == 1
    assert not Call.objects.exists()


def test_the_next_person_is_called_when_nobody_answers(desk: Desk) -> None:
    """Ten minutes later the second, then nobody is left; an answer ends it for everybody."""
    ordered(desk, desk.carol, desk.bob)
    call = raised(desk)
    assert calls.tick(desk.now + WAIT - timedelta(seconds=1)) == 0
    assert calls.tick(desk.now + WAIT) == 1
    assert people_called() == ["carol", "bob"]
    assert calls.tick(desk.now + 2 * WAIT) == 1
    call.refresh_from_db()
    assert (call.due_at, call.ended_at) == (None, None)
    assert calls.tick(desk.now + 9 * WAIT) == 0
    answered = calls.answer(desk.bob, call.pk, desk.now + 3 * WAIT)
    assert (answered.answered_by, answered.ended_at) == (desk.bob, desk.now + 3 * WAIT)
    assert Alert.objects.get().decided_by == desk.bob
    assert ledger_rows()[-1][0] == "alert.acknowledge"
    assert set(Notice.objects.values_list("state", flat=True)) == {"dropped"}
    with pytest.raises(Conflict):
        calls.answer(desk.carol, call.pk, desk.now + 3 * WAIT)


def test_a_decision_at_the_desk_ends_the_call(desk: Desk) -> None:
    """Who dismisses or acknowledges the alert on its page spares the next person the call."""
    ordered(desk, desk.carol, desk.bob)
    call = raised(desk)
    alerts.dismiss(desk.carol, call.alert_id or 0, reason="false_alarm", now=desk.now)
    assert calls.tick(desk.now + WAIT) == 0
    call.refresh_from_db()
    assert (call.ended_at, call.answered_by) == (desk.now + WAIT, desk.carol)
    assert people_called() == ["carol"]
    assert notices.take(desk.now + WAIT, Keyring.open(desk.home)) == []


def test_two_clocks_take_each_step_once(desk: Desk) -> None:
    """Two clock processes at the same moment call the next person once.

    Sabotage: leave `steps=call.steps` out of the update in `_step`.
    """
    ordered(desk, desk.carol, desk.bob, desk.alice)
    raised(desk)
    seen = [
        Call.objects.select_related("unit").get() for _ in range(2)
    ]  # both clocks read before either acts
    assert [calls._step(one, desk.now + WAIT) for one in seen] == [True, False]
    assert people_called() == ["carol", "bob"]
    steps = at_once(*[lambda: calls.tick(desk.now + 2 * WAIT)] * 4)
    assert sum(steps) == 1
    assert people_called() == ["carol", "bob", "alice"]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(-7_200, 7_200), min_size=6, max_size=12))
def test_each_person_is_called_once_whatever_the_clock_does(desk: Desk, moves: list[int]) -> None:
    """A clock that jumps two hours either way, between any two ticks, repeats no call and never stops them.

    Every tick reads everything anew, as after a restart. After a jump back the wait begins anew.
    """
    Call.objects.all().delete()
    Alert.objects.all().delete()
    ordered(desk, desk.carol, desk.bob, desk.alice)
    raised(desk)
    now = desk.now
    for seconds in moves:
        now += timedelta(seconds=seconds)
        calls.tick(now)
        names = people_called()
        assert names == ["carol", "bob", "alice"][: len(names)]
        due = Call.objects.get().due_at
        assert due is None or due <= now + WAIT
    for _ in range(3):
        now += WAIT
        calls.tick(now)
    assert people_called() == ["carol", "bob", "alice"]


def test_quiet_hours_hold_a_notice_and_call_the_next(desk: Desk) -> None:
    """Carol sleeps until seven: hers waits until then, Bob is called now; who wishes to be woken is."""
    ordered(desk, desk.carol, desk.bob)
    hours = ways.Hours(time(22), time(7), "Europe/London", wake=False, drills=False)
    ways.set_hours(desk.carol, hours, now=desk.now)
    night = desk.now.replace(hour=23)
    raised(desk, now=night)
    due = dict(Notice.objects.values_list("person__login", "due_at"))
    assert due == {"carol": night.replace(hour=7) + timedelta(days=1), "bob": night}
    Call.objects.all().delete()
    ways.set_hours(desk.carol, ways.Hours(time(22), time(7), "", wake=True, drills=False), now=desk.now)
    raised(desk, now=night + timedelta(minutes=5))
    assert people_called() == ["carol"]


def test_the_unit_above_is_called_when_the_unit_has_no_order(desk: Desk) -> None:
    """An order of the unit itself comes first; without one, that of the nearest unit above."""
    ordered(desk, desk.carol)
    assert [person.login for person in calls.order_for(desk.water, desk.now).people] == ["carol"]
    way(desk, desk.charlie)
    calls.set_order(desk.alice, desk.water, [desk.charlie.pk], WAIT, now=desk.now)
    assert [person.login for person in calls.order_for(desk.water, desk.now).people] == ["charlie"]
    about = scene.story(desk)
    about.threads.get().itemrow_set.get().source.__class__.objects.update(unit=desk.water)
    signal = Signal(about.pk, "burst", desk.now, 600, 1, 0.1, 0, 1, 0.001, "t", (about.heading_item or 0,))
    signals.raise_alerts([signal], exercise=False, now=desk.now)
    assert Call.objects.get().unit == desk.water
    assert people_called() == ["charlie"]


def test_an_order_names_people_who_may_decide_and_a_sane_wait(desk: Desk) -> None:
    """A commentator may not decide on alerts; Carol may not change the order; a wait has its limits."""
    RoleHeld.objects.filter(person=desk.bob).update(role=Role.COMMENTATOR)
    with pytest.raises(BadInput):
        calls.set_order(desk.alice, desk.top, [desk.bob.pk], WAIT, now=desk.now)
    with pytest.raises(BadInput):
        calls.set_order(desk.alice, desk.top, [desk.carol.pk], timedelta(seconds=5), now=desk.now)
    with pytest.raises(NotAllowed):
        calls.set_order(desk.carol, desk.top, [desk.carol.pk], WAIT, now=desk.now)
    calls.set_order(desk.alice, desk.top, [desk.carol.pk], WAIT, reason="duty", now=desk.now)
    assert ledger_rows()[-1][0] == "call_order.change"


def test_a_stranger_cannot_answer(desk: Desk) -> None:
    """Charlie of another unit neither was called nor may decide here."""
    ordered(desk, desk.carol)
    call = raised(desk)
    RoleHeld.objects.filter(person=desk.charlie).update(role=Role.COMMENTATOR)
    with pytest.raises(NotAllowed):
        calls.answer(desk.charlie, call.pk, desk.now)
    assert Alert.objects.get().state == "open"


def test_no_exercise_leaves_to_somebody_who_did_not_ask_for_it(desk: Desk) -> None:
    """Only who takes part in drills is called in one, and the database itself refuses everything else.

    Sabotage: drop the trigger in the migration.
    """
    ordered(desk, desk.carol, desk.bob)
    ways.set_hours(desk.bob, ways.Hours(None, None, "", wake=False, drills=True), now=desk.now)
    call = raised(desk, exercise=True)
    notice = Notice.objects.get()
    assert (notice.person, notice.exercise, call.urgent) == (desk.bob, True, False)
    carols = desk.carol.ways.get()
    for exercise in (True, False):  # with the mark to somebody who did not ask; without the mark at all
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.create(
                call=call, person=desk.carol if exercise else desk.bob, way=carols, key=f"x{exercise}",
                exercise=exercise, made_at=desk.now, due_at=desk.now,
            )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE notices SET exercise = %s WHERE id = %s", [False, notice.pk])
    Reach.objects.filter(person=desk.bob).update(drills=False)
    assert notices.take(desk.now, Keyring.open(desk.home)) == []
    assert Notice.objects.get().state == "dropped"


def test_a_notice_is_taken_once_and_again_after_its_lease(desk: Desk) -> None:
    """Two couriers share the notices; a killed one's come back after two minutes, also if the clock went back."""
    ordered(desk, desk.carol)
    raised(desk)
    ring = Keyring.open(desk.home)
    taken = at_once(*[lambda: notices.take(desk.now, ring)] * 4)
    assert sorted(len(some) for some in taken) == [0, 0, 0, 1]
    assert notices.take(desk.now + timedelta(seconds=119), ring) == []
    again = notices.take(desk.now + notices.LEASE, ring)
    assert [(one.tries, one.notice.key) for one in again] == [(2, Notice.objects.get().key)]
    assert [one.tries for one in notices.take(desk.now - timedelta(hours=3), ring)] == [3]


def test_tries_end_and_a_lasting_refusal_calls_the_next_person(desk: Desk) -> None:
    """A way that is away is tried nine times, spread out; one that refuses for good hands over at once."""
    ordered(desk, desk.carol, desk.bob)
    call = raised(desk)
    ring, now = Keyring.open(desk.home), desk.now
    pauses = []
    for turn in range(1, 10):
        (taken,) = notices.take(now, ring)
        assert taken.tries == turn
        notices.not_delivered(taken, ChannelTrouble("the server is away"), now, luck=0.5)
        row = Notice.objects.get(pk=taken.notice.pk)
        if row.state == "waiting":
            pauses.append((row.due_at - now).total_seconds())
            now = row.due_at
    assert (row.state, row.trouble) == ("failed", "the server is away")
    assert pauses == list(notices.BACK_OFF_S)
    Call.objects.all().delete()
    call = raised(desk)
    (taken,) = notices.take(desk.now, ring)
    notices.not_delivered(taken, ChannelTrouble("550 no such user", permanent=True), desk.now, luck=0.5)
    call.refresh_from_db()
    assert call.due_at == desk.now
    calls.tick(desk.now)
    assert people_called() == ["carol", "bob"]


def test_addresses_are_sealed_and_forgotten(desk: Desk) -> None:
    """No table holds an address or a secret; a removed way keeps nothing; only its own person can use it."""
    ring = Keyring.open(desk.home)
    hook = ways.add(
        desk.carol, kind="webhook", shape="slack", address="https://hooks.example/services/T0/B0/hidden",
        secret="sesame", keyring=ring, now=desk.now,
    )  # fmt: skip
    mail = way(desk, desk.carol)
    assert (hook.hint, mail.hint) == ("hooks.example", "…@brackwater.example")
    assert ways.target_of(hook, ring).address.endswith("/hidden")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            held = repr(cursor.fetchall())
            assert not any(word in held for word in ("hidden", "sesame", "carol@")), table
    Way.objects.filter(pk=hook.pk).update(person=desk.bob)
    with pytest.raises(ChannelTrouble):
        ways.target_of(Way.objects.get(pk=hook.pk), ring)
    ways.remove(desk.carol, mail.pk, now=desk.now)
    assert bytes(Way.objects.get(pk=mail.pk).sealed) == b""
    with pytest.raises(Conflict):
        ways.remove(desk.bob, mail.pk, now=desk.now)
    assert [row[0] for row in ledger_rows()][-3:] == ["way.add", "way.add", "way.remove"]


@pytest.mark.parametrize(
    ("kind", "shape", "address"),
    [("mail", "", "not an address"), ("webhook", "fax", "https://x.example/"), ("webhook", "slack", "ftp://x.example/"),
     ("ntfy", "", "https://ntfy.example/"), ("pigeon", "", "https://x.example/a"), ("webhook", "json", "javascript:1")],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(desk: Desk, kind: str, shape: str, address: str) -> None:
    """Nothing is stored of it."""
    with pytest.raises(BadInput):
        ways.add(
            desk.carol, kind=kind, shape=shape, address=address, keyring=Keyring.open(desk.home), now=desk.now
        )
    assert not Way.objects.exists()


def test_a_test_message_has_its_receipt(desk: Desk) -> None:
    """By one's own way only, not twice in a moment, with the answer of the way as its receipt."""
    mine = way(desk, desk.carol)
    with pytest.raises(Conflict):
        notices.test(desk.bob, mine.pk, desk.now)
    notices.test(desk.carol, mine.pk, desk.now)
    with pytest.raises(Conflict):
        notices.test(desk.carol, mine.pk, desk.now)
    (taken,) = notices.take(desk.now, Keyring.open(desk.home))
    notices.delivered(taken, "<abc@answers.example>", desk.now)
    row = Notice.objects.get()
    assert (row.state, row.receipt, row.sent_at) == ("sent", "<abc@answers.example>", desk.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=row.pk).update(receipt="")
