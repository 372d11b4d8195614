"""How a deadline looks: its state, its two lines, the wedge of its dial. Urgency is decided in `respond`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

from answerable.respond import clocks
from answerable.web.texts import Texts


@dataclass(frozen=True, slots=True)
class Face:
    """One deadline, ready to be drawn."""

    state: str  # over, now, soon, later, met
    big: str  # "14 min", "Overdue", "Met"
    small: str  # "by 11:40", "by 18 h 26 min", "in 37 min"
    wedge: str  # path of the share of time left, "" when there is none


def wedge(share: float) -> str:
    """The slice of a dial (32 × 32) that shows `share`, 0 to 1, ending at twelve o'clock."""
    share = min(max(share, 0.02), 0.999)
    angle = 2 * math.pi * (1 - share)
    x, y = 16 + 10.5 * math.sin(angle), 16 - 10.5 * math.cos(angle)
    return f"M16 16L{x:.2f} {y:.2f}A10.5 10.5 0 {int(share > 0.5)} 1 16 5.5z"


def face(t: Texts, due: datetime, started: datetime, met: datetime | None = None) -> Face:
    """A deadline as the reader sees it now."""
    state = clocks.state(due, t.now, started, met)
    if met is not None:
        return Face(
            state, t.gettext("Met"), t.gettext("in %(duration)s", duration=t.duration(met - started)), ""
        )
    if state == "over":
        return Face(
            state, t.gettext("Overdue"), t.gettext("by %(duration)s", duration=t.duration(t.now - due)), ""
        )
    total = (due - started).total_seconds() or 1.0
    share = (due - t.now).total_seconds() / total
    return Face(
        state, t.duration(due - t.now), t.gettext("by %(moment)s", moment=t.moment(due)), wedge(share)
    )
