"""The embedder in this very process, for tests that start an engine many times: it holds a model and no state."""

from __future__ import annotations

from answerable.understand.embed import Sentences


class NearSentences(Sentences):
    """Stands where the engine has `FarSentences`."""

    def start(self) -> None:
        """It is here already."""

    def close(self) -> None:
        """The next engine uses it again."""
