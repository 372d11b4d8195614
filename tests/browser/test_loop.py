"""The main job in a real browser: heard, understood, owned, answered, corrected, reported.

Everything is created by clicks of two people, in two browser contexts; the posts come in by the command line. What
is said goes out by every channel that the desk can speak to here. With SQLite it is written, approved, published
and corrected by the keys alone, with PostgreSQL by the mouse.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
import urllib.request
from contextlib import nullcontext
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.browser.hands import Hands
from tests.browser.reader import Reader, browser, reader
from tests.browser.town import newspaper, posts
from tests.browser.ways_out import WaysOut, ways_out
from tests.run.desks import Up, run, until

playwright = pytest.importorskip("playwright.sync_api", reason="the browser's driver is not installed")

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

PASSWORD = "seven lanterns on the Eelgate bridge"
TITLE = "The water is brown from iron in an old pipe, not from sewage"
WRONG = "Nine taps were tested."
RIGHT = "Eleven taps were tested."


@pytest.mark.parametrize("heard", ["a day in the town", "real posts of 2011 to 2015"])
def test_the_whole_loop(
    heard: str, tmp_path: Path, seed: int, fresh_database: str, database: str, request: pytest.FixtureRequest
) -> None:
    """A feed and posts become a story with an alert, an incident with clocks, and an answer that is corrected.

    Sabotage: drop the channel `feed` from the incident's statement, or approve with the writer's account.
    """
    print(f"seed {seed}")
    file = tmp_path / "posts.jsonl"
    if heard.startswith("real"):
        file = request.getfixturevalue("shared_data") / "streams" / "crisis-dev.jsonl.gz"
    else:
        posts(file, seed)
    extra = {"DATABASE_URL": fresh_database, "ANSWERABLE_BODY_NAME": "Brackwater Council"}
    everywhere = nullcontext() if heard.startswith("real") else ways_out()
    with newspaper() as (feed, port), everywhere as ways:
        extra["ANSWERABLE_ALLOW_PRIVATE"] = ",".join([f"127.0.0.1:{port}", *(ways.allowed if ways else ())])
        extra |= ways.settings if ways else {}
        with Up(tmp_path / "home", "--no-drill", **extra) as up:
            up.ready()
            with (
                playwright.sync_playwright() as driver,
                browser(driver) as chromium,
                reader(chromium, up.address) as ida,
                reader(chromium, up.address) as rafael,
                reader(chromium, up.address) as public,
            ):
                hands = [Hands(one, keys=database == "sqlite") for one in (ida, rafael, public)]
                _play(*hands, up, feed, file, extra, ways)
                for someone in (ida, rafael, public):
                    assert someone.complaints == []


def _play(
    idas: Hands,
    rafaels: Hands,
    publics: Hands,
    up: Up,
    feed: str,
    file: Path,
    extra: dict[str, str],
    ways: WaysOut | None,
) -> None:
    ida, rafael, public = (hands.reader for hands in (idas, rafaels, publics))
    first_sign_in(ida, f"/sign-in/once/{up.token()}")
    link = set_up_the_desk(ida)
    first_sign_in(rafael, link.removeprefix(up.address))
    # The older words first: what arrives years late is history, and history calls nobody.
    _import(up, file, extra)
    _listen(ida, feed)
    if ways:
        ways.add(idas)
        ways.subscribe(publics)
    incident = _open_incident(ida)
    _write(idas)
    statement = _number(ida.page.url)
    assert "You wrote it, so a second person approves it." in ida.text()
    assert "What we know now" in _page(public, "/")
    assert TITLE not in public.text()
    approve_and_publish(rafaels, statement)
    _seen_by_the_public(public, statement, incident, up.address)
    links = [_entry(up.address), *(ways.arrived(1, TITLE, "Maren Oyelaran") if ways else [])]
    if ways:
        ways.post_by_hand(rafaels, "Estuary Post, Friday, page 4")
    _correct(idas, statement)
    approve_and_publish(rafaels, statement)
    _correction_seen(public, statement, up.address)
    _old_links_lead_to_what_stands(public, links)
    if ways:
        ways.arrived(2, "Eleven taps were tested, not nine.")
        ways.corrections_answer_the_first()
        ways.post_by_hand(rafaels, "Estuary Post, Saturday, page 2")
        assert "Everything arrived." in _page(rafael, "/desk/deliveries")
    with tempfile.TemporaryDirectory() as folder:
        _signatures_hold(public, statement, Path(folder))
    _clocks_kept(ida, incident)
    _reported(ida, up, extra)
    _ledger_holds(up.address)


def first_sign_in(someone: Reader, path: str) -> None:
    """By the one-time link, which only the button spends; then a password, and the desk opens."""
    someone.go(path)
    someone.click("Sign in")
    someone.fill("New password", PASSWORD)
    someone.fill("The same again", PASSWORD)
    someone.click("Save the password")
    assert "What needs somebody now?" in someone.text()


def set_up_the_desk(ida: Reader) -> str:
    """A unit, a second person, and the voice that is theirs; returns their one-time link."""
    ida.nav("Units and people")
    ida.click("Create a unit", "link")
    ida.fill("Name", "Water Services")
    ida.fill("Duty number", "01632 960 101")
    ida.click("Create the unit")
    ida.click("Invite a person", "link")
    ida.fill("Name", "Rafael Dorn")
    ida.fill("Login", "rafael")
    ida.page.get_by_label("Head", exact=False).first.check()
    ida.click("Make the link")
    link = ida.page.locator("#once").inner_text().strip()
    ida.nav("Units and people")
    ida.click("Register a voice", "link")
    ida.fill("Public name", "Maren Oyelaran")
    ida.fill("Public title", "Spokesperson")
    ida.choose("Speaks for", "Water Services")
    ida.choose("Person behind it", "Rafael Dorn")
    ida.click("Register the voice")
    return link


def _listen(ida: Reader, feed: str) -> None:
    """Add the newspaper by its address; the collectors bring its items."""
    ida.nav("Sources")
    ida.click("Add a source", "link")
    ida.fill("Address", feed)
    ida.fill("Name", "Estuary Post")
    ida.page.locator("input[value=outlet]").check()
    ida.fill("Why do we listen there?", "To hear early of service failures in Fenmoor")
    ida.click("Listen to it")
    source = ida.page.url

    def brought() -> bool:
        ida.page.goto(source)
        return "Main breaks under Mill Lane" in ida.text()

    until(brought, ida.text)


def _import(up: Up, file: Path, extra: dict[str, str]) -> None:
    """The posts, through the running desk's engine."""
    done = run(up.home, "import", str(file), "--class", "public", "--json", **extra)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["new"] > 100


def _open_incident(ida: Reader) -> int:
    """From Now's most urgent alert to its story, from there to an incident that is mine."""

    def alerted() -> bool:
        ida.go("/desk/")
        return ida.page.locator(".board .what a").count() > 0

    until(alerted, ida.text)
    ida.follow(ida.page.locator(".board .what a").first)
    assert "How fast is it growing?" in ida.text()
    ida.click("Open incident", "link")
    ida.fill("What is it about?", "Brown tap water in Fenmoor and Saltgate")
    ida.page.locator("#level-2").check()
    ida.choose("Which unit answers for it?", "Water Services")
    ida.click("Open the incident")
    said = ida.text()
    for clock in ("Holding line, 60 min", "Authoritative statement, 5 h", "Press conference, 24 h"):
        assert clock in said
    ida.click("Take it")
    assert "This incident is yours now." in ida.text()
    return _number(ida.page.url)


def _write(ida: Hands) -> None:
    """A clarification that rests on a post and a document, saved and submitted."""
    ida.press("Write a statement", "link")
    ida.fill("The fact in one line", TITLE)
    ida.fill("Explanation", f"The main under Mill Lane broke. The rust is harmless [1]. {WRONG}")
    ida.fill("What people can do", "- Let the cold tap run until it is clear.")
    ida.fill("What is not known yet", "The laboratory's result.")
    ida.reader.page.locator("#next_word_at").fill("2099-01-01T09:00")
    ida.fill("What people say, in their words", "Sewage got into the tap water")
    ida.choose("Verdict", "False")
    ida.tick(ida.reader.page.locator("input[name=item]").first)
    ida.fill("Title of document 1", "Chlorine at the taps")
    ida.choose("Voice", "Maren Oyelaran")
    ida.choose("Kind", "Clarification")
    ida.press("Save the draft")
    assert "Draft" in ida.reader.text()
    ida.press("Submit for approval")
    assert "Waits for approval by a second person" in ida.reader.text()


def approve_and_publish(rafael: Hands, statement: int) -> None:
    """The second person reads the exact text on its page, approves it, and publishes."""
    rafael.nav("Statements")
    rafael.open(rafael.reader.page.locator(f"a[href$='/statements/{statement}']").first)
    rafael.press("Approve this exact text")
    assert "Approved" in rafael.reader.text()
    rafael.press("Publish now")
    assert "Published. It stands on the public page and in the feeds." in rafael.reader.text()


def _seen_by_the_public(public: Reader, statement: int, incident: int, address: str) -> None:
    """On the first page, on its own page with everything it owes, on the incident's page and in both feeds."""
    assert "Brown tap water in Fenmoor and Saltgate" in _page(public, "/")
    public.click(TITLE, "link")
    said = public.text()
    for words in (
        WRONG,
        "Sewage got into the tap water",
        "False",
        "Maren Oyelaran",
        "Head, Brackwater Council",
    ):
        assert words in said
    public.follow(public.page.locator("#e1 a"), x=24)
    assert "Which statements rest on it?" in public.text()
    assert TITLE in _page(public, f"/incidents/{incident}/")
    for feed in ("/feed.atom", "/feed.json"):
        assert TITLE in _fetched(address + feed)
    assert public.page.url.startswith(address)
    assert statement > 0


def _correct(ida: Hands, statement: int) -> None:
    """A new version beside the published one, which stands until the new one is out."""
    ida.reader.go(f"/desk/statements/{statement}")
    ida.press("Update, correct or cancel it", "link")
    ida.fill("What is different now?", "Eleven taps were tested, not nine.")
    text = ida.reader.page.get_by_label("Explanation").first.input_value()
    ida.fill("Explanation", text.replace(WRONG, RIGHT))
    ida.press("Save the correction as a draft")
    ida.press("Submit for approval")
    assert "Version 1 stands until this one is out." in ida.reader.text()


def _correction_seen(public: Reader, statement: int, address: str) -> None:
    """The page and the feeds give the corrected text; the old version is readable and says that it is old."""
    said = _page(public, f"/statements/{statement}/")
    assert RIGHT in said
    assert "Eleven taps were tested, not nine." in said
    public.click("Version 1", "link")
    old = public.text()
    assert WRONG in old
    assert "This is an old version. It was replaced." in old
    for feed in ("/feed.atom", "/feed.json"):
        assert RIGHT in _fetched(address + feed)


def _entry(address: str) -> str:
    """Where the feed's newest entry leads."""
    (entry, *_) = json.loads(_fetched(f"{address}/feed.json"))["items"]
    return str(entry["url"])


def _old_links_lead_to_what_stands(public: Reader, links: list[str]) -> None:
    """Whoever kept a link of the first version, from wherever, reads the corrected text."""
    for link in dict.fromkeys(links):
        assert link.startswith(public.address), link
        public.page.goto(link)
        said = public.page.locator(".prose").inner_text()
        assert RIGHT in said
        assert WRONG not in said


def _signatures_hold(public: Reader, statement: int, folder: Path) -> None:
    """An outsider downloads both versions and the key, and openssl says yes to each and no to a mixture."""
    key = folder / "signing-key.pem"
    key.write_bytes(_bytes(f"{public.address}/signing-key.pem"))
    files = {}
    for version in (1, 2):
        base = f"{public.address}/statements/{statement}/versions/{version}"
        for name in ("signed.json", "signed.sig"):
            files[version, name] = folder / f"{version}-{name}"
            files[version, name].write_bytes(_bytes(f"{base}/{name}"))
    for body, signature in ((1, 1), (2, 2), (1, 2)):
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", str(key), "-rawin"]
        command += ["-in", str(files[body, "signed.json"]), "-sigfile", str(files[signature, "signed.sig"])]
        done = subprocess.run(command, capture_output=True, check=False, timeout=60)
        assert (done.returncode == 0) == (body == signature), done.stderr


def _bytes(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=30) as answer:
        found: bytes = answer.read()
    return found


def _clocks_kept(ida: Reader, incident: int) -> None:
    """The first two clocks are met by what went out; the timeline says who did what."""
    ida.go(f"/desk/incidents/{incident}")
    said = ida.text()
    assert said.count("Met in ") == 2
    assert "Rafael Dorn" in said
    assert "Clock kept: Authoritative statement, 5 h" in said


def _reported(ida: Reader, up: Up, extra: dict[str, str]) -> None:
    """Today's report tells of the incident, its clocks and what was said; so does the command."""
    ida.nav("Reports")
    ida.follow(ida.page.get_by_role("main").locator(".lines a").first)
    said = ida.text()
    assert "1 incident was opened." in said
    # The holding line, the authoritative statement, and the next word that was promised.
    assert "3 deadlines were met in time." in said
    assert "Brown tap water in Fenmoor and Saltgate" in said
    assert TITLE in said
    printed = run(up.home, "report", "daily", **extra)
    assert printed.returncode == 0, printed.stderr
    assert TITLE in printed.stdout


def _ledger_holds(address: str) -> None:
    """Anybody can follow the chain from the public export."""
    rows = [json.loads(line) for line in _fetched(f"{address}/transparency/ledger.jsonl").splitlines()]
    assert all(after["previous"] == before["hash"] for before, after in pairwise(rows))
    done = {row["action"] for row in rows}
    assert {"incident.open", "statement.approve", "statement.publish", "statement.revise"} <= done


def _page(someone: Reader, path: str) -> str:
    someone.go(path)
    return someone.text()


def _number(url: str) -> int:
    found = re.search(r"/(\d+)$", url)
    assert found, url
    return int(found[1])


def _fetched(url: str) -> str:
    with urllib.request.urlopen(url, timeout=20) as answer:
        body: Any = answer.read()
    return str(body.decode())
