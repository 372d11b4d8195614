"""How a statement's plain text becomes paragraphs, lists and links to its evidence; and how two texts differ.

Everything is escaped first: the text of a statement is text, never markup.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from markupsafe import Markup, escape

_BLOCKS = re.compile(r"\n[ \t]*\n+")
_BULLET = re.compile(r"^\s*[-–•*]\s+")
_CITATION = re.compile(r"\[(\d{1,3})\]")
# Words, single Chinese characters, spaces, and any other sign by itself
_TOKENS = re.compile(r"\s+|[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|[^\w\s]")
_LONGEST = 6000  # tokens; a comparison is quadratic at worst


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text that stayed, came or went."""

    kind: Literal["same", "added", "removed"]
    text: str


def prose(text: str, evidence: int = 0) -> Markup:
    """Paragraphs and lists of a plain text; [2] links to evidence 2 when there are that many pieces."""
    return Markup("\n").join(
        _block(block, evidence) for block in _BLOCKS.split(text.strip()) if block.strip()
    )


def first_paragraph(text: str, longest: int = 400) -> str:
    """The first paragraph, cut between words when it is longer than `longest` characters."""
    first = " ".join(_BLOCKS.split(text.strip())[0].split())
    if len(first) <= longest:
        return first
    cut = first[:longest].rsplit(" ", 1)[0] if " " in first[longest // 2 : longest] else first[:longest]
    return cut.rstrip(" ,;:，；：、") + " …"


def differences(old: str, new: str) -> tuple[Part, ...]:
    """How `new` differs from `old`, by words and Chinese characters; () when they are too long to compare."""
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    if len(before) + len(after) > _LONGEST:
        return ()
    parts: list[Part] = []
    for change, i, j, k, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if change == "equal":
            parts.append(Part("same", "".join(before[i:j])))
            continue
        if j > i:
            parts.append(Part("removed", "".join(before[i:j])))
        if m > k:
            parts.append(Part("added", "".join(after[k:m])))
    return tuple(parts)


def _block(block: str, evidence: int) -> Markup:
    rows = (row.strip() for row in block.splitlines() if row.strip())
    return Markup("").join(
        _points(list(run), evidence) if is_list else _paragraph(list(run), evidence)
        for is_list, run in groupby(rows, key=lambda row: _BULLET.match(row) is not None)
    )


def _points(rows: list[str], evidence: int) -> Markup:
    points = (Markup("<li>{}</li>").format(_cited(_BULLET.sub("", row), evidence)) for row in rows)
    return Markup("<ul>{}</ul>").format(Markup("").join(points))


def _paragraph(rows: list[str], evidence: int) -> Markup:
    return Markup("<p>{}</p>").format(Markup("<br>").join(_cited(row, evidence) for row in rows))


def _cited(text: str, evidence: int) -> Markup:
    def link(match: re.Match[str]) -> str:
        number = int(match[1])
        return f'[<a href="#e{number}">{number}</a>]' if 1 <= number <= evidence else match[0]

    # The brackets and digits of a citation survive escaping, so links are put into the escaped text.
    return Markup(_CITATION.sub(link, str(escape(text))))  # noqa: S704
