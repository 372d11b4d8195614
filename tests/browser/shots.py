"""Pictures of the pages: phone and desktop, light and dark, to be looked at beside the mock-ups.

`python -m tests.browser.shots ADDRESS LOGIN PASSWORD FOLDER [PATH ...]`; without paths it takes the usual ones.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.reader import browser

WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")
USUAL = (
    "/desk/",
    "/desk/stories",
    "/desk/sources",
    "/desk/units",
    "/desk/settings",
    "/desk/incidents",
    "/exercise/",
    "/",
    "/listening/",
)


def take(address: str, login: str, password: str, folder: Path, paths: Iterable[str]) -> list[str]:
    """Take every page four times; returns the pages that scroll sideways."""
    folder.mkdir(parents=True, exist_ok=True)
    wide: list[str] = []
    with sync_playwright() as driver, browser(driver) as chromium:
        for scheme in SCHEMES:
            context = chromium.new_context(color_scheme=scheme, locale="en-GB", ignore_https_errors=True)  # type: ignore[arg-type]
            page = context.new_page()
            _sign_in(page, address, login, password)
            for path in paths:
                for width in WIDTHS:
                    page.set_viewport_size({"width": width, "height": 900})
                    page.goto(address + path)
                    name = re.sub(r"\W+", "-", path).strip("-") or "home"
                    page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
                    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                        wide.append(f"{path} at {width}")
            context.close()
    return wide


def _sign_in(page: Page, address: str, login: str, password: str) -> None:
    page.goto(f"{address}/sign-in")
    page.fill("#login", login)
    page.fill("#password", password)
    page.click("button[type=submit]")


if __name__ == "__main__":
    address, login, password, folder, *paths = sys.argv[1:]
    for page in take(address.rstrip("/"), login, password, Path(folder), paths or USUAL):
        print(f"scrolls sideways: {page}")
