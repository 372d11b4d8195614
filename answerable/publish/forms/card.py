"""The 2-2-2 card: a title of at most 20 full characters, a text of at most 200, and two pictures.

The pictures are drawn here as plans of lines and boxes; `drawn.py` writes them as SVG or PNG. What a picture
says stands in its alternative text word for word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from answerable.publish.forms.sheet import (
    LABELS,
    FactSheet,
    fitting,
    label,
    sentences,
    shortened,
    unmarked,
    width,
)
from answerable.publish.forms.written import short_marks, signed_lines, without_points

TITLE_WIDTH = 20
TEXT_WIDTH = 200
WIDE, HIGH = 1200, 630  # what social networks show whole
MARGIN = 72


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text in a picture."""

    words: str
    x: int
    y: int  # of its baseline
    size: int
    bold: bool = False
    tone: str = "ink"  # ink, quiet, paper, accent


@dataclass(frozen=True, slots=True)
class Picture:
    """A plan of one picture. `alt` says everything that stands in it."""

    lines: tuple[Line, ...]
    band: str  # tone of the band above: accent, over (wrong), soon (warning)
    alt: str
    language: str


@dataclass(frozen=True, slots=True)
class Card:
    """Title, text and the two pictures."""

    title: str
    text: str
    pictures: tuple[Picture, Picture]


def card(sheet: FactSheet, labels: Mapping[str, str] = LABELS) -> Card:
    """The card of a statement: first picture what is so, second what to do and what is open.

    With neither, the second goes on with what is known, then says what that rests on and where more stands.
    """
    title = shortened(sheet.title.rstrip(".。"), TITLE_WIDTH, width)
    know = without_points(sentences(unmarked(sheet.text)))
    do = without_points(sentences(unmarked(sheet.what_to_do)))
    unknown = without_points(sentences(unmarked(sheet.not_known)))
    text = fitting([*do, *know] if sheet.kind == "warning" else [*know, *do], TEXT_WIDTH, width)
    verdict = [label(labels, sheet.verdict, claim=sheet.claim)] if sheet.verdict else []
    marks = list(short_marks(sheet, labels))
    first, told = _picture(sheet, labels, [*marks, *verdict], [(sheet.title, know)])
    following = [label(labels, "next", moment=sheet.next_word)] if sheet.next_word else []
    parts = [(label(labels, "do"), do), (label(labels, "open"), [*unknown, *following])]
    more = label(labels, "more", address=sheet.address)
    if not any(body for _, body in parts):
        rests = [*sheet.evidence, more] if sheet.evidence else []
        parts = [(label(labels, "know"), know[told:]), (label(labels, "rests"), rests)]
    parts = [part for part in parts if part[1]] or [(label(labels, "know"), [more])]
    second, shown = _picture(sheet, labels, marks, parts)
    if not shown:  # its first sentence alone is longer than a picture
        second, _ = _picture(sheet, labels, marks, [(parts[0][0], [more]), *parts[1:]])
    return Card(title, text, (first, second))


def _picture(
    sheet: FactSheet, labels: Mapping[str, str], above: list[str], parts: Sequence[tuple[str, list[str]]]
) -> tuple[Picture, int]:
    """A picture of headed parts, and how many of the first part's sentences stand in it."""
    room = WIDE - 2 * MARGIN
    lines: list[Line] = []
    y = 150
    for mark in above:
        for row in wrapped(mark, room, 26)[:2]:
            lines.append(Line(row, MARGIN, y, 26, bold=True, tone="accent"))
            y += 36
    heading = parts[0][0]
    size = 52 if width(heading) <= 24 else 40
    y += size if above else 0
    for row in wrapped(heading, room, size)[:3]:
        lines.append(Line(row, MARGIN, y, size, bold=True))
        y += size + 12
    y += 16
    said = [f"{heading.rstrip('.。')}."]
    told = 0
    for place, (name, body) in enumerate(parts):
        # A smaller heading parts what is next; it never stands without its first sentence.
        headed = [Line(name, MARGIN, y + 16, 30, bold=True)] if place else []
        for sentence in body:
            rows = wrapped(sentence, room, 30)
            top = y + 58 * len(headed)
            if top + len(rows) * 42 > HIGH - 96:
                break
            lines += headed
            said += [f"{one.words}." for one in headed] + [sentence]
            lines += [Line(row, MARGIN, top + 42 * at, 30) for at, row in enumerate(rows)]
            y, headed = top + 42 * len(rows), []
            told += not place
    who = signed_lines(sheet, labels)
    foot = wrapped(". ".join(who), room, 22)[:2]
    for place, row in enumerate(foot):
        lines.append(Line(row, MARGIN, HIGH - 34 - 28 * (len(foot) - 1 - place), 22, tone="quiet"))
    lines.append(
        Line(shortened(sheet.body or sheet.unit, 30, width), MARGIN, 62, 30, bold=True, tone="paper")
    )
    alt = " ".join([*above, *said, *who])
    return Picture(tuple(lines), _band(sheet), alt, sheet.language), told


def _band(sheet: FactSheet) -> str:
    if sheet.verdict in ("false", "misleading"):
        return "over"
    return "soon" if sheet.kind == "warning" else "accent"


def wrapped(text: str, room: int, size: int) -> list[str]:
    """Lines that fit; a Latin letter is taken for .56 of its size, more than it has on the average."""
    rows: list[str] = []
    row = ""
    for piece in _pieces(text):
        if row and _length(row + piece.rstrip(), size) > room:
            rows.append(row.rstrip())
            row = piece.lstrip()
        else:
            row += piece
    return [*rows, row.rstrip()] if row.strip() else rows


def _pieces(text: str) -> list[str]:
    """Words with the blank after them; characters without blanks each by itself; very long words in parts."""
    found: list[str] = []
    for one in text:
        wide = width(one) >= 1
        if (
            found
            and not wide
            and not found[-1].endswith(" ")
            and width(found[-1][-1]) < 1
            and len(found[-1]) < 40
        ):
            found[-1] += one
        elif found and one in "，。！？；：、）」』”…" and wide:
            found[-1] += one  # no line begins with these
        else:
            found.append(one)
    return found


def _length(text: str, size: int) -> float:
    return sum(size if width(one) >= 1 else size * 0.56 for one in text)
