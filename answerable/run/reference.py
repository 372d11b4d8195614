"""The reference pages, made from the code: commands, settings, permissions, what can be wrong with a source.

`python -m answerable.run.reference` writes them to docs/reference; a test fails when they differ.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from answerable.permissions import ROLES, Permission
from answerable.run.cli import parser
from answerable.settings import SETTINGS

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"
MADE = "<!-- Made by `python -m answerable.run.reference`; change the code, not this page. -->\n\n"


def pages() -> Mapping[str, str]:
    """File name -> text of each page."""
    made = {
        "commands.md": _commands(),
        "settings.md": _settings(),
        "permissions.md": _permissions(),
        "source-troubles.md": _troubles(),
    }
    return {name: MADE + text for name, text in made.items()}


def _commands() -> str:
    top = parser()
    lines = ["# Commands", "", *_prose(top.description), *_prose(top.epilog)]
    lines += [
        "`--json` writes exactly one line to stdout; progress and messages go to stderr. "
        "An error is one line that says what to do.",
        "",
    ]
    for command in _subcommands(top):
        lines += [f"## {command.prog}", "", *_prose(command.description)]
        usage = " ".join(command.format_usage().split()).removeprefix("usage: ")
        lines += ["```", usage, "```", ""]
        lines += [*_table(("argument", "meaning"), _arguments(command)), ""]
    return "\n".join(lines).rstrip() + "\n"


def _prose(text: str | None) -> list[str]:
    """A paragraph; in our helps a sentence starts in lower case."""
    return [text[:1].upper() + text[1:] + ("" if text.endswith(".") else "."), ""] if text else []


def _subcommands(top: argparse.ArgumentParser) -> Iterable[argparse.ArgumentParser]:
    for action in top._actions:  # noqa: SLF001 -- argparse has no public way to list what it knows
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            yield from action.choices.values()


def _arguments(command: argparse.ArgumentParser) -> Iterable[tuple[str, str]]:
    for action in command._actions:  # noqa: SLF001
        name = ", ".join(action.option_strings) or str(action.metavar or action.dest)
        if action.choices:
            name += f" {{{','.join(map(str, action.choices))}}}"
        elif action.option_strings and action.nargs != 0:
            name += f" {action.metavar or action.dest.upper()}"
        yield f"`{name}`", action.help or ""


def _settings() -> str:
    rows = [
        (
            f"`{setting.name}`",
            f"`{_shown(setting.default)}`",
            f"`ANSWERABLE_{setting.name.upper()}`" + (f" or `{setting.env}`" if setting.env else ""),
            setting.help,
        )
        for setting in SETTINGS
    ]
    return (
        "# Settings\n\nThe environment wins over `settings.toml` in the data folder; "
        "what is in neither has its default. "
        "The data folder itself is named by `ANSWERABLE_HOME` (default: `~/.answerable`).\n\n"
        + "\n".join(_table(("setting", "default", "in the environment", "meaning"), rows))
        + "\n"
    )


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(map(str, value)) + "]"
    return '""' if value == "" else str(value).lower() if isinstance(value, bool) else str(value)


def _permissions() -> str:
    heading = ("permission", *(role.value.replace("_", " ") for role in ROLES))
    rows = [
        (f"`{permission.value}`", *("yes" if permission in held else "" for held in ROLES.values()))
        for permission in Permission
    ]
    return (
        "# Roles and permissions\n\nA person holds roles in units; "
        "a role reaches its unit and every unit below it. "
        "Nobody approves their own text, whatever their roles.\n\n" + "\n".join(_table(heading, rows)) + "\n"
    )


def _troubles() -> str:
    from answerable.collect.troubles import TROUBLES

    rows = [(f"`{code}`", sentence) for code, sentence in TROUBLES.items()]
    return (
        "# What can be wrong with a source or an item\n\n"
        "The page of a source shows one of these sentences and says when we try again.\n\n"
        + "\n".join(_table(("code", "sentence"), rows))
        + "\n"
    )


def _table(heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [heading, tuple("---" for _ in heading), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in lines]


def main() -> int:
    """Write every page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
