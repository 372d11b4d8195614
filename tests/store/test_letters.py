"""Letters on both databases: owed once to each address for each thing there is to tell, and to nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from answerable.collect.private.mask import masked
from answerable.errors import Conflict, NotAllowed
from answerable.records import Item
from answerable.store import case_clocks, case_replies, cases, letter_intake, letters, submissions
from answerable.store.keyring import Keyring
from answerable.store.letter_intake import Written
from answerable.store.models import Case, CaseLetter, CaseMessage, Source, SubmissionContact
from tests.cast import Desk
from tests.store.casework import LATER, answer, cleo, hana, tell


def box(desk: Desk) -> Source:
    """A mailbox whose writers ask us."""
    return Source.objects.get_or_create(
        kind="mailbox", address="imaps://desk%40town.example@mail.example/INBOX", exercise=False,
        defaults={
            "name": "Town mailbox", "source_class": "public", "purpose": "p", "unit": desk.top,
            "makes_cases": True, "added_at": desk.now,
        },
    )[0]  # fmt: skip


def write(
    desk: Desk,
    text: str,
    *,
    title: str = "Lamp",
    sender: str = "ann@post.example",
    refers: str = "",
    at: datetime | None = None,
) -> CaseMessage:
    """A mail that the door has let in; its message."""
    ring, source, when = Keyring.open(desk.home), box(desk), at or desk.now
    number = f"mail:{CaseMessage.objects.count()}"
    secret = letter_intake.secret_of(ring, source.pk, number)
    item = Item(source.pk, secret.token, masked(text), title, when, when, "en", "", None, None, None)
    written = Written(sender, f"<{number[5:]}@post.example>", (refers,), "en")
    assert letter_intake.receive(item, written, secret, source=source, contact_days=90, now=when)
    assert not letter_intake.receive(item, written, secret, source=source, contact_days=90, now=when)
    return CaseMessage.objects.select_related("case").get(submission=secret.number)


def owed(desk: Desk, at: datetime) -> list[tuple[str, int]]:
    """(what, message) of every letter, after the round of the postman twice."""
    ring = Keyring.open(desk.home)
    letters.owe_due(ring, at)
    assert letters.owe_due(ring, at) == 0
    return list(CaseLetter.objects.order_by("pk").values_list("what", "message"))


def ours(message: CaseMessage, what: str) -> str:
    mark = CaseLetter.objects.get(message=message, what=what).mark
    return f"<{mark}@answers.example>"


def test_everybody_in_a_case_is_told_once_each_address_alone(desk: Desk) -> None:
    """Three neighbours in a joined case, one of them twice with the same words: a receipt and an answer for each
    address; who left no mail address reads it by their code.

    Sabotage: leave the addresses out of `letters._owe_all`.
    """
    first = write(desk, "The lamp is dark")
    again = write(desk, "The lamp is dark")
    bo = write(desk, "No light at the stop", sender="bo@post.example")
    web = tell(desk, "Dark stop in Mill Lane", contact="cy@post.example")
    tell(desk, "I stood in the dark", contact="01632 960 123")
    assert again.copy
    numbers = [bo.case_id, web.case_id, Case.objects.order_by("-collected_at", "pk").last().pk]  # type: ignore[union-attr]
    others = [one for one in {*numbers, *Case.objects.values_list("pk", flat=True)} if one != first.case_id]
    version = Case.objects.get(pk=first.case_id).version
    cases.merge(cleo(desk), first.case_id, others=others, version=version, now=desk.now)
    answer(desk, first.case_id, at=desk.now + LATER)
    told = owed(desk, desk.now + LATER)
    assert told[:2] == [("received", first.pk), ("received", bo.pk)]
    assert sorted(told[2:]) == sorted([("answered", first.pk), ("answered", bo.pk), ("answered", web.pk)])


def test_a_missed_deadline_is_told_while_nobody_has_answered(desk: Desk) -> None:
    """When the head is called, whoever asked hears that it is late; an answer that came meanwhile says it better."""
    late, done = write(desk, "The lamp is dark"), write(desk, "The bench is broken", sender="bo@post.example")
    due = Case.objects.get(pk=late.case_id).due_at
    assert due is not None
    answer(desk, done.case_id, at=due + timedelta(minutes=1))
    case_clocks.tick(due + timedelta(minutes=2))
    told = owed(desk, due + timedelta(minutes=3))
    assert ("late", late.pk) in told
    assert ("late", done.pk) not in told
    assert ("answered", done.pk) in told


def test_only_who_got_our_letter_joins_by_answering_it(desk: Desk) -> None:
    """The same address joins and the clock that waited for it runs again; a stranger who knows the id, or a made-up
    id, begins a case of their own."""
    asked = write(desk, "The lamp is dark")
    mark = ours(asked, "received")
    case = Case.objects.get(pk=asked.case_id)
    cases.pause(cleo(desk), case.pk, why="waits_for_person", version=case.version, now=desk.now)
    more = write(desk, "It is number 12", sender="Ann@post.example", refers=mark, at=desk.now + LATER)
    stranger = write(desk, "Number 13", sender="eve@post.example", refers=mark)
    forged = write(desk, "Number 14", refers=f"<case-{'0' * 32}@answers.example>")
    assert (more.case_id, more.follows_id) == (asked.case_id, asked.pk)
    assert len({asked.case_id, stranger.case_id, forged.case_id}) == 3
    case.refresh_from_db()
    assert (case.people, case.due_at is not None) == (1, True)
    message = more.submission
    assert message is not None
    submissions.withdraw(message, desk.now + LATER)
    assert Case.objects.values_list("people", "stage").get(pk=case.pk) == (1, "collected")


def test_what_is_written_after_the_answer_waits_for_somebody_else(desk: Desk) -> None:
    """Who wrote or sent the answer cannot say that nothing more is to do; somebody else can, once."""
    asked = write(desk, "The lamp is dark")
    answer(desk, asked.case_id, at=desk.now + LATER)
    owed(desk, desk.now + LATER)
    write(desk, "Thank you", refers=ours(asked, "answered"), at=desk.now + 2 * LATER)
    case = Case.objects.get(pk=asked.case_id)
    assert case.wrote_at == desk.now + 2 * LATER
    facts = {"what": "nothing", "version": case.version, "now": desk.now + 3 * LATER}
    for actor in (cleo(desk), hana(desk)):
        with pytest.raises(NotAllowed):
            case_replies.read_again(actor, case.pk, **facts)  # type: ignore[arg-type]
    case_replies.read_again(desk.carol, case.pk, **facts)  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        case_replies.read_again(desk.carol, case.pk, **facts)  # type: ignore[arg-type]


def test_a_letter_goes_to_nobody_whose_contact_is_gone(desk: Desk) -> None:
    """Taken back or past its term, an address is gone; what was owed to it is dropped, and old news is not sent."""
    gone, kept = write(desk, "The lamp is dark"), write(desk, "The bench is broken", sender="bo@post.example")
    SubmissionContact.objects.filter(pk=gone.submission_id).delete()
    ring = Keyring.open(desk.home)
    assert [one.letter.message_id for one in letters.take(desk.now, ring)] == [kept.pk]
    assert CaseLetter.objects.get(message=gone).state == "dropped"
    assert letters.take(desk.now, ring) == [], "whoever took it has two minutes"
    assert letters.take(desk.now + letters.TRIED_FOR + LATER, ring) == []
    assert set(CaseLetter.objects.values_list("state", flat=True)) == {"dropped"}
    assert datetime.now(UTC) > desk.now
