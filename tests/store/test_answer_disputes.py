"""Disputes come to reviewers by turn, never to whoever had a hand in the answer; one-sided help opens it again."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Role
from answerable.store import answer_disputes, answer_votes
from answerable.store.keyring import Keyring
from answerable.store.models import Answer, AnswerDispute, AnswerVote
from tests.cast import Desk
from tests.store.answering import answered, corrected, voted_by_one_side
from tests.store.casework import colleague, hana

WORDS = "Eleven taps were tested, and two of them held germs; ring 01632 960 983."
DAY = timedelta(days=1)


def raised(desk: Desk, of: Answer, form: str = "one", at: datetime | None = None) -> AnswerDispute:
    ring, at = Keyring.open(desk.home), at or desk.now
    return answer_disputes.dispute(of.pk, 1, text=WORDS, form=form, language="en", ring=ring, now=at)


def test_a_dispute_comes_by_turn_to_somebody_who_had_no_hand_in_it(desk: Desk) -> None:
    """Hana and Mo take turns; Carol wrote and Bob approved, so neither ever gets one; its words are masked.

    Sabotage: leave `_hands` out of `next_reviewer`.
    """
    mo, of = colleague("mo", Role.MODERATOR, desk.top), answered(desk)
    able = {hana(desk).pk, mo.pk}
    turns = [raised(desk, of, f"form {n}", desk.now + n * timedelta(minutes=5)) for n in range(4)]
    assert {turns[0].reviewer_id, turns[1].reviewer_id} == able
    assert [one.reviewer_id for one in turns[2:]] == [one.reviewer_id for one in turns[:2]]
    assert "960 983" not in turns[0].text
    assert raised(desk, of, "form 0").pk == turns[0].pk  # sent twice, stored once


def test_nobody_decides_what_is_not_theirs_by_turn(desk: Desk) -> None:
    """Bob may review but it is Hana's turn; decided once, with words for everybody; upheld opens the answer again.

    Sabotage: look the dispute up without its reviewer.
    """
    of = answered(desk)
    hana(desk)
    found = raised(desk, of)
    for actor, words, error in (
        (desk.bob, "I think that this is right.", NotAllowed),
        (hana(desk), "no", BadInput),
    ):
        with pytest.raises(error):
            answer_disputes.decide(actor, found.pk, decision="upheld", note=words, now=desk.now)
    why = "Two taps held germs; the answer says otherwise."
    answer_disputes.decide(hana(desk), found.pk, decision="upheld", note=why, now=desk.now)
    with pytest.raises(Conflict):
        answer_disputes.decide(hana(desk), found.pk, decision="rejected", note=why, now=desk.now)
    of.refresh_from_db()
    assert of.reopened_why == "disputed"


def test_whoever_lets_it_wait_passes_the_turn(desk: Desk) -> None:
    """After two days it goes to the next, once; with nobody else it stays where it is.

    Sabotage: do not move `due_at` when it passes on.
    """
    of = answered(desk)
    hana(desk)
    found = raised(desk, of)
    assert answer_disputes.tick(desk.now + DAY) == 0
    assert answer_disputes.tick(desk.now + 3 * DAY) == 0  # nobody else may
    mo = colleague("mo", Role.MODERATOR, desk.top)
    assert answer_disputes.tick(desk.now + 6 * DAY) == 1
    assert answer_disputes.tick(desk.now + 6 * DAY) == 0
    found.refresh_from_db()
    assert (found.reviewer, found.turns) == (mo, 1)


def test_help_for_one_side_alone_opens_the_answer_again(desk: Desk) -> None:
    """Two sides that part on other answers part on this one: it is opened again, once; a correction starts anew.

    Sabotage: let `judge` take every verdict.
    """
    first = voted_by_one_side(desk)
    assert answer_votes.found(first.pk).verdict == "one_sided"
    now = desk.now + 8 * DAY
    assert answer_votes.judge(now, now - DAY) == 1
    assert answer_votes.judge(now, now - DAY) == 0
    first.refresh_from_db()
    assert first.reopened_why == "one_sided"
    corrected(desk, first, now)
    assert answer_votes.found(first.pk).verdict == "too_few"


def test_a_vote_is_joined_to_nobody_and_changes_with_its_token(desk: Desk) -> None:
    """The same token votes once; its stored form is not the token; after its term it ties no two votes together.

    Sabotage: store the token itself.
    """
    of, other, ring = answered(desk), answered(desk, "Another claim"), Keyring.open(desk.home)
    token = answer_votes.new_token()
    for number, helped in ((of.pk, True), (of.pk, False), (other.pk, True)):
        answer_votes.vote(number, 1, token, helped=helped, ring=ring, now=desk.now)
    assert AnswerVote.objects.count() == 2
    voters = {bytes(voter) for voter in AnswerVote.objects.values_list("voter", flat=True)}
    assert len(voters) == 1
    assert token.encode()[:16] not in voters
    answer_votes.forget_due(desk.now + timedelta(days=200))
    assert AnswerVote.objects.values("voter").distinct().count() == 2
