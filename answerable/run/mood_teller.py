"""The describer `mood`, wired: takes up the learned mood of the data folder as soon as another is in use.

A learned mood that cannot be read is said in the log; until it is mended the built-in one judges.
"""

from __future__ import annotations

import logging
from pathlib import Path

from answerable import settings
from answerable.errors import NotReady
from answerable.records import Json, Telling
from answerable.run import plugins
from answerable.understand.describer import Tools
from answerable.understand.mood import shelf
from answerable.understand.mood.built_in import BuiltIn
from answerable.understand.mood.model import Learned
from answerable.understand.mood.telling import Remembering, describe

LOG = logging.getLogger(__name__)


def number_in_use(home: Path) -> int:
    """As `shelf.in_use`; -1 while that cannot be read."""
    try:
        return shelf.in_use(home)
    except NotReady:
        return -1


class Mood:
    """See Describer. Models are made when the first story is described."""

    name = "mood"

    def __init__(self, tools: Tools) -> None:
        self._embedder = Remembering(tools.embedder)
        self._home = tools.home
        self._built_in: BuiltIn | None = None
        self._learned: Learned | None = None
        self._number = 0

    def describe(self, telling: Telling) -> Json:
        """See Describer and understand.mood.telling."""
        if self._built_in is None:
            self._built_in = BuiltIn(self._embedder)
        if self._home is not None:
            self._follow(self._home, self._built_in)
        learned = self._learned
        if learned is None:
            return describe(telling, self._built_in, self._built_in, lambda _: False, 0)
        known = learned.calibration.point
        return describe(telling, learned, self._built_in, known.__contains__, self._number)

    def _follow(self, home: Path, built_in: BuiltIn) -> None:
        try:
            number = shelf.in_use(home)
            if number == self._number:
                return
            self._number, self._learned = number, None
            if number:
                strong = plugins.scorer(settings.load().mood_scorer)
                self._learned = shelf.take(home, number, self._embedder, built_in, strong)
        except NotReady as error:
            LOG.error("%s Until then the built-in mood judges.", error)
