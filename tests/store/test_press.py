"""The media desk: a deadline, one answer to all, an embargo that ends, and both sides of a story."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.store import departures, press
from answerable.store.models import ItemRow, PressQuestion, Source, ThreadRow
from answerable.store.reading import press as reading
from answerable.store.stream import to_ms
from tests.cast import Desk
from tests.store.scene import draft, publish, story
from tests.store.test_departures import approved

HOUR = timedelta(hours=1)


def asked(desk: Desk, outlet: str = "Fenmoor Gazette", hours: int = 2) -> PressQuestion:
    return press.ask(
        desk.carol,
        unit=desk.top,
        outlet=outlet,
        text="Is it safe?",
        due_at=desk.now + hours * HOUR,
        now=desk.now,
    )


def test_one_answer_goes_to_all_who_asked(desk: Desk) -> None:
    """Three outlets, one statement: the same for each, once; the list is by deadline and then empty."""
    late, soon, middle = asked(desk, "Late Post", 9), asked(desk, "Soon FM", 1), asked(desk, "Middle TV", 3)
    open_ones = reading.questions(desk.carol, exercise=False)
    assert [one.outlet for one in open_ones] == ["Soon FM", "Middle TV", "Late Post"]
    out = publish(desk, draft(desk))
    numbers = [late.pk, soon.pk, middle.pk]
    assert press.answer_all(desk.bob, numbers, out.statement_id, now=desk.now + HOUR) == 3
    with pytest.raises(Conflict):
        press.answer_all(desk.bob, numbers[:1], out.statement_id, now=desk.now + HOUR)
    assert {(one.answer_id, one.embargo_until) for one in PressQuestion.objects.all()} == {
        (out.statement_id, None)
    }
    assert not reading.questions(desk.carol, exercise=False).exists()


def test_an_embargo_ends_when_the_statement_is_public(desk: Desk) -> None:
    """A planned text answers under an embargo until its time; a draft that nobody planned answers nothing."""
    question, version = asked(desk), approved(desk)
    with pytest.raises(BadInput, match="embargo needs an end"):
        press.answer_all(desk.bob, [question.pk], version.statement_id, now=desk.now)
    at = desk.now + HOUR
    departures.plan(desk.bob, version.pk, version.text_hash, at=at, now=desk.now)
    press.answer_all(desk.bob, [question.pk], version.statement_id, now=desk.now)
    question.refresh_from_db()
    assert question.embargo_until == at


def test_only_the_unit_asks_and_its_speakers_answer(desk: Desk) -> None:
    """Charlie of another unit does neither; Carol may not publish; a bad address or a past deadline is refused."""
    out, question = publish(desk, draft(desk)), asked(desk)
    for person in (desk.charlie, desk.carol):
        with pytest.raises(NotAllowed):
            press.answer_all(person, [question.pk], out.statement_id, now=desk.now)
    facts = {
        "unit": desk.top,
        "outlet": "Gazette",
        "text": "Why?",
        "due_at": desk.now + HOUR,
        "now": desk.now,
    }
    with pytest.raises(NotAllowed):
        press.ask(desk.charlie, **facts)  # type: ignore[arg-type]
    for wrong in ({"due_at": desk.now}, {"reply_to": "a\nb@x"}, {"outlet": " "}, {"text": ""}):
        with pytest.raises(BadInput):
            press.ask(desk.carol, **{**facts, **wrong})  # type: ignore[arg-type]
    assert not reading.questions(desk.charlie, exercise=False).exists()


def test_no_row_is_answered_without_a_statement(desk: Desk) -> None:
    """The database refuses an answer that is no statement."""
    question = asked(desk)
    with pytest.raises(IntegrityError), transaction.atomic():
        PressQuestion.objects.filter(pk=question.pk).update(answered_at=desk.now)


def test_what_people_say_and_what_outlets_write_stand_side_by_side(desk: Desk) -> None:
    """A story of one outlet is press, one that people talk about too is both; a lead stands beside it once."""
    about = story(desk)
    (side,) = reading.sides(desk.now, exercise=False)
    assert (side.kind, side.outlets, side.names) == ("press", 1, ("Fenmoor Gazette",))
    people = Source.objects.create(
        name="Search", kind="mastodon", address="https://social.example/", source_class="public",
        purpose="Water faults", added_at=desk.now,
    )  # fmt: skip
    at = to_ms(desk.now - HOUR)
    ItemRow.objects.create(
        pk=99, source=people, key=b"k" * 16, text="Brown!", published=at, heard=at, batch=1,
        thread=ThreadRow.objects.get(story=about),
    )  # fmt: skip
    press.point_to(desk.carol, about.pk, outlet="Fenmoor Gazette", now=desk.now)
    with pytest.raises(Conflict):
        press.point_to(desk.carol, about.pk, outlet="Fenmoor Gazette", now=desk.now)
    (side,) = reading.sides(desk.now, exercise=False)
    assert (side.kind, side.people, side.outlets, len(side.leads)) == ("both", 1, 1, 1)
    start = desk.now.replace(hour=0)
    ((number, items),) = reading.digest(start, exercise=False)
    assert (number, [item.source_class for item in items]) == (about.pk, ["outlet"])
