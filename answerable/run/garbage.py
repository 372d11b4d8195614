"""How often a process that is an engine looks for garbage: most of what it holds stays."""

from __future__ import annotations

import gc

GARBAGE = (20_000, 20, 100)  # new objects before the first generation is looked through, and so on


def look_seldom_for_garbage() -> None:
    """Call it when everything is loaded: looking through what stays takes time and finds nothing."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)
