"""The jobs of the workers that read web pages: apart from the others, because what they load is heavy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from answerable.collect.pages import article

JOBS: Mapping[str, Callable[..., Sequence[Any]]] = MappingProxyType({"page": article.read})
