"""What a describer is: it reads one story and answers what the story says about itself, as ids and numbers.

No describer keeps words: a page quotes items when it is shown, so that what left is not quoted.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from answerable.records import Json, Telling
from answerable.understand.embed import Embedder


@dataclass(frozen=True, slots=True)
class Tools:
    """What a describer is made with."""

    embedder: Embedder  # the engine's own: loaded once, made for few texts at a time
    home: Path | None = None  # the data folder, where people may put files; None when there is none


class Describer(Protocol):
    """Made with `Tools`. Pure: the same telling gives the same answer, in well under half a second."""

    name: str  # the kind of fact, at most 40 characters

    def describe(self, telling: Telling) -> Json:
        """What it found; None when there is nothing to say, and an older fact of its kind goes."""
        ...
