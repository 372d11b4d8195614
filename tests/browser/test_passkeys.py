"""A passkey in a real browser, with its own virtual authenticator: made, used, and refused once removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.reader import browser, reader
from tests.browser.test_desk_pages import sign_in
from tests.run.desks import Up

playwright = pytest.importorskip("playwright.sync_api", reason="the browser's driver is not installed")

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_a_passkey_is_made_and_opens_the_desk(tmp_path: Path) -> None:
    """By finger alone, without a login or a password; no page breaks its policy.

    Sabotage: let the page leave the challenge out of what it asks the browser.
    """
    with (
        Up(tmp_path / "home") as up,
        playwright.sync_playwright() as driver,
        browser(driver) as chromium,
        # A passkey is bound to a name, never to a number.
        reader(chromium, up.ready().address.replace("127.0.0.1", "localhost")) as officer,
    ):
        page = officer.page
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
        finger = {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
        session.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, **finger}})
        sign_in(officer, up.token())
        officer.go("/sign-in/safety")
        page.fill("#name", "The desk's own phone")
        officer.click("Add a passkey")
        assert "The desk's own phone" in officer.text()
        page.context.clear_cookies()
        officer.go("/sign-in")
        officer.click("Sign in with a passkey", role="link")
        officer.click("Use my passkey")
        assert page.url.rstrip("/").endswith(("/desk", "/exercise"))
        officer.go("/sign-in/safety")
        assert "by passkey" in officer.text()
        officer.click("Remove this passkey")
        page.context.clear_cookies()
        officer.go("/sign-in/passkey")
        with page.expect_navigation():
            page.get_by_role("button", name="Use my passkey").click()
        assert "This passkey does not open the desk." in officer.text()
        assert not [one for one in officer.complaints if "400" not in one]
