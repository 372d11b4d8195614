"""The rules of levels in force: levels.toml of the data folder, else those that come with the desk."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from answerable.errors import BadInput
from answerable.respond.level_rules.file import Rules, built_in, read

FILE = "levels.toml"


def current() -> Rules:
    """The rules now. A file that cannot be read changes nothing: `doctor` says what is wrong with it."""
    try:
        return of_home(settings.ANSWERABLE.home)
    except BadInput:
        return built_in()


def of_home(home: Path) -> Rules:
    """The rules of a data folder. BadInput for a file that is wrong."""
    file = home / FILE
    if not file.is_file():
        return built_in()
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{FILE} cannot be read: save it as UTF-8.") from error
    return read(text)
