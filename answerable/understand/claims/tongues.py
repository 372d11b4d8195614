"""Which language's measurement holds for a text and an answer: that of both, where both are of one.

A text too short to tell, or of a creole that is mostly written like its parent, goes with the answer's
language where the script agrees: measured on texts held out, what is confirmed of them is as often right.
"""

from __future__ import annotations

import unicodedata
from collections import Counter

from answerable.understand.language import UNDETERMINED, base

# Creoles that short posts of the parent language are taken for, and that share its words.
PARENTS = {"pcm": "en"}
ENOUGH = 200  # characters that show the script


def measured_as(spoken: str, text: str, answered: str, wording: str) -> str:
    """Code of the language of both; "" where they are of two, and nothing was measured across them.

    `spoken` and `answered` are the languages of `text` and of the answer's `wording`.
    """
    mine, theirs = (PARENTS.get(code, code) for code in (base(spoken), base(answered)))
    if mine == theirs:
        return mine
    if UNDETERMINED not in (mine, theirs) or script(text) != script(wording):
        return ""
    return theirs if mine == UNDETERMINED else mine


def script(text: str) -> str:
    """The script of most letters, as Unicode names it ("LATIN", "CJK" …); "" without letters."""
    letters = (unicodedata.name(one, "").partition(" ")[0] for one in text[:ENOUGH] if one.isalpha())
    return max(Counter(letters).items(), key=lambda pair: pair[1], default=("", 0))[0]
