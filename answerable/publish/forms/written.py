"""A fact sheet as text: 200 words, the full text, easy words, and the length and manner of each channel.

Whole sentences only. Who speaks, the machine's part and the emergency label stand in every form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
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
    words,
)

SHORT_WORDS = 200
EASY_WORDS = 12  # of a line in easy words
_POINT = re.compile(r"^\s*[-–•*]\s*")
_ASIDE = re.compile(r"\s*[(（][^()（）]{1,200}[)）]")
_JOIN = re.compile(
    r"(?:;|；|,\s+(?:and|but|so|because|which|y|pero|porque|así que)\b|，(?=但|因此|所以|而且|并且))\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines; "" when lines need none."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manner:
    """What a channel takes, and how one speaks there."""

    name: str
    most: int
    measure: str = "characters"  # characters, words or wide (full widths)
    link: int | None = 0  # length a link counts for; 0: as long as it is; None: no links are spoken
    lead_with_advice: bool = False  # people there act first and read later


MANNERS: Mapping[str, Manner] = {
    one.name: one
    for one in (
        Manner("mastodon", 500, link=23),
        Manner("bluesky", 300),  # graphemes; we count code points, of which there are never fewer
        Manner("weibo", 140, "wide", link=10),
        Manner("wechat", 600, "wide"),
        Manner("sms", 306, lead_with_advice=True),
        Manner("radio", 75, "words", link=None, lead_with_advice=True),
        Manner("newspaper", SHORT_WORDS, "words"),
        Manner("notice", SHORT_WORDS, "words", lead_with_advice=True),
    )
}


def full(sheet: FactSheet, labels: Mapping[str, str] = LABELS) -> tuple[Section, ...]:
    """Everything, in the order of the page."""
    said = [
        Section("", (*short_marks(sheet, labels), *_verdict(sheet, labels))),
        Section("", tuple(part for part in sheet.text.split("\n\n") if part.strip())),
        Section(label(labels, "do"), _lines(sheet.what_to_do)),
        Section(label(labels, "open"), (*_lines(sheet.not_known), *_next(sheet, labels))),
        Section(label(labels, "rests"), sheet.evidence),
        Section(label(labels, "who"), signed_lines(sheet, labels)),
    ]
    return tuple(section for section in said if section.lines)


def short(sheet: FactSheet, labels: Mapping[str, str] = LABELS, most: int = SHORT_WORDS) -> str:
    """At most 200 words: what is so, what to do, what is open, who says it."""
    head = [*short_marks(sheet, labels), *_verdict(sheet, labels)]
    tail = [*_next(sheet, labels), *signed_lines(sheet, labels)]
    room = most - words(" ".join([*head, *tail]))
    know, do, unknown = (
        sentences(unmarked(text)) for text in (sheet.text, sheet.what_to_do, sheet.not_known)
    )
    # What to do and what is open are never crowded out by a long explanation.
    kept_do = fitting(without_points(do), max(0, room // 3), words)
    kept_open = fitting(without_points(unknown), max(0, room // 4), words)
    kept_know = fitting(without_points(know), max(0, room - words(f"{kept_do} {kept_open}")), words)
    parts = [*head, kept_know, kept_do, kept_open, *tail]
    return "\n\n".join(part for part in parts if part)


def easy(sheet: FactSheet, labels: Mapping[str, str] = LABELS) -> tuple[Section, ...]:
    """Easy reading made by rule: one thought a line, no asides. A person's own easy text is better."""
    said = [
        Section("", (*short_marks(sheet, labels), *_verdict(sheet, labels))),
        Section(label(labels, "know"), _easy_lines(sheet.text)),
        Section(label(labels, "do"), _easy_lines(sheet.what_to_do)),
        Section(label(labels, "open"), (*_easy_lines(sheet.not_known), *_next(sheet, labels))),
        Section(label(labels, "who"), signed_lines(sheet, labels)),
    ]
    return tuple(section for section in said if section.lines)


def for_channel(sheet: FactSheet, manner: Manner, labels: Mapping[str, str] = LABELS) -> str:
    """The text for one channel, never longer than it takes; "" where not even who speaks fits.

    Who speaks, the labels and the way to the rest are never left out; whole sentences fill what is left.
    """

    def measure(text: str) -> float:
        if manner.link and sheet.address in text:
            text = text.replace(sheet.address, "x" * manner.link)
        return {"words": words, "wide": width}.get(manner.measure, len)(text)

    who = " ".join(signed_lines(sheet, labels))
    tail = who if manner.link is None else f"{who}\n{sheet.address}"
    head = "\n".join(short_marks(sheet, labels))
    fixed = "\n\n".join(part for part in (head, tail) if part)
    room = manner.most - measure(fixed) - (0 if manner.measure == "words" else 4)
    if room < 0:
        return ""
    title = shortened(sheet.title.rstrip(".。"), room, measure)
    title = title if measure(title) <= room else ""
    room -= measure(f"{title}\n\n")
    know, do = (
        without_points(sentences(unmarked(sheet.text))),
        without_points(sentences(unmarked(sheet.what_to_do))),
    )
    urgent = manner.lead_with_advice or sheet.kind == "warning"
    order = [*do, *know] if urgent else [*know[:1], *do[:1], *know[1:], *do[1:]]
    order = [*_verdict(sheet, labels), *order, *_next(sheet, labels)]
    middle = fitting(order, room, measure)
    parts = [head, f"{title}." if title and title[-1].isalnum() else title, middle, tail]
    return "\n\n".join(part for part in parts if part)


def signed_lines(sheet: FactSheet, labels: Mapping[str, str]) -> tuple[str, ...]:
    """Who says it, and what a machine did."""
    body = sheet.unit if sheet.unit == sheet.body or not sheet.body else f"{sheet.unit}, {sheet.body}"
    signed = label(labels, "signed", voice=sheet.voice, body=body)
    help_ = (label(labels, "machine", note=sheet.machine_help),) if sheet.machine_help else ()
    return (signed, *help_)


def short_marks(sheet: FactSheet, labels: Mapping[str, str]) -> tuple[str, ...]:
    """What must stand above everything: exercise, the emergency rule, what a later version does."""
    exercise = (label(labels, "exercise"),) if sheet.exercise else ()
    alone = (label(labels, "alone"),) if sheet.one_person else ()
    change = (label(labels, sheet.change, note=sheet.change_note),) if sheet.change else ()
    return (*exercise, *alone, *change)


def _verdict(sheet: FactSheet, labels: Mapping[str, str]) -> tuple[str, ...]:
    return (label(labels, sheet.verdict, claim=sheet.claim),) if sheet.verdict else ()


def _next(sheet: FactSheet, labels: Mapping[str, str]) -> tuple[str, ...]:
    return (label(labels, "next", moment=sheet.next_word),) if sheet.next_word else ()


def _lines(text: str) -> tuple[str, ...]:
    return tuple(_POINT.sub("", line).strip() for line in text.splitlines() if line.strip())


def without_points(found: list[str]) -> list[str]:
    """Sentences without the dash or dot that begins a point."""
    return [_POINT.sub("", one) for one in found]


def _easy_lines(text: str) -> tuple[str, ...]:
    lines: list[str] = []
    for sentence in without_points(sentences(unmarked(text))):
        bare = _ASIDE.sub("", sentence)
        pieces = [bare] if words(bare) <= EASY_WORDS else _JOIN.split(bare)
        lines += [_as_sentence(piece) for piece in pieces if piece.strip()]
    return tuple(lines)


def _as_sentence(text: str) -> str:
    text = text.strip().rstrip(",;，；")
    ended = text[-1:] in ".!?…。！？:："
    end = "" if ended else "。" if width(text[-1:]) >= 1 else "."
    return text[:1].upper() + text[1:] + end
