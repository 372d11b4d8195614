"""Looks at the words around a number: what they say it is, whether they count something or name a reference."""

from __future__ import annotations

import re

from answerable.collect.private import words
from answerable.collect.private.span import has

_REACH = 28  # characters before a number in which such a word ends
_LONGEST = 24  # characters of such a word
_FAR = 36  # characters before a number that may call it a reference
_AFTER = 40  # characters after a number in which a title of it may stand
_ABOUT = {
    kind: re.compile(said, re.IGNORECASE)
    for kind, said in (
        ("phone", words.PHONE + "|" + words.NUMBER),
        ("telephone", words.PHONE),
        ("account", words.ACCOUNT),
        ("card", words.CARD),
        ("id", words.ID),
        ("plate", words.PLATE),
        ("vehicle", words.VEHICLE),
    )
}
_COUNTS = re.compile(words.COUNTS, re.IGNORECASE)
_MONEY = re.compile(words.MONEY, re.IGNORECASE)
_REFERENCE = re.compile(words.REFERENCE, re.IGNORECASE)
# A full stop after a short word, or after one that ends like these, shortens it and ends no sentence.
_SHORT_WORD = re.compile(r"(?:(?<![^\W\d_])[^\W\d_]{1,3}|nr|kennz|acct|telef|immat|n[úu]m)\Z", re.IGNORECASE)
# "… is my account number", "（身份证）": what is said after a number.
_TITLE_AFTER = re.compile(
    r"\s?[,，(（]?\s?(?:(?:is|was|es|era|est|ist|war|é|是|that's|c'est|this is|este es|das ist)\s)?"
    r"(?:my|mi|mon|ma|meine?|o meu|a minha|meu|minha|这是我的?|是我的?|我的)\s?(?=\w)",
    re.IGNORECASE,
)


def said_before(kind: str, text: str, start: int, reach: int | None = None) -> int:
    """How far before `start` a word of this kind ends, in characters; -1 when none is within `reach`."""
    reach = reach or _REACH
    before = text[max(0, start - reach - _LONGEST) : start]
    # A sentence that ended says nothing of the number after it.
    before = before[_sentence(before) :]
    last = None
    for found in _ABOUT[kind].finditer(before):
        last = found
    gap = reach + 1 if last is None else len(before) - last.end()
    return gap if gap <= reach else -1


def said_anywhere(text: str) -> bool:
    """True when a text speaks of plates or vehicles."""
    low = text.lower()
    return has(low, words.VEHICLES) or has(low, words.EASTERN_VEHICLES)


def said_after(kind: str, text: str, end: int) -> bool:
    """True when the words after a number call it the writer's own of this kind."""
    after = text[end : end + _AFTER]
    title = _TITLE_AFTER.match(after)
    if not title:
        return False
    found = _ABOUT[kind].search(after, title.end())
    return found is not None and found.start() - title.end() <= 12


def _sentence(before: str) -> int:
    """Where the last sentence of `before` begins."""
    cut = max(before.rfind(mark) + 1 for mark in ("\n", "。", "！", "？", "! ", "? "))
    stop = before.rfind(". ")
    while stop >= cut:
        if not _SHORT_WORD.search(before, 0, stop):
            return stop + 1
        stop = before.rfind(". ", 0, stop)
    return cut


def counts_something(text: str, start: int, end: int) -> bool:
    """True when the number at text[start:end] is an amount or a quantity."""
    return bool(_COUNTS.match(text, end) or _MONEY.search(text[max(0, start - 5) : start]))


def is_reference(text: str, start: int) -> bool:
    """True when the words before `start`, or before the digits that lead up to it, call it a reference."""
    start = leading(text, start)
    return bool(_REFERENCE.search(text[max(0, start - _FAR) : start]))


def leading(text: str, start: int) -> int:
    """Where the digits begin that lead up to `start` with no more than a sign or a space between them."""
    at, least = start, max(1, start - _FAR)
    while at > least and (text[at - 1].isdigit() or (text[at - 1] in " -./" and text[at - 2].isdigit())):
        at -= 1
    return at if at > 1 or not text[:1].isdigit() else 0
