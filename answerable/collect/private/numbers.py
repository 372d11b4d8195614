"""Payment cards, accounts and identity numbers: by form and checksum, or by the words beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from answerable.collect.private import checksums as checks
from answerable.collect.private.checksums import Check
from answerable.collect.private.context import counts_something, is_reference, said_after, said_before
from answerable.collect.private.forms import FORMS, IBANS
from answerable.collect.private.span import Kind, Span, has

_B = r"(?<![A-Za-z0-9_+])(?<![\w][.,/-])"
_E = r"(?![A-Za-z0-9_]|[.,/-]\d)"
_COMPILED = tuple(
    (kind, least, re.compile(_B + f"(?:{form})" + _E), check) for kind, least, form, check in FORMS
)
_IBAN = re.compile(_B + r"([A-Z]{2})\d{2}(?=[ .-]?[A-Z0-9])")
_CARD = re.compile(
    _B
    + r"(?:\d{4}([ .-])\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3})?|3[47]\d\d([ .-])\d{6}\2\d{5}|3[068]\d\d([ .-])\d{6}\3\d{4}"
    + r"|\d{6}([ -])\d{13}|\d{13,19})"
    + _E
)
_BRANDS = re.compile(
    r"4|5[1-5]|2(?:2[2-9]|[3-6]|7[01]|720)|3[47]|3(?:0[0-5]|[68])|35|6(?:011|4[4-9]|5)|62|50|5[6-9]|6[037]|81|9558"
)
# What a word beside it may make private: digits with separators, perhaps with letters among them.
_TOKEN = re.compile(
    r"(?<![A-Za-z0-9_@])(?:[A-Z]{1,2}(?: (?=\d\d \d\d)|-(?=\d)))?[A-Za-z]{0,6}\d[A-Za-z0-9]{0,40}+"
    r"(?:(?:[ .\-/·]| - )(?=[A-Za-z]{0,6}\d)[A-Za-z0-9]{1,20}|[ .\-/][A-Z]{1,2}(?![A-Za-z])){0,8}(?![A-Za-z_])"
)
_AROUND = 12  # letters and signs of such a number before its first digit and after its last one
_DIGITS = re.compile(r"\d(?:[A-ZÑ& .,/()（）–\-]{0,9}?\d){3,}")
_LEAST: dict[Kind, int] = {"id": 6, "account": 6, "card": 12}
# Characters between the word and the number it speaks of; a bank's name or whose it is may stand there.
_REACHES: dict[Kind, int] = {"id": 24, "account": 28, "card": 24}
_NEXT_TO = 6  # where a number has hardly a digit
_FAR = 44  # for what hardly anything else looks like
_NEAR = 12  # of these where the number might be a sum
_SEPARATORS = re.compile(r"[^A-Za-z0-9]")
_DATED = re.compile(
    r"\d{1,2}[-/.]\d{1,2}[-/.](?:\d{2}|\d{4})\Z|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\Z|\d\d/\d{4,6}\Z|(?:19|20)\d\d(?: ?[-–/] ?(?:19|20)?\d\d)?\Z"
)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[ .]\d{3})+\Z")
# A small number after a long one that is whole: "account 80351174 2 weeks ago".
_NEXT = re.compile(r"(?P<whole>[0-9A-Za-z]{7,}) \d{1,4}\Z")
# Britain's bank code, which looks like a date.
_SORT_CODE = re.compile(
    r"(?:sort|s/c) (?:code(?: is|:| no\.?)? ?(?P<a>\d\d[- ]?\d\d[- ]?\d\d)|(?P<b>\d\d-\d\d-\d\d))(?![\d-])",
    re.IGNORECASE,
)
# Brazil's accounts are short; the number of their branch is the bank's: "ag. 0482 c/c 17703-4".
_CONTA = re.compile(
    r"(?:\bconta(?: corrente| poupan[çc]a)?|\bc/?c|\bc\.c\.|\bpoupan[çc]a)(?:\s?n[.º°o]{0,2})?\s?:?\s?(?P<a>\d{3,12}(?:\.\d{3})?-[\dX])(?![\w-]|[.,]\d)",
    re.IGNORECASE,
)
_FOR_SHORT = re.compile(r"(?=\d*[A-Z])[A-Z0-9]{7,14}\Z")  # passports and cards with more letters than digits
# Firms of Chile, Argentina and Colombia, in whose numbers the first digits say so.
_FIRM = re.compile(r"[5-9]\d\.\d{3}\.\d{3}-[\dKk]\Z|3[034]-?\d{8}-?\d\Z|[89]\d\d\.?\d{3}\.?\d{3}-\d\Z")
_MANY = re.compile(r"\s(?:de\s)?[a-zà-ÿ]{3,}s\b")  # what an amount counts, in most languages


def numbers(text: str) -> Iterator[Span]:
    """Every card, account and identity number of `text`."""
    loud = capitals(text)
    sure = [*_sort_codes(text), *_contas(text), *_ibans(loud), *_by_form(text, loud), *_cards(text)]
    yield from sure
    # What a word makes private may run on into the words after it; a form knows where it ends.
    yield from (one for one in _by_word(text) if all(_apart(one, two) for two in sure))


def _apart(one: Span, two: Span) -> bool:
    """True when two finds do not meet, or the second one is only the end of the first."""
    return (
        one.end <= two.start
        or two.end <= one.start
        or (one.kind == two.kind and one.start < two.start and one.end == two.end)
    )


_CAPITALS = {small: small - 32 for small in range(ord("a"), ord("z") + 1)}


def capitals(text: str) -> str:
    """`text` with capital letters from a to z, every character in its place."""
    loud = text.upper()
    return loud if len(loud) == len(text) else text.translate(_CAPITALS)


def _sort_codes(text: str) -> Iterator[Span]:
    for found in _SORT_CODE.finditer(text):
        yield Span(*found.span("a" if found["a"] else "b"), "account")


def _contas(text: str) -> Iterator[Span]:
    if has(text, ("onta", "ONTA", "c/c", "C/C", "cc", "CC", "Cc", "oupan")):
        for found in _CONTA.finditer(text):
            yield Span(*found.span("a"), "account")


def _by_form(text: str, loud: str) -> Iterator[Span]:
    for kind, check, found in _formed(loud):
        start, end = found.span()
        # Small words between numbers are words, "25 30 40 a", unless something said they are none.
        small = " " in found[0] and text[start:end] != found[0]
        if small and not 0 <= said_before(kind, text, start) <= _NEAR:
            continue
        if check(_SEPARATORS.sub("", found[0])) and not _counted(text, start, end):
            yield Span(start, end, kind)


def _formed(loud: str) -> Iterator[tuple[Kind, Check, re.Match[str]]]:
    """What has the form of a number that identifies, looked for only where many digits are."""
    for many in _DIGITS.finditer(loud):
        start, end = max(0, many.start() - _AROUND), many.end() + _AROUND
        digits = sum(map(str.isdigit, loud[start:end]))
        for kind, least, form, check in _COMPILED:
            if digits < least:
                continue
            at = start
            # What follows the last sign must be seen too, or a longer number would look like this one.
            while (found := form.search(loud, at, end)) and (found.end() < end or end >= len(loud)):
                at = found.end()
                yield kind, check, found


def _ibans(loud: str) -> Iterator[Span]:
    """Account numbers as long as their country's are; beside 12 digits a wrong check digit is a slip of the pen."""
    at = 0
    while found := _IBAN.search(loud, at):
        at = found.end()
        length = IBANS.get(found[1])
        end = _signs(loud, found.start(), length) if length else 0
        if not end:
            continue
        number = _SEPARATORS.sub("", loud[found.start() : end])
        if checks.iban(number) or sum(map(str.isdigit, number)) >= max(12, len(number) - 8):
            yield Span(found.start(), end, "account")
            at = end


def _signs(loud: str, start: int, count: int) -> int:
    """Where `count` letters and digits from `start` on end, with at most one separator between two; 0 if they do not."""
    at, left, gap = start, count, True
    while left and at < len(loud):
        char = loud[at]
        if "0" <= char <= "9" or "A" <= char <= "Z":
            left, gap = left - 1, False
        elif char not in " .-" or gap:
            return 0
        else:
            gap = True
        at += 1
    return 0 if left or (at < len(loud) and (loud[at].isascii() and loud[at].isalnum())) else at


def _cards(text: str) -> Iterator[Span]:
    for found in _CARD.finditer(text):
        start, end = found.span()
        digits = _SEPARATORS.sub("", found[0])
        named = said_before("card", text, start) >= 0
        # Four groups of four are a card's, right or mistyped.
        grouped = len(found[0]) - len(digits) >= 3 and digits[0] in "23456"
        likely = _BRANDS.match(digits) and (grouped or checks.luhn(digits))
        # Of numbers that an office gives, few look like a card's and fit its check digit.
        sure = likely and len(digits) == 16 and checks.luhn(digits)
        if named or sure or (likely and not is_reference(text, start)):
            yield Span(start, end, "card")


def _by_word(text: str) -> Iterator[Span]:
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        if cut := _NEXT.match(text, start, end):
            end = cut.end("whole")
        said = text[start:end]
        digits = sum(map(str.isdigit, said))
        if not _private_looking(text, end, said, digits):
            continue
        kind = _named(text, start, end, said, digits)
        if kind and not _counted(text, start, end):
            yield Span(start, end, kind)


def _private_looking(text: str, end: int, said: str, digits: int) -> bool:
    if digits < 6 and not (digits >= 2 and _FOR_SHORT.match(said)):
        return False
    if _FIRM.match(said):
        return False
    amount = text[end : end + 1] in {",", "."} and text[end + 1 : end + 2].isdigit()
    return not amount and not _DATED.match(said)


def _named(text: str, start: int, end: int, said: str, digits: int) -> Kind | None:
    """What the nearest word beside the number says it is."""
    sum_like = bool(_THOUSANDS.match(said))
    near: dict[Kind, int] = {}
    phone = said_before("telephone", text, start)
    for kind, least in _LEAST.items():
        if digits < least and not (kind == "id" and digits < 6):
            continue
        far = kind == "id" and _looks_given(said)
        gap = said_before(kind, text, start, _FAR if far else None)
        if sum_like and kind != "id" and _MANY.match(text, end):
            continue
        if 0 <= gap <= (_FAR if far else _NEAR if sum_like else _REACHES[kind]):
            if digits < 3 and gap > _NEXT_TO:
                continue
            # "social security office, phone 020…": the nearer word says what it is.
            if not 0 <= phone < gap:
                near[kind] = gap
        elif said_after(kind, text, end):
            near[kind] = 0
    return min(near.items(), key=lambda one: one[1])[0] if near else None


def _looks_given(said: str) -> bool:
    """True for what a word far before may speak of: letters among many digits, or nine with a check digit."""
    bare = _SEPARATORS.sub("", said)
    if bare.isdigit():
        return len(bare) == 9 and len(said) != 9 and checks.luhn(bare)
    return said == bare and bool(_FOR_SHORT.match(said)) and sum(map(str.isdigit, said)) >= 5


def _counted(text: str, start: int, end: int) -> bool:
    return counts_something(text, start, end) or is_reference(text, start)
