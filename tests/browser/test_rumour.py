"""A false claim of the drill's day, from its first post to the people who asked, and its correction to all of them.

Two colleagues and two people outside, in four browser contexts; one of those outside has no mouse.
"""

from __future__ import annotations

import email
import json
import re
from datetime import UTC, datetime, timedelta
from email.policy import default
from pathlib import Path

import pytest
from playwright.sync_api import Locator

from answerable.collect.drill.day import day
from answerable.collect.drill.plan import DEFAULT_NAME
from answerable.records import SourceClass
from tests.browser.hands import Hands
from tests.browser.judged import findings
from tests.browser.reader import Reader, browser, reader
from tests.browser.test_loop import approve_and_publish, first_sign_in, set_up_the_desk
from tests.publish.rooms import PostOffice, post_office
from tests.run.desks import Up, run, until

playwright = pytest.importorskip("playwright.sync_api", reason="the browser's driver is not installed")

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

CLAIM = "Bus 14 left children behind at Hollin Bridge"
QUESTION = "Were children left behind at Hollin Bridge by bus 14?"
FACT = "All children of bus 14 reached the school"
WRONG, RIGHT = "The bus waited for six minutes.", "The bus waited for nine minutes."
NOTE = "Nine minutes, not six."


def test_a_false_claim_meets_its_answer_and_its_correction(
    tmp_path: Path, fresh_database: str, seed: int
) -> None:
    """Heard, opened from its story, asked about, matched, written, approved, listed, told; corrected, told again.

    Sabotage: tell only who asked since the last version, or leave the correction out of the letters.
    """
    extra = {"DATABASE_URL": fresh_database, "ANSWERABLE_BODY_NAME": "Brackwater Council"}
    extra |= {"ANSWERABLE_SMTP_SECURITY": "none"}
    extra |= {"ANSWERABLE_SMTP_HOST": "localhost", "ANSWERABLE_MAIL_FROM": "desk@answers.example"}
    with post_office() as office:
        extra["ANSWERABLE_SMTP_PORT"] = str(office.port)
        with (
            Up(tmp_path / "home", "--no-drill", **extra) as up,
            playwright.sync_playwright() as driver,
            browser(driver) as chromium,
            reader(chromium, up.address) as ida,
            reader(chromium, up.address) as rafael,
            reader(chromium, up.address) as ines,
            reader(chromium, up.address) as bo,
        ):
            up.ready()
            _play(ida, rafael, ines, bo, up, office, _posts(tmp_path / "posts.jsonl", seed), extra)
            for someone in (ida, rafael, ines, bo):
                assert someone.complaints == []


def _posts(file: Path, seed: int) -> Path:
    """The first posts of the rumour about bus 14, as they come on the day of the drill, some minutes ago."""
    said = [
        one for one in day(DEFAULT_NAME, seed) if one.matter == "rumour" and one.voice is SourceClass.PUBLIC
    ]
    first, now = said[:40], datetime.now(UTC)
    with file.open("w", encoding="utf-8") as out:
        for one in first:
            at = now - timedelta(minutes=first[-1].minute - one.minute)
            row = {"id": f"p{one.number}", "time": at.isoformat(), "text": one.text, "author": one.author}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return file


def _play(
    ida: Reader,
    rafael: Reader,
    ines: Reader,
    bo: Reader,
    up: Up,
    office: PostOffice,
    file: Path,
    extra: dict[str, str],
) -> None:
    first_sign_in(ida, f"/sign-in/once/{up.token()}")
    first_sign_in(rafael, set_up_the_desk(ida).removeprefix(up.address))
    done = run(up.home, "import", str(file), "--class", "public", "--json", **extra)
    assert done.returncode == 0, done.stderr
    claim = _open_claim(ida)
    code = _ask(ines)
    _match(ida, claim)
    statement = _write(ida, claim)
    assert CLAIM not in _read(bo, "/rumours/")
    approve_and_publish(Hands(rafael, keys=False), statement)
    _listed(bo, claim, hands=Hands(bo, keys=True))
    assert FACT in _read(ines, f"/follow/{code}")
    _letters(office, 2)  # the answer to Ines, the question to Bo whether the address is theirs
    _say_yes(bo, office)
    _correct(ida, rafael, statement)
    letters = _letters(office, 4)[2:]
    assert {letter["To"] for letter in letters} == {"ines@example.org", "bo@example.org"}
    for letter in letters:
        assert "Our answer has changed" in str(letter["Subject"])
        assert NOTE in str(letter.get_content())
        assert RIGHT in str(letter.get_content())
    assert NOTE in _read(bo, "/rumours/corrections/")
    assert RIGHT in _read(ines, f"/rumours/{claim}/")
    assert "2 by mail" in _read(ida, f"/desk/claims/{claim}")
    for someone in (bo, ida):
        assert findings(someone.page) == []


def _read(someone: Reader, path: str) -> str:
    someone.go(path)
    return someone.text()


def _open_claim(ida: Reader) -> int:
    """From the list of stories to the story, from there to a claim in plain words, with its owner."""

    def heard() -> bool:
        ida.go("/desk/stories?order=biggest")
        return "hollin bridge" in ida.text().lower()

    until(heard, ida.text)
    story = ida.page.get_by_role("main").locator(
        "a[href*='/desk/stories/']", has_text=re.compile("14|hollin", re.IGNORECASE)
    )
    ida.follow(story.first, x=24)
    ida.click("Put a claim on the list", "link")
    assert ida.page.get_by_label("The claim or question").input_value(), "the story's own words stand there"
    ida.fill("The claim or question", CLAIM)
    ida.page.locator("#language").select_option("en")
    ida.page.locator("#harm-3").check()
    ida.choose("Which unit owes the answer?", "Brackwater")
    ida.click("Put it on the list")
    return int(ida.page.url.rsplit("/", 1)[1])


def _ask(ines: Reader) -> str:
    """The public form, page after page, with an address to be told at; the code it gives."""
    ines.go("/tell-us?kind=question")
    ines.click("Go on")
    ines.page.locator("#text").fill(QUESTION)
    ines.click("Go on")
    ines.click("Go on, or leave it empty")
    ines.page.locator("#contact").fill("ines@example.org")
    ines.follow(ines.page.get_by_role("main").locator("button.btn-main"))
    ines.page.wait_for_timeout(3500)  # faster than people write is refused
    ines.click("Send it")
    return ines.page.locator("#code").inner_text().strip()


def _match(ida: Reader, claim: int) -> None:
    """The desk proposes the question by itself and says why; one click links it."""

    def proposed() -> bool:
        ida.go(f"/desk/claims/{claim}")
        return "Is this the same?" in ida.text() and "person asked" in ida.text()

    until(proposed, ida.text)
    assert "Matched because both say:" in ida.text()
    asked = ida.page.locator("li", has=ida.page.get_by_text("A case", exact=True))
    ida.follow(asked.get_by_role("button", name="The same: link it"))
    assert "It is linked." in ida.text()


def _write(ida: Reader, claim: int) -> int:
    """A stored document, the explanation, the verdict; submitted to a second person."""
    ida.fill("Title of the document", "Log of bus 14")
    file = {"name": "bus-14.csv", "mimeType": "text/csv", "buffer": b"08:31,Hollin Bridge,waits"}
    ida.page.locator("#file").set_input_files([file])  # type: ignore[list-item]
    ida.click("Store the document")
    ida.click("Write the answer", "link")
    assert ida.page.locator("#document_title-1").input_value() == "Log of bus 14"
    ida.fill("The fact in one line", FACT)
    ida.page.locator("#text").fill(f"The log of the bus says so [1]. {WRONG}")
    ida.page.locator("#verdict-false").check()
    ida.choose("Voice", "Maren Oyelaran")
    ida.click("Save the draft")
    ida.click("Submit for approval")
    assert claim
    return int(ida.page.url.rsplit("/", 1)[1])


def _listed(bo: Reader, claim: int, hands: Hands) -> None:
    """Found on the public list by the keys alone; its document opens; a vote and an address are left."""
    bo.go("/rumours/")
    hands.fill("What have you heard?", "bridge")
    hands.press("Search")
    hands.open(bo.page.get_by_role("main").get_by_role("link", name=re.compile("Hollin Bridge")))
    said = bo.text()
    for words in (FACT, "False", CLAIM, "SHA-256", WRONG):
        assert words in said
    assert bo.page.request.get(_address(bo.page.locator(".sources a").first, bo)).ok
    assert findings(bo.page) == []
    hands.press("Yes, it helped")
    assert "counted without a name" in bo.text()
    hands.fill("Your mail address", "bo@example.org")
    hands.press("Tell me")
    assert "A letter is on its way to you." in bo.text()
    assert f"/rumours/{claim}/" in bo.page.url


def _address(link: Locator, someone: Reader) -> str:
    return someone.address + (link.get_attribute("href") or "")


def _letters(office: PostOffice, count: int) -> list[email.message.EmailMessage]:
    until(lambda: len(office.letters) >= count, lambda: f"{len(office.letters)} letters")
    read = [email.message_from_bytes(one.content, policy=default) for one in office.letters]
    assert len(read) == count
    return read  # type: ignore[return-value]


def _say_yes(bo: Reader, office: PostOffice) -> None:
    """The link of the letter opens a page; only its button says yes."""
    letter = next(one for one in _letters(office, 2) if one["To"] == "bo@example.org")
    path = re.search(r"/rumours/letters/\S+", str(letter.get_content()))
    assert path
    bo.go(path[0])
    bo.click("Yes, tell me")
    assert "We will tell you" in bo.text()


def _correct(ida: Reader, rafael: Reader, statement: int) -> None:
    ida.go(f"/desk/statements/{statement}/correct")
    ida.page.get_by_label("Correct: something we said was wrong").check()
    ida.fill("What is different now?", NOTE)
    text = ida.page.get_by_label("Explanation").first
    text.fill(text.input_value().replace(WRONG, RIGHT))
    ida.click("Save the correction as a draft")
    ida.click("Submit for approval")
    approve_and_publish(Hands(rafael, keys=False), statement)
