"""The documentation says what the code does: the reference is made from it, and links lead somewhere."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from answerable.run import reference
from answerable.run.cli import parser
from answerable.settings import SETTINGS

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")


def test_the_reference_is_what_the_code_says() -> None:
    """The reference pages are made from the code: `python -m answerable.run.reference` writes them."""
    for name, text in reference.pages().items():
        assert (reference.FOLDER / name).read_text("utf-8") == text, (
            f"{name} is old: make the reference again"
        )
    assert {file.name for file in reference.FOLDER.glob("*.md")} == set(reference.pages())


def test_every_setting_and_command_is_in_the_reference() -> None:
    """No setting without its line, no command without its section."""
    settings, commands = reference.pages()["settings.md"], reference.pages()["commands.md"]
    assert all(f"| `{setting.name}` |" in settings and setting.help for setting in SETTINGS)
    for name in re.findall(r"^    ([\w-]+)(?: |$)", parser().format_help(), re.MULTILINE):
        assert f"## answerable {name}\n" in commands


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """A relative link in a page leads to a file that exists."""
    for link in LINK.findall(page.read_text("utf-8")):
        if not link.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / link).exists(), link


def test_each_page_is_reached_from_the_index() -> None:
    """A page nobody links to is a page nobody reads."""
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    linked = {(ROOT / "docs" / link).resolve() for link in LINK.findall(index)}
    assert {page for page in PAGES if ROOT / "docs" in page.parents} - linked == {ROOT / "docs" / "README.md"}


def test_each_dependency_has_its_reason() -> None:
    """CONTRIBUTING.md names each runtime dependency with why it is here, and none that is not."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {re.split(r"[<>=\[ ]", line)[0] for line in wanted}
    table = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("| package | why |")[1].split("\n\n")[0]
    told = {
        name.strip()
        for row in re.findall(r"^\| ([\w, -]+) \| .+ \|$", table, re.MULTILINE)
        for name in row.split(",")
    }
    assert told - {"---"} == names


def test_commands_in_the_pages_exist() -> None:
    """Every `answerable …` and `make …` a page tells people to type exists."""
    known = set(re.findall(r"^    ([\w-]+)(?: |$)", parser().format_help(), re.MULTILINE))
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for page in PAGES:
        text = page.read_text("utf-8")
        typed = re.findall(r"(?:^|`|bin/)answerable ([a-z][a-z-]*)", text, re.MULTILINE)
        assert set(typed) <= known, (page, set(typed) - known)
        made = re.findall(r"(?:^|`|HOME=\S+ )make ([a-z]+)", text, re.MULTILINE)
        assert set(made) <= targets, (page, set(made) - targets)
