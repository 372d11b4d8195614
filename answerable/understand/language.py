"""Decides the language of a text: by script where the script says it, else by py3langid.

Too little to tell is "und", never a guess: pages show it and mood leaves such items out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

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


class _Model(Protocol):
    """What is read of py3langid: naive Bayes over the n-grams that an automaton finds in bytes."""

    nb_ptc: NDArray[np.float32]  # log-likelihood by feature and class
    nb_pc: NDArray[np.float32]  # log-prior by class
    nb_classes: Sequence[str]
    tk_nextmove: Sequence[int]  # next state by row of a state and byte
    tk_row: Sequence[int]  # row by state
    tk_output: Sequence[int]  # feature found by state, negative when none


class Identifier:
    """py3langid's model applied to many texts at once: the same answers at a tenth of the time."""

    def __init__(self, model: _Model) -> None:
        self._likely, self._prior = model.nb_ptc, model.nb_pc
        self._next = np.asarray(model.tk_nextmove, dtype=np.int32)
        self._row = np.asarray(model.tk_row, dtype=np.int32) << 8
        self._output = np.asarray(model.tk_output, dtype=np.int32)
        self._names = list(model.nb_classes)
        # Serbian is there twice, in two scripts: their chances add up.
        self._again = [
            (self._names.index(name), at)
            for at, name in enumerate(self._names)
            if self._names.index(name) < at
        ]

    def classify(self, texts: Sequence[str]) -> list[tuple[str, float]]:
        """(language, confidence) of each text."""
        # The longest first: those that have ended are then cut off behind.
        order = sorted((-len(written), at, written) for at, written in enumerate(map(_bytes, texts)))
        lengths = np.array([-length for length, _, _ in order])
        scores = self._scores([written for _, _, written in order], lengths)
        # Without a feature there is nothing to tell: all languages are equally likely.
        scores /= np.sqrt(np.maximum(lengths, 1))[:, None].astype(np.float32)
        np.exp(scores - scores.max(axis=1, keepdims=True), out=scores)
        scores /= scores.sum(axis=1, keepdims=True)
        for first, again in self._again:
            scores[:, first] += scores[:, again]
            scores[:, again] = 0.0
        best = scores.argmax(axis=1)
        sure = scores[np.arange(len(order)), best]
        answers = {at: (self._names[best[row]], float(sure[row])) for row, (_, at, _) in enumerate(order)}
        return [answers[at] for at in range(len(order))]

    def _scores(self, written: list[bytes], lengths: NDArray[np.int64]) -> NDArray[np.float32]:
        states = self._walked(written, lengths)
        found = self._output[states]
        places, texts = np.nonzero((found >= 0) & (states >= 0))
        pairs = np.sort(texts * len(self._likely) + found[places, texts])
        edges = np.flatnonzero(np.diff(pairs, prepend=-1))
        counts = np.diff(edges, append=len(pairs))
        texts, features = np.divmod(pairs[edges], len(self._likely))
        weights = np.log1p(counts).astype(np.float32)
        known, columns = np.unique(features, return_inverse=True)
        rows = self._likely.take(known, axis=0).astype(np.float32)
        scores = np.empty((len(written), len(self._names)), dtype=np.float32)
        # A text has few of what all have: one product a text is a third of one over all.
        ends = np.searchsorted(texts, np.arange(len(written) + 1)).tolist()
        for at, (start, end) in enumerate(pairwise(ends)):
            scores[at] = weights[start:end] @ rows.take(columns[start:end], axis=0)
        told = np.zeros(len(written), dtype=bool)
        told[texts] = True
        scores[told] += self._prior
        return scores

    def _walked(self, written: list[bytes], lengths: NDArray[np.int64]) -> NDArray[np.int32]:
        """The automaton's state after each byte of each text, -1 behind its end: one column a text."""
        longest = int(lengths[0]) if len(lengths) else 0
        letters = np.frombuffer(b"".join([one.ljust(longest, b"\0") for one in written]), dtype=np.uint8)
        columns = np.ascontiguousarray(letters.reshape(len(written), longest).T)
        walked = np.full((longest, len(written)), -1, dtype=np.int32)
        state = np.zeros(len(written), dtype=np.int32)
        going = np.searchsorted(-lengths, -np.arange(longest), side="left").tolist()
        for place, live in enumerate(going):
            state = self._next.take(self._row.take(state[:live]) + columns[place, :live])
            walked[place, :live] = state
        return walked


def _bytes(text: str) -> bytes:
    """As the model was trained: shouting is lowered, accents are composed."""
    return unicodedata.normalize("NFC", text.lower() if text.isupper() else text).encode(
        "utf-8", "surrogatepass"
    )


@cache
def _identifier() -> Identifier:
    """The model, loaded on first use (1.5 s); a process that only parses never pays for it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return Identifier(LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True))


def base(code: str) -> str:
    """The base of a BCP 47 tag: "zh-Hant" is "zh", "" and nonsense are "und"."""
    first = code.strip().lower().replace("_", "-").split("-")[0]
    if not (2 <= len(first) <= 3 and first.isascii() and first.isalpha()):
        return UNDETERMINED
    return _BASE.get(first, first)


def detect(text: str, claimed: str = "") -> str:
    """Base code of a plain text's language; what the source claims counts only for short texts."""
    return detect_all([text], [claimed])[0]


def detect_all(texts: Sequence[str], claimed: Sequence[str]) -> list[str]:
    """`detect` for many texts at once, each with what its source claims."""
    codes = [base(claim) if claim else UNDETERMINED for claim in claimed]
    waiting: list[int] = []
    bare = [text[:MAX_CHARACTERS] for text in texts]
    for at, text in enumerate(bare):
        by_script = "" if text.isascii() else _script(text)
        if by_script:
            codes[at] = by_script
        elif sum(map(len, _LETTERS.findall(text))) >= MIN_LETTERS:
            waiting.append(at)
    if waiting:
        found = _identifier().classify([bare[at] for at in waiting])
        for at, (code, confidence) in zip(waiting, found, strict=True):
            if confidence >= MIN_CONFIDENCE:
                codes[at] = base(code)
    return codes


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
