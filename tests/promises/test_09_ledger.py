"""Promise 9: every change of state is in the ledger, which cannot be quietly rewritten and holds no text.

Sabotage: let each row forget the hash of the one before it; the chain falls apart.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import time, timedelta
from types import ModuleType
from typing import Any

import pytest
from django.db import DatabaseError, connection

from answerable.permissions import Role
from answerable.records import Item
from answerable.store import (
    alert_rules,
    alerts,
    answer_disputes,
    answer_documents,
    answer_notices,
    answers,
    calendars,
    case_answers,
    case_replies,
    case_supervision,
    cases,
    channels,
    claim_weights,
    clocks,
    conferences,
    departures,
    disputes,
    doubts,
    duty,
    duty_notes,
    emergencies,
    form_links,
    inbox,
    incidents,
    invitations,
    ledger,
    outbox,
    people,
    press,
    quarantine,
    question_samples,
    questions,
    reply_bank,
    rooms,
    shared_lines,
    sources,
    statements,
    submission_files,
    submission_work,
    submissions,
    supervision,
    tasks,
    voice_replies,
    voices,
)
from answerable.store.keyring import Keyring
from answerable.store.models import (
    DutyNote,
    FormLink,
    LedgerRow,
    LedgerSalt,
    Quarantined,
    Question,
    QuestionMatch,
    QuestionSample,
    Source,
    StatementVersion,
    Submission,
)
from answerable.store.quarantine import Fault
from answerable.store.stream import to_ms
from tests.cast import Desk
from tests.promises import (
    answer_writes,
    case_writes,
    channel_writes,
    judging_writes,
    leaving_writes,
    proof_writes,
    speaking_writes,
)
from tests.store.scene import alert, draft, incident, publish, story
from tests.web.test_inbox_pages import tell, thread_of

pytestmark = pytest.mark.store

SABOTAGE = (
    "answerable/store/ledger.py",
    "previous=before.hash if before else GENESIS,",
    "previous=GENESIS,",
)

WRITERS: tuple[ModuleType, ...] = (
    alert_rules,
    alerts,
    answer_disputes,
    answer_documents,
    answer_notices,
    answers,
    calendars,
    case_answers,
    case_replies,
    case_supervision,
    cases,
    claim_weights,
    channels,
    conferences,
    departures,
    disputes,
    doubts,
    duty,
    duty_notes,
    emergencies,
    form_links,
    inbox,
    incidents,
    invitations,
    outbox,
    people,
    press,
    quarantine,
    questions,
    reply_bank,
    rooms,
    shared_lines,
    sources,
    statements,
    submission_files,
    submission_work,
    submissions,
    supervision,
    tasks,
    voice_replies,
    voices,
)
SECRET = "Mrs Quillfeather"  # stands in every text that is written below


@contextmanager
def _watched() -> Iterator[list[str]]:
    """The statements that write, in order."""
    written: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.lstrip().split(" ", 1)[0].upper() in {"INSERT", "UPDATE", "DELETE"}:
            written.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        yield written


def _incident_changes(desk: Desk) -> dict[str, Callable[[], Any]]:
    made = incident(desk)
    late = {"now": desk.now + timedelta(days=3)}
    clock = made.clocks.get(kind="holding_60m")
    fresh = alert(desk, story(desk))
    doubtful = alert(desk, story(desk))
    about = story(desk)
    return {
        "alerts.acknowledge": lambda: alerts.acknowledge(desk.carol, fresh.pk, now=desk.now),
        "alerts.dismiss": lambda: alerts.dismiss(desk.carol, doubtful.pk, now=desk.now),
        "incidents.open_incident": lambda: incidents.open_incident(
            desk.carol, title=SECRET, level=1, unit=desk.top, story_ids=[about.pk], now=desk.now
        ),
        "incidents.take": lambda: incidents.take(desk.carol, made.pk, version=1, now=desk.now),
        "incidents.add_note": lambda: incidents.add_note(
            desk.carol, made.pk, text=SECRET, version=2, now=desk.now
        ),
        "incidents.change_level": lambda: incidents.change_level(
            desk.carol, made.pk, level=1, note=SECRET, version=3, now=desk.now
        ),
        "incidents.change_state": lambda: incidents.change_state(
            desk.carol, made.pk, state="identified", note=SECRET, version=4, now=desk.now
        ),
        "incidents.record_conference": lambda: incidents.record_conference(
            desk.carol, made.pk, held_at=desk.now, version=5, now=desk.now
        ),
        "clocks.mark_missed": lambda: clocks.mark_missed(**late),
        "incidents.explain_clock": lambda: incidents.explain_clock(
            desk.carol, made.pk, clock_id=clock.pk, text=SECRET, version=6, **late
        ),
        "incidents.hand_over": lambda: incidents.hand_over(
            desk.carol, made.pk, unit=desk.water, owner=desk.charlie, version=7, **late
        ),
    }


def _statement_changes(desk: Desk) -> dict[str, Callable[[], Any]]:
    words: dict[str, Any] = {"title": SECRET, "text": SECRET, "now": desk.now}
    voice = {"kind": "warning", "voice_id": desk.voice.pk, "language": "en"}
    version = draft(desk)
    out = publish(desk, draft(desk))

    def now_hash() -> str:
        return StatementVersion.objects.values_list("text_hash", flat=True).get(pk=version.pk)

    return {
        "statements.write": lambda: statements.write(desk.carol, **voice, **words),
        "statements.edit": lambda: statements.edit(desk.carol, version.pk, text_hash=now_hash(), **words),
        "statements.submit": lambda: statements.submit(desk.carol, version.pk, now=desk.now),
        "statements.send_back": lambda: statements.send_back(desk.bob, version.pk, note=SECRET, now=desk.now),
        "again": lambda: statements.submit(desk.carol, version.pk, now=desk.now),
        "statements.approve": lambda: statements.approve(desk.bob, version.pk, now_hash(), now=desk.now),
        "statements.publish": lambda: statements.publish(desk.bob, version.pk, now=desk.now),
        "statements.revise": lambda: statements.revise(
            desk.carol, out.statement_id, change_note=SECRET, **words
        ),
    }


def _quarantine_changes(desk: Desk) -> dict[str, Callable[[], Any]]:
    held = Source.objects.create(
        name="Post", kind="feeds", address="https://post.example/", source_class="outlet", unit=desk.top,
        purpose="to hear", added_at=desk.now,
    )  # fmt: skip

    def fresh(number: int) -> Quarantined:
        made = Item(held.pk, bytes([number]) * 16, SECRET, "", desk.now, desk.now)
        quarantine.set_aside_unstored(made, [], Fault("store", "raised"), desk.now)
        return Quarantined.objects.get(key=made.key)

    return {
        "quarantine.read_again": lambda: quarantine.read_again(desk.carol, fresh(1), now=desk.now),
        "quarantine.discard": lambda: quarantine.discard(desk.carol, fresh(2), now=desk.now),
        "quarantine.read_all_again": lambda: (
            fresh(3),
            quarantine.read_all_again(desk.carol, exercise=False, now=desk.now),
        ),
    }


def _inbox_changes(desk: Desk) -> dict[str, Callable[[], Any]]:
    thread = thread_of(desk)

    def decide() -> None:
        tell(desk, thread, 2, SECRET)
        inbox.decide(desk.carol, thread.pk, what="handed", unit=desk.water, now=desk.now)

    return {
        "inbox.decide": decide,
        "inbox.undo": lambda: inbox.undo(desk.carol, thread.pk, now=desk.now),
    }


def _source_changes(desk: Desk) -> dict[str, Callable[[], Any]]:
    def one() -> Source:
        return Source.objects.get(address="https://gazette.example/feed")

    facts = {"name": SECRET, "purpose": SECRET}
    return {
        "sources.add": lambda: sources.add(
            desk.carol, kind="feeds", address="https://gazette.example/feed", source_class="outlet",
            unit=desk.top, now=desk.now, **facts,
        ),
        "sources.change": lambda: sources.change(
            desk.carol, one(), licence="", keep_days=9, now=desk.now, **facts
        ),
        "sources.given_password": lambda: sources.given_password(desk.carol, one(), now=desk.now),
        "sources.pause": lambda: sources.pause(desk.carol, one(), now=desk.now),
        "sources.resume": lambda: sources.resume(desk.carol, one(), now=desk.now),
        "sources.remove": lambda: sources.remove(desk.carol, one(), now=desk.now),
        "sources.moved": lambda: sources.moved(one().pk, "https://new.example/feed", desk.now),
    }  # fmt: skip


def _question_changes(desk: Desk) -> dict[str, Callable[[], Any]]:
    def one() -> Question:
        return Question.objects.get()

    def sample() -> QuestionSample:
        QuestionMatch.objects.get_or_create(question=one(), item=1, published=to_ms(desk.now))
        Question.objects.update(run_version=2, run_done=True)
        question_samples.draw_due(desk.now + timedelta(days=7))
        return QuestionSample.objects.get(done_at=None)

    asked = questions.Wanted(name=SECRET, purpose="other", purpose_text=SECRET, words=SECRET)
    name = questions.Wanted(name=SECRET, purpose="other", purpose_text=SECRET, words="bob saltmarsh")
    review = {"criticism": 1, "service": 0, "neither": 0, "finding": SECRET, "outcome": "keeps"}
    waiting: list[QuestionSample] = []
    return {
        "questions.create": lambda: questions.create(desk.carol, asked, unit=desk.top, now=desk.now),
        "questions.change": lambda: questions.change(desk.carol, one(), name, version=1, now=desk.now),
        "question_samples.draw_due": lambda: waiting.append(sample()),
        "questions.record_finding": lambda: questions.record_finding(
            desk.alice,
            waiting[0],
            **review,
            now=desk.now,  # type: ignore[arg-type]
        ),
        "questions.pause": lambda: questions.pause(desk.carol, one(), now=desk.now),
        "questions.resume": lambda: questions.resume(desk.carol, one(), now=desk.now),
        "questions.remove": lambda: questions.remove(desk.carol, one(), now=desk.now),
    }


def _people_changes(desk: Desk) -> dict[str, Callable[[], Any]]:
    token = people.new_link(desk.alice, desk.bob, now=desk.now)
    extra = voices.register(desk.alice, unit=desk.water, name="N", role="R", now=desk.now)
    return {
        "people.create_unit": lambda: people.create_unit(
            desk.alice, name=SECRET, parent=desk.top, now=desk.now
        ),
        "people.change_unit": lambda: people.change_unit(
            desk.alice, desk.water, name=SECRET, timezone="UTC", duty_number="1", now=desk.now
        ),
        "people.invite": lambda: people.invite(
            desk.alice, login="q", name=SECRET, unit=desk.top, roles=[Role.HEAD], now=desk.now
        ),
        "people.new_link": lambda: people.new_link(desk.alice, desk.carol, now=desk.now),
        "people.redeem": lambda: people.redeem(token, desk.now),
        "people.set_password": lambda: people.set_password(desk.carol, f"{SECRET} and 7 eels", desk.now),
        "people.set_language": lambda: people.set_language(desk.carol, "zh", desk.now),
        "people.change_roles": lambda: people.change_roles(
            desk.alice, desk.charlie, unit=desk.top, roles=[Role.HEAD], now=desk.now
        ),
        "people.deactivate": lambda: people.deactivate(desk.alice, desk.charlie, now=desk.now),
        "people.reactivate": lambda: people.reactivate(desk.alice, desk.charlie, now=desk.now),
        "voices.register": lambda: voices.register(
            desk.alice, unit=desk.top, name=SECRET, role="Spokesperson", now=desk.now
        ),
        "voices.retire": lambda: voices.retire(desk.alice, extra, now=desk.now),
    }


def _duty_changes(desk: Desk) -> dict[str, Callable[[], Any]]:
    roster = duty.create_roster(desk.alice, desk.top, "information_officers", 1, now=desk.now)
    span = (desk.now, desk.now + timedelta(days=1))
    away = duty.absent(desk.carol, desk.carol, *span, now=desk.now)
    cover = duty.stand_in(
        desk.alice, roster, start=span[0], end=span[1], person=desk.bob, instead_of=desk.carol, now=desk.now
    )
    lines = alert_rules.rules().concerns + f"\n{SECRET} waits for the bus"
    return {
        "duty.create_roster": lambda: duty.create_roster(
            desk.alice, desk.top, "spokespersons", 2, now=desk.now
        ),
        "duty.set_rotation": lambda: duty.set_rotation(
            desk.alice, roster, [desk.bob.pk], first=desk.now.date(), hand_over=time(9), days=7, now=desk.now
        ),
        "duty.stand_in": lambda: duty.stand_in(
            desk.alice, roster, start=span[0], end=span[1], person=desk.bob, seat=0, now=desk.now
        ),
        "duty.swap": lambda: duty.swap(
            desk.alice, roster, (desk.carol, *span), (desk.bob, *span), now=desk.now
        ),
        "duty.absent": lambda: duty.absent(desk.bob, desk.bob, *span, now=desk.now),
        "duty.absent_by_calendar": lambda: duty.absent_by_calendar(
            desk.bob, desk.bob, [(desk.now, desk.now + timedelta(hours=5))], now=desk.now
        ),
        "duty.set_holidays": lambda: duty.set_holidays(desk.alice, roster, [desk.now.date()], now=desk.now),
        "duty_notes.write": lambda: duty_notes.write(desk.carol, roster, text=SECRET, now=desk.now),
        "duty_notes.take": lambda: duty_notes.take(desk.bob, DutyNote.objects.latest("pk").pk, now=desk.now),
        "duty.cancel_absence": lambda: duty.cancel_absence(desk.carol, away.pk, now=desk.now),
        "duty.cancel_stand_in": lambda: duty.cancel_stand_in(desk.alice, cover.pk, now=desk.now),
        "alert_rules.set_budget": lambda: alert_rules.set_budget(desk.alice, 3, now=desk.now),
        "alert_rules.set_concerns": lambda: alert_rules.set_concerns(desk.alice, lines, now=desk.now),
    }


def _submission_changes(desk: Desk) -> dict[str, Callable[[], Any]]:
    ring = Keyring.open(desk.home)
    told = submissions.Told("form", "report", SECRET, place=SECRET, contact=SECRET)
    way: dict[str, Any] = {
        "ring": ring,
        "desk": "https://answers.example",
        "contact_days": 9,
        "now": desk.now,
    }

    def one() -> Submission:
        return Submission.objects.select_related("unit").order_by("received_at")[0]

    return {
        "submissions.receive": lambda: submissions.receive(told, "form", **way),
        "submission_work.take_down": lambda: submission_work.take_down(
            desk.carol, replace(told, came_by="phone"), "page", unit=desk.top, **way
        ),
        "submission_work.mark_read": lambda: submission_work.mark_read(desk.carol, one(), now=desk.now),
        "submission_work.open_contact": lambda: submission_work.open_contact(
            desk.carol, one(), ring=ring, now=desk.now
        ),
        "submission_work.show": lambda: submission_work.show(desk.carol, one(), now=desk.now),
        "submission_work.unshow": lambda: submission_work.unshow(desk.carol, one(), now=desk.now),
        "form_links.create": lambda: form_links.create(desk.carol, unit=desk.top, place=SECRET, now=desk.now),
        "form_links.close": lambda: form_links.close(
            desk.carol, FormLink.objects.select_related("unit").get(), now=desk.now
        ),
        "submissions.withdraw": lambda: submissions.withdraw(one(), desk.now),
    }


def _changes(desk: Desk) -> dict[str, Callable[[], Any]]:
    return {
        **_incident_changes(desk),
        **_statement_changes(desk),
        **leaving_writes.changes(desk, SECRET),
        **_source_changes(desk),
        **_quarantine_changes(desk),
        **_question_changes(desk),
        **_duty_changes(desk),
        **_submission_changes(desk),
        **judging_writes.changes(desk, SECRET),
        **speaking_writes.changes(desk, SECRET),
        **proof_writes.changes(desk, SECRET),
        **answer_writes.changes(desk, SECRET),
        **case_writes.changes(desk, SECRET),
        **channel_writes.changes(desk, SECRET),
        # The last: it takes roles away.
        **_people_changes(desk),
        **_inbox_changes(desk),  # last: others take the oldest message
    }


def test_every_write_of_the_desk_is_among_those_tried(desk: Desk) -> None:
    """A new public function that takes an actor must be tried here, so that none escapes the ledger."""
    found = {
        f"{module.__name__.rsplit('.', 1)[1]}.{name}"
        for module in WRITERS
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and {"actor", "now"} <= set(inspect.signature(function).parameters)
    }
    assert len(found) > 25
    assert found <= set(_changes(desk))


def test_a_change_ends_with_its_ledger_row(desk: Desk) -> None:
    """The ledger's row is the last thing each write does in its transaction, and there is at least one."""
    for name, change in _changes(desk).items():
        before = LedgerRow.objects.count()
        with _watched() as written:
            change()
        assert LedgerRow.objects.count() > before, f"{name} left no row"
        assert written[-1].startswith('INSERT INTO "ledger_salts"'), f"{name} wrote after its row"
        assert written[-2].startswith('INSERT INTO "ledger"'), f"{name} wrote after its row"
    assert ledger.verify_stored() is None


def test_the_ledger_holds_no_text_and_no_contact(desk: Desk) -> None:
    """After every kind of change nothing that was written or named stands in a row."""
    for change in _changes(desk).values():
        change()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM ledger")
        stored = repr(cursor.fetchall())
    for word in (SECRET, SECRET.split()[1], "gazette.example", desk.bob.login, "iron"):
        assert word not in stored


def test_contents_are_erased_and_the_chain_stays(desk: Desk) -> None:
    """With all salts gone, every row still links to the one before."""
    for change in _changes(desk).values():
        change()
    for row in LedgerRow.objects.all():
        ledger.erase_content(row)
    assert LedgerSalt.objects.count() == 0
    assert ledger.verify_stored() is None


def test_a_rewritten_chain_is_found_from_the_heads_that_went_out(desk: Desk) -> None:
    """Somebody with the database in hand takes the guard away and rewrites an old row with all that follow."""
    for change in _incident_changes(desk).values():
        change()
    ledger.daily_head(desk.now)
    made = list(LedgerRow.objects.order_by("id"))
    with pytest.raises(DatabaseError):
        LedgerRow.objects.filter(pk=2).update(actor=99)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE ledger DISABLE TRIGGER ledger_append_only")
        else:
            cursor.execute("DROP TRIGGER ledger_no_update")
    LedgerRow.objects.filter(pk=2).update(actor=99)
    assert ledger.verify_stored() == ledger.BadEntry(2, "changed")
    previous = made[0].hash
    for row in made[1:]:
        row.actor, row.previous = 99 if row.pk == 2 else row.actor, previous
        row.hash = previous = ledger.row_hash(row)
        LedgerRow.objects.filter(pk=row.pk).update(actor=row.actor, previous=row.previous, hash=row.hash)
    assert ledger.verify(LedgerRow.objects.order_by("id")) is None
    assert ledger.verify_stored() == ledger.BadEntry(len(made), "head_differs")
