"""A person at a browser, and everything the browser complains about meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Playwright, Request

CHROMIUM = "/usr/bin/chromium"
# A policy that is broken is told to nobody but the page, so every page tells us.
_TELL = """document.addEventListener("securitypolicyviolation", event =>
    console.error("policy broken: " + event.violatedDirective + " " + event.blockedURI));"""


@dataclass
class Reader:
    """One browser context: its page, what went wrong in it, and which foreign hosts it asked."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open a page of the desk."""
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.ok, f"{path}: {answer.status}"

    def click(self, words: str, role: str = "button") -> None:
        """Click the button or link with exactly these words, the first one in the page's main part."""
        where = self.page.get_by_role("main").get_by_role(role, name=words, exact=True)  # type: ignore[arg-type]
        self.follow(where.first)

    def nav(self, words: str) -> None:
        """Click an entry of the bar."""
        self.follow(self.page.get_by_role("navigation").first.get_by_role("link", name=words, exact=True))

    def follow(self, where: Locator, x: int = 0) -> None:
        """Click what leads to another page, and wait for it: a click alone returns before the page is there.

        `x` pixels from its left edge, for a quotation: Chromium's own marks of a <q> take no clicks.
        """
        with self.page.expect_navigation():
            where.click(position={"x": x, "y": 8}) if x else where.click()

    def fill(self, label: str, value: str) -> None:
        """Type into the field with this label."""
        fields = self.page.locator("input, textarea")  # a section may bear the same label as the field in it
        self.page.get_by_label(label, exact=False).and_(fields).first.fill(value)

    def choose(self, label: str, words: str) -> None:
        """Choose the option whose words contain these."""
        field = self.page.get_by_label(label, exact=False).first
        option = field.locator("option", has_text=words).first
        field.select_option(value=option.get_attribute("value"))

    def text(self) -> str:
        """What the main part of the page says."""
        return self.page.get_by_role("main").inner_text()


@contextmanager
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's chromium; root needs its sandbox off."""
    launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    try:
        yield launched
    finally:
        launched.close()


@contextmanager
def reader(browser: Browser, address: str) -> Iterator[Reader]:
    """A person with a browser context of their own."""
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    context.add_init_script(_TELL)
    context.set_default_timeout(60_000)  # a busy machine is slow, not wrong
    someone = Reader(context.new_page(), address)

    def console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            someone.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def asked(request: Request) -> None:
        if not request.url.startswith((address, "data:", "about:")):
            someone.complaints.append(f"asked a foreign host: {request.url}")

    someone.page.on("console", console)
    someone.page.on("pageerror", lambda error: someone.complaints.append(str(error)))
    someone.page.on("request", asked)
    try:
        yield someone
    finally:
        context.close()
