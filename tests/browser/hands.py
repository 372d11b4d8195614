"""Hands on a page: the same steps with a mouse, or with the keys alone. Keys reach everything by Tab, or fail."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator

from tests.browser.reader import Reader

STOPS = 500  # more stops than any page has


@dataclass
class Hands:
    """One person's hands."""

    reader: Reader
    keys: bool  # no mouse: Tab, arrows, Space, Enter and letters

    def press(self, words: str, role: str = "button") -> None:
        """Press the button, or open the link, with exactly these words."""
        main = self.reader.page.get_by_role("main")
        self.open(main.get_by_role(role, name=words, exact=True).first)  # type: ignore[arg-type]

    def open(self, where: Locator) -> None:
        """Press what leads to another page, and wait for it."""
        if not self.keys:
            self.reader.follow(where)
            return
        self._reach(where)
        with self.reader.page.expect_navigation():
            self.reader.page.keyboard.press("Enter")

    def unfold(self, words: str) -> None:
        """Open what is folded under these words; the page stays."""
        summary = self.reader.page.get_by_role("main").locator("summary", has_text=words).first
        if not self.keys:
            summary.click()
            return
        self._reach(summary)
        self.reader.page.keyboard.press("Enter")

    def nav(self, words: str) -> None:
        """An entry of the bar."""
        bar = self.reader.page.get_by_role("navigation").first
        self.open(bar.get_by_role("link", name=words, exact=True))

    def fill(self, label: str, value: str) -> None:
        """Type into the field with this label, over what stands there."""
        if not self.keys:
            self.reader.fill(label, value)
            return
        # A section may bear the same label as the field in it.
        fields = self.reader.page.locator("input, textarea")
        self._reach(self.reader.page.get_by_label(label, exact=False).and_(fields).first)
        self.reader.page.keyboard.press("Control+A")
        self.reader.page.keyboard.insert_text(value)

    def choose(self, label: str, words: str) -> None:
        """The option of a list whose words contain these."""
        if not self.keys:
            self.reader.choose(label, words)
            return
        field = self.reader.page.get_by_label(label, exact=False).first
        self._reach(field)
        wanted = field.locator("option", has_text=words).first.get_attribute("value")
        for _ in range(field.locator("option").count()):
            if field.input_value() == wanted:
                return
            self.reader.page.keyboard.press("ArrowDown")
        assert field.input_value() == wanted, f"the keys do not reach {words}"

    def tick(self, where: Locator) -> None:
        """Tick a box."""
        if self.keys:
            self._reach(where)
            self.reader.page.keyboard.press("Space")
        else:
            where.check()
        assert where.is_checked()

    def pick(self, where: Locator) -> None:
        """One of several buttons of a group: Tab leads to the group, arrows within it."""
        if not self.keys:
            where.check()
            return
        name = where.get_attribute("name")
        group = self.reader.page.locator(f"input[type=radio][name='{name}']")
        checked = self.reader.page.locator(f"input[type=radio][name='{name}']:checked")
        self._reach(checked.first if checked.count() else group.first)
        self.reader.page.keyboard.press("Space")
        for _ in range(group.count()):
            if where.is_checked():
                return
            self.reader.page.keyboard.press("ArrowDown")
        assert where.is_checked(), "the arrows do not reach it"

    def _reach(self, where: Locator) -> None:
        """Tab until the focus is there, and can be seen."""
        where.wait_for()
        for _ in range(STOPS):
            if where.evaluate("one => one === document.activeElement"):
                seen = where.evaluate("one => getComputedStyle(one).outlineStyle")
                assert seen == "solid", "the focus cannot be seen"
                return
            self.reader.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {where}")
