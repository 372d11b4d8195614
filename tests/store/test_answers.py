"""Claims and answers: public only by two people, every asker told once of each version, contacts stay sealed."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from answerable.errors import BadInput, ChannelTrouble, Conflict, NotAllowed
from answerable.store import answer_documents, answer_notices, answers, claim_weights
from answerable.store.claim_weights import Weights
from answerable.store.keyring import Keyring
from answerable.store.models import (
    Answer,
    AnswerAsker,
    AnswerLink,
    AnswerNotice,
    AskerContact,
    StatementVersion,
)
from answerable.store.reading import answers as reading
from answerable.store.reading import rumours
from tests.cast import Desk
from tests.store import scene
from tests.store.answering import CLAIM, answered, asked, corrected, drafted, opened, out

HOUR = timedelta(hours=1)


def states(of: Answer) -> dict[str, int]:
    """How many notices stand in which state."""
    found: dict[str, int] = {}
    for state, version in AnswerNotice.objects.filter(asker__answer=of).values_list(
        "state", "version__number"
    ):
        found[f"{state} {version}"] = found.get(f"{state} {version}", 0) + 1
    return found


def send(desk: Desk, at: Any = None) -> list[str]:
    """Take every letter that is due and say that the server took it; the addresses, in order."""
    ring, sent = Keyring.open(desk.home), []
    while taken := answer_notices.take(at or desk.now, ring):
        for one in taken:
            sent.append(one.address)
            answer_notices.delivered(one, desk.now)
    return sent


def test_an_answer_is_public_only_once_a_second_person_has_approved_it(desk: Desk) -> None:
    """Neither the claim nor the draft is on the rumour list, and the author cannot approve.

    Sabotage: let `rumours.public` forget that the statement must be published.
    """
    of = opened(desk)
    version = drafted(desk, of)
    assert list(rumours.found()) == []
    assert rumours.one(of.pk) is None
    with pytest.raises(NotAllowed):
        answers.statements.approve(desk.carol, version.pk, version.text_hash, now=desk.now)
    out(desk, version)
    assert [line.answer.claim for line in rumours.lines(list(rumours.found("sewage")), desk.now)] == [CLAIM]


def test_a_claim_never_names_a_private_person(desk: Desk) -> None:
    """A handle and a telephone number that came along are masked before there is a row.

    Sabotage: take `masked` out of `answers._claim`.
    """
    of = opened(desk, "@merle_4711 says: ring 01632 960 983, the water is poisoned")
    assert "merle" not in of.claim
    assert "960 983" not in of.claim


def test_a_claim_has_one_answer(desk: Desk) -> None:
    """A second draft is refused: the first one is corrected instead.

    Sabotage: drop the look at `statement_id` in `write`.
    """
    of = opened(desk)
    drafted(desk, of)
    with pytest.raises(Conflict):
        drafted(desk, of)
    with pytest.raises(BadInput):
        drafted(desk, opened(desk, "Another claim"), verdict="")


def test_the_list_is_ordered_by_harm_spread_and_void(desk: Desk) -> None:
    """Great harm stands before little; an answered claim last; a weight of zero takes harm out of it.

    Sabotage: leave the weights out of `_rank`.
    """
    small, great = opened(desk, "The fountain is off", harm=1), opened(desk, "The water is poisoned", harm=3)
    done = answered(desk, "The bridge falls", harm=3)
    scene.story(desk)
    answers.link(desk.carol, small.pk, story=1, now=desk.now)

    def order() -> list[int]:
        return [line.answer.pk for line in reading.in_order(answers.visible(desk.carol), desk.now)]

    assert order() == [great.pk, small.pk, done.pk]
    claim_weights.change(desk.alice, Weights(harm=0, spread=1, void=1), now=desk.now)
    assert order()[0] == small.pk
    with pytest.raises(BadInput):
        claim_weights.change(desk.alice, Weights(harm=9), now=desk.now)


def test_whoever_asked_is_told_once_and_once_more_when_it_changes(desk: Desk) -> None:
    """By mail, by their page, or by a colleague; a second round tells nobody twice; a correction tells all again.

    Sabotage: drop the constraint `told_once` and the look for notices in `_spread_some`.
    """
    ring, of = Keyring.open(desk.home), opened(desk)
    asked(desk, of, "Is there sewage in my tap?", "ines@example.org")
    asked(desk, of, "Can I drink it?", "01632 960 100")
    asked(desk, of, "Is the water safe?")
    assert answer_notices.spread(ring, desk.now) == 0  # nothing is out yet
    out(desk, drafted(desk, of))
    assert answer_notices.spread(ring, desk.now) == 3
    assert answer_notices.spread(ring, desk.now) == 0
    assert send(desk) == ["ines@example.org"]
    assert states(of) == {"sent 1": 2, "waiting 1": 1}
    hand = AnswerNotice.objects.get(how="hand")
    answer_notices.told_by_hand(desk.carol, of.pk, hand.pk, now=desk.now)
    with pytest.raises(Conflict):
        answer_notices.told_by_hand(desk.carol, of.pk, hand.pk, now=desk.now)
    corrected(desk, of)
    assert answer_notices.spread(ring, desk.now + 3 * HOUR) == 3
    assert send(desk, desk.now + 3 * HOUR) == ["ines@example.org"]
    assert states(of) == {"sent 1": 3, "sent 2": 2, "waiting 2": 1}


def test_somebody_who_asks_later_is_told_of_what_stands(desk: Desk) -> None:
    """A case that is linked after the answer is out gets the version that stands, and nobody else hears twice.

    Sabotage: leave out `told=0` in `link`.
    """
    ring, of = Keyring.open(desk.home), answered(desk)
    asked(desk, of, "Is there sewage in my tap?", "ines@example.org")
    answer_notices.spread(ring, desk.now)
    corrected(desk, of)
    answer_notices.spread(ring, desk.now)
    asked(desk, of, "Is it sewage?", "bo@example.org")
    answer_notices.spread(ring, desk.now)
    assert sorted(send(desk)) == ["bo@example.org", "ines@example.org"]
    assert states(of) == {"dropped 1": 1, "sent 2": 2}


def test_one_click_undoes_a_link_and_corrections_still_reach_who_was_told(desk: Desk) -> None:
    """Undone before the answer is out, nobody is told; undone later, who read the answer hears of its correction.

    Sabotage: delete every asker in `undo`, told or not.
    """
    ring, of = Keyring.open(desk.home), opened(desk)
    asked(desk, of, "Is the lamp broken?", "wrong@example.org")
    asked(desk, of, "Is it sewage?", "right@example.org")
    links = list(AnswerLink.objects.order_by("pk"))
    answer_notices.spread(ring, desk.now)
    answers.undo(desk.carol, of.pk, links[0].pk, now=desk.now)
    out(desk, drafted(desk, of))
    answer_notices.spread(ring, desk.now)
    assert send(desk) == ["right@example.org"]
    answers.undo(desk.carol, of.pk, links[1].pk, now=desk.now)
    corrected(desk, of)
    answer_notices.spread(ring, desk.now)
    assert send(desk) == ["right@example.org"]
    assert answers.link(None, of.pk, case=links[0].case_id, chance=0.99, now=desk.now) is None


def test_an_address_hears_nothing_without_its_owners_yes(desk: Desk) -> None:
    """One letter asks; without a yes no version follows; with it each later one; after leaving none, address gone.

    Sabotage: make `confirmed` true from the start.
    """
    ring, of = Keyring.open(desk.home), answered(desk)
    version = StatementVersion.objects.get()
    way = {"language": "en", "days": 90, "ring": ring, "now": desk.now}
    quiet = answer_notices.watch(of.pk, version, "quiet@example.org", **way)
    eager = answer_notices.watch(of.pk, version, "eager@example.org", **way)
    assert sorted(send(desk)) == ["eager@example.org", "quiet@example.org"]  # the letters that ask
    assert answer_notices.confirm(eager.pk, desk.now)
    corrected(desk, of)
    answer_notices.spread(ring, desk.now)
    assert send(desk) == ["eager@example.org"]
    answer_notices.leave(eager.pk, desk.now)
    assert not AskerContact.objects.filter(pk=eager.pk).exists()
    corrected(desk, of, desk.now + 5 * HOUR)
    answer_notices.spread(ring, desk.now)
    assert send(desk) == []
    later = desk.now + timedelta(days=8)
    assert not answer_notices.confirm(quiet.pk, later)
    answer_notices.forget_due(later)
    assert AskerContact.objects.count() == 0


def test_an_address_is_in_no_row_in_plain(desk: Desk) -> None:
    """Whoever reads the database finds no address of somebody who asked to hear.

    Sabotage: store the address instead of `_sealed(...)`.
    """
    of = answered(desk)
    way: dict[str, Any] = {"language": "en", "days": 90, "ring": Keyring.open(desk.home), "now": desk.now}
    answer_notices.watch(of.pk, StatementVersion.objects.get(), "ines@example.org", **way)
    with connection.cursor() as cursor:
        for table in ("asker_contacts", "answer_askers", "answer_notices"):
            cursor.execute(f"SELECT * FROM {table}")
            found = repr(
                [[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor.fetchall()]
            )
            assert "ines" not in found, table
            assert found != "[]"


def test_trouble_waits_longer_each_time_and_is_given_up_when_it_stays(desk: Desk) -> None:
    """A letter that the server refuses for good is given up at once; one that might pass is tried again later.

    Sabotage: leave `permanent` out of `not_delivered`.
    """
    ring, of = Keyring.open(desk.home), opened(desk)
    asked(desk, of, "Is there sewage in my tap?", "ines@example.org")
    out(desk, drafted(desk, of))
    answer_notices.spread(ring, desk.now)
    (taken,) = answer_notices.take(desk.now, ring)
    answer_notices.not_delivered(taken, ChannelTrouble("mail_away"), desk.now, 0.5)
    assert answer_notices.take(desk.now, ring) == []
    (again,) = answer_notices.take(desk.now + HOUR, ring)
    assert again.tries == 2
    answer_notices.not_delivered(again, ChannelTrouble("550 no", permanent=True), desk.now, 0.5)
    assert states(of) == {"failed 1": 1}


def test_no_exercise_tells_a_person(desk: Desk) -> None:
    """The database itself refuses a letter of an exercise, and the page's state stands for it.

    Sabotage: drop the constraint `no_exercise_tells_a_person`.
    """
    of = answered(desk, exercise=True)
    asker = AnswerAsker.objects.create(pk=7, answer=of, since=desk.now)
    answer_notices.spread(Keyring.open(desk.home), desk.now)
    assert AnswerNotice.objects.get().how == "page"
    facts = {"asker": asker, "version": StatementVersion.objects.get(), "state": "waiting"}
    AnswerNotice.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerNotice.objects.create(
            **facts, how="mail", key="x", exercise=True, made_at=desk.now, due_at=desk.now
        )
    assert list(rumours.found()) == []


def test_a_document_is_what_it_was_and_public_once_it_is_cited(desk: Desk) -> None:
    """It is found by its hash; before a published version cites that address nobody outside can open it.

    Sabotage: leave the look for a citing version out of `rumours.document`.
    """
    of, body = opened(desk), b"%PDF-1.7 chlorine at eleven taps"
    digest = sha256(body).hexdigest()
    answer_documents.store(desk.carol, of.pk, title="Chlorine", name="taps.pdf", body=body, now=desk.now)
    assert rumours.document(digest) is None
    link = f"https://answers.example/documents/{digest}"
    out(desk, drafted(desk, of, evidence=[(None, "Chlorine at the taps", link)]))
    stored = rumours.document(digest)
    assert stored is not None
    assert bytes(stored.body) == body
    with pytest.raises(Conflict):
        answer_documents.store(desk.carol, of.pk, title="Chlorine", name="taps.pdf", body=body, now=desk.now)


def test_only_who_approves_lets_an_answer_send_itself(desk: Desk) -> None:
    """Carol writes; that messages get the text by themselves is for Bob to decide.

    Sabotage: drop that look in `change`.
    """
    of = answered(desk)
    facts: dict[str, Any] = {"owner": None, "due_at": None, "harm": 2, "look_again_at": None, "now": desk.now}
    with pytest.raises(NotAllowed):
        answers.change(desk.carol, of.pk, version=of.version, sends_itself_to=["question"], **facts)
    changed = answers.change(desk.bob, of.pk, version=of.version, sends_itself_to=["question"], **facts)
    assert changed.sends_itself_to == ["question"]
    with pytest.raises(Conflict):
        answers.change(desk.carol, of.pk, version=of.version, **facts)


def test_reopened_stays_public_until_its_correction_is_out(desk: Desk) -> None:
    """The page says that it is looked at again; the next version ends that, and linking a case does not.

    Sabotage: end it whenever everybody was told.
    """
    ring, of = Keyring.open(desk.home), answered(desk)
    assert answers.reopen(desk.carol, of.pk, why="new_facts", now=desk.now + HOUR)
    assert not answers.reopen(desk.carol, of.pk, why="new_facts", now=desk.now + HOUR)
    asked(desk, of, "Is it sewage?")
    answer_notices.spread(ring, desk.now + HOUR)
    (line,) = rumours.lines(list(rumours.found()), desk.now)
    assert line.looked_at_again
    corrected(desk, of)
    answer_notices.spread(ring, desk.now + 3 * HOUR)
    (line,) = rumours.lines(list(rumours.found()), desk.now)
    assert not line.looked_at_again
    (change,) = rumours.corrections()
    assert (change.before, change.after) == ("false", "misleading")
