"""Reads the list of concerns: a plain text that people edit, with sections in brackets and lines below."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files

from answerable.errors import BadInput

MOST = 2000  # lines of one list
LONGEST = 300  # characters of one line
LEAST = 5  # lines of each kind, below which nothing can be told apart
_HEAD = re.compile(r"\[\s*(concern|other)\s*:\s*([^\]]+?)\s*\]\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing people say."""

    text: str
    group: str  # "service failure", "sport"
    concern: bool  # True when a public body must act or answer


def built_in() -> str:
    """The list every desk starts with."""
    return files(__package__).joinpath("built_in.txt").read_text(encoding="utf-8")


def read(text: str) -> tuple[Line, ...]:
    """The lines of a list. Raises BadInput that names the line which cannot be used."""
    found: dict[str, Line] = {}
    head: tuple[bool, str] | None = None
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            match = _HEAD.fullmatch(line)
            if match is None:
                raise BadInput(
                    "Line %(line)s is no section: write [concern: NAME] or [other: NAME].", line=number
                )
            head = (match[1] == "concern", match[2])
        elif head is None:
            raise BadInput(
                "Line %(line)s stands before the first section: write [concern: NAME] above it.", line=number
            )
        elif len(line) > LONGEST:
            raise BadInput(
                "Line %(line)s is longer than %(most)s characters: shorten it.", line=number, most=LONGEST
            )
        else:
            found[line] = Line(line, head[1], head[0])
    lines = tuple(found.values())
    if len(lines) > MOST:
        raise BadInput(
            "The list has %(lines)s lines; %(most)s are enough: take some out.", lines=len(lines), most=MOST
        )
    concerns = sum(line.concern for line in lines)
    if min(concerns, len(lines) - concerns) < LEAST:
        raise BadInput(
            "The list needs at least %(least)s lines of each kind, [concern: …] and [other: …].", least=LEAST
        )
    return lines
