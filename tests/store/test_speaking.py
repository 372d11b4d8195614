"""How an incident is spoken of: a conference with its questions, and lines that all units say alike."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Role
from answerable.store import conferences, incidents, shared_lines
from answerable.store.models import Conference, ConferenceQuestion, SharedLine, TimelineEntry, UnitTold
from answerable.store.reading.needs import needs
from tests.cast import Desk
from tests.store.casework import colleague
from tests.store.scene import at_once, incident

pytestmark = pytest.mark.store

HOUR = timedelta(hours=1)


def kinds(number: int) -> list[str]:
    return list(TimelineEntry.objects.filter(incident=number).order_by("id").values_list("kind", flat=True))


def test_a_question_is_expected_asked_owed_and_answered(desk: Desk) -> None:
    """What cannot be answered in the room stands on Now with its time until somebody answers it, once.

    Sabotage: let `asked` forget `due_at`, or `needs` the questions.
    """
    made = incident(desk).pk
    first = conferences.expect(desk.carol, made, text="Is it  safe to\ndrink?", now=desk.now)
    assert first.text == "Is it safe to drink?"
    conferences.prepare(desk.carol, first.pk, prepared="Boil it until noon.", now=desk.now)
    conferences.asked(desk.carol, made, number=first.pk, outlet="Estuary Post", now=desk.now)
    with pytest.raises(Conflict):
        conferences.asked(desk.carol, made, number=first.pk, now=desk.now)
    with pytest.raises(Conflict):
        conferences.prepare(desk.carol, first.pk, prepared="x", now=desk.now)
    soon = desk.now + 2 * HOUR
    other = conferences.asked(desk.carol, made, text="Who pays?", due_at=soon, now=desk.now)
    done = conferences.asked(desk.carol, made, text="Since when?", answer="Since 06:40.", now=desk.now)
    waits = [(one.title, one.due) for one in needs(desk.carol, exercise=False) if one.kind == "owed"]
    assert waits == [("Who pays?", soon), ("Is it safe to drink?", desk.now + 24 * HOUR)]
    assert not [one for one in needs(desk.charlie, exercise=False) if one.kind == "owed"]
    conferences.give(desk.bob, other.pk, answer="The council.", now=desk.now + 3 * HOUR)
    with pytest.raises(Conflict):
        conferences.give(desk.bob, done.pk, answer="Again.", now=desk.now)
    expected, owed, answered = conferences.questions(first.incident)
    assert [row.pk for row in (*expected, *owed)] == [first.pk]
    assert [row.pk for row in answered] == [other.pk, done.pk]
    assert kinds(made)[-4:] == [
        "conference_asked",
        "conference_asked",
        "conference_answered",
        "conference_answered",
    ]


def test_one_conference_is_planned_and_recording_it_ends_the_plan(desk: Desk) -> None:
    """Ahead of us, one at a time, also when two plan at once; called off it leaves room for another."""
    made = incident(desk)
    facts = {"at": desk.now + HOUR, "place": "Town hall, room 2", "voice": desk.voice, "now": desk.now}
    with pytest.raises(BadInput):
        conferences.plan(desk.carol, made.pk, **facts | {"at": desk.now})
    results = at_once(*[lambda: conferences.plan(desk.carol, made.pk, **facts)] * 3)
    assert sorted(type(one).__name__ for one in results) == ["Conference", "Conflict", "Conflict"]
    conferences.call_off(desk.carol, made.pk, now=desk.now)
    with pytest.raises(Conflict):
        conferences.call_off(desk.carol, made.pk, now=desk.now)
    conferences.plan(desk.carol, made.pk, **facts)
    later = desk.now + 2 * HOUR
    incidents.record_conference(desk.carol, made.pk, held_at=later, version=1, now=later)
    assert not conferences.planned(made).exists()
    assert Conference.objects.filter(held_at=later, off_at=None).count() == 1


def test_a_line_holds_by_a_second_person_and_each_unit_says_that_it_has_it(desk: Desk) -> None:
    """Its writer never approves it, nor does the database let them; approved, every unit told owes a receipt.

    Sabotage: leave `telling.tell` out of `approve`, or the check of the writer.
    """
    made = incident(desk).pk
    hana = colleague("hana", Role.HEAD, desk.top)
    shared_lines.link(desk.carol, made, units=[desk.water, desk.water, desk.top], now=desk.now)
    with pytest.raises(BadInput):
        shared_lines.link(desk.carol, made, units=[desk.water], now=desk.now)
    line = shared_lines.write(desk.bob, made, text="Boil the water until noon.", now=desk.now)
    for actor in (desk.bob, desk.carol, desk.charlie):
        with pytest.raises(NotAllowed):
            shared_lines.approve(actor, line.pk, now=desk.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        SharedLine.objects.filter(pk=line.pk).update(approved_by=desk.bob, approved_at=desk.now)
    shared_lines.approve(hana, line.pk, now=desk.now)
    told = UnitTold.objects.filter(incident=made).order_by("pk").values_list("unit", "why", "due_at")
    due = desk.now + timedelta(minutes=30)
    assert list(told) == [(desk.water.pk, "told", due), (desk.water.pk, "line", due)]
    for late in (shared_lines.approve, shared_lines.retire):
        with pytest.raises(Conflict if late is shared_lines.approve else NotAllowed):
            late(hana if late is shared_lines.approve else desk.carol, line.pk, now=desk.now)
    shared_lines.retire(desk.bob, line.pk, now=desk.now)
    assert not shared_lines.lines_of(line.incident).exists()
    assert kinds(made)[-4:] == ["line_written", "line_approved", "told", "line_retired"]


def test_a_unit_that_was_not_told_changes_and_reads_nothing(desk: Desk) -> None:
    """Charlie's unit was told of nothing: he plans, asks, answers and writes no line; told, he still does not."""
    made = incident(desk).pk
    question = conferences.asked(desk.carol, made, text="Who pays?", now=desk.now)
    line = shared_lines.write(desk.carol, made, text="Boil it.", now=desk.now)
    ahead = desk.now + HOUR
    for told in (False, True):
        if told:
            shared_lines.link(desk.carol, made, units=[desk.water], now=desk.now)
        for act in (
            lambda: conferences.plan(desk.charlie, made, at=ahead, place="x", now=desk.now),
            lambda: conferences.call_off(desk.charlie, made, now=desk.now),
            lambda: conferences.expect(desk.charlie, made, text="x", now=desk.now),
            lambda: conferences.asked(desk.charlie, made, text="x", now=desk.now),
            lambda: conferences.give(desk.charlie, question.pk, answer="x", now=desk.now),
            lambda: shared_lines.write(desk.charlie, made, text="x", now=desk.now),
            lambda: shared_lines.retire(desk.charlie, line.pk, now=desk.now),
            lambda: shared_lines.link(desk.charlie, made, units=[desk.top], now=desk.now),
        ):
            with pytest.raises(NotAllowed):
                act()
    assert ConferenceQuestion.objects.count() == SharedLine.objects.count() == 1
