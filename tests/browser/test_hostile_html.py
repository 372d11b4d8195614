"""Hostile HTML in every field of a statement: no script runs and nobody outside is asked, wherever it is shown.

Pages are rendered in Chromium with the browser's own shield (CSP) off, so that escaping alone has to hold.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from answerable.store.drafts import Wording
from answerable.store.models import StatementVersion, Voice
from tests.browser.hostile_html import cases
from tests.browser.reader import browser
from tests.cast import Desk
from tests.store.scene import draft, publish
from tests.web import stage

playwright = pytest.importorskip("playwright.sync_api", reason="the browser's driver is not installed")

pytestmark = pytest.mark.timeout(900)

AT_ONCE = 25  # cases in one statement
SAMPLE = 75
# It ends in a number: a driver that is handed a function calls it.
SPY = "window.hits = []; window.hit = n => window.hits.push(n); 0"


def said(desk: Desk, some: list[str]) -> StatementVersion:
    """A published statement with these cases in its text and the first of them in every other field."""
    first = some[0]
    wordings = [Wording("easy", "en", first[:290], "\n\n".join(some), machine_help=some[-1][:290])]
    return publish(
        desk,
        draft(
            desk,
            title=first[:290],
            text="\n\n".join(some),
            claim=some[-1],
            verdict="false",
            what_to_do="\n- ".join(some),
            not_known=first,
            machine_help=some[1 % len(some)][:290],
            evidence=[(None, one[:290], "https://brackwater.example/record") for one in some[:6]],
            wordings=wordings,
        ),
    )


def places(desk: Desk, version: StatementVersion) -> Iterator[tuple[str, str]]:
    """(name, HTML) of everything that shows a statement."""
    number = version.statement_id
    with stage.clock():
        staff, public = stage.client(desk.bob), Client()
        for path in (f"/statements/{number}/", f"/statements/{number}/in/easy/en/", f"/statements/{number}/in/short/en/",
                     "/statements/", "/", f"/voices/{desk.voice.pk}/"):  # fmt: skip
            yield path, public.get(path).content.decode()
        for path in (f"/desk/statements/{number}", f"/desk/statements/{number}/versions/1/forms"):
            yield path, staff.get(path).content.decode()
        for place in (1, 2):
            yield (
                f"card {place}",
                public.get(f"/statements/{number}/versions/1/card-{place}.svg").content.decode(),
            )
        atom = ElementTree.fromstring(public.get("/feed.atom").content)
        for entry in atom.iter("{http://www.w3.org/2005/Atom}content"):
            yield "feed.atom", entry.text or ""
        for item in json.loads(public.get("/feed.json").content)["items"]:
            yield "feed.json", item["content_html"]


def tried(desk: Desk, some: list[str]) -> tuple[int, list[str]]:
    """How many documents were rendered, and what ran or was asked for in them."""
    voice = Voice.objects.get(pk=desk.voice.pk)
    voice.name, voice.role = some[0][:190], some[-1][:190]
    voice.save()
    rendered, found = 0, []
    with playwright.sync_playwright() as driver, browser(driver) as chromium:
        context = chromium.new_context(bypass_csp=True)
        asked: list[str] = []

        def answer(route: Any) -> None:
            asked.append(route.request.url)
            route.abort()

        context.route("**/*", answer)
        context.add_init_script(SPY)
        page = context.new_page()
        page.goto("about:blank")
        page.evaluate(SPY)
        for start in range(0, len(some), AT_ONCE):
            version = said(desk, some[start : start + AT_ONCE])
            for name, document in places(desk, version):
                asked.clear()
                page.set_content(document, wait_until="domcontentloaded")
                page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
                rendered += 1
                hits = page.evaluate("window.hits")
                found += [f"{name}: case {hit} ran" for hit in hits]
                found += [f"{name}: asked {url}" for url in asked if "evil.example" in url]
                found += [
                    f"{name}: {what}"
                    for what in page.evaluate(
                        "[...document.querySelectorAll('*')].flatMap(one => [...one.attributes]"
                        ".filter(a => /^on/.test(a.name) || /^\\s*javascript:/i.test(a.value))"
                        ".map(a => one.tagName + ' ' + a.name + '=' + a.value.slice(0, 60)))"
                    )
                ]
        page.wait_for_timeout(500)  # what loads late is still seen
        found += [f"late: case {hit} ran" for hit in page.evaluate("window.hits")]
    return rendered, found


def test_a_sample_of_hostile_html_stays_words(desk: Desk, seed: int) -> None:
    """Cases drawn by the seed, in every field and every place: 0 scripts, 0 outside requests.

    Sabotage: mark a statement's text as safe in the public template.
    """
    rendered, found = tried(desk, random.Random(seed).sample(cases(), SAMPLE))
    assert rendered > 20
    assert found == []


def test_the_spy_sees_what_runs() -> None:
    """The same eyes, on documents that do run: a script, a handler and an outside request are all seen."""
    with playwright.sync_playwright() as driver, browser(driver) as chromium:
        context = chromium.new_context(bypass_csp=True)
        asked: list[str] = []
        context.route("**/*", lambda route: (asked.append(route.request.url), route.abort()))
        context.add_init_script(SPY)
        page = context.new_page()
        page.evaluate(SPY)
        page.set_content("<img src=x onerror=hit(1)><script>hit(2)</script><img src=https://evil.example/3>")
        for _ in range(100):
            if set(page.evaluate("window.hits")) == {1, 2}:
                break
            page.wait_for_timeout(100)
        assert set(page.evaluate("window.hits")) == {1, 2}
        assert any("evil.example" in url for url in asked)


@pytest.mark.deep
def test_all_hostile_html_stays_words(desk: Desk) -> None:
    """B8 in full: more than 1,200 cases."""
    every = cases()
    assert len(every) >= 1_200
    rendered, found = tried(desk, every)
    print(f"{len(every)} cases, {rendered} documents, {len(found)} findings")
    assert found == []
