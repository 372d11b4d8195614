"""Statements: a second person approves the exact text, that text goes out, and a correction keeps the old one."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from answerable.errors import BadInput, ChannelTrouble, Conflict, NotAllowed
from answerable.permissions import Role
from answerable.records import Outgoing, Receipt
from answerable.store import clocks, people, statements, timeline, voices
from answerable.store.models import Clock, Evidence, Incident, Publication, Statement, StatementVersion
from tests.cast import Desk
from tests.store.scene import at_once, draft, incident, ledger_rows, publish, story

pytestmark = pytest.mark.store
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def _met(made: Incident) -> set[str]:
    return set(Clock.objects.filter(incident=made, met_at__isnull=False).values_list("kind", flat=True))


def test_the_way_of_a_statement(desk: Desk) -> None:
    """Written, submitted, approved by a second person, published: receipts, timeline and ledger tell it all."""
    made = incident(desk)
    version = publish(desk, draft(desk, made))
    statement = Statement.objects.get()
    assert statement.published_id == version.pk
    assert version.published_at == desk.now
    sent = list(Publication.objects.order_by("channel").values_list("channel", "address", "exercise"))
    assert sent == [
        ("feed", "/feed.atom", False),
        ("website", f"/statements/{statement.pk}/", False),
    ]
    told = [entry.kind for entry in timeline.entries(made.pk) if entry.kind.startswith("statement")]
    assert told == ["statement_published", "statement_approved", "statement_submitted", "statement_written"]
    signed = [row[0] for row in ledger_rows() if row[1:] == ("statement_version", version.pk)]
    assert signed == ["statement.write", "statement.submit", "statement.approve", "statement.publish"]


def test_the_writer_does_not_approve(desk: Desk) -> None:
    """Not by our function, not past it: the database refuses it as well."""
    version = statements.write(
        desk.bob, kind="warning", voice_id=desk.voice.pk, language="en", title="T", text="X", now=desk.now
    )
    statements.submit(desk.bob, version.pk, now=desk.now)
    with pytest.raises(NotAllowed, match="second person"):
        statements.approve(desk.bob, version.pk, version.text_hash, now=desk.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        StatementVersion.objects.filter(pk=version.pk).update(approved_by=desk.bob)


def test_who_edits_becomes_the_writer(desk: Desk) -> None:
    """Bob changes a word of Carol's draft: now Carol may not be passed by Bob's own approval."""
    version = draft(desk)
    edited = statements.edit(
        desk.bob, version.pk, text_hash=version.text_hash, title="T", text="Other", now=desk.now
    )
    statements.submit(desk.carol, version.pk, now=desk.now)
    with pytest.raises(NotAllowed):
        statements.approve(desk.bob, version.pk, edited.text_hash, now=desk.now)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another"},
        {"text": "The rust is poison."},
        {"what_to_do": "Run"},
        {"not_known": "Much"},
        {"machine_help": "Written by a machine"},
        {"claim": "c", "verdict": "true"},
        {"change_note": "n"},
        {"next_word_at": datetime.fromisoformat("2026-03-02T14:00:00+00:00")},
    ],
)
def test_a_text_changed_after_approval_does_not_go_out(desk: Desk, change: dict[str, object]) -> None:
    """Whatever word is changed past our functions, also with a false hash: it is not what was approved."""
    version = draft(desk)
    statements.submit(desk.carol, version.pk, now=desk.now)
    statements.approve(desk.bob, version.pk, version.text_hash, now=desk.now)
    StatementVersion.objects.filter(pk=version.pk).update(**change)
    with pytest.raises(Conflict, match="word for word"):
        statements.publish(desk.bob, version.pk, now=desk.now)
    assert Publication.objects.count() == 0


def test_evidence_changed_after_approval_does_not_go_out(desk: Desk) -> None:
    """The hash covers evidence too."""
    version = draft(desk)
    statements.submit(desk.carol, version.pk, now=desk.now)
    statements.approve(desk.bob, version.pk, version.text_hash, now=desk.now)
    Evidence.objects.update(link="https://elsewhere.example/")
    with pytest.raises(Conflict):
        statements.publish(desk.bob, version.pk, now=desk.now)


def test_approval_is_of_the_text_that_was_read(desk: Desk) -> None:
    """Sent back, edited and submitted again while a page was open: the approval of the old text is refused."""
    version = draft(desk)
    statements.submit(desk.carol, version.pk, now=desk.now)
    read = version.text_hash
    statements.send_back(desk.bob, version.pk, note="Which pipe?", now=desk.now)
    statements.edit(desk.carol, version.pk, text_hash=read, title="T", text="The old pipe.", now=desk.now)
    statements.submit(desk.carol, version.pk, now=desk.now)
    with pytest.raises(Conflict, match="not the one you read"):
        statements.approve(desk.bob, version.pk, read, now=desk.now)


def test_only_a_draft_is_edited(desk: Desk) -> None:
    """From submission on the text stands still; a stale page overwrites nobody's words."""
    version = draft(desk)
    words = {"title": "T", "text": "Second", "now": desk.now}
    edited = statements.edit(desk.carol, version.pk, text_hash=version.text_hash, **words)
    assert not Evidence.objects.filter(version=version).exists()
    with pytest.raises(Conflict):
        statements.edit(desk.carol, version.pk, text_hash=version.text_hash, **words)
    statements.submit(desk.carol, version.pk, now=desk.now)
    with pytest.raises(Conflict):
        statements.edit(desk.carol, version.pk, text_hash=edited.text_hash, **words)
    with pytest.raises(Conflict):
        statements.submit(desk.carol, version.pk, now=desk.now)


def test_what_is_not_approved_does_not_go_out(desk: Desk) -> None:
    """A draft, a submitted text and one that was sent back after approval: none can be published, or approved early."""
    version = draft(desk)
    with pytest.raises(Conflict):
        statements.approve(desk.bob, version.pk, version.text_hash, now=desk.now)
    with pytest.raises(Conflict):
        statements.publish(desk.bob, version.pk, now=desk.now)
    statements.submit(desk.carol, version.pk, now=desk.now)
    with pytest.raises(Conflict):
        statements.publish(desk.bob, version.pk, now=desk.now)
    statements.approve(desk.bob, version.pk, version.text_hash, now=desk.now)
    statements.send_back(desk.bob, version.pk, now=desk.now)
    with pytest.raises(Conflict):
        statements.publish(desk.bob, version.pk, now=desk.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        StatementVersion.objects.filter(pk=version.pk).update(published_at=desk.now)


def test_two_who_approve_at_once(desk: Desk) -> None:
    """Two spokespersons, many times: one approves, the other gets a conflict, one ledger row."""
    dora, _ = people.invite(
        desk.alice, login="dora", name="Dora Eel", unit=desk.top, roles=[Role.HEAD], now=desk.now
    )
    for _ in range(12):
        version = draft(desk)
        statements.submit(desk.carol, version.pk, now=desk.now)
        results = at_once(
            lambda v=version: statements.approve(desk.bob, v.pk, v.text_hash, now=desk.now),
            lambda v=version: statements.approve(dora, v.pk, v.text_hash, now=desk.now),
        )
        assert sorted(type(result).__name__ for result in results) == ["Conflict", "StatementVersion"]
        assert ledger_rows().count(("statement.approve", "statement_version", version.pk)) == 1


def test_two_who_publish_at_once(desk: Desk) -> None:
    """It goes out once, with one receipt a channel."""
    for _ in range(6):
        version = draft(desk)
        statements.submit(desk.carol, version.pk, now=desk.now)
        statements.approve(desk.bob, version.pk, version.text_hash, now=desk.now)
        results = at_once(*[lambda v=version: statements.publish(desk.bob, v.pk, now=desk.now)] * 3)
        assert [type(result) for result in results].count(Conflict) == 2
        assert Publication.objects.filter(version=version).count() == 2
        assert ledger_rows().count(("statement.publish", "statement_version", version.pk)) == 1


def test_a_correction_is_a_new_version_beside_the_old(desk: Desk) -> None:
    """The old text stays as it was, readable; the statement points at the new one once that is out."""
    first = publish(desk, draft(desk))
    words = {"title": "It is iron", "text": "Eleven taps.", "change_note": "Nine taps became eleven"}
    second = statements.revise(desk.carol, first.statement_id, **words, now=desk.now + MINUTE)
    statement = Statement.objects.get()
    assert (second.number, statement.published_id) == (2, first.pk)
    publish(desk, second, desk.now + 2 * MINUTE)
    statement.refresh_from_db()
    assert statement.published_id == second.pk
    old = StatementVersion.objects.get(pk=first.pk)
    assert (old.text, old.text_hash, old.published_at) == (first.text, first.text_hash, desk.now)
    assert Publication.objects.filter(channel="website").count() == 2


def test_a_correction_says_what_it_corrects_and_waits_its_turn(desk: Desk) -> None:
    """No correction of what is not out, none without a note, one at a time also when two begin at once."""
    version = draft(desk)
    words = {"title": "T", "text": "X", "now": desk.now}
    with pytest.raises(Conflict, match="not published yet"):
        statements.revise(desk.carol, version.statement_id, change_note="n", **words)
    publish(desk, version)
    with pytest.raises(BadInput, match="correct"):
        statements.revise(desk.carol, version.statement_id, change_note=" ", **words)
    results = at_once(
        *[lambda: statements.revise(desk.carol, version.statement_id, change_note="n", **words)] * 3
    )
    assert sorted(type(result).__name__ for result in results) == ["Conflict", "Conflict", "StatementVersion"]


def test_a_published_text_stands(desk: Desk) -> None:
    """It cannot be edited, sent back or published again."""
    version = publish(desk, draft(desk))
    for change in (
        lambda: statements.edit(
            desk.carol, version.pk, text_hash=version.text_hash, title="T", text="X", now=desk.now
        ),
        lambda: statements.send_back(desk.bob, version.pk, now=desk.now),
        lambda: statements.publish(desk.bob, version.pk, now=desk.now),
    ):
        with pytest.raises(Conflict):
            change()


def test_no_voice_no_word(desk: Desk) -> None:
    """An unknown or retired voice writes, approves and publishes nothing."""
    with pytest.raises(NotAllowed, match="registered voice"):
        draft(desk, voice_id=999)
    version = draft(desk)
    statements.submit(desk.carol, version.pk, now=desk.now)
    statements.approve(desk.bob, version.pk, version.text_hash, now=desk.now)
    voices.retire(desk.alice, desk.voice, now=desk.now)
    with pytest.raises(NotAllowed, match="registered voice"):
        statements.publish(desk.bob, version.pk, now=desk.now)
    with pytest.raises(NotAllowed, match="registered voice"):
        draft(desk)
    assert Publication.objects.count() == 0


def test_voices_are_registered_once_and_retired_once(desk: Desk) -> None:
    """By who may change voices in that unit, with a name and a title; retired ones leave the choices."""
    made = voices.register(desk.alice, unit=desk.water, name="Maren Oye", role="Engineer", now=desk.now)
    assert list(voices.registered(desk.water)) == [made]
    assert set(voices.choices(desk.carol)) == {made, desk.voice}
    assert list(voices.choices(desk.charlie)) == [made]
    assert set(voices.choices(desk.charlie, desk.water)) == {made, desk.voice}
    with pytest.raises(NotAllowed):
        voices.register(desk.bob, unit=desk.top, name="N", role="R", now=desk.now)
    with pytest.raises(BadInput):
        voices.register(desk.alice, unit=desk.top, name="\u202e", role="R", now=desk.now)
    voices.retire(desk.alice, made, now=desk.now)
    with pytest.raises(Conflict):
        voices.retire(desk.alice, made, now=desk.now)
    assert list(voices.registered(desk.water)) == []


def test_the_unit_that_speaks_approves_and_publishes(desk: Desk) -> None:
    """Charlie of Water Services may draft for its own voice only; the council's word is the council's to give."""
    with pytest.raises(NotAllowed):
        statements.write(
            desk.charlie,
            kind="warning",
            voice_id=desk.voice.pk,
            language="en",
            title="T",
            text="X",
            now=desk.now,
        )
    version = draft(desk)
    statements.submit(desk.carol, version.pk, now=desk.now)
    for person in (desk.charlie, desk.carol, desk.alice):
        with pytest.raises(NotAllowed):
            statements.approve(person, version.pk, version.text_hash, now=desk.now)
    statements.approve(desk.bob, version.pk, version.text_hash, now=desk.now)
    for person in (desk.charlie, desk.carol, desk.alice):
        with pytest.raises(NotAllowed):
            statements.publish(person, version.pk, now=desk.now)
    with pytest.raises(NotAllowed, match="no such statement"):
        statements.approve(desk.bob, 999, "", now=desk.now)


def test_a_holding_line_stops_the_first_clock_alone(desk: Desk) -> None:
    """60 minutes: any published word. 5 hours: not a holding line, and with evidence."""
    made = incident(desk)
    publish(desk, draft(desk, made, kind="holding"), desk.now)
    assert _met(made) == {"holding_60m"}
    publish(desk, draft(desk, made, evidence=()), desk.now + MINUTE)
    assert _met(made) == {"holding_60m"}
    publish(desk, draft(desk, made), desk.now + 2 * MINUTE)
    assert _met(made) == {"holding_60m", "statement_5h"}
    kept = Clock.objects.get(incident=made, kind="holding_60m")
    assert kept.met_at == desk.now


def test_the_second_working_day_clock_stops_with_an_answer(desk: Desk) -> None:
    """48 hours: a holding line is no answer, any other statement is."""
    made = incident(desk, level=3)
    publish(desk, draft(desk, made, kind="holding"))
    assert _met(made) == set()
    publish(desk, draft(desk, made, evidence=()))
    assert _met(made) == {"answer_48h"}


def test_what_went_out_before_the_level_rose_counts(desk: Desk) -> None:
    """A clock that comes with a higher level is met by a word that is out already, at its own time."""
    from answerable.store import incidents

    made = incident(desk, level=4)
    publish(desk, draft(desk, made, kind="holding"), desk.now)
    incidents.change_level(desk.carol, made.pk, level=1, version=1, now=desk.now + HOUR)
    assert Clock.objects.get(incident=made, kind="holding_60m").met_at == desk.now
    assert clocks.mark_missed(desk.now + HOUR) == 0


def test_an_exercise_goes_to_the_exercise_channel_only(desk: Desk) -> None:
    """Its one receipt is the exercise's, and the database refuses any other channel for it."""
    version = publish(desk, draft(desk, incident(desk, exercise=True)))
    assert list(Publication.objects.values_list("channel", "exercise")) == [("exercise", True)]
    for channel in ("website", "feed"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Publication.objects.create(version=version, channel=channel, key="k", at=desk.now, exercise=True)


def test_real_evidence_under_real_words(desk: Desk) -> None:
    """An item of the drill, or one that is not there, is no evidence; a link is a whole web address."""
    real, drill = story(desk), story(desk, exercise=True)
    assert draft(desk, evidence=[(real.heading_item, "", "")]).evidence.get().item == real.heading_item
    for wrong in (
        (drill.heading_item, "", ""),
        (999, "", ""),
        (None, "", "https://x.example/"),
        (None, "Record", "javascript:alert(1)"),
        (None, "Record", "//x.example"),
    ):
        with pytest.raises(BadInput):
            draft(desk, evidence=[wrong])


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "rant"},
        {"language": " "},
        {"title": ""},
        {"text": "\u200e\x00 ".replace("\u200e", "")},
        {"title": "x" * 301},
        {"verdict": "false"},
        {"claim": "They say"},
        {"claim": "They say", "verdict": "maybe"},
    ],
)
def test_an_unfit_draft_is_refused_whole(desk: Desk, wrong: dict[str, object]) -> None:
    """One sentence says what to do and no row stays."""
    with pytest.raises(BadInput):
        draft(desk, **wrong)
    assert Statement.objects.count() == 0
    assert ledger_rows() == []


def test_hostile_characters_do_not_reach_the_second_reader(desk: Desk) -> None:
    """NULs, lone surrogates and marks that turn a line around are gone before the hash is made."""
    version = draft(desk, title="A\u202eB\x00", text="x\ud800y\r\nz\u2066")
    assert (version.title, version.text) == ("AB", "xy\nz")
    stored = StatementVersion.objects.get(pk=version.pk)
    assert publish(desk, stored).published_at == desk.now


def test_a_channel_that_fails_leaves_everything_as_it_was(desk: Desk) -> None:
    """No version is out, no receipt stands, no clock stopped when a channel does not take the text."""

    class Broken:
        name, exercise = "broken", False

        def send(self, outgoing: Outgoing, now: datetime) -> Receipt:
            raise ChannelTrouble("The wire is cut: try again.")

    made = incident(desk)
    version = draft(desk, made)
    statements.submit(desk.carol, version.pk, now=desk.now)
    statements.approve(desk.bob, version.pk, version.text_hash, now=desk.now)
    rows = ledger_rows()
    with pytest.raises(ChannelTrouble):
        statements.publish(desk.bob, version.pk, now=desk.now, channels=[*statements.BUILT_IN, Broken()])
    assert StatementVersion.objects.get(pk=version.pk).published_at is None
    assert Publication.objects.count() == 0
    assert _met(made) == set()
    assert ledger_rows() == rows
    assert statements.publish(desk.bob, version.pk, now=desk.now).published_at == desk.now


def test_channels_are_told_who_speaks(desk: Desk) -> None:
    """The outgoing text names the body, the voice with its title, and the help of a machine."""
    version = draft(desk, machine_help="Translated by machine, read by a person")
    text = statements.outgoing(version, desk.voice)
    assert (text.unit, text.voice) == ("Brackwater Council", "Bob Saltmarsh, Spokesperson")
    assert text.machine_help == "Translated by machine, read by a person"
