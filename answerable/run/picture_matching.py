"""Proposes an answer where a picture comes again that belongs to it, and looks for pictures in its documents.

Documents are opened in the pool of parse workers only: what serves as evidence was made by strangers, too.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from answerable.collect.workers import ParsePool
from answerable.errors import SourceTrouble
from answerable.store import picture_matching
from answerable.store.picture_matching import Seen
from answerable.understand.claims.pictures import BITS, Pictured


@dataclass(slots=True)
class PictureMatching:
    """Without a pool documents are not looked at: what was found in them before stands."""

    pool: ParsePool | None = None
    _met: set[tuple[int, Seen]] = field(default_factory=set)

    def look(
        self, stories: Collection[int], cases: Collection[int], now: datetime, *, exercise: bool = False
    ) -> int:
        """Compare the pictures of these with those of all answers; returns how many proposals were made."""
        self._read_documents()
        seen = picture_matching.heard(stories, cases)
        if not seen:
            return 0
        known, made = Pictured(picture_matching.of_answers(exercise)), 0
        for one in seen:
            for bits, answer in known.near(one.hashed):
                if (answer, one) not in self._met:
                    self._met.add((answer, one))
                    made += picture_matching.propose(answer, one, 1 - bits / BITS, now)
        return made

    def _read_documents(self) -> None:
        if self.pool is None:
            return
        for digest, body in picture_matching.unread_documents():
            try:
                found = self.pool.run("picture", body)
            except SourceTrouble:  # it broke the worker: no picture for us
                found = []
            picture_matching.note_document(digest, bytes.fromhex(str(found[0])) if found else b"")
