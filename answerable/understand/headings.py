"""Decides how fit a text is to head a story: its own words, readable, of a decent length, near the thread's centre."""

from __future__ import annotations

import re

from answerable.understand.states import GRAIN
from answerable.understand.words import plain

_REPEATED = re.compile(r"^\s*(?:RT\b|[\"“”«@＠])", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]")
GOOD_LENGTH = (30, 220)  # characters; a Chinese character counts as two
SHOUT = 0.6  # share of capitals above which a text shouts


def quality(text: str, title: str, nearness: float) -> float:
    """0..1 in steps of 1/255. `nearness` is the cosine to the thread the text joined, .5 for its first."""
    body = title or " ".join(plain(text[:1000]).split())
    letters = _LETTERS.findall(body[:400])
    if not letters:
        return 0.0
    length = len(body) + sum(1 for letter in letters if letter >= "\u2e80")
    shortest, longest = GOOD_LENGTH
    fit = min(1.0, length / shortest) * min(1.0, longest / length)
    if _REPEATED.match(text):
        fit *= 0.7  # somebody else's words
    if sum(map(str.isupper, letters)) > SHOUT * len(letters):
        fit *= 0.8
    fit *= max(0.5, 1.0 - 0.1 * text.count("#"))
    if title:
        fit = min(1.0, fit * 1.25)  # an outlet's own headline
    return round(fit * (0.4 + 0.6 * min(1.0, nearness)) * GRAIN) / GRAIN
