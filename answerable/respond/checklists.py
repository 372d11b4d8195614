"""What an incident asks for in its first hour and its first day. Codes only; pages have the sentences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from answerable.respond.levels import major

PHASES: Mapping[str, timedelta] = {"hour": timedelta(hours=1), "day": timedelta(hours=24)}

_CHECKLISTS: Mapping[str, tuple[str, ...]] = {
    "hour": ("owner", "facts", "holding", "one_voice", "up", "staff"),
    "day": ("statement", "questions", "correct", "partners", "conference", "next_word"),
}
_MAJOR_ONLY = frozenset({"up", "one_voice", "partners", "conference"})


def checklist(level: int, phase: str) -> tuple[str, ...]:
    """The codes of a phase for a level, in their order. KeyError for an unknown phase."""
    return tuple(code for code in _CHECKLISTS[phase] if major(level) or code not in _MAJOR_ONLY)


def due(phase: str, heard_at: datetime) -> datetime:
    """By when a phase is to be done: it counts from when the matter was first heard, as the clocks do."""
    return heard_at + PHASES[phase]
