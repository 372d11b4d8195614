"""A citizen's case as four roles walk it: told by the form, answered, contested, opened again, answered for good."""

from __future__ import annotations

from tests.browser.hands import Hands
from tests.browser.judged import findings

QUESTION = "The lamp at the stop in Mill Lane is dark. When is it mended?"
FIRST = "A crew mended the lamp on Thursday before nine in the morning."
STILL = "It was lit for one evening and is dark again."
RIGHT = "You are right: the cable is broken, not the lamp. It is open again."
FINAL = "The cable under Mill Lane was laid anew on Friday; the lamp is lit since six o'clock."


def tell(ines: Hands, text: str, *, place: str = "", contact: str = "") -> str:
    """The public form, a question on each page; the code it gives."""
    page = ines.reader.page
    ines.reader.go("/tell-us?kind=question")
    ines.press("Go on")
    ines.fill("What do you want to know?", text)
    ines.press("Go on")
    if place:
        ines.fill("Where is it?", place)
    ines.open(page.get_by_role("main").locator("button.btn-main"))
    if contact:
        ines.fill("Shall we be able to reach you?", contact)
    ines.open(page.get_by_role("main").locator("button.btn-main"))
    page.wait_for_timeout(3500)  # faster than people write is refused
    ines.press("Send it")
    return page.locator("#code").inner_text().strip()


def walk(ines: Hands, iris: Hands, hana: Hands, rafael: Hands) -> None:
    """Ines asks, Iris answers, Hana sends, Rafael asks whether it helped and settles what is contested."""
    code = tell(ines, QUESTION, place="Mill Lane")
    assert "You get an answer by" in _tracked(ines, code)
    _handed_on(iris)
    case = _answered(iris, FIRST, take=True)
    _sent(hana)
    said = _tracked(ines, code)
    assert FIRST in said
    assert "Rafael Dorn" in said, "it is answered in the registered voice"
    for name in ("Iris", "Hana"):
        assert name not in said, "who works on it is the unit"
    ines.fill("What is not solved?", STILL)
    ines.press("It is not solved")
    assert "Until then it counts as not solved." in ines.reader.text()
    assert findings(ines.reader.page) == []
    _settled(rafael)
    assert RIGHT in _tracked(ines, code)
    assert "You get an answer by" in ines.reader.text(), "a new clock runs"
    _answered(iris, FINAL, take=False)
    _sent(hana)
    assert findings(hana.reader.page) == []
    _asked_on_the_telephone(rafael, case)
    said = _tracked(ines, code)
    for words in (FINAL, FIRST, "You said that it helped. Thank you.", "Opened again"):
        assert words in said
    assert findings(ines.reader.page) == []


def _tracked(ines: Hands, code: str) -> str:
    """By the code alone, typed on the page that asks for it."""
    ines.reader.go("/follow/")
    ines.fill("Your code", code)
    ines.press("Show what became of it")
    return ines.reader.text()


def _found(who: Hands, state: str) -> str:
    """From the list of cases in this state to the case of Mill Lane; its address."""
    who.reader.go("/desk/cases")
    if state:
        who.press(state, "link")
    who.open(who.reader.page.get_by_role("main").get_by_role("link", name=QUESTION))
    return who.reader.page.url.removeprefix(who.reader.address)


def _handed_on(iris: Hands) -> None:
    """The council's officer sends it to the unit whose lamp it is; the clock goes on there."""
    _found(iris, "")
    iris.unfold("Send it to another unit")
    iris.choose("Unit", "Water Services")
    iris.pick(iris.reader.page.get_by_label("This unit did its part"))
    iris.press("Send it there")
    assert "Nobody at Water Services has taken it" in iris.reader.text()


def _answered(iris: Hands, text: str, *, take: bool) -> str:
    """The handler takes it, answers each question and asks a second person to look."""
    case = _found(iris, "")
    if take:
        iris.press("Take the case")
        assert findings(iris.reader.page) == []
    iris.fill("Answer", text)
    iris.tick(iris.reader.page.get_by_label("When is it mended?"))
    iris.pick(iris.reader.page.locator("#out-solved"))
    iris.press("Ask a second person to send it")
    assert "It waits for a second person" in iris.reader.text()
    return case


def _sent(hana: Hands) -> None:
    """The head reads what waits to be looked at, and lets it out."""
    _found(hana, "To look at")
    hana.press("Send the answer")
    assert "It is solved" in hana.reader.text()


def _settled(rafael: Hands) -> None:
    """Somebody who had no hand in the answer decides that the person is right."""
    _found(rafael, "Contested")
    assert STILL in rafael.reader.text()
    assert findings(rafael.reader.page) == []
    rafael.pick(rafael.reader.page.get_by_label("They are right: open it again, with a new clock"))
    rafael.fill("What do you tell them?", RIGHT)
    rafael.press("Settle it")
    assert "It is settled" in rafael.reader.page.content()


def _asked_on_the_telephone(rafael: Hands, case: str) -> None:
    """Whether it helped is asked by somebody other than who answered."""
    rafael.reader.go(case)
    rafael.unfold("Write down whether it helped")
    rafael.press("It helped")
    assert "Written down; thank you for asking." in rafael.reader.page.content()
