"""Staff pages in a real browser: alive by themselves, whole without scripts, by keyboard, on a narrow phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.reader import Reader, browser, reader
from tests.run.desks import Up, until

playwright = pytest.importorskip("playwright.sync_api", reason="the browser's driver is not installed")

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PASSWORD = "seven lanterns on the Eelgate bridge"
PAGES = (
    "/exercise/",
    "/exercise/stories",
    "/exercise/search?q=water",
    "/exercise/sources",
    "/exercise/incidents",
    "/exercise/statements",
    "/exercise/reports",
    "/exercise/drill/wipe",
    "/desk/",
    "/desk/sources/new",
    "/desk/units",
    "/desk/units/new",
    "/desk/people/new",
    "/desk/voices/new",
    "/desk/settings",
    "/sign-in/password",
)


@pytest.fixture(scope="module")
def driver() -> Iterator[object]:
    """The browser's driver."""
    with playwright.sync_playwright() as one:
        yield one


def sign_in(someone: Reader, token: str) -> None:
    """By the one-time link, then a password."""
    someone.go(f"/sign-in/once/{token}")
    someone.click("Sign in")
    someone.fill("New password", PASSWORD)
    someone.fill("The same again", PASSWORD)
    someone.click("Save the password")


def test_staff_pages_in_a_browser(tmp_path: Path, driver: object) -> None:
    """A drill started by a click comes alive without a reload; nothing scrolls sideways; no script is needed.

    Sabotage: take the swap out of the live part, or give a table a fixed width.
    """
    with (
        Up(tmp_path / "home", "--no-drill", ANSWERABLE_BODY_NAME="Brackwater Council") as up,
        browser(driver) as chromium,  # type: ignore[arg-type]
        reader(chromium, up.ready().address) as ida,
    ):
        sign_in(ida, up.token())
        assert "Nothing waits for anybody." in ida.text()
        ida.go("/exercise/")
        ida.click("Start the drill")
        _comes_alive(ida)
        _waits_for_busy_hands(ida)
        _leads_by_keyboard(ida)
        story = ida.page.evaluate("document.querySelector('.stories .said a').getAttribute('href')")
        for path in (*PAGES, story, f"{story}/items"):
            _fits(ida, path)
        assert ida.complaints == []
        _whole_without_scripts(ida, chromium, story)


def _comes_alive(ida: Reader) -> None:
    """Stories appear on the page that is open; it was never loaded again."""
    ida.page.evaluate("window.stayed = true")
    until(lambda: ida.page.locator(".stories tbody tr").count() > 0, lambda: ida.text())
    before = ida.page.locator("#live").inner_text()
    until(lambda: ida.page.locator("#live").inner_text() != before, lambda: ida.text())
    assert ida.page.evaluate("window.stayed") is True


def _waits_for_busy_hands(ida: Reader) -> None:
    """While the focus is inside the live part, it is not replaced under somebody's hands."""
    ida.page.locator(".stories .said a").first.focus()
    ida.page.evaluate("document.getElementById('live').dataset.mine = 'yes'")
    ida.page.wait_for_timeout(12_000)
    assert ida.page.evaluate("document.getElementById('live').dataset.mine") == "yes"
    ida.page.evaluate("document.activeElement.blur()")


def _leads_by_keyboard(ida: Reader) -> None:
    """The first stop skips to the page; the focus can be seen; Enter follows it."""
    ida.go("/exercise/")
    ida.page.keyboard.press("Tab")
    assert ida.page.evaluate("document.activeElement.className") == "skip"
    assert ida.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    ida.page.keyboard.press("Enter")
    assert ida.page.url.endswith("#main")


def _fits(ida: Reader, path: str) -> None:
    """At 320 pixels, and at 1280 with letters twice as large, nothing scrolls sideways; one h1; ids are unique."""
    for width, zoom in ((320, 1), (1280, 2)):
        ida.page.set_viewport_size({"width": width // zoom, "height": 900})
        ida.go(path)
        over = ida.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert over <= 0, f"{path} scrolls {over} px sideways at {width // zoom} px"
    facts = ida.page.evaluate(
        """() => ({
            h1: document.querySelectorAll("h1").length,
            twice: [...document.querySelectorAll("[id]")].map(e => e.id).filter((id, n, all) => all.indexOf(id) !== n),
            nameless: [...document.querySelectorAll("input:not([type=hidden]), select, textarea")]
                .filter(e => !e.labels.length && !e.getAttribute("aria-label")).map(e => e.name),
            pointless: [...document.querySelectorAll("a")].filter(e => !e.getAttribute("href")).length,
            hollow: [...document.querySelectorAll("a, button")].filter(e => !e.innerText.trim()
                && !e.querySelector("[aria-label]") && !e.closest("thead")).map(e => e.outerHTML),
        })"""
    )
    assert facts == {"h1": 1, "twice": [], "nameless": [], "pointless": 0, "hollow": []}, path


def _whole_without_scripts(ida: Reader, chromium: object, story: str) -> None:
    """The same pages without scripts: everything is there, and a form works."""
    context = chromium.new_context(java_script_enabled=False, storage_state=ida.page.context.storage_state())  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(ida.address + "/exercise/")
    assert page.locator(".stories tbody tr").count() > 0
    page.goto(ida.address + story)
    assert page.locator("svg.plot").count() == 1
    assert page.locator("details table tbody tr").count() >= 12
    page.goto(ida.address + "/exercise/search")
    page.locator("main").get_by_role("searchbox").fill("water")
    page.locator("main").get_by_role("button", name="Search").click()
    assert re.search(r"/exercise/search\?q=water$", page.url)
    context.close()
