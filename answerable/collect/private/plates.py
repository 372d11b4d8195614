"""Number plates of vehicles, which lead to their keepers. A form that other things share needs a word before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from answerable.collect.private import words
from answerable.collect.private.context import counts_something, is_reference, said_anywhere, said_before
from answerable.collect.private.numbers import capitals
from answerable.collect.private.span import Span

_B = r"(?<![A-Za-zÀ-ɏ0-9_\-/@#.])"
_E = r"(?![A-Za-zÀ-ɏ0-9_\-/])"
_S = r"[ ·•.-]?"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_COUNTIES = "C|CE|CN|CW|D|DL|G|KE|KK|KY|L|LD|LH|LM|LS|MH|MN|MO|OY|RN|SO|TN|TS|W|WH|WX|WW|LK|T"
_CANTONS = "ZH|BE|LU|UR|SZ|OW|NW|GL|ZG|FR|SO|BS|BL|SH|AR|AI|SG|GR|TG|TI|VD|VS|NE|GE|JU"
_STATES = "AN|AP|AR|AS|BR|CH|CG|DD|DL|DN|GA|GJ|HP|HR|JH|JK|KA|KL|LA|LD|MH|ML|MN|MP|MZ|NL|OD|OR|PB|PY|RJ|SK|TN|TR|TS|UK|UP|WB"
_CHINESE = re.compile(
    rf"[{_PROVINCES}] ?[A-HJ-NP-Z][ ·•.-]?(?:[DF][A-HJ-NP-Z0-9]\d{{4}}|\d{{5}}[DF]|[A-HJ-NP-Z0-9]{{4}}[A-HJ-NP-Z0-9挂学警港澳])(?![A-Za-z0-9])"
)
_SURE = re.compile(
    _B
    + "(?:"
    + "|".join(
        (
            r"[A-HJ-PR-Y][A-HJ-PR-Y]\d{2}[ -]?[A-HJ-PR-Z]{3}",  # Britain
            r"[A-HJ-NP-TV-Z]{2}-\d{3}-[A-HJ-NP-TV-Z]{2}",  # France, Italy with dashes
            r"\d-[A-Z]{3}-\d{3}",  # Belgium
            r"\d{2}-[A-Z]{2}-\d{2}|[A-Z]{2}-\d{2}-(?:[A-Z]{2}|\d{2})|\d{2}-\d{2}-[A-Z]{2}",  # Portugal
            r"[A-Z]{3}[ -]?\d[A-Z]\d{2}",  # Mercosul
            r"[B-DF-HJ-LPR-TV-Z]{2}[·•.-][B-DF-HJ-LPR-TV-Z]{2}[·•.-]\d{2}",  # Chile
            r"[A-ZÄÖÜ]{1,3}-[A-ZÄÖÜ]{1,2} (?!(?:19|20)\d\d)\d{2,4}[EH]?",  # Germany
            rf"(?:8[7-9]|9\d|0\d|1[0-2]|1[3-9][12]|2[0-9][12])-(?:{_COUNTIES})-\d{{1,6}}",  # Ireland
            r"DL[ -]?\d{1,2}[ -]?[A-Z]{1,2}[ -]?[A-Z]{1,2}[ -]?\d{4}",  # Delhi
            rf"(?:{_STATES})[ -]?\d{{2}}[ -]?[A-Z]{{1,2}}[ -]?\d{{4}}",  # India
        )
    )
    + ")"
    + _E
)
# Every plate but China's has a letter beside a digit.
_BESIDE = re.compile(r"[A-ZÄÖÜ][ ·•.-]?\d|\d[ ·•.-]?[A-Z]")
_SPANISH = re.compile(rf"{_B}(\d{{4}})[ -]?([BCDFGHJKLMNPRSTVWXYZ]{{3}}){_E}")
_FRENCH_SPACED = re.compile(rf"{_B}([A-HJ-NP-TV-Z]{{2}}) \d{{3}} ([A-HJ-NP-TV-Z]{{2}}){_E}")
_SWISS = re.compile(rf"{_B}(?:{_CANTONS})[ -]?\d{{1,3}}[ .']\d{{3}}{_E}")
_SWISS_WHOLE = re.compile(rf"(?:{_CANTONS})[ -]?\d{{4,6}}\Z")
_GERMAN = re.compile(r"[A-ZÄÖÜ]{1,3}[ -][A-Z]{1,2}[ -]?\d{1,4}[EH]?\Z")
_TWO_AND_TWO = re.compile(
    r"[A-HJ-NP-TV-Z]{2}[ -]?\d{3}[ -]?[A-HJ-NP-TV-Z]{2}\Z"
)  # France: no unit has two groups
_GERMAN_YEAR = re.compile(r"[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} (?:19|20)\d\d\Z")
# Forms of many countries, for numbers that a word calls a plate. Longer ones first.
_SHAPES = re.compile(
    _B
    + "(?:"
    + "|".join(
        (
            rf"[A-Z]{{2}}{_S}\d{{1,2}}{_S}[A-Z]{{1,3}}{_S}\d{{4}}|\d{{2}}{_S}BH{_S}\d{{4}}{_S}[A-Z]{{1,2}}",  # India
            rf"[A-ZÄÖÜ]{{1,3}}[ -][A-Z]{{1,2}}{_S}\d{{1,4}}[EH]?",  # Germany
            rf"\d{{2}}[ .-]\d{{2}}[ .-][A-Z]{{2}}|\d{{2}}{_S}[A-Z]{{2}}{_S}\d{{2}}|[A-Z]{{2,3}}{_S}\d{{2}}{_S}(?:\d{{2}}|[A-Z]{{2}})",  # Portugal, Mexico
            rf"[A-Z]{{1,2}}{_S}\d{{1,3}}[ .']\d{{3}}",  # Switzerland
            r"\d{1,3}[ -][A-Z]{1,2}[ -]\d{1,6}|\d{2,3}[A-Z]{1,2}\d{1,6}",  # Ireland
            rf"[A-Z]{{3}}{_S}\d{{2,3}}{_S}[A-Z]{{1,3}}|[A-Z]{{3}}{_S}\d{{3}}{_S}\d",  # Australia, Colombia, Mexico
            rf"[A-Z]{{1,2}}{_S}\d{{1,5}}{_S}[A-Z]{{1,3}}",  # Britain, France, Austria, Argentina, Quebec, old Spanish ones
            rf"\d{{1,4}}{_S}[A-Z]{{1,3}}{_S}\d{{1,4}}",  # old French ones, Belgium, Queensland
            rf"\d[A-Z]{{1,3}}{_S}[A-Z0-9]{{3,6}}|\d{{3}}{_S}[A-Z0-9]{{3}}",  # states of the US and Australia
            rf"[A-Z]\d[A-Z]{_S}\d{{3}}|[A-Z]{{2}}\d{_S}\d{{2}}[A-Z]|[A-Z]{{2,4}}{_S}\d{{2,6}}|\d{{3,4}}{_S}[A-Z]{{2,3}}",
            r"(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{5,8}",
        )
    )
    + ")"
    + _E
)
# Groups of letters that units, clocks, makes and norms share with plates.
_NO_LETTERS = frozenset(
    [
        "KWH",
        "MWH",
        "GWH",
        "KMH",
        "MPH",
        "RPM",
        "PPM",
        "HDR",
        "DVD",
        "PCR",
        "PVC",
        "PDF",
        "GMT",
        "MST",
        "MDT",
        "EST",
        "EDT",
        "PDT",
        "CDT",
        "CET",
        "CEST",
        "WST",
        "CST",
        "PST",
        "BST",
        "UTC",
        "SMS",
        "RTX",
        "GTX",
        "FPS",
        "HRS",
        "MIN",
        "BMW",
        "SUV",
        "KIA",
        "GTI",
        "AMG",
        "GMC",
        "RAV",
        "CRV",
        "VW",
        "DS",
        "MG",
        "ISO",
        "DIN",
        "EN",
        "USB",
        "CO",
        "AM",
        "PM",
        "KM",
        "KG",
        "MM",
        "CM",
        "ML",
        "GB",
        "MB",
        "TB",
        "EUR",
        "USD",
        "GBP",
        "CHF",
        "UHR",
        "TEL",
        "FAX",
        "IBAN",
        "NIF",
        "RUT",
        "DNI",
        "CPF",
        "AVS",
        "AHV",
        "IOS",
    ]
)
_WORDS = frozenset(
    [
        "THE",
        "AND",
        "WAS",
        "HAS",
        "HAD",
        "FOR",
        "NOT",
        "ARE",
        "BUT",
        "OUT",
        "OFF",
        "ALL",
        "NOW",
        "I",
        "A",
        "AT",
        "IN",
        "ON",
        "OF",
        "TO",
        "IS",
        "IT",
        "IF",
        "OR",
        "BY",
        "MY",
        "WE",
        "HE",
        "SO",
        "DO",
        "AS",
        "AN",
        "BE",
        "DE",
        "LA",
        "LE",
        "EN",
        "EL",
        "AU",
        "ET",
        "DU",
        "DES",
        "UN",
        "UNE",
        "LES",
        "SUR",
        "PAR",
        "UNA",
        "LOS",
        "LAS",
        "POR",
        "CON",
        "QUE",
        "DEL",
        "SU",
        "SE",
        "SI",
        "Y",
        "E",
        "O",
        "Y",
        "U",
        "AL",
        "ES",
        "HA",
        "VA",
        "NO",
        "NA",
        "NAS",
        "NOS",
        "DA",
        "DAS",
        "DOS",
        "EM",
        "OS",
        "AO",
        "UM",
        "UMA",
        "COM",
        "UM",
        "AB",
        "ZU",
        "IM",
        "AM",
        "DER",
        "DIE",
        "DAS",
        "UND",
        "IST",
        "HAT",
        "VON",
        "MIT",
        "EIN",
        "VOR",
        "BEI",
        "AUF",
        "AUS",
        "ER",
        "SIE",
        "WIR",
        "ICH",
    ]
)
# "ZH 123456 Kontrollschild", "B-MW 2020 parkt falsch, Kennzeichen notiert": the word after the plate.
_PLATE_AFTER = re.compile(rf"[^.!?\n\d]{{0,20}}?(?:{words.PLATE})", re.IGNORECASE)
_YEAR = re.compile(r"(?<![A-Z0-9])(?:19|20)\d\d(?![A-Z0-9])")
_ROAD = re.compile(r"[A-Z]\d{1,4}\Z")
_LETTERS = re.compile(r"[A-ZÄÖÜ]+")
_SMALL_WORD = re.compile(r" [AEIOUY]\Z")
_REACH = 20  # characters between a word for a plate and the plate
_VEHICLE_REACH = 12
_NEXT_REACH = 60  # from one plate to another of the same sentence
_GAP = re.compile(r"[ ·•.-]")
_TOGETHER = re.compile(r"\s?(?:[,;/&+、和]|and|y|e|et|und|ou|o|or|oder)\s?", re.IGNORECASE)
_STOP = re.compile(r"[.!?。！？]\s|\n")


def plates(text: str) -> Iterator[Span]:
    """Every number plate of `text`."""
    loud = capitals(text)
    if not _BESIDE.search(loud):
        return
    sure = sorted(_sure(text))
    yield from (Span(start, end, "plate") for start, end in sure)
    if not sure and not said_anywhere(text):
        return
    place, last = 0, (0, 0)  # of the sure ones the next, of all the last one before
    at = 0
    while found := _SHAPES.search(loud, at):
        start, end = found.span()
        at = end
        while place < len(sure) and sure[place][1] <= start:
            last, place = max(last, sure[place]), place + 1
        if place < len(sure) and sure[place][0] < end:
            continue
        cut = _SMALL_WORD.search(found[0])
        if cut and text[end : end + 1] in {" ", ""}:
            end = start + cut.start()
        end = _same_case(text, start, end)
        if _is_plate(text, loud, (start, end), last):
            last = (start, end)
            yield Span(start, end, "plate")
        elif gap := _GAP.search(found[0]):
            at = start + gap.end()  # a word may stand before the plate: "and AB 123"


def _sure(text: str) -> Iterator[tuple[int, int]]:
    if not text.isascii():
        yield from (found.span() for found in _CHINESE.finditer(text))
    if not _BESIDE.search(text):
        return
    yield from (found.span() for found in _SURE.finditer(text))
    for found in _SPANISH.finditer(text):
        start, end = found.span()
        unsure = "1900" <= found[1] <= "2099" or found[2] in _NO_LETTERS or counts_something(text, start, end)
        if not unsure or said_before("plate", text, start) >= 0:
            yield start, end
    for found in _FRENCH_SPACED.finditer(text):
        if _NO_LETTERS.isdisjoint(found.groups()):
            yield found.span()
    for found in _SWISS.finditer(text):
        if not counts_something(text, *found.span()):
            yield found.span()


def _same_case(text: str, start: int, end: int) -> int:
    """Where the plate ends when a small word follows its capitals: "ABC123 on"."""
    head, space, tail = text[start:end].rpartition(" ")
    return end - len(tail) - 1 if space and tail.islower() and head.isupper() else end


def _is_plate(text: str, loud: str, at: tuple[int, int], last: tuple[int, int]) -> bool:
    """True when the words before the form make it a plate, or another plate of the same kind."""
    start, end = at
    said = loud[start:end]
    letters = _LETTERS.findall(said)
    digits = sum(map(str.isdigit, said))
    signs = digits + sum(map(len, letters))
    small = text[start:end] != said
    if not letters or not digits or not 4 <= signs <= 10 or is_reference(text, start):
        return False
    gap = said_before("plate", text, start)
    german = 0 <= gap <= 2 and _GERMAN.match(said)
    if (
        not german
        and not _TWO_AND_TWO.match(said)
        and (not _NO_LETTERS.isdisjoint(letters) or (small and not _WORDS.isdisjoint(letters)))
    ):
        return False
    if _GERMAN_YEAR.match(said) and said_before("plate", text, start, _NEXT_REACH) >= 0:
        return True
    if gap < 0 and not small and _PLATE_AFTER.match(text, end):
        gap = 0
    if not 0 <= gap <= 3 and (_YEAR.search(said) or _ROAD.match(said)):
        return False
    if 0 <= gap <= _REACH:
        return signs >= 5 or gap <= 3
    if last[1] > 0 and start - last[1] <= _NEXT_REACH and not _STOP.search(text, last[1], start):
        if not small and signs >= 5 and _TOGETHER.fullmatch(text, last[1], start):
            return True
        return signs >= 5 and _runs(said, small) == _runs(loud[slice(*last)], small)
    gap = said_before("vehicle", text, start, _NEXT_REACH if _SWISS_WHOLE.match(said) else None)
    if gap > _VEHICLE_REACH and _SWISS_WHOLE.match(said):
        return not small
    whole = digits >= 2 and (signs - digits >= 2 or digits >= 5) and not (small and " " in said)
    return 0 <= gap <= _VEHICLE_REACH and signs >= 5 and whole


def _runs(said: str, exact: bool) -> str:
    """The form of a plate: L for its letters, 9 for its digits, each run once unless `exact`."""
    form = _LETTERS.sub(lambda run: "L" * len(run[0]), re.sub(r"\d", "9", re.sub(r"[ ·•.-]", "", said)))
    return form if exact else re.sub(r"(.)\1+", r"\1", form)
