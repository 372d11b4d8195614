"""The describers `claims` and `doubt`, wired: the finder of the settings, and the model of the data folder.

A learned model that cannot be read is said in the log; until it is mended the lists of phrases count alone.
"""

from __future__ import annotations

import logging

from answerable import settings
from answerable.errors import NotReady
from answerable.records import Json, Telling
from answerable.run import plugins
from answerable.understand.claims import doubt_shelf, doubted, telling
from answerable.understand.claims.doubt_model import Model
from answerable.understand.claims.finding import find
from answerable.understand.describer import Tools

LOG = logging.getLogger(__name__)


class Claims:
    """See Describer. With the finder that the setting `claim_finder` names."""

    name = "claims"

    def __init__(self, tools: Tools) -> None:
        """Needs nothing of the tools."""
        del tools
        self._finder = plugins.finder(settings.load().claim_finder) or find

    def describe(self, told: Telling) -> Json:
        """See understand.claims.telling."""
        return telling.describe(told, self._finder)


class Doubt:
    """See Describer."""

    name = "doubt"

    def __init__(self, tools: Tools) -> None:
        self._home = tools.home
        self._model: Model | None = None
        self._stamp = 0

    def describe(self, told: Telling) -> Json:
        """See understand.claims.doubted."""
        if self._home is not None and (stamp := doubt_shelf.stamp(self._home)) != self._stamp:
            self._stamp = stamp
            try:
                self._model = doubt_shelf.take(self._home)
            except NotReady as error:
                self._model = None
                LOG.error("%s Until then phrases are counted alone.", error)
        return doubted.describe(told, self._model)
