"""What axe-core finds on a page. Its script comes with a development package, pinned by the lock file."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

SCRIPT = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
# All rules of WCAG 2.0 to 2.2, A and AA, and axe's own best practices.
_RUN = """async () => {
    const found = await axe.run(document, {resultTypes: ["violations"]});
    return found.violations.map(one => ({
        rule: one.id, impact: one.impact,
        where: one.nodes.slice(0, 5).map(node => node.target.join(" ") + " " + node.html.slice(0, 160)),
    }));
}"""


def findings(page: Page) -> list[dict[str, Any]]:
    """Every rule that the page breaks, with the places."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(_RUN)
    return found
