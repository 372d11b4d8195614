"""Matches what is heard and asked to the claims on the list while the desk runs.

Everything it writes is written once, so that a restart only looks again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import DatabaseError, connection

from answerable.run.picture_matching import PictureMatching
from answerable.store import answer_matching
from answerable.store.answer_matching import Claim, Found, Said
from answerable.understand.claims.combiner import Combiner, built_in
from answerable.understand.claims.index import Answered, Match
from answerable.understand.claims.undone import followed
from answerable.understand.embed import Embedder, Sentences, Vectors

LOG = logging.getLogger(__name__)
LOOK_S = 5.0
LEARN_EVERY = timedelta(minutes=5)
NEAR_WORDS, NEAR_MEANING = 0.8, 0.85  # from which a match says the same in nearly the same words


class Shared:
    """One embedder for several threads, one after another."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder, self._lock = embedder, threading.Lock()

    @property
    def size(self) -> int:
        """See Embedder."""
        return self._embedder.size

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See Embedder."""
        with self._lock:
            return self._embedder.embed(texts)

    def expect(self, text: str) -> None:
        """See Embedder; nothing is done ahead here."""


@dataclass(slots=True)
class Space:
    """The claims of the desk, or of the drill, and what was compared with them already."""

    index: Answered
    claims: dict[int, Claim] = field(default_factory=dict)
    seen: set[Said] = field(default_factory=set)
    heard: set[Said] = field(default_factory=set)  # whose words tell what is common here


@dataclass(slots=True)
class ClaimMatching:
    """The one matcher of a data folder."""

    embedder: Embedder = field(default_factory=Sentences)
    combiner: Combiner = field(default_factory=built_in)
    pictures: PictureMatching = field(default_factory=PictureMatching)
    _learned_at: datetime | None = None
    _spaces: dict[bool, Space] = field(default_factory=dict)

    def run(self, stop: threading.Event) -> None:
        """Match until `stop`; for a thread of its own."""
        while not stop.wait(LOOK_S):
            try:
                for exercise in (False, True):
                    self.look(datetime.now(UTC), exercise=exercise)
            except DatabaseError:
                LOG.exception("Claims could not be matched; trying again.")
                connection.close()

    def look(self, now: datetime, *, exercise: bool = False) -> int:
        """Compare what is new on either side; returns how many links and proposals were made."""
        claims = answer_matching.claims(exercise)
        if not claims:  # the model is not loaded before there is something to compare
            self._spaces.pop(exercise, None)
            return 0
        space = self._spaces.setdefault(exercise, Space(Answered(self.embedder, self.combiner)))
        self._learn(now)
        self._renew(space, claims)
        made, said = 0, answer_matching.said(exercise, now)
        for what in said:
            if what not in space.heard:
                space.heard.add(what)
                space.index.hear(what.text)
        for what in said:
            if what not in space.seen:
                space.seen.add(what)
                made += self._match(space, what, now)
        stories = {what.story for what in said if what.story}
        cases = {what.case for what in said if what.case}
        return made + self.pictures.look(stories, cases, now, exercise=exercise)

    def _learn(self, now: datetime) -> None:
        """What people undid raises what a match must reach, from the next look on."""
        if self._learned_at is not None and now - self._learned_at < LEARN_EVERY:
            return
        self._learned_at = now
        combiner = followed(self.combiner, answer_matching.decided())
        for space in self._spaces.values():
            space.index.use(combiner)

    def _renew(self, space: Space, claims: Sequence[Claim]) -> None:
        """What is asked stays the same for most claims; a new one may meet what was compared before."""
        fresh = {one.answer: one for one in claims}
        for gone in space.claims.keys() - fresh.keys():
            space.index.drop(gone)
        for number, one in fresh.items():
            if space.claims.get(number) != one:
                space.index.add(number, one.claim, one.language, also=one.also)
                space.seen.clear()
        space.claims = fresh

    def _match(self, space: Space, what: Said, now: datetime) -> int:
        made = 0
        for match in space.index.match(what.text, what.language.partition("-")[0], most=2):
            if match.verdict == "none":
                continue
            made += bool(answer_matching.note(what, _found(match), space.claims[match.id], now))
        return made


def _found(match: Match) -> Found:
    reasons = match.reasons
    near = reasons.words >= NEAR_WORDS and reasons.meaning >= NEAR_MEANING
    said: list[tuple[str, object]] = [("shared", list(reasons.shared))] if reasons.shared else []
    said += [("words", round(reasons.words, 2)), ("meaning", round(reasons.meaning, 2))]
    if reasons.unsure:
        said.append(("unsure", reasons.unsure))
    return Found(match.id, match.likely, match.verdict == "confirm", near, tuple(said))  # type: ignore[arg-type]
