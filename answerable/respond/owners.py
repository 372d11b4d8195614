"""Which unit answers: the unit concerned first, and for a matter of several places the unit above them."""

from __future__ import annotations

from collections.abc import Sequence


def unit_concerned(paths: Sequence[str]) -> str:
    """The path of the lowest unit that stands above (or is) every unit concerned.

    Paths read "/1/4/" from the top down. "" when there is none, or when they share no unit.
    """
    shared: list[str] = []
    for names in zip(*(path.strip("/").split("/") for path in paths), strict=False):
        if len(set(names)) != 1:
            break
        shared.append(names[0])
    return f"/{'/'.join(shared)}/" if shared and shared[0] else ""


def above(path: str) -> str:
    """The path of the unit above, where a disputed matter goes; "" above the top."""
    names = path.strip("/").split("/")[:-1]
    return f"/{'/'.join(names)}/" if names else ""
