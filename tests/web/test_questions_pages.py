"""The pages of standing questions: ask, try, read what was found, change, stop, review; real and drill apart."""

from __future__ import annotations

import html
import itertools

import pytest
from django.test import Client

from answerable.permissions import Role
from answerable.run.asking import Asking
from answerable.run.pipeline import Understanding
from answerable.store import question_samples, questions
from answerable.store.models import Question, QuestionMatch, QuestionSample, Source
from answerable.store.questions import SAMPLED_AFTER, Wanted
from answerable.understand.embed import Hashed
from tests.cast import Desk
from tests.web import stage

pytestmark = pytest.mark.store

FORM = {
    "name": "Brown water",
    "purpose": "service_failure",
    "purpose_text": "",
    "words": "water brown\nagua marrón\n自来水 变黄",
    "examples": "",
    "look_back_days": "30",
}


def said(browser: Client, address: str) -> str:
    """The text of a page that must be there."""
    with stage.clock():
        answer = browser.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


def heard(desk: Desk) -> None:
    """Twelve items in three languages."""
    of = stage.source(desk)
    Source.objects.update(keep_days=0)
    stage.story(desk, of)


def looked_back() -> None:
    """The engine rests until every question has looked back."""
    space = Understanding(threads=itertools.count(1), stories=itertools.count(1), embedder=Hashed())
    asking = Asking(False, space)
    while asking.rest():
        pass


def test_a_question_from_the_first_word_to_what_it_found(desk: Desk) -> None:
    """Tried, asked, looked back, read, searched, exported: each page says what it should."""
    heard(desk)
    carol = stage.client(desk.carol)
    form = {**FORM, "unit": str(desk.top.pk)}
    with stage.clock():
        trial = html.unescape(carol.post("/desk/questions/new", {**form, "try": "1"}).content.decode())
        assert "It would have found 12 of the newest 12 items" in trial
        assert "one of" in trial
        assert not Question.objects.exists()
        answer = carol.post("/desk/questions/new", {**form, "save": "1"})
    assert answer.headers["Location"] == "/desk/questions/1"
    assert "begins to look back" in said(carol, "/desk/questions/1")
    looked_back()
    page = said(carol, "/desk/questions/1")
    assert "It found 12 items." in page
    assert "El agua sale marrón" in page
    assert "12 of its 12 items" in page
    assert "1 item, newest first" in said(carol, "/desk/questions/1?q=agua+11") or "newest first" in page
    assert "A service that fails" in said(carol, "/desk/questions")
    assert "No question holds these words" in said(carol, "/desk/questions?q=tram")
    with stage.clock():
        rows = b"".join(carol.get("/desk/questions/1/items.jsonl").streaming_content)  # type: ignore[attr-defined]
        listed = b"".join(carol.get("/desk/questions.csv").streaming_content)  # type: ignore[attr-defined]
    assert rows.count(b"\n") == 12
    assert "merle" not in rows.decode()
    assert "Brown water" in listed.decode()


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("words", "from:merle", "never for a person"),
        ("words", "@merle water", "never for a person"),
        ("words", "-water", "at least one word"),
        ("purpose", "", "purpose from the list"),
        ("name", "", "Write a name"),
        ("examples", "12", "one of the two"),
        ("look_back_days", "5000", "looks back"),
        ("unit", "999", "Choose the unit"),
    ],
)
def test_a_mistake_keeps_what_was_typed_and_says_why(
    desk: Desk, field: str, typed: str, sentence: str
) -> None:
    """Every refusal stands at the form with its sentence, and nothing is asked."""
    carol = stage.client(desk.carol)
    form = {**FORM, "unit": str(desk.top.pk), field: typed, "save": "1"}
    with stage.clock():
        answer = carol.post("/desk/questions/new", form)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 400
    assert sentence in page
    assert form["name"] in page
    assert not Question.objects.exists()


def asked(desk: Desk, *, exercise: bool = False, words: str = "water") -> Question:
    """A question that Carol asked."""
    wanted = Wanted(name="Water", purpose="service_failure", words=words)
    return questions.create(desk.carol, wanted, unit=desk.top, exercise=exercise, now=desk.now)


def test_examples_of_a_story(desk: Desk) -> None:
    """ "story 1" stands for the different items of that story; an item that is not there is a mistake."""
    heard(desk)
    carol = stage.client(desk.carol)
    form = {**FORM, "unit": str(desk.top.pk), "words": "", "examples": "story 1", "save": "1"}
    with stage.clock():
        assert carol.post("/desk/questions/new", form).status_code == 302
        assert carol.post("/desk/questions/new", {**form, "examples": "4711"}).status_code == 400
    assert len(Question.objects.get().examples) == 3
    looked_back()
    assert "Only words that several items hold are kept" in said(carol, "/desk/questions/1")


def test_change_pause_resume_remove_by_the_pages(desk: Desk) -> None:
    """Each button does what it says, once; an old version of the form is refused; Charlie changes nothing."""
    asked(desk)
    carol, charlie = stage.client(desk.carol), stage.client(desk.charlie)
    form = {**FORM, "version": "1", "save": "1"}
    with stage.clock():
        assert charlie.post("/desk/questions/1/change", form).status_code == 403
        assert carol.post("/desk/questions/1/change", form).status_code == 302
        assert carol.post("/desk/questions/1/change", form).status_code == 409
        assert carol.post("/desk/questions/1/pause", {"reason": "too_much"}).status_code == 302
        assert Question.objects.get().paused
        assert carol.post("/desk/questions/1/resume").status_code == 302
        assert charlie.post("/desk/questions/1/remove").status_code == 403
        assert carol.post("/desk/questions/1/remove", {"reason": "<b>"}).status_code == 302
        assert carol.get("/desk/questions/1").status_code == 404


def test_the_drill_has_its_own(desk: Desk) -> None:
    """A question of the drill is not there on the real side and never on the public page."""
    asked(desk, exercise=True, words="drillword")
    carol = stage.client(desk.carol)
    with stage.clock():
        assert carol.get("/desk/questions/1").status_code == 404
    assert "drillword" in said(carol, "/exercise/questions/1")
    assert "drillword" not in said(stage.client(), "/listening/")


def test_the_second_look_by_its_page(desk: Desk) -> None:
    """The flag shows; the sample is read, answered by Alice and not by Carol's own hand; wrong sums are said."""
    heard(desk)
    question = asked(desk, words="saltmarsh")
    QuestionMatch.objects.create(question=question, item=1, published=1772442000000)
    Question.objects.update(run_version=1, run_done=True)
    question_samples.draw_due(desk.now + SAMPLED_AFTER)
    sample = QuestionSample.objects.get()
    head = stage.person("hedda", Role.HEAD, desk.top)
    address = f"/desk/questions/{question.pk}/samples/{sample.pk}"
    browser = stage.client(head)
    assert "Flagged" in said(browser, f"/desk/questions/{question.pk}")
    assert "The water is brown" in said(browser, address)
    form = {"criticism": "1", "service": "0", "neither": "0", "finding": "A jibe.", "outcome": "stops"}
    with stage.clock():
        assert "three numbers" in browser.post(address, {**form, "criticism": "7"}).content.decode()
        assert browser.post(address, {**form, "finding": ""}).status_code == 400
        assert browser.post(address, {**form, "outcome": ""}).status_code == 400
        assert stage.client(desk.carol).post(address, form).status_code == 403
        assert browser.post(address, form).status_code == 302
    assert "A jibe." in said(stage.client(), "/listening/")
    assert Question.objects.get().paused


def test_hostile_names_stay_text(desk: Desk) -> None:
    """Markup in name, words and purpose is shown as it was written, on staff and public pages."""
    wanted = Wanted(
        name=stage.HOSTILE, purpose="other", purpose_text=stage.HOSTILE, words="<script>alert(1)</script>"
    )
    questions.create(desk.carol, wanted, unit=desk.top, now=desk.now)
    carol = stage.client(desk.carol)
    with stage.clock():
        for address in ("/desk/questions", "/desk/questions/1", "/desk/questions/1/change", "/listening/"):
            assert b"<script>alert" not in carol.get(address).content, address
