"""Promise 10: criticism is not an incident. A question for the body or its people, without a matter, is flagged.

Sabotage: let a purpose from the list be matter enough; a question for an officer's name alone goes unmarked.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Role
from answerable.store import people, question_samples, questions
from answerable.store.models import LedgerRow, Question, QuestionSample, RoleHeld
from answerable.store.questions import Wanted
from answerable.understand.questions.names import JUDGING, Names, flag
from answerable.understand.questions.purposes import PURPOSES
from answerable.understand.questions.query import parse
from tests.cast import Desk
from tests.store.scene import story

SABOTAGE = (
    "answerable/understand/questions/names.py",
    "if not asking and not _has_matter(way, found):",
    "if not asking and purpose == OTHER and not _has_matter(way, found):",
)

OURS = Names(
    body=("Brackwater Council", "布拉克沃特市政府"),
    people=("Bob Saltmarsh", "Zoë Müller", "王小明"),
    policies=("Plan Verde",),
)
MATTERS = ("flood", "tap water", "agua", "停水")
listed = st.sampled_from([purpose for purpose in PURPOSES if purpose != "other"])


@pytest.mark.parametrize(
    "words",
    [
        "brackwater council",
        '"Brackwater Council"',
        "BRACKWATER COUNCIL resign",
        "saltmarsh",
        "bob saltmarsh corrupt",
        "zoe muller",
        "王小明",
        "王小明下台",
        "布拉克沃特市政府",
        "plan verde -water",
        "water brown\nsaltmarsh",
        "saltmarsh (flood OR shame)",
        "saltmarsh OR saltmarsh*",
    ],
)
@given(purpose=listed.filter(lambda one: one != "consultation"))
def test_names_alone_are_flagged_whatever_the_purpose_says(words: str, purpose: str) -> None:
    """One way to say it that holds only names of ours and words of judgement is enough, in any script."""
    found = flag(parse(words), purpose, OURS)
    assert found is not None
    assert found.code == "name_alone"


@given(st.sampled_from(MATTERS), listed, st.sampled_from(["brackwater council", "saltmarsh", "王小明"]))
def test_a_name_beside_a_matter_is_no_flag(matter: str, purpose: str, name: str) -> None:
    """Who asks for a fault of ours in our own name asks for the fault."""
    assert flag(parse(f"{name} {matter}"), purpose, OURS) is None
    assert flag(parse(matter), purpose, OURS) is None


@given(st.lists(st.sampled_from([*MATTERS, *sorted(JUDGING)]), max_size=3))
def test_without_a_purpose_from_the_list_every_name_is_flagged(others: list[str]) -> None:
    """ "Something else" is no matter: with a name of ours in it the question is flagged, whatever else it says."""
    found = flag(parse(" ".join(["saltmarsh", *others])), "other", OURS)
    assert found is not None
    assert found.code == "no_matter"
    assert found.names == ("Bob Saltmarsh",)


def test_a_consultation_may_ask_for_the_policy_and_for_no_officer() -> None:
    """In a consultation the policy's name is the matter; a person's name never is."""
    assert flag(parse("plan verde"), "consultation", OURS) is None
    assert flag(parse("plan verde\nsaltmarsh"), "consultation", OURS) is not None


handles = st.text("abcdefghijklmnopqrstuvwxyz0123456789_", min_size=1, max_size=12)


@given(
    handles,
    st.sampled_from(["from:{}", "author: {}", "@{}", "water @{}", "＠{}", "user:{} water", "作者：{}"]),
)
def test_no_question_asks_for_an_author(handle: str, form: str) -> None:
    """from: and @names are refused with the sentence that says why (promise 3)."""
    with pytest.raises(BadInput, match="never for a person"):
        parse(form.format(handle))


def ask(desk: Desk, words: str, purpose: str = "service_failure") -> Question:
    """Carol asks for the council."""
    wanted = Wanted(name=f"About {words}", purpose=purpose, words=words, purpose_text="to know")
    return questions.create(desk.carol, wanted, unit=desk.top, now=desk.now)


@pytest.mark.store
def test_the_names_are_those_of_the_desk_today(desk: Desk) -> None:
    """Units, people and voices of the desk are held against; who comes later flags what was asked before."""
    assert ask(desk, "brackwater council").flag == "name_alone"
    assert ask(desk, "water services").flag == "name_alone"
    assert ask(desk, "alice marsh liar").flag == "name_alone"
    later = ask(desk, "quillfeather")
    assert later.flag == ""
    people.invite(desk.alice, login="q", name="Ada Quillfeather", unit=desk.top, roles=[], now=desk.now)
    assert questions.mark_again(desk.now) == 1
    later.refresh_from_db()
    assert (later.flag, later.flag_names) == ("name_alone", ["Ada Quillfeather"])
    assert LedgerRow.objects.filter(action="question.flag", object=later.pk).count() == 1
    assert questions.mark_again(desk.now) == 0


def public(desk: Desk) -> str:
    """The public page of what we listen to."""
    return Client(SERVER_NAME="localhost").get("/listening/").content.decode()


@pytest.mark.store
def test_the_flag_stands_in_public_until_there_is_an_overseer(desk: Desk) -> None:
    """Everybody reads the flag and its reason; once somebody holds the overseer's role, it stands there alone."""
    ask(desk, "saltmarsh resign")
    assert "Flagged" in public(desk)
    assert "saltmarsh resign" in public(desk)
    assert "Brackwater Council" in public(desk)
    RoleHeld.objects.create(person=desk.charlie, unit=desk.top, role=Role.OVERSEER)
    assert "Flagged" not in public(desk)
    assert "saltmarsh resign" in public(desk)


@pytest.mark.store
def test_every_question_is_public_and_one_about_a_person_in_danger_says_why_it_is_not(desk: Desk) -> None:
    """Words of all questions are public, but for the safety of one person; then the reason stands there."""
    ask(desk, "tap water brown")
    ask(desk, "bridge jump", "person_safety")
    page = public(desk)
    assert "tap water brown" in page
    assert "bridge jump" not in page
    assert "point at the person" in page


def matched(desk: Desk, question: Question, count: int) -> None:
    """The question found some items of the last days."""
    from answerable.store.models import ItemRow, QuestionMatch

    for n in range(count):
        made = story(desk, heard=desk.now + timedelta(hours=n))
        row = ItemRow.objects.get(thread__story=made)
        QuestionMatch.objects.create(question=question, item=row.pk, published=row.published)
    Question.objects.update(run_version=1, run_done=True)


@pytest.mark.store
def test_what_it_found_is_looked_at_again_after_seven_days_by_somebody_else(desk: Desk) -> None:
    """Not a moment before; drawn once; reviewed by a person who may and who did not write it; then due again."""
    question = ask(desk, "saltmarsh")
    matched(desk, question, 30)
    assert question_samples.draw_due(desk.now + timedelta(days=7, seconds=-1)) == 0
    week = desk.now + timedelta(days=7)
    assert question_samples.draw_due(week) == 1
    assert question_samples.draw_due(week) == 0
    sample = QuestionSample.objects.get()
    assert (sample.found, len(set(sample.items))) == (30, 20)
    review = {"criticism": 18, "service": 1, "neither": 1, "finding": "Mostly criticism.", "outcome": "keeps"}
    with pytest.raises(BadInput, match="wrote"):
        questions.record_finding(desk.carol, sample, **review, now=week)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        questions.record_finding(desk.charlie, sample, **review, now=week)  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="together"):
        questions.record_finding(desk.alice, sample, **(review | {"service": 5}), now=week)  # type: ignore[arg-type]
    questions.record_finding(desk.alice, sample, **review, now=week)  # type: ignore[arg-type]
    assert "Mostly criticism." in public(desk)
    with pytest.raises(Conflict):
        questions.record_finding(desk.alice, sample, **review, now=week)  # type: ignore[arg-type]
    assert QuestionSample.objects.get(done_at=None).due_at == week + timedelta(days=7)


@pytest.mark.store
def test_a_finding_can_stop_a_question(desk: Desk) -> None:
    """The reviewer's word `stops` pauses it in the same transaction, and the ledger has it."""
    question = ask(desk, "saltmarsh")
    matched(desk, question, 2)
    week = desk.now + timedelta(days=7)
    question_samples.draw_due(week)
    questions.record_finding(
        desk.alice, QuestionSample.objects.get(), criticism=2, service=0, neither=0,
        finding="It finds critics.", outcome="stops", now=week,
    )  # fmt: skip
    question.refresh_from_db()
    assert question.paused
    assert LedgerRow.objects.filter(action="question.review", object=question.pk).count() == 1
    assert not QuestionSample.objects.filter(done_at=None).exists()
