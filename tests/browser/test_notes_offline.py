"""The note form without a network, in a real browser: a note waits on the device, the page opens all the same."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from tests.browser.reader import browser, reader
from tests.browser.test_desk_pages import sign_in
from tests.run.desks import Up

playwright = pytest.importorskip("playwright.sync_api", reason="the browser's driver is not installed")

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def _until(page: Any, expression: str) -> None:
    """Wait for it from outside: the driver's own waiting evaluates text in the page, which its policy forbids."""
    deadline = time.monotonic() + 60
    while not page.evaluate(expression):
        assert time.monotonic() < deadline, expression
        page.wait_for_timeout(100)


def test_a_note_written_without_a_network_arrives_once(tmp_path: Path) -> None:
    """Written offline, kept over a reload without a network, sent when it is back; and told by the public form.

    Sabotage: let the worker answer nothing, or the script drop a note before the desk has taken it.
    """
    with (
        Up(tmp_path / "home") as up,
        playwright.sync_playwright() as driver,
        browser(driver) as chromium,
        reader(chromium, up.ready().address) as officer,
    ):
        sign_in(officer, up.token())
        officer.go("/desk/told/new")
        page = officer.page
        _until(page, "navigator.serviceWorker.controller !== null")
        _until(page, "caches.match('/desk/told/new').then(kept => !!kept)")
        page.context.set_offline(True)
        page.fill("#text", "The bin at the ferry stop is full")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("#waits:not([hidden])")
        page.goto(up.address + "/desk/told/new")
        page.wait_for_selector("#waits:not([hidden])")
        assert page.inner_text("#waits-count") == "1", "the page and its note are still there"
        page.context.set_offline(False)
        page.evaluate("window.dispatchEvent(new Event('online'))")
        page.wait_for_selector("#kept:not([hidden])")
        page.wait_for_selector("#waits", state="hidden")
        officer.go("/desk/told")
        assert officer.text().count("The bin at the ferry stop is full") == 1
        officer.go("/tell-us")
        officer.page.check("#kind-report")
        officer.click("Go on")
        officer.page.fill("#text", "The lamp is dark")
        officer.click("Go on")
        officer.page.wait_for_selector("#place")
        # What the browser itself says about the missing network arrives when it likes, also after the return.
        assert [one for one in officer.complaints if "ERR_INTERNET_DISCONNECTED" not in one] == []
