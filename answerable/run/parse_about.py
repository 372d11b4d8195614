"""Jobs that ask a parse worker about itself; `doctor` runs them in a worker like those that parse feeds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any


def _sqlite(_payload: bytes) -> Sequence[str]:
    return [sqlite3.sqlite_version]


JOBS: Mapping[str, Callable[..., Sequence[Any]]] = MappingProxyType({"sqlite": _sqlite})
