"""Remembers the meaning of texts that are asked for again: a story is described many times as it grows."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from answerable.understand.embed import Embedder, Vectors

REMEMBERED = 2000  # texts; 512 numbers of two bytes each are 2 MB


class Meant:
    """An embedder with a memory of the texts it was last asked for."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: OrderedDict[str, Vectors] = OrderedDict()

    def of(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), size), unit rows: what Embedder.embed gives, to three digits."""
        new = list(dict.fromkeys(text for text in texts if text not in self._known))
        for text, row in zip(new, self._embedder.embed(new) if new else (), strict=True):
            self._known[text] = row.astype(np.float16)
        found = np.zeros((len(texts), self._embedder.size), dtype=np.float32)
        for row, text in zip(found, texts, strict=True):
            row[:] = self._known[text]
            self._known.move_to_end(text)
        while len(self._known) > max(REMEMBERED, len(new)):
            self._known.popitem(last=False)
        return found
