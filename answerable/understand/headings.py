"""Decides how fit a text is to head a story: its own words, of a decent length, near the centre."""

from __future__ import annotations

from collections.abc import Sequence

from answerable.understand.states import GRAIN

GOOD_LENGTH = (30, 220)  # characters; a Chinese character counts as two
_REPEATING = ("rt @", "rt:", "@", "＠", '"@', "“@", "“", "«", "via @")


def quality(text: str, title: str, spoken: Sequence[str], nearness: float) -> float:
    """0..1 in steps of 1/255. `spoken` are its words, `nearness` the cosine to its thread."""
    if not spoken:
        return 0.0
    body = title or text
    length = len(body)
    if not body.isascii():
        length += sum([letter >= "\u2e80" for letter in body[:500]])
    shortest, longest = GOOD_LENGTH
    fit = min(1.0, length / shortest) * min(1.0, longest / length)
    if text[:8].lower().startswith(_REPEATING):
        fit *= 0.7  # somebody else's words
    if body.isupper() and body.lower() != body:
        fit *= 0.8  # shouted
    fit *= max(0.5, 1.0 - 0.1 * text.count("#") - 0.1 * text.count("http"))
    if title:
        fit = min(1.0, fit * 1.25)  # an outlet's own headline
    return round(fit * (0.4 + 0.6 * min(1.0, nearness)) * GRAIN) / GRAIN
