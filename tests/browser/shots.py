"""Pictures of every page of a furnished desk, phone and desktop, light and dark, to be looked at beside the mock-ups.

`python -m tests.browser.shots FOLDER [--lang en|es|zh] [--scheme light|dark] [--sheets] [ROUTE …]`: without routes
all of them; `--sheets` adds contact sheets. It says which pages scroll sideways.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Browser, Error, sync_playwright

from tests.browser.reader import browser

if TYPE_CHECKING:
    from tests.browser.furnished import Furnished, Page

WIDTHS = (390, 1280)
TALLEST = 2600  # a picture shows no more than this of a page
SHEET = {390: (7, 260), 1280: (6, 620)}  # pictures of one contact sheet, and how wide each is


def take(
    address: str, desk: Furnished, folder: Path, *, language: str, scheme: Any, routes: list[str]
) -> list[str]:
    """Take every page in both widths; returns the pages that scroll sideways."""
    folder.mkdir(parents=True, exist_ok=True)
    wide: list[str] = []
    with sync_playwright() as driver, browser(driver) as chromium:
        for page in desk.pages:
            if routes and not any(part in page.route for part in routes):
                continue
            wide += _page(chromium, address, desk, page, folder, language, scheme)
    return wide


def _page(
    chromium: Browser,
    address: str,
    desk: Furnished,
    page: Page,
    folder: Path,
    language: str,
    scheme: Any,
) -> Iterator[str]:
    context = chromium.new_context(color_scheme=scheme, locale=language)
    if page.who:
        context.add_cookies([{"name": "sessionid", "value": desk.sessions[page.who], "url": address}])
    tab = context.new_page()
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        try:
            answer = tab.goto(address + page.path)
        except Error:  # a download is no page
            break
        if answer is None or "html" not in answer.headers.get("content-type", ""):
            break
        name = re.sub(r"\W+", "-", page.route)
        tall = min(int(tab.evaluate("document.documentElement.scrollHeight")), TALLEST)
        tab.set_viewport_size({"width": width, "height": max(tall, 600)})
        tab.screenshot(path=folder / f"{name}-{width}-{language}-{scheme}.png")
        if tab.evaluate("document.documentElement.scrollWidth > innerWidth"):
            yield f"{page.path} at {width} in {language}"
    context.close()


def sheets(folder: Path, language: str, scheme: str) -> None:
    """Contact sheets: some pictures side by side, each with its name."""
    with sync_playwright() as driver, browser(driver) as chromium:
        tab = chromium.new_page()
        for width, (count, across) in SHEET.items():
            found = sorted(folder.glob(f"*-{width}-{language}-{scheme}.png"))
            for start in range(0, len(found), count):
                cells = "".join(
                    f'<figure style="margin:4px;width:{across}px"><figcaption>{file.name}</figcaption>'
                    f'<img src="{file.name}" style="width:{across}px;border:1px solid red"></figure>'
                    for file in found[start : start + count]
                )
                page = folder / "sheet.html"
                page.write_text(
                    f'<body style="display:flex;flex-wrap:wrap;align-items:start;margin:0">{cells}</body>'
                )
                tab.set_viewport_size(
                    {"width": (across + 12) * (count if width == 390 else 3), "height": 600}
                )
                tab.goto(page.as_uri())
                tab.screenshot(
                    path=folder / f"sheet-{width}-{start // count:02}-{language}-{scheme}.png", full_page=True
                )
                page.unlink()


@contextmanager
def desk_of_our_own() -> Iterator[tuple[str, Furnished]]:
    """A furnished desk in a folder that is gone afterwards, and its address."""
    with tempfile.TemporaryDirectory(prefix="answerable-shots-") as folder:
        os.environ["ANSWERABLE_HOME"] = folder
        from answerable.run import start

        start.django()
        from tests import cast
        from tests.browser.furnished import furnish, served

        cast.write()
        furnished = furnish(cast.read(Path(folder)))
        with served() as address:
            yield address, furnished


def main(words: list[str]) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lang", default="en")
    parser.add_argument("--scheme", default="light")
    parser.add_argument("--sheets", action="store_true")
    parser.add_argument("routes", nargs="*")
    given = parser.parse_intermixed_args(words)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with desk_of_our_own() as (address, furnished):
        for wide in take(
            address, furnished, given.folder, language=given.lang, scheme=given.scheme, routes=given.routes
        ):
            print(f"scrolls sideways: {wide}")
    if given.sheets:
        sheets(given.folder, given.lang, given.scheme)


if __name__ == "__main__":
    main(sys.argv[1:])
