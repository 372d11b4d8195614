"""Alerts with what was measured and what people decided: a page of the list, or those of one story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from answerable.store.alert_rules import TRUE_REASONS
from answerable.store.reading.items import ItemSeen, items_by_id
from answerable.store.reading.rows import instant, marks, number, rows, stored

# What a page filters by, and the rows it means.
STATES = {
    "waiting": "a.state IN ('open', 'acknowledged')",
    "incident": "a.state IN ('incident', 'closed')",
    "dismissed": "a.state = 'dismissed'",
    "false": "a.state = 'dismissed' AND a.dismissed_as NOT IN ('known_matter')",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which alerts a page shows."""

    exercise: bool
    state: str = ""  # a name of STATES
    since: datetime | None = None  # raised from then on
    until: datetime | None = None  # raised before
    stories: Sequence[int] | None = None  # only of these …
    alert: int | None = None  # … or with this number


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One alert."""

    id: int
    story: int
    state: str
    dismissed_as: str
    raised_at: datetime
    decided_at: datetime | None
    decided_by: str
    kind: str  # burst, reach
    part: str  # "" for the whole story
    at: int  # ms, stream time
    window_s: int
    observed: int
    expected: float
    low: float
    high: float
    p: float
    test: str
    score: float
    bar: float  # 0 for alerts of old desks, which weighed no concern
    concern: float
    matter: str
    resembles: str
    grown: int  # other stories that belong to it
    heading: ItemSeen | None = None

    @property
    def false(self) -> bool:
        """True when somebody said that nobody should have been called."""
        return self.state == "dismissed" and self.dismissed_as not in TRUE_REASONS


_LINES = (
    "SELECT a.id, a.story_id, a.state, a.dismissed_as, a.raised_at, a.decided_at, p.name, s.kind, s.part, "
    "s.at, s.window_s, s.observed, s.expected, s.low, s.high, s.p, s.test, s.score, s.bar, s.concern, "
    "s.matter, s.resembles, (SELECT COUNT(DISTINCT g.story_id) FROM signals g "
    "WHERE g.alert_id = a.id AND g.story_id <> a.story_id), h.heading_item "
    "FROM alerts a JOIN signals s ON s.id = a.signal_id JOIN stories h ON h.id = a.story_id "
    "LEFT JOIN people p ON p.id = a.decided_by_id WHERE "
)


def count(asked: Asked) -> int:
    """How many alerts there are."""
    where, values = _where(asked)
    return number(f"SELECT COUNT(*) FROM alerts a WHERE {where}", values)  # noqa: S608 (our own words)


def listed(asked: Asked, *, limit: int, offset: int = 0) -> list[AlertLine]:
    """A page of alerts, newest first."""
    where, values = _where(asked)
    found = rows(
        f"{_LINES}{where} ORDER BY a.raised_at DESC, a.id DESC LIMIT {int(limit)} OFFSET {int(offset)}",
        values,
    )
    headings = items_by_id([row[-1] for row in found if row[-1]])
    return [_line(row, headings.get(row[-1] or 0)) for row in found]


def _where(asked: Asked) -> tuple[str, list[Any]]:
    where, values = ["a.exercise = %s"], list[Any]([asked.exercise])
    if asked.state:
        where.append(STATES[asked.state])
    if asked.since is not None:
        where.append("a.raised_at >= %s")
        values.append(stored(asked.since))
    if asked.until is not None:
        where.append("a.raised_at < %s")
        values.append(stored(asked.until))
    if asked.stories is not None:
        where.append(f"(a.id = %s OR a.story_id IN ({marks(asked.stories)}))")
        values += [asked.alert or 0, *asked.stories]
    return " AND ".join(where), values


def _line(row: tuple[Any, ...], heading: ItemSeen | None) -> AlertLine:
    pk, story, state, dismissed, raised, decided, name, *measured, _ = row
    return AlertLine(
        pk,
        story,
        state,
        dismissed,
        instant(raised),
        instant(decided) if decided else None,
        name or "",
        *measured,  # type: ignore[call-arg]  # one value for each column of _LINES from the kind on
        heading,
    )
