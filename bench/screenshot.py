"""Makes docs/screenshot.png: the board of a running drill, as the project itself shows it.

`python -m bench.screenshot [FOLDER]` also writes the other pages there, at desktop and phone width.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench import desk

if TYPE_CHECKING:
    from playwright.sync_api import Page

PICTURE = Path(__file__).resolve().parent.parent / "docs" / "screenshot.png"
PASSWORD = "seven lanterns on the Eelgate bridge"  # noqa: S105 -- of a desk that lives for a minute
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
PAGES = (
    "/exercise/",
    "/exercise/stories",
    "/exercise/sources",
    "/exercise/incidents",
    "/exercise/statements",
    "/",
)
SPEED = "400"  # exercise seconds per real second: the day's evening within a few minutes


def main(folder: str = "") -> None:
    """Play a drill for a while and take the pictures."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("chromium is missing; `make test` installs it on Debian")
    with tempfile.TemporaryDirectory(prefix="answerable-shots-") as temporary:
        home = Path(temporary) / "home"
        home.mkdir(mode=0o700)
        body = {"ANSWERABLE_BODY_NAME": "Brackwater Council", "ANSWERABLE_TIMEZONE": "Europe/London"}
        with desk.up(home, **body) as (address, _):
            token = re.search(r"/sign-in/once/([\w-]+)", (home.parent / "up.log").read_text("utf-8"))
            _play(home)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
                page = browser.new_page(viewport={"width": 1280, "height": 800})
                _sign_in(page, address, token[1] if token else "")
                page.goto(address + "/exercise/")
                page.screenshot(path=PICTURE)
                if folder:
                    _all(page, address, Path(folder))
                browser.close()


def _play(home: Path) -> None:
    """Let the drill run until its stories are worth a picture."""
    for words in (["drill", "--speed", SPEED], ["stories"]):
        subprocess.run(  # noqa: S603 -- our own command
            [sys.executable, "-m", "answerable.run.cli", *words],
            env=desk.environment(home),
            stdout=subprocess.DEVNULL,
            check=False,
        )
    time.sleep(75)  # long enough for most of the day, short enough to catch it live


def _sign_in(page: Page, address: str, token: str) -> None:
    page.goto(f"{address}/sign-in/once/{token}")
    page.click("form button[type=submit]")
    for field in page.query_selector_all("input[type=password]"):
        field.fill(PASSWORD)
    page.click("form button[type=submit]")


def _all(page: Page, address: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    page.goto(address + "/exercise/stories")
    found = re.findall(r"/exercise/stories/\d+", page.content())
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for path in (*PAGES, *found[:1]):
            page.goto(address + path)
            name = path.strip("/").replace("/", "-") or "public"
            page.screenshot(path=folder / f"{name}-{size}.png", full_page=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
