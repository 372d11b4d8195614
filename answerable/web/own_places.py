"""The body's own wards, streets and stops (places.csv), for the question where something is."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from answerable.understand.gazetteer import FILE, Gazetteer, eastern, key_of, own

MOST = 400  # suggestions in a page; more than that is typed faster
_WORDS = 5  # of one name


def known_place(home: Path, said: str) -> str:
    """The body's own name of a place somebody wrote, the longest that fits; "" when none does."""
    found = _places(home)
    words = key_of(said).split()
    spans = [
        " ".join(words[at : at + length])
        for length in range(min(_WORDS, len(words)), 0, -1)
        for at in range(len(words) - length + 1)
    ]
    for span in spans:
        if span in found.latin:
            return found.latin[span].name
    inside = [name for name in found.eastern if name in said]
    return found.eastern[max(inside, key=len)].name if inside else ""


def suggestions(home: Path) -> tuple[str, ...]:
    """Names for the list under the field."""
    found = _places(home)
    names = {place.name for place in (*found.latin.values(), *found.eastern.values())}
    return tuple(sorted(names, key=lambda name: (eastern(name), name.casefold()))[:MOST])


def _places(home: Path) -> Gazetteer:
    file = home / FILE
    changed = file.stat().st_mtime_ns if file.is_file() else 0
    return _read(home, changed)


@lru_cache(maxsize=2)
def _read(home: Path, changed: int) -> Gazetteer:  # noqa: ARG001 (a changed file is read again)
    return own(home)
