"""Every page judged by axe-core: all its rules, phone and desktop, light and dark, in three languages."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from itertools import product

import pytest

from answerable.web.texts import LANGUAGES
from tests.browser.furnished import Furnished, Page, furnish, served
from tests.browser.reader import browser
from tests.cast import Desk
from tests.web import stage

playwright = pytest.importorskip("playwright.sync_api", reason="the browser's driver is not installed")

pytestmark = pytest.mark.timeout(900)

WAYS = tuple(product(LANGUAGES, ("light", "dark"), (390, 1280)))
SAMPLE = 40  # pages of an ordinary run, each in one way; `make deep` judges all in all ways


def judged(desk: Furnished, asked: Iterable[tuple[Page, tuple[str, str, int]]]) -> Iterator[str]:
    """One line for each rule that a page breaks, and for each page that scrolls sideways."""
    from tests.browser.judged import findings

    with served() as address, playwright.sync_playwright() as driver, browser(driver) as chromium:
        tabs = {}
        for page, (language, scheme, width) in asked:
            key = (page.who, language)
            if key not in tabs:
                context = chromium.new_context(locale=language)
                if page.who:
                    cookie = {"name": "sessionid", "value": desk.sessions[page.who], "url": address}
                    context.add_cookies([cookie])  # type: ignore[list-item]
                tabs[key] = context.new_page()
            tab = tabs[key]
            tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            tab.set_viewport_size({"width": width, "height": 900})
            try:
                answer = tab.goto(address + page.path)
            except playwright.Error:
                continue  # a file, which is no page
            name = f"{page.route} ({page.path}) in {language}, {scheme}, {width} px"
            if answer is None or "html" not in answer.headers.get("content-type", ""):
                continue
            if tab.evaluate("document.documentElement.scrollWidth > innerWidth"):
                yield f"{name}: scrolls sideways"
            yield from (f"{name}: {one['rule']}: {one['where']}" for one in findings(tab))


def not_there(desk: Furnished) -> list[str]:
    """Pages of the real desk for which nothing is furnished."""
    missing = []
    with stage.clock():
        for page in desk.pages:
            browser = stage.client()
            if page.who:
                browser.cookies["sessionid"] = desk.sessions[page.who]
            status = browser.get(page.path).status_code
            if page.route.startswith("desk:") and status != 200:
                missing.append(f"{page.route} ({page.path}): {status}")
    return missing


def test_axe_finds_nothing(desk: Desk, seed: int) -> None:
    """A sample of pages, each in a language, a scheme and a width of its own: no rule is broken, nothing is too wide.

    Sabotage: take the label off a field, or make --muted lighter.
    """
    rng = random.Random(seed)
    furnished = furnish(desk)
    pages = rng.sample(furnished.pages, SAMPLE)
    found = list(judged(furnished, ((page, rng.choice(WAYS)) for page in pages)))
    assert found == []


@pytest.mark.deep
def test_axe_finds_nothing_on_any_page(desk: Desk) -> None:
    """Every page in three languages, light and dark, at 390 and 1280 px."""
    furnished = furnish(desk)
    assert len(furnished.pages) > 120
    assert not_there(furnished) == []
    found = list(judged(furnished, ((page, way) for page in furnished.pages for way in WAYS)))
    assert found == []
