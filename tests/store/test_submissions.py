"""Messages that people give us on purpose: masked, sealed, followed, forgotten by their term."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from answerable.collect import door
from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.records import Item
from answerable.run.engine import LocalEngine
from answerable.run.told import collector, erase_withdrawn
from answerable.store import incidents, submission_work, submissions
from answerable.store.keyring import Keyring
from answerable.store.models import ItemRow, LedgerRow, Source, Submission, SubmissionContact, Tombstone
from answerable.store.reading.submissions import by_code, followed
from answerable.store.submissions import Received, Told, heard
from tests.cast import Desk
from tests.store.scene import draft, publish

DESK = "https://answers.example"


def tell(desk: Desk, form: str, **typed: Any) -> Received:
    told = Told(**{"came_by": "form", "kind": "report", "text": "The lamp is dark", **typed})
    return submissions.receive(
        told, form, ring=Keyring.open(desk.home), desk=DESK, contact_days=90, now=desk.now
    )


def hand_on(desk: Desk, source: Source) -> LocalEngine:
    """What the collectors' process does with a form, with an engine of its own."""
    engine = LocalEngine(desk.home, Keyring.open(desk.home))
    facts = submissions.SourceFacts(source.pk, "form", source.address, submissions.SourceClass.PUBLIC)
    keys = Keyring.open(desk.home).for_source(source.pk)
    for batch, cursor in collector(source.pk, DESK).collect({}):
        items = [door.admit(one, facts, keys, heard=desk.now) for one in batch]  # type: ignore[arg-type]
        engine.hand(source.pk, [one for one in items if isinstance(one, Item)], cursor)
    engine.settle()
    erase_withdrawn(engine, source.pk, Keyring.open(desk.home))
    return engine


def test_words_are_masked_before_they_are_a_row(desk: Desk) -> None:
    """Numbers, addresses and accounts in words and place are signs in the row; the exact place is sealed.

    Sabotage: store `told.text` instead of the admitted item's.
    """
    got = tell(desk, "f1", text="Call 01632 960 123 or maren@example.org, says @maren", place="12 Mill Lane")
    row = Submission.objects.get(pk=got.id)
    assert row.text == "Call ☎… or ✉…, says @…"
    assert "12" not in row.place
    assert submission_work.open_contact(desk.carol, row, ring=Keyring.open(desk.home), now=desk.now) == (
        "",
        "12 Mill Lane",
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM submissions")
        stored = repr(cursor.fetchall())
    for word in ("960 123", "maren", "12 Mill", got.code, got.code.replace("-", "")):
        assert word not in stored


def test_a_contact_opens_by_a_recorded_click_and_leaves_by_its_term(desk: Desk) -> None:
    """Sealed for one message, opened with a ledger row that holds neither, gone after ninety days."""
    got = tell(desk, "f1", contact="maren@example.org")
    other = tell(desk, "f2", contact="tilda@example.org")
    row = Submission.objects.select_related("unit").get(pk=got.id)
    ring = Keyring.open(desk.home)
    assert submission_work.open_contact(desk.carol, row, ring=ring, now=desk.now)[0] == "maren@example.org"
    assert LedgerRow.objects.filter(action="contact.open", object=row.pk).count() == 1
    with pytest.raises(NotAllowed):
        submission_work.open_contact(desk.charlie, row, ring=ring, now=desk.now)
    # What was sealed for one message cannot be passed off as another's.
    moved = SubmissionContact.objects.get(pk=other.id).sealed
    SubmissionContact.objects.filter(pk=got.id).update(sealed=moved)
    with pytest.raises(BadInput):
        submission_work.open_contact(desk.carol, row, ring=ring, now=desk.now)
    assert submissions.forget_due(desk.now + timedelta(days=89)) == 0
    assert submissions.forget_due(desk.now + timedelta(days=90)) == 2
    with pytest.raises(BadInput):
        submission_work.open_contact(desk.carol, row, ring=ring, now=desk.now)


def test_words_leave_by_the_source_s_term(desk: Desk) -> None:
    """After the days the form's source says, words and place are gone; kind, unit and times stay for counts."""
    got = tell(desk, "f1", place="12 Mill Lane")
    Source.objects.update(keep_days=30)
    submissions.forget_due(desk.now + timedelta(days=31))
    row = Submission.objects.get(pk=got.id)
    assert (row.text, row.place, row.sealed_place, row.kind) == ("", "", None, "report")
    assert submissions.waiting(row.source_id, DESK, 0, 10) == []


def test_a_message_becomes_an_item_once(desk: Desk) -> None:
    """Handed to the engine it is marked; handed again, as after a kill, nothing doubles."""
    tell(desk, "f1", text="No water in Mill Lane", place="Mill Lane")
    source = Source.objects.get(kind="form")
    hand_on(desk, source)
    assert ItemRow.objects.get().text == "No water in Mill Lane\nMill Lane"
    assert Submission.objects.get().handed_at is not None
    Submission.objects.update(handed_at=None)  # killed between the engine's commit and our mark
    hand_on(desk, source)
    assert ItemRow.objects.count() == 1
    assert submissions.waiting(source.pk, DESK, 0, 10) == []


def test_what_was_taken_back_leaves_the_engine_too(desk: Desk) -> None:
    """The item goes with a tombstone, also when it was handed on at the very moment; it does not come back."""
    got = tell(desk, "f1")
    source = Source.objects.get(kind="form")
    hand_on(desk, source)
    row = Submission.objects.get(pk=got.id)
    submissions.withdraw(row, desk.now)
    with pytest.raises(Conflict):
        submissions.withdraw(row, desk.now)
    hand_on(desk, source)
    assert (ItemRow.objects.count(), Tombstone.objects.get().reason) == (0, "request")
    assert not Submission.objects.get().item_leaves
    hand_on(desk, source)
    assert ItemRow.objects.count() == 0


def test_the_page_of_a_code_shows_reading_company_and_answers(desk: Desk) -> None:
    """Read by somebody, said by others too, its public incident, and the statement that answers it."""
    ring = Keyring.open(desk.home)
    first = tell(desk, "f1", text="No water in Mill Lane since six")
    tell(desk, "f2", text="No water in Mill Lane since six o'clock")
    hand_on(desk, Source.objects.get(kind="form"))
    row = by_code(first.code.lower(), ring)
    assert row is not None
    before = followed(row)
    assert (before.read_at, before.grouped, before.alike, before.answers) == (None, True, 1, ())
    submission_work.mark_read(desk.carol, row, now=desk.now)
    with pytest.raises(Conflict):
        submission_work.mark_read(desk.carol, row, now=desk.now)
    story = ItemRow.objects.order_by("id")[0].thread.story  # type: ignore[union-attr]
    matter = incidents.open_incident(
        desk.carol, title="No water", level=2, unit=desk.top, story_ids=[story.pk], now=desk.now
    )
    publish(desk, draft(desk, matter))
    after = followed(by_code(first.code, ring))  # type: ignore[arg-type]
    assert after.read_at == desk.now
    assert [seen.id for seen in after.incidents] == [matter.pk]
    assert len(after.answers) == 1


@given(form=st.text(min_size=1, max_size=30))
def test_codes_are_read_however_they_are_typed(form: str) -> None:
    """Small letters, other separators, O for 0 and I or l for 1: the same code."""

    class Ring:
        contact_key = b"k" * 32

    secret = submissions.Secret(Ring(), form)  # type: ignore[arg-type]
    code = secret.code
    assert 0 < secret.number < 2**53
    assert heard(code) == code.replace("-", "")
    for typed in (code.lower(), code.replace("-", " "), code.replace("0", "o").replace("1", "l")):
        assert heard(typed) == heard(code)
