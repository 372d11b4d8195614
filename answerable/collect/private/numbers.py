"""Payment cards, accounts and identity numbers: by checksum where there is one, by the words before otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from answerable.collect.private import checksums as checks
from answerable.collect.private.checksums import Check
from answerable.collect.private.context import counts_something, is_reference, said_before
from answerable.collect.private.span import Kind, Span

_B = r"(?<![A-Za-z0-9_])(?<![\w][.,/-])"
_E = r"(?![A-Za-z0-9_]|[.,/-]\d)"
_S = r"[ \u00a0.\-‐‑–]?"


def _always(number: str) -> bool:
    return bool(number)


def _birthday(number: str) -> bool:
    """CURP, RFC: six digits of a birthday after four letters."""
    return "01" <= number[6:8] <= "12" and "01" <= number[8:10] <= "31"


# (kind, form, check): a form that people write and the check of what is left without separators.
_FORMS: tuple[tuple[Kind, str, Check], ...] = (
    ("account", r"[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,4})?", checks.iban),
    ("account", r"\d{4}[ -]\d{4}[ -]\d{2}[ -]\d{10}", _always),  # Spanish CCC
    ("account", r"\d{3}[ -]?\d{3}[ -]?\d{11}[ -]?\d", checks.mexican_clabe),
    ("account", r"\d{2}-\d{2}-\d{2}[ ,/]{1,3}\d{8}", _always),  # British sort code and account
    ("id", r"[1-9]\d{5}[ -]?(?:19|20)\d{2}[ ]?\d{4}[ -]?\d{3}[\dXx]", checks.chinese_id),
    ("id", r"[A-Z]{1,2}\d{6} ?[(（][0-9A][)）]", checks.hong_kong_id),
    ("id", r"[A-Z][1289]\d{8}", checks.taiwan_id),
    ("id", r"\d{8}[ -]?[A-Z]|\d{1,2}\.\d{3}\.\d{3}[ -]?[A-Z]|[XYZ][ -]?\d{7}[ -]?[A-Z]", checks.spanish_id),
    ("id", r"[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d", _birthday),  # CURP
    ("id", r"[A-ZÑ&]{4}-?\d{6}-?[A-Z0-9]{3}", _birthday),  # RFC of a person
    ("id", r"\d{1,2}\.\d{3}\.\d{3}-[\dkK]|\d{7,8}-[\dkK]", checks.chilean_person),
    ("id", r"(?:20|23|24|27)-?\d{8}-?\d", checks.argentine_person),
    ("id", r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?: ?\d{2}){3} ?[A-D]", _always),  # National Insurance
    ("id", r"\d{3}[-‑–]\d{2}[-‑–]\d{4}", checks.american_person),
    ("id", rf"[1278]{_S}\d{{2}}{_S}\d{{2}}{_S}(?:\d{{2}}|2[AB]){_S}\d{{3}}{_S}\d{{3}}{_S}\d{{2}}", checks.french_insurance),
    ("id", r"\d{2} ?\d{3} ?\d{3} ?\d{3}", checks.german_tax),
    ("id", r"\d{2} ?[0-3]\d[01]\d{3} ?[A-Z] ?\d{3}", checks.german_insurance),
    ("id", r"\d{3}\.\d{3}\.\d{3}[-./ ]\d{2}|\d{3} \d{3} \d{3}[- ]\d{2}|\d{9}-\d{2}|\d{11}", checks.brazilian_person),
    ("id", r"\d{8}[ -]?\d[ -]?[A-Z]{2}\d", _always),  # Cartão de Cidadão
    ("id", r"756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}", checks.swiss_insurance),
    ("id", r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}", checks.belgian_person),
    ("id", r"[2-9]\d{3} \d{4} \d{4}", checks.indian_person),
    ("id", r"\d{3}[ -]\d{3}[ -]\d{4}", checks.british_health),
    ("id", r"\d{7}[A-W][A-IW]?", checks.irish_person),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(_B + f"(?:{form})" + _E), check) for kind, form, check in _FORMS)
_CARD = re.compile(
    _B
    + r"(?:\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3})?|3[47]\d\d([ -])\d{6}\2\d{5}|3[068]\d\d([ -])\d{6}\3\d{4}|\d{13,19})"
    + _E
)
_BRANDS = re.compile(
    r"4|5[1-5]|2(?:2[2-9]|[3-6]|7[01]|720)|3[47]|3(?:0[0-5]|[68])|35|6(?:011|4[4-9]|5)|62|50|5[6-9]|6[37]"
)
# What a word before it may make private: digits with separators, perhaps a few letters.
_TOKEN = re.compile(
    r"(?<![A-Za-z0-9_@])(?:[A-Z]{2} (?=\d\d \d\d \d\d))?[A-Z]{0,4}\d[A-Z0-9]*(?:[ .\-/][A-Z0-9]{1,12}){0,7}(?![A-Za-z_])"
)
_LEAST: dict[Kind, int] = {"id": 6, "account": 6, "card": 12}
_REACH = 16  # characters between the word and the number it speaks of
_SEPARATORS = re.compile(r"[^A-Za-z0-9]")
_DATED = re.compile(
    r"\d{1,2}[-/.]\d{1,2}[-/.](?:\d{2}|\d{4})\Z|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\Z|(?:19|20)\d\d\Z"
)


def numbers(text: str) -> Iterator[Span]:
    """Every card, account and identity number of `text`."""
    sure = [*_by_form(text), *_cards(text)]
    yield from sure
    # What a word makes private may run on into the words after it; a form knows where it ends.
    yield from (
        one for one in _by_word(text) if all(one.end <= two.start or two.end <= one.start for two in sure)
    )


def _by_form(text: str) -> Iterator[Span]:
    for kind, form, check in _COMPILED:
        for found in form.finditer(text):
            start, end = found.span()
            if kind == "account" and check is checks.iban:
                end = _iban_end(text, start, end)
                if end:
                    yield Span(start, end, kind)
            elif check(_SEPARATORS.sub("", found[0])) and not _counted(text, start, end):
                yield Span(start, end, kind)


def _iban_end(text: str, start: int, end: int) -> int:
    """Where the account number that begins at `start` ends: the words after it may look like a part of it."""
    pieces = end
    while pieces - start >= 15:
        number = _SEPARATORS.sub("", text[start:pieces])
        if checks.iban(number):
            return pieces
        pieces = max(text.rfind(" ", start, pieces), text.rfind("-", start, pieces))
    return end if said_before("account", text, start) >= 0 else 0


def _cards(text: str) -> Iterator[Span]:
    for found in _CARD.finditer(text):
        digits = _SEPARATORS.sub("", found[0])
        named = said_before("card", text, found.start()) >= 0
        if named or (_BRANDS.match(digits) and checks.luhn(digits) and not is_reference(text, found.start())):
            yield Span(found.start(), found.end(), "card")


def _by_word(text: str) -> Iterator[Span]:
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        digits = sum(char.isdigit() for char in found[0])
        if digits < 6 or _DATED.match(found[0].strip()):
            continue
        near: dict[Kind, int] = {
            kind: gap
            for kind in _LEAST
            if digits >= _LEAST[kind] and 0 <= (gap := said_before(kind, text, start)) <= _REACH
        }
        if near and not counts_something(text, start, end):
            yield Span(start, end, min(near, key=lambda kind: near[kind]))


def _counted(text: str, start: int, end: int) -> bool:
    return counts_something(text, start, end) or is_reference(text, start)
