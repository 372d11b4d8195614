"""Finds what identifies a private person in a text, and writes a sign in its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from answerable.collect.private.eastern import eastern
from answerable.collect.private.envelopes import envelopes
from answerable.collect.private.homes import homes
from answerable.collect.private.names import names
from answerable.collect.private.numbers import numbers
from answerable.collect.private.phones import phones
from answerable.collect.private.plates import plates
from answerable.collect.private.span import SIGNS, Span, settled

# Digits of other widths and scripts count as digits; one character for one, so that places stay the same.
_WIDE = {ord("Ａ") + n: chr(65 + n) for n in range(26)} | {ord("ａ") + n: chr(97 + n) for n in range(26)}
# Digits of every script: what is no plain digit after this is none for anybody who checks a number.
_DIGITS = {
    sign: str(unicodedata.decimal(chr(sign)))
    for sign in range(0x80, 0x20000)  # the planes above have none
    if chr(sign).isdecimal()
}
_MARKS = (
    dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2212), "-")
    | dict.fromkeys((0xA0, 0x202F, 0x2009, 0x3000), " ")
    | {ord("－"): "-", ord("．"): ".", ord("／"): "/", ord("（"): "(", ord("）"): ")"}
)
_PLAIN = _WIDE | _DIGITS | _MARKS
# Above the first plane ranges stand for the digits in them: signs one by one would be looked through one by one.
_OTHER = re.compile(
    "["
    + "".join(re.escape(chr(one)) for one in _PLAIN if one < 0x10000)
    + "\U000104a0-\U0001e95f\U0001fbf0-\U0001fbf9]"
)
ROUNDS = 4  # of masking; two are hardly ever needed
_NUMBER = re.compile(r"\d")
# Most texts have no number as long as this, and are spared the close look.
_LONG_NUMBER = re.compile(r"\d(?:[A-Z .\-/()+,]{0,3}\d){4}|(?=[A-Z]{0,7}\d)[A-Z0-9]{8}|[A-Z]{3}\d{4}")
_LINK = re.compile(
    r"(?:https?://|www\.)(?!wa\.me/)[^\s<>\"\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+", re.IGNORECASE
)


def private_spans(text: str, kept: frozenset[str] = frozenset()) -> list[Span]:
    """What would be masked in `text`, in order, without overlaps. `kept`: accounts that keep their names."""
    found = list(names(text, kept))
    if _NUMBER.search(text):
        found += _numbered(_bare(text))
    return settled(found) if found else []


def _bare(text: str) -> str:
    """The text with plain digits and without links, every character in its place: a link has a key of its own."""
    said = text.translate(_PLAIN) if not text.isascii() and _OTHER.search(text) else text
    if "://" in said or "www." in said.lower():
        said = _LINK.sub(lambda found: " " * len(found[0]), said)
    return said


def _numbered(said: str) -> Iterator[Span]:
    if not _NUMBER.search(said):
        return
    if _LONG_NUMBER.search(said):
        yield from numbers(said)
        yield from phones(said)
    yield from plates(said)
    yield from homes(said)
    yield from envelopes(said)
    if not said.isascii():
        yield from eastern(said)


def masked(text: str, kept: frozenset[str] = frozenset()) -> str:
    """`text` with a sign for everything private: @… ✉… ☎… ⌂… #… and did:…"""
    # Two numbers side by side can look like one that is none: what stands beside a sign is looked at once more.
    for _ in range(ROUNDS):
        spans = private_spans(text, kept)
        if not spans:
            break
        parts, at = [], 0
        for span in spans:
            parts += [text[at : span.start], SIGNS[span.kind]]
            at = span.end
        text = "".join([*parts, text[at:]])
    return text
