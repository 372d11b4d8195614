"""Shares of items that ask something and that complain about a service: adjusted counts with an interval.

Questions are found by rule, complaints by the seed sentences. How often each finding is right comes from
sentences made up for it; the doubt about that stands in the interval.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from answerable.understand.mood.built_in import DRAWS, evidence
from answerable.understand.mood.prevalence import Group
from answerable.understand.words import plain

Matrix = NDArray[np.float64]

# Marks at the end of a sentence: a question mark inside an address or before more text of it does not ask.
_MARK = re.compile(r"[?？؟](?=[\s\"'”»)?!？！…]|$)|¿")
_OPENS = re.compile(
    r"^(?:@\S*\s*)*(?:"
    r"(?:does|do) (?:any|some)(?:one|body) know\b|any(?:one|body) (?:know|else|have|got|going)\b|"
    r"(?:what|which) (?:time|form|day|number)\b|how (?:do|can|long|much|many) (?:i|we|you|is|does|it)\b|"
    r"where (?:can|do|is) (?:i|we|you|the)\b|"
    r"alguien sabe\b|alguém sabe\b|sabem? (?:a que|onde|quando|se)\b|quelqu[’']un sait\b|est-ce que\b|"
    r"wei(?:ß|ss) (?:jemand|wer)\b|kann (?:mir )?jemand\b|qualcuno sa\b|هل\s|"
    r"请问|想问|谁知道|有没有人知道|有人知道)",
    re.IGNORECASE,
)
_CLOSES = re.compile(r"(?:吗|呢)[。.!！]?$")
# Texts that ask and are found, that do not and are left alone, of how many: on sentences made up for it.
ASKING = (31, 32, 32, 32)
COMPLAINING = (28, 32, 31, 32)
REAL = 0.5  # weight of these counts: real posts are less plain than sentences made up


def asks(text: str) -> bool:
    """Whether a text asks: by its marks, or by how it opens or ends where people drop the mark."""
    bare = plain(text).strip()
    return bool(_MARK.search(bare) or _OPENS.search(bare) or _CLOSES.search(bare))


def group(found: Sequence[bool], weights: Matrix, right: tuple[int, int, int, int]) -> Group:
    """Findings as a group of two classes, no and yes, ready for `prevalence.estimate`.

    `right`: true ones found, of how many; others left alone, of how many.
    """
    random = np.random.default_rng(2)
    hits, of, left, others = right
    sure = random.beta(REAL * hits + 1, REAL * (of - hits) + 1, DRAWS)
    spared = random.beta(REAL * left + 1, REAL * (others - left) + 1, DRAWS)
    answers = np.stack([np.stack([spared, 1 - spared], 1), np.stack([1 - sure, sure], 1)], 1)
    given: NDArray[np.int64] = np.array(found, dtype=np.int64)
    return Group(evidence(answers, given), weights)
