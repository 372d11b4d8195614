"""Decides which item heads a story: one whose own words tell most of what the others tell, and read well.

An outlet's title comes first where it is as central; a reply, a question, a cut-off text or a cry come last.
The words are never changed: what a page shows of them is a part, without addresses and marks of passing on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from answerable.records import Json, Said, SourceClass, Telling
from answerable.understand.coordination import counted
from answerable.understand.describer import Tools
from answerable.understand.points import vectors
from answerable.understand.statements import Statement, headline, statements

FIT = (36, 140)  # characters of a good heading; a Chinese character counts as two
MOST = 600  # statements compared
PUSHED = 0.4  # how much less a text counts that is pushed: a campaign does not write our headings
NAMED = 1.3  # how much more a title of an outlet or institution counts
_CUT = re.compile(
    r"(?:…|\.\.\.|\(cont\)|->|[:,]|\b(?:the|of|at|on|by|and|a|to|in|for|with|via|de|la|el|los|las|en|y|con|por|para|del|che|di))"
    r"\W*$",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"[#@＠]|&\w+;|\b(?:pls|plz)\b|!{2,}|\?|？|[\U0001f300-\U0001faff\u2600-\u27bf]|[:;]-?[)(DP]|\bhttps?:|(.)\1{3,}"
)
_OURSELVES = re.compile(
    r"\b(?:i|i'm|im|my|me|we|lol|omg|wtf|yo|mi|me|nos|jaja\w*)\b|我|啊|哈哈|呜呜|吧[！!]?$", re.IGNORECASE
)


def fitness(words: str) -> float:
    """0..1: how well these words read as a heading."""
    shortest, longest = FIT
    length = len(words) + sum("\u2e80" <= letter <= "\u9fff" for letter in words)
    fit: float = min(1.0, length / shortest) ** 1.5 * min(1.0, longest / max(length, 1))
    fit *= 0.8 ** min(4, len(_NOISE.findall(words)))
    if _OURSELVES.search(words):
        fit *= 0.7  # what somebody feels is no summary
    if _CUT.search(words):
        fit *= 0.6
    if words.isupper() and words.lower() != words:
        fit *= 0.7
    return fit


def best(telling: Telling) -> int | None:
    """The item that heads the story; None when nobody states anything."""
    said = {one.id: one for one in telling.said}
    made = [_first(statements(one)) for one in telling.said]
    heads = [one for one in made if one is not None][:MOST]
    if not heads:
        return None
    rows = vectors(heads)
    counts = counted(telling)
    weights = np.log1p([counts[one.item] for one in heads]).astype(np.float32)
    central = rows @ (rows.T @ weights)
    central /= max(float(central.max()), 1e-9)
    spoken: Counter[str] = Counter()
    for one in telling.said:
        spoken[one.language] += counts[one.id]
    common = {code for code, count in spoken.items() if count * 3 >= max(spoken.values())}
    scores = [
        float(nearness) ** 0.5
        * _worth(said[one.item], common)
        * (PUSHED if counts[one.item] < said[one.item].copies else 1.0)
        for one, nearness in zip(heads, central, strict=True)
    ]
    return heads[int(np.argmax(scores))].item


def _first(of: Sequence[Statement]) -> Statement | None:
    return of[0] if of else None


def _worth(item: Said, common: set[str]) -> float:
    shown = headline(item.text, item.title)
    worth = fitness(shown)
    if item.title and item.source_class in (SourceClass.OUTLET, SourceClass.INSTITUTION):
        worth *= NAMED
    return worth if item.language in common else worth * 0.6


class Heading:
    """The describer `heading`: {"item"}. The engine heads the story with it."""

    name = "heading"

    def __init__(self, tools: Tools) -> None:
        """Needs nothing."""

    def describe(self, telling: Telling) -> Json:
        """See Describer."""
        item = best(telling)
        return None if item is None else {"item": item}
