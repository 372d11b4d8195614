"""Decides what may name the thing a message is about: a place, a firm, a project, a recurring trouble.

Pieces are three characters in a row where words have no spaces (a dictionary cuts new names wrongly), words
and pairs of words elsewhere. A name stands in the title or opening, or comes again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from answerable.understand.words import EAST, UNSPACED, fold, plain

LONG = 3000  # characters of a text that are looked at
OPENING = 120  # letters of a text without a title that stand for one
SHORT = 280  # letters up to which such a text is all opening
AGAIN = 0.35  # weight of what the body says more than once; the title's is 1
UNSURE = 0.6  # how firm a name is in a text that has nothing but its opening
MENTION = 0.6  # weight of what the body says once, when others are known to be named so
KEEP = 64  # names kept of one message

_CLAUSE = re.compile(r"[^.,;:!?()\[\]{}\"“”‘’…\n。，；：！？（）【】《》、·/|]+")
_RUN = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
_UNSPACED = re.compile(rf"[{EAST}{UNSPACED}]")
_GLUE = re.compile(r"(?<=\w)[·・](?=\w)")
_APOSTROPHES = str.maketrans("", "", "'’ʼ")


@dataclass(frozen=True, slots=True)
class Named:
    """What one message may name."""

    own: dict[str, float]  # piece -> weight: names it uses itself
    firm: dict[str, float]  # the same, where the text takes up what the title says
    order: tuple[str, ...]  # all its pieces in their order, "" where a clause ends


def named(title: str, text: str) -> Named:
    """The names of a message. Any strings are fine, also empty ones."""
    body = plain(text[:LONG])
    opening = plain(title)
    if not opening.strip():
        cut = OPENING if _length(body) > SHORT else len(body)
        opening, body = body[:cut], body[cut:]
    first, rest = pieces(opening), pieces(body)
    again = Counter(rest)
    own = dict.fromkeys([piece for piece in first if piece], 1.0)
    # What the text takes up again is what it is about; a title's mere phrases ("request to") are not.
    firm = (
        {piece: 1.0 if piece in again else 0.0 for piece in own} if any(rest) else dict.fromkeys(own, UNSURE)
    )
    for piece, times in again.items():
        if times > 1 and piece:
            own.setdefault(piece, AGAIN)
            firm.setdefault(piece, AGAIN)
    if len(own) > KEEP:
        own = dict(sorted(own.items(), key=lambda pair: -pair[1])[:KEEP])
    return Named(own, {piece: firm[piece] for piece in own}, (*first, "", *rest))


def pieces(text: str) -> list[str]:
    """The pieces of a text in their order, "" after each clause."""
    found: list[str] = []
    for clause in _CLAUSE.findall(fold(_GLUE.sub("", text))):
        before = ""
        for run in _RUN.findall(clause):
            if _UNSPACED.search(run):
                found += [run[at : at + 3] for at in range(max(1, len(run) - 2))]
                before = ""
                continue
            word = run.translate(_APOSTROPHES)[:24]
            if before:
                found.append(f"{before} {word}")
            if len(word) > 2:
                found.append(word)
            before = word
        found.append("")
    return found


def together(one: str, other: str) -> str:
    """Two pieces that follow each other as one name, "" when they do not overlap."""
    if " " in one or " " in other:
        last, first = one.rpartition(" ")[2], other.partition(" ")[0]
        if one == first:
            return other
        if other == last:
            return one
        return f"{one} {other.partition(' ')[2]}" if last == first and " " in other else ""
    return one + other[-1] if len(one) > 2 and len(other) == 3 and one[-2:] == other[:2] else ""


def overlap(one: str, other: str) -> bool:
    """Whether two pieces may be parts of one name: they share a word, or end and begin alike."""
    if one.isascii() or other.isascii() or " " in one or " " in other:
        return not set(one.split()).isdisjoint(other.split())
    return one[-1] == other[0] or other[-1] == one[0] or one[-2:] == other[:2] or other[-2:] == one[:2]


def _length(text: str) -> int:
    return len(text) + 2 * len(_UNSPACED.findall(text))


def spoken(names: Iterable[str], count: int = 5) -> list[str]:
    """Names as people write them: pieces that overlap are put together, the most telling first."""
    whole: list[str] = []
    for name in names:
        for place, known in enumerate(whole):
            if name in known:
                break
            if joined := (together(known, name) or together(name, known)):
                whole[place] = joined
                break
        else:
            whole.append(name)
    for _ in whole:
        for one in list(whole):
            for other in list(whole):
                if one is not other and one in whole and other in whole:
                    joined = other if one in other else together(one, other)
                    if joined:
                        whole[whole.index(one)] = joined
                        whole.remove(other)
    return whole[:count]
