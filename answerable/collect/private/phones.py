"""Telephone numbers of people, by the ways they are written in many countries.

Numbers that cost the caller nothing or belong to everybody (112, 12345, 0800 …) are no person's and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from answerable.collect.private.context import counts_something, is_reference, said_before
from answerable.collect.private.span import Span

_GAP = r"[ \u00a0\u2009.\-‐‑–/]"
_APART = rf"(?:{_GAP}| [-–/.] )"
_FREE = r"(?!0?80[08]|0?500\d|0180|0?90[0129]|0?82[0-9]\d{0,1}[ -]?\d{3}[ -]?\d{3}\b)"
_W = "A-Za-zÀ-ɏ0-9_"  # letters that a number may be a part of; Chinese ones stand beside it
_BEFORE = rf"(?<![{_W}.,:/@#=&+-])"
_AFTER = r"(?![\d:/@%]|[.,-]\d|[A-Za-z_])"
# Written so that it can hardly be anything else.
_SURE = re.compile(
    rf"(?<![{_W}/@#=&+])(?:[+＋]|00(?=[1-9]{_GAP}?\d))(?:{_APART}?(?:\(\d{{1,5}}\)|\d{{1,5}})){{2,9}}{_AFTER}"  # international
    rf"|(?<![A-Za-z0-9_#@=&/+.-])1[3-9]\d[ -]?\d{{4}}[ -]?\d{{4}}(?!\d)"  # Chinese mobile
    rf"|{_BEFORE}(?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])\d{{3}}[ .-]\d{{4}}{_AFTER}"  # North America, 3-3-4 anywhere
    rf"|{_BEFORE}{_FREE}0[1-9](?:{_GAP}?\d\d){{4}}{_AFTER}"  # France, Belgium
    rf"|(?<![{_W}.,:@#=&+-]){_FREE}\(?0(?:\)[ -]?)?[1-9]\d{{1,4}}\)?(?:[ \u00a0\-‐‑–/]{{0,3}}\d{{2,8}}){{1,4}}{_AFTER}"  # trunk 0
    rf"|{_BEFORE}\(?[1-9]\d\)? ?9?\d{{4}}[- ]\d{{4}}{_AFTER}"  # Brazil, Mexico, Argentina
    rf"|{_BEFORE}\((?!19|20)\d{{2,4}}\) ?\d{{6,8}}{_AFTER}"  # an area code in brackets
    rf"|{_BEFORE}(?:9\d{{4}}-\d{{4}}|3\d\d[ -]\d{{7}}){_AFTER}"  # Brazil without area, Colombia
    rf"|{_BEFORE}\(?[1-9]\d\)? ?15[- ]?\d{{4}}[- ]\d{{4}}{_AFTER}"  # Argentina, mobile
    rf"|{_BEFORE}9 \d{{4}} \d{{4}}{_AFTER}"  # Chile
    rf"|{_BEFORE}[6-9]\d{{4}} \d{{5}}{_AFTER}"  # India
    rf"|{_BEFORE}{_FREE}[6-9]\d\d(?: \d{{3}} \d{{3}}|-\d{{3}}-\d{{3}}|(?:[ -]\d\d){{3}}){_AFTER}"  # Spain, Portugal, Peru
    rf"|{_BEFORE}{_FREE}[289]\d(?P<same>[ -])\d{{3}}(?P=same)\d\d(?P=same)\d\d{_AFTER}"  # the same, landlines
    rf"|{_BEFORE}{_FREE}(?:[67]\d{{8}}|9[1236]\d{{7}}){_AFTER}"  # the same, mobiles in one piece
    rf"|(?<=tel:)[+\d][\d.\-]{{5,18}}|(?<=wa\.me/)\d{{7,15}}"
)
# A number that only the words before it make a telephone number.
_LIKELY = re.compile(rf"(?<![{_W}.,:@#=&+])[(]?\d(?:[\d()]|{_GAP}{{1,2}}(?=[\d(])){{4,20}}\d(?![\d@%])")
_DATE = re.compile(
    r"(?:(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|[12]\d|3[01])\1(?:\d{2}|\d{4})\b|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b|(?:19|20)\d\d\s?[-–/]\s?(?:19|20)?\d\d\b(?![ -]?\d))"
)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:([ \u00a0\u2009.])\d{3})(?:\1\d{3})*\Z")
_TOLL_FREE = re.compile(
    r"400-?\d{3}-?\d{4}\b|(?:1[ .-])?\(?8(?:00|88|77|66|55|44|33)\b|\+?1[ .-]?\(?8(?:00|88|77|66|55|44|33)\b|\+\d{2}[ .-]?(?:\(0\))?[ .-]?(?:800|808|900|901|902)\b"
)
_PLAIN_FREE = re.compile(r"\(?(?:0?80[08]|0?90[0129]|0180|400|95\d{3}$)")


def phones(text: str) -> Iterator[Span]:
    """Every telephone number of `text`."""
    for found in _SURE.finditer(text):
        start, end = found.span()
        digits = sum(char.isdigit() for char in found[0])
        if 7 <= digits <= 15 and not _no_phone(text, start, end, found[0]):
            yield Span(start, end, "phone")
    for found in _LIKELY.finditer(text):
        start, end = found.span()
        digits = sum(char.isdigit() for char in found[0])
        near = said_before("phone", text, start)
        if (
            6 <= digits <= 14
            and 0 <= near <= 14
            and not _DATE.match(found[0])
            and not _PLAIN_FREE.match(found[0])
        ) and not counts_something(text, start, end):
            yield Span(start, end, "phone")


def _no_phone(text: str, start: int, end: int, number: str) -> bool:
    if _TOLL_FREE.match(number) or _DATE.match(number):
        return True
    if number[0] in "+＋" or said_before("phone", text, start) >= 0:
        return False
    if counts_something(text, start, end) or is_reference(text, start):
        return True
    return bool(_THOUSANDS.match(number)) and number[0] not in "0679"
