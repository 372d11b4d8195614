"""The overseer's browser opens a sealed report with a key that stays there, and makes such a key."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.test import Client
from django.urls import reverse

from answerable.store.models import SealedReport
from tests.browser.reader import browser
from tests.cast import Desk
from tests.web import stage
from tests.web.test_sealed_reports import WORDS, made_key, office, written

playwright = pytest.importorskip("playwright.sync_api", reason="the browser's driver is not installed")

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

HERE = "http://localhost:1"  # what a browser trusts with keys
SCRIPT = Path("answerable/web/static/unseal.js")


def _answers(reader: Client, *paths: str) -> dict[str, tuple[bytes, dict[str, str]]]:
    """Pages with the policy they carry, asked for before a browser runs."""
    found = {}
    for path in paths:
        answer = reader.get(path)
        assert answer.status_code == 200, path
        found[HERE + path] = (answer.content, dict(answer.headers))
    return found


def test_a_report_is_opened_and_a_key_is_made_in_the_browser(desk: Desk, tmp_path: Path) -> None:
    """The right file shows the words, another one says so; nothing but the pages is ever asked for or sent.

    Sabotage: seal under another name of the derivation than the one the browser opens with.
    """
    otto, private = office(desk)
    written(stage.client())
    opening, making = (
        reverse("desk:sealed_one", args=[SealedReport.objects.get().pk]),
        reverse("desk:office_key"),
    )
    pages = _answers(stage.client(otto), opening, making)
    right, wrong = (
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        for key in (private, made_key()[0])
    )
    asked: list[str] = []

    def answer(route: playwright.Route) -> None:
        url, method = route.request.url, route.request.method
        if url in pages and method == "GET":
            content, headers = pages[url]
            route.fulfill(body=content, headers=headers)
        elif url.startswith(f"{HERE}/static/") and method == "GET":
            script = url.endswith("unseal.js")
            route.fulfill(body=SCRIPT.read_bytes() if script else b"", content_type="text/javascript")
        else:
            asked.append(f"{method} {url}")
            route.abort()

    with playwright.sync_playwright() as driver, browser(driver) as chromium:
        page = chromium.new_page(accept_downloads=True)
        page.route("**/*", answer)
        page.goto(HERE + opening)
        words, unable = page.locator("[data-words]"), page.locator("[data-unable]")
        for pem, shown, gone in ((wrong, unable, words), (right, words, unable)):
            page.locator("#keyfile").set_input_files(
                {"name": "key.pem", "mimeType": "text/plain", "buffer": pem}
            )
            shown.wait_for(state="visible")
            assert not gone.is_visible()
        assert words.inner_text() == WORDS
        page.goto(HERE + making)
        with page.expect_download() as download:
            page.locator("[data-make-key]").click()
        file = tmp_path / "overseer-private-key.pem"
        download.value.save_as(file)
        made = load_pem_private_key(file.read_bytes(), None)
        public = made.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
        assert page.locator("#public").input_value().strip() == public.strip()
        assert asked == []
