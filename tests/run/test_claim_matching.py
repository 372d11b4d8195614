"""What is heard meets the claims on the list: linked where it is sure, proposed where it may be, sent by itself only
where somebody chose that.
"""

from __future__ import annotations

from typing import Any

import pytest

from answerable.records import Json
from answerable.run.claim_matching import ClaimMatching
from answerable.store import answer_matching, answer_notices, answers
from answerable.store.answer_matching import Found
from answerable.store.keyring import Keyring
from answerable.store.models import AnswerLink, AnswerNotice, Story
from answerable.understand.claims.undone import Decided
from answerable.understand.embed import Hashed
from tests.cast import Desk
from tests.store import scene
from tests.store.answering import answered, opened
from tests.store.casework import tell
from tests.web import stage

CLAIM = "The water in Fenmoor is brown because of sewage"
REASONS: Any = (("shared", ["sewage"]), ("words", 0.9), ("meaning", 0.95))


def found(of: int, *, sure: bool = True, near: bool = True) -> Found:
    return Found(of, 0.98 if sure else None, sure, near, REASONS)


def test_what_is_alike_is_proposed_once_and_says_why(desk: Desk) -> None:
    """A story and a question that share the claim's words are proposed, with reasons; another look adds nothing.

    Sabotage: propose whatever `match` brings, also with the verdict none.
    """
    of, other = opened(desk, CLAIM), opened(desk, "The lantern walk is called off")
    about = scene.story(desk)
    Story.objects.filter(pk=about.pk).update(items=5)
    asked = tell(desk, "Is the brown water in Fenmoor from sewage?", kind="question")
    tell(desk, "When does the library open on Sundays?", kind="question")
    matching = ClaimMatching(Hashed())
    assert matching.look(desk.now) >= 2
    assert matching.look(desk.now) == 0
    assert ClaimMatching(Hashed()).look(desk.now) == 0  # after a restart
    links = {(link.answer_id, link.story_id, link.case_id): link for link in AnswerLink.objects.all()}
    assert set(links) == {(of.pk, about.pk, None), (of.pk, None, asked.case_id)}
    assert not AnswerLink.objects.filter(answer=other).exists()
    reasons = dict(links[(of.pk, None, asked.case_id)].reasons)
    assert "sewage" in reasons["shared"]


def test_a_proposal_tells_nobody_until_a_person_takes_it(desk: Desk) -> None:
    """The people of a proposed case hear nothing; once it is linked they do; turned down it is not proposed again.

    Sabotage: leave `how <> 'proposed'` out of `_find_askers`.
    """
    of, ring = answered(desk, CLAIM), Keyring.open(desk.home)
    asked = tell(desk, "Is the brown water in Fenmoor from sewage?", kind="question")
    (said,) = answer_matching.said(False, desk.now)
    (claim,) = answer_matching.claims(False)
    assert answer_matching.note(said, found(of.pk, sure=False), claim, desk.now) == "proposed"
    assert answer_notices.spread(ring, desk.now) == 0
    answers.link(desk.carol, of.pk, case=asked.case_id, now=desk.now)
    assert answer_notices.spread(ring, desk.now) == 1
    other = tell(desk, "Is there sewage in the water?", kind="question")
    said = next(one for one in answer_matching.said(False, desk.now) if one.case == other.case_id)
    answer_matching.note(said, found(of.pk, sure=False), claim, desk.now)
    answers.undo(desk.carol, of.pk, AnswerLink.objects.get(case=other.case_id).pk, now=desk.now)
    assert answer_matching.note(said, found(of.pk), claim, desk.now) == ""


@pytest.mark.parametrize(
    ("kinds", "sure", "near", "out", "result"),
    [
        (["question"], True, True, True, "linked"),
        (["complaint"], True, True, True, "proposed"),
        (["question"], False, True, True, "proposed"),
        (["question"], True, False, True, "proposed"),
        (["question"], True, True, False, "proposed"),
    ],
)
def test_an_answer_sends_itself_only_near_exactly_and_where_that_was_chosen(
    desk: Desk, kinds: list[str], sure: bool, near: bool, out: bool, result: str
) -> None:
    """The chosen kind, a sure and near-exact match, an answer that is out: only all of them together send it.

    Sabotage: leave one of the four out of `note`.
    """
    of = answered(desk, CLAIM) if out else opened(desk, CLAIM)
    facts: dict[str, Any] = {"owner": None, "due_at": None, "harm": 2, "look_again_at": None, "now": desk.now}
    answers.change(desk.bob, of.pk, version=of.version, sends_itself_to=kinds, **facts)
    tell(desk, "Is the brown water in Fenmoor from sewage?", kind="question", contact="ines@example.org")
    (said,) = answer_matching.said(False, desk.now)
    (claim,) = answer_matching.claims(False)
    assert answer_matching.note(said, found(of.pk, sure=sure, near=near), claim, desk.now) == result
    answer_notices.spread(Keyring.open(desk.home), desk.now)
    assert AnswerNotice.objects.filter(how="mail").count() == (1 if result == "linked" else 0)


def test_a_sure_match_links_a_story_and_never_speaks_in_it(desk: Desk) -> None:
    """A public conversation is linked, so that what is said there counts; nothing goes out into it.

    Sabotage: make askers of the people of a story.
    """
    of = answered(desk, CLAIM)
    Story.objects.filter(pk=scene.story(desk).pk).update(items=5)
    (said,) = answer_matching.said(False, desk.now)
    (claim,) = answer_matching.claims(False)
    assert answer_matching.note(said, found(of.pk), claim, desk.now) == "linked"
    assert answer_notices.spread(Keyring.open(desk.home), desk.now) == 0
    assert AnswerNotice.objects.count() == 0


def test_links_that_people_undo_are_counted_by_language_and_shown(desk: Desk) -> None:
    """The desk's own link stands until somebody undoes it; linked again it counts as a person's; the page says both.

    Sabotage: count links of people as the desk's own, or forget what was undone.
    """
    of = answered(desk, CLAIM)
    Story.objects.filter(pk=scene.story(desk).pk).update(items=5)
    (said,) = answer_matching.said(False, desk.now)
    (claim,) = answer_matching.claims(False)
    answer_matching.note(said, found(of.pk), claim, desk.now)
    assert answer_matching.decided() == {"en": [Decided(0.98, stands=True)]}
    carol = stage.client(desk.carol)
    with stage.clock():
        assert "1 of 1" in carol.get("/desk/claims/matching").content.decode()
        answers.undo(desk.carol, of.pk, AnswerLink.objects.get().pk, now=desk.now)
        page = carol.get("/desk/claims/matching").content.decode()
    assert answer_matching.decided() == {"en": [Decided(0.98, stands=False)]}
    assert "0 of 1" in page
    assert "never: nothing was measured" in page
    answers.link(desk.carol, of.pk, story=said.story, now=desk.now)
    assert answer_matching.decided() == {"en": [Decided(0.98, stands=True, by_person=True)]}


def test_what_people_take_and_turn_down_measures_a_language(desk: Desk) -> None:
    """A proposal in Spanish counts once somebody took it or turned it down; one that waits, one across two languages
    and one by a picture never do; the page says that Spanish is not calibrated, and how far it is.

    Sabotage: leave `exclude(how="proposed", undone_at=None)` out of `decided`.
    """
    of = answered(desk, "El agua de Valdemora contiene plomo", language="es")
    (claim,) = answer_matching.claims(False)
    told: list[tuple[str, Json, bool | None]] = [
        ("unsure", "language", True), ("unsure", "language", False), ("unsure", "language", None),
        ("unsure", "languages", True), ("picture", 0.95, True),
    ]  # fmt: skip
    for number, (code, value, taken) in enumerate(told):
        case = tell(desk, f"¿Hay plomo en el agua? {number}", kind="question").case_id
        said = next(one for one in answer_matching.said(False, desk.now) if one.case == case)
        match = Found(of.pk, 0.9 + number / 100, False, False, ((code, value),))
        assert answer_matching.note(said, match, claim, desk.now) == "proposed"
        if taken:
            answers.link(desk.carol, of.pk, case=case, now=desk.now)
        elif taken is False:
            answers.undo(desk.carol, of.pk, AnswerLink.objects.get(case=case).pk, now=desk.now)
    assert answer_matching.decided() == {
        "es": [Decided(0.91, stands=False, by_person=True), Decided(0.9, stands=True, by_person=True)]
    }
    with stage.clock():
        page = stage.client(desk.carol).get("/desk/claims/matching").content.decode()
    assert "Not calibrated for Spanish: it only suggests." in page
    assert "2 of the 100 decisions" in page
