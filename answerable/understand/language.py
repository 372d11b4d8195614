"""Decides the language of a text: by script where the script says it, else by py3langid.

Too little to tell is "und", never a guess: pages show it and mood leaves such items out.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Protocol

UNDETERMINED = "und"
_LETTERS = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("zh", re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")),
)
# Codes that different tools give to what a desk's pages call by one name.
_BASE = {
    "cmn": "zh", "yue": "zh", "wuu": "zh", "arz": "ar", "ary": "ar", "nb": "no", "nn": "no",
    "iw": "he", "in": "id", "fil": "tl",
}  # fmt: skip
MIN_LETTERS = 12  # letters below which Latin text stays undetermined
MIN_CONFIDENCE = 0.3
MAX_CHARACTERS = 160  # more text costs time and changes no answer


class _Identifier(Protocol):
    def classify(self, text: str, /) -> tuple[str, float]: ...


@cache
def _identifier() -> _Identifier:
    """The model, loaded on first use (1.5 s); a process that only parses never pays for it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier: _Identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return identifier


def base(code: str) -> str:
    """The base of a BCP 47 tag: "zh-Hant" is "zh", "" and nonsense are "und"."""
    first = code.strip().lower().replace("_", "-").split("-")[0]
    if not (2 <= len(first) <= 3 and first.isascii() and first.isalpha()):
        return UNDETERMINED
    return _BASE.get(first, first)


def detect(text: str, claimed: str = "") -> str:
    """Base code of a plain text's language; what the source claims counts only for short texts."""
    bare = text[:MAX_CHARACTERS]
    if not bare.isascii():
        by_script = _script(bare)
        if by_script:
            return by_script
    letters = sum(map(len, _LETTERS.findall(bare)))
    if letters < MIN_LETTERS:
        return base(claimed)
    code, confidence = _identifier().classify(bare)
    return base(code) if confidence >= MIN_CONFIDENCE else base(claimed)


def _script(text: str) -> str:
    """The one language of the script that most letters are in, "" when the script does not say."""
    letters = sum(map(len, _LETTERS.findall(text)))
    for code, script in _SCRIPTS:
        found = len(script.findall(text))
        # Kana beside Chinese characters is Japanese; the other scripts must carry the text.
        if found and (found * 2 >= letters or (code == "ja" and found * 6 >= letters)):
            return code
    return ""


def load() -> None:
    """Load the model now, so that the first item does not wait for it."""
    _identifier()
