"""Telephone numbers of people, by the ways they are written in many countries.

Numbers that cost the caller nothing or belong to everybody (112, 12345, 0800 …) are no person's and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from answerable.collect.private.context import counts_something, is_reference, said_after, said_before
from answerable.collect.private.span import Span

_GAP = r"[ \u00a0\u2009.\-‐‑–—/]"
_APART = rf"(?:{_GAP}| [-–/.] )"
_W = "A-Za-zÀ-ɏ0-9_"  # letters that a number may be a part of; Chinese ones stand beside it
_BEFORE = rf"(?<![{_W}.,:/@#=&+-])"
_AFTER = r"(?![\d:/@%]|[.,-]\d|(?![xX]\d)[A-Za-z_])"
# What everybody may call: free of charge, at a shared rate, a service of many countries.
_PUBLIC = re.compile(
    r"\(?(?:"
    r"0?80[08](?!\d{6}|[ .-]\d{3}[ .-]\d{4})|0?90[0129](?![ .-]\d{3}[ .-]\d{4})[ .-]?\d{3}|0180[0-9]?|0?82[0-9]\d?[ -]?\d{3}[ -]?\d{3}\b|0500[ -]\d|0137[ -]|0700[ -]"  # many of Europe
    r"|08(?:[ .]\d\d){4}|(?:0 ?)?969(?:[ .]?\d\d){3}|09[ .]?69(?:[ .]?\d\d){3}"  # France
    r"|03(?:00|03|30|33|4[45]|7[01])[ -]\d{3}[ -]\d{4}\b|08(?:4[345]|7[0-3])[ -]\d{3}[ -]\d{4}\b"  # Britain
    r"|116[ -]?\d{3}\b|13(?:00[ -]?\d{3}[ -]?\d{3}|[ -]?\d\d[ -]?\d\d)\b|1[89][0569]0(?:[ -]\d{2,3}(?:[ -]?\d{2,4})?|\d{6})(?!\d)"  # Australia, Ireland, India
    r"|084[0248][ -]\d{3}[ -]\d{3}\b|0800|0508[ -]\d{3}|0300[ -]\d{3}"
    r"|(?:70[78]|76[0-2]|80[039]|90[0-25])(?:[ .-]?\d{3}[ .-]?\d{3}|(?:[ .-]?\d\d){3})\b"  # Portugal, Spain
    r"|01[ -]?800|600[ -]\d{3}[ -]?\d{4}\b|(?:400|300)[34][ -]\d{4}\b"  # Latin America
    r"|400-?\d{3}-?\d{4}\b|95\d{3,4}\b(?![ -]?\d)|(?:1[ .-])?\(?8(?:00|88|77|66|55|44|33)\b[) .-]{1,2}\d{3}"
    r"|\+?1[ .-]?\(?8(?:00|88|77|66|55|44|33)\b|\+\d{2,3}[ .-]?(?:\(0\))?[ .-]?(?:800|808|900|901|902|300)\b"
    r")"
)
# Written so that it can hardly be anything else.
_SURE = re.compile(
    rf"(?=[+＋(\d])(?:(?<![{_W}/@#=&+])(?:\([+＋]\d{{1,3}}\)|[+＋]|(?<!\d[ .\-])00 ?(?=[1-9]{_GAP}?\d))(?:{_APART}?(?:\(\d{{1,5}}\)|\d{{1,5}})){{2,9}}{_AFTER}"  # international
    rf"|(?<![A-Za-z0-9_#@=&/+.-])(?:\(86\)|86[ -])?1[3-9]\d[ -]?\d{{4}}[ -]?\d{{4}}(?!\d)(?![ -]\d{{4}}(?!\d))|{_BEFORE}(?:85[23]|886)-\d{{3,4}}[ -]?\d{{4,6}}{_AFTER}"  # Chinese mobile
    rf"|{_BEFORE}(?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])\d{{3}}[ .-]\d{{4}}{_AFTER}"  # North America, 3-3-4 anywhere
    rf"|{_BEFORE}0[1-9](?:{_GAP}?\d\d){{4}}{_AFTER}"  # France, Belgium
    rf"|{_BEFORE}\(?0 ?(?:\d\d|\(?[xX]{{2}}\)?) ?\(?[1-9]\d\)? ?9?\d{{4}}[- ]?\d{{4}}{_AFTER}"  # Brazil with a carrier
    rf"|{_BEFORE}(?:\(0\d{{1,3}} \d{{1,3}}\)|0\d{{1,3}}(?: \d{{1,2}})? ?/) ?\d(?:[ -]?\d\d){{2,3}}{_AFTER}"  # Germany, in pairs
    rf"|(?<![{_W}.,:@#=&+-])\(?0(?:\)[ -]?)?[1-9]\d{{0,4}}\)?(?:[ \u00a0\-‐‑–—/.]{{0,3}}\d{{2,8}}){{1,5}}{_AFTER}"  # trunk 0
    rf"|{_BEFORE}(?:\(?[1-9]\d\)? ?(?:9 ?)?\d{{4}}[- ]|[1-9]\d-(?:9-?)?(?!19|20)\d{{4}}-)\d{{4}}{_AFTER}"  # Brazil, Mexico, Argentina
    rf"|{_BEFORE}\((?!19|20)\d{{2,4}}\) ?\d{{3,4}}[ .-]?\d{{2,4}}(?:[ -]?\d{{2}})?{_AFTER}"  # an area code in brackets
    rf"|{_BEFORE}(?:9\d{{4}}-\d{{4}}|(?:3\d\d|60[1-8])(?:[ -]\d{{7}}| \d{{3}} \d{{2}} \d{{2}})){_AFTER}"  # Brazil without area, Colombia
    rf"|{_BEFORE}\(?[1-9]\d{{1,3}}\)?[ -]?15[- ]?\d{{3,4}}[- ]\d{{4}}{_AFTER}"  # Argentina, mobile
    rf"|{_BEFORE}[1-9][1-9]9[6-9]\d{{7}}{_AFTER}"  # Brazil, a mobile in one piece
    rf"|{_BEFORE}(?:9[ -]|\(\d\) ?)\d{{4}}[ -]\d{{4}}|[1-9]\d\.9\d{{4}}\.\d{{4}}{_AFTER}"  # Chile, Brazil
    rf"|{_BEFORE}[6-9]\d{{4}}[ -]\d{{5}}{_AFTER}"  # India
    rf"|{_BEFORE}[6-9]\d\d(?: \d{{3}} \d{{3}}|-\d{{3}}-\d{{3}}|(?<=6\d\d)\.\d{{3}}\.(?!000)\d{{3}}|(?:[ .-]\d\d){{3}}){_AFTER}"  # Spain, Portugal, Peru
    rf"|{_BEFORE}[67](?: \d\d){{4}}{_AFTER}(?! \d)"  # Spain, France without the 0
    rf"|(?<![^\n])[ \t]?2\d\d \d{{3}} \d{{3}}[ \t]?(?=\n)"  # Portugal, in a line of its own as under a letter
    rf"|{_BEFORE}[289]\d[ -]\d{{3}}[ .-]\d\d[ .-]\d\d{_AFTER}"  # the same, landlines
    rf"|{_BEFORE}(?:[67]\d{{8}}|9[1236]\d{{7}}){_AFTER}"  # the same, mobiles in one piece
    rf"|(?<![A-Za-z0-9_.,:/@#=&+-])(?:[569]\d{{3}}|8[1-9]\d\d) \d{{4}}(?![\d:/@%年]|[.,-]\d)(?=.{{0,4}}[\u4e00-\u9fff]|$)"  # Hong Kong, Macau
    rf"|(?<=tel:)[+\d][\d.\-]{{5,18}}|(?<=wa\.me/)\d{{7,15}})"
)
# A number that only the words before it make a telephone number.
_LIKELY = re.compile(
    rf"(?<![{_W}.,@#=&+])(?<!\d:)[(]?\d(?:[\d()]|{_GAP}{{1,2}}(?=[\d(])){{4,20}}\d(?![\d@%])"
)
_DATE = re.compile(
    r"(?:(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|[12]\d|3[01])\1(?:\d{2}|\d{4})\b(?!\1\d)|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b(?![-/.]\d)|(?:19|20)\d\d\s?[-–/]\s?(?:19|20)?\d\d\b(?![ -]?\d))"
)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:([ \u00a0\u2009.])\d{3})(?:\1\d{3})*\Z")

_NUMBERED = re.compile(
    r"\d{2,5}/(?:19|20)\d\d\Z|\d{5}-\d{3}\Z"
)  # a paper of a year, 0815/2023; a Brazilian postcode


# What goes with a number: an extension, and a number that is offered beside it.
_EXTENSION = re.compile(
    r"[ ,]{0,2}\(?(?:(?:ext(?:n|ension|ensi[óo]n|ens[ãa]o)?|poste|interno|anexo|ramal|durchwahl|dw|nebenstelle|nst)\b[.:]?\s?|x\s?(?=\d\d)|int\.\s?"
    r"|(?:[转轉]?分[机機]|[转轉])[:：]?\s?)\d{1,5}(?![\d/:]|[.,-]\d|[A-Za-z_])",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\s?(?:/|、|或者?|和|[, ]\s?(?:or|o|ou|oder|and|y|e|et|und)\s)\s?(?=[\d(])", re.IGNORECASE
)

_SECOND = re.compile(r" \(?0[1-9](?:[ \-/.()]{0,2}\d){7,10}\Z")
# How many digits at most follow the code of a country.
_NATIONAL = {
    "1": 10, "32": 9, "33": 9, "34": 9, "351": 9, "353": 9, "41": 9, "44": 10, "52": 11, "54": 11, "55": 11, "56": 9, "57": 10, "51": 9, "61": 9, "64": 10, "86": 11, "91": 10,
    "852": 8, "853": 8, "886": 9, "352": 9,
}  # fmt: skip
_COUNTRY = re.compile(
    rf"(?:\(?[+＋]|00 ?)(?P<code>{'|'.join(sorted(_NATIONAL, key=len, reverse=True))})\)?(?: ?\(0\))?"
)
_LAST = re.compile(r" \d{1,2}\Z")
_GROUP_BEFORE = re.compile(r"\d{3} \Z")  # a longer number goes on with this


def phones(text: str) -> Iterator[Span]:
    """Every telephone number of `text`, with its extension and with what is offered beside it."""
    for span in _numbers(text):
        start, end = span.start, span.end
        while True:
            if extension := _EXTENSION.match(text, end):
                end = extension.end()
            yield Span(start, end, "phone")
            beside = _BESIDE.match(text, end)
            also = _LIKELY.match(text, beside.end()) if beside else None
            if not also or not _also(text, also):
                break
            start, end = also.start() + _bracket(also[0]), also.end()


def _also(text: str, found: re.Match[str]) -> bool:
    """True when a number beside a telephone number is one too: as long as one, and nothing that is counted."""
    digits = sum(map(str.isdigit, found[0]))
    return 7 <= digits <= 13 and not _no_phone(text, found.start(), found.end(), found[0])


def _numbers(text: str) -> Iterator[Span]:
    for found in _SURE.finditer(text):
        start, end = found.start() + _bracket(found[0]), found.end()
        digits = sum(char.isdigit() for char in found[0])
        if digits > 10:
            end = start + _whole(text[start:end])
            digits = sum(map(str.isdigit, text[start:end]))
        most = 15 if found[0][0] in "+＋(" or found[0].startswith("00") else 13
        if 7 <= digits <= most and not _no_phone(text, start, end, text[start:end]):
            yield Span(start, end, "phone")
        elif 15 < digits <= 24 and not is_reference(text, start):
            yield from _side_by_side(text, start, end)
    for found in _LIKELY.finditer(text):
        start, end = found.start() + _bracket(found[0]), found.end()
        digits = sum(char.isdigit() for char in found[0])
        if not 6 <= digits <= 14 or _DATE.match(found[0].lstrip("(")) or _PUBLIC.match(found[0]):
            continue
        near = said_before("phone", text, start)
        if (0 <= near <= 14 or said_after("phone", text, end)) and not (
            counts_something(text, start, end) or is_reference(text, start)
        ):
            yield Span(start, end, "phone")


def _whole(number: str) -> int:
    """How much of `number` its country's numbers are long: a small number of the sentence may follow, "24 hours"."""
    country = _COUNTRY.match(number)
    if country:
        most = _NATIONAL[country["code"]] + sum(map(str.isdigit, country[0]))
    elif number[0] in "0(" and (last := _LAST.search(number)) and sum(map(str.isdigit, number)) > 12:
        return last.start()
    else:
        return len(number)
    seen = 0
    for place, char in enumerate(number):
        if seen == most and char.isdigit():
            return len(number[:place].rstrip(" /-.,")) if number[place - 1] == " " else len(number)
        seen += char.isdigit()
    return len(number)


def _side_by_side(text: str, start: int, end: int) -> Iterator[Span]:
    """Two numbers with no more than a space between them, each with its trunk 0."""
    second = _SECOND.search(text, start, end)
    if second and all(
        9 <= sum(map(str.isdigit, one)) <= 12 for one in (text[start : second.start()], second[0])
    ):
        yield Span(start, start + len(text[start : second.start()].rstrip(" -/.,")), "phone")
        yield Span(second.start() + 1, end, "phone")


def _bracket(number: str) -> int:
    """1 when the number begins with a bracket that closes after it: the bracket is the sentence's."""
    return int(number[0] == "(" and ")" not in number)


def _no_phone(text: str, start: int, end: int, number: str) -> bool:
    if _PUBLIC.match(number) or _DATE.match(number.lstrip("(")):
        return True
    # No reference begins with a plus.
    if (number[0] not in "+＋" and is_reference(text, start)) or (
        number[0] == "8" and text[max(0, start - 2) : start] == "0 "
    ):
        return True
    if _NUMBERED.match(number):
        return True
    if number[0] in "+＋" or said_before("phone", text, start) >= 0:
        return False
    if counts_something(text, start, end) or _drawn(number):
        return True
    if number[0] == "0" and _GROUP_BEFORE.search(text, max(0, start - 5), start):
        return True
    if number.isdigit() and number[0] == "0" and len(number) < 9:
        return True
    alone = text[start - 1 : start] == "\n"
    return bool(_THOUSANDS.match(number)) and number[0] not in "0679" and not alone


def _drawn(number: str) -> bool:
    """True for five numbers of a lottery, which rise: 05 12 17 23 29."""
    groups = number.split(" ")
    if len(groups) != 5 or any(len(one) != 2 for one in groups[1:]):
        return False
    drawn = [int(one) for one in groups]
    return drawn[-1] <= 60 and drawn[-1] - drawn[0] > 4 and all(one < two for one, two in pairwise(drawn))
