"""How fast was an exercise? Time to the first human, the first holding line and the first statement.

They count from when the matter was first heard, like the clocks. Real incidents never stand here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from answerable.respond.clocks import met_at
from answerable.respond.judgement import HUMAN_WITHIN
from answerable.respond.levels import LASTS, ClockKind
from answerable.store import clocks
from answerable.store.access import visible_incidents
from answerable.store.models import Alert, Call, Incident, IncidentStory, Person, Room


@dataclass(frozen=True, slots=True)
class Step:
    """One of the three times."""

    name: str  # human, holding, statement
    took: timedelta | None  # None: it has not happened
    within: timedelta  # the target

    @property
    def in_time(self) -> bool:
        """Whether it happened by its target."""
        return self.took is not None and self.took <= self.within


@dataclass(frozen=True, slots=True)
class Score:
    """One incident of an exercise."""

    incident: Incident
    steps: tuple[Step, ...]

    @property
    def points(self) -> int:
        """How many of the three were in time."""
        return sum(step.in_time for step in self.steps)


def scores(person: Person) -> list[Score]:
    """The exercise's incidents that the person sees, the newest first."""
    found = visible_incidents(person, exercise=True).select_related("unit").order_by("-opened_at", "-pk")
    return [_score(row) for row in found[:100]]


def _score(row: Incident) -> Score:
    facts = clocks.facts(row)
    holding = met_at(ClockKind.HOLDING, facts)
    statement = met_at(ClockKind.STATEMENT, facts)
    return Score(
        row,
        (
            Step("human", _since(row, _first_human(row)), HUMAN_WITHIN),
            Step("holding", _since(row, holding), LASTS[ClockKind.HOLDING]),
            Step("statement", _since(row, statement), LASTS[ClockKind.STATEMENT]),
        ),
    )


def _first_human(row: Incident) -> datetime:
    """Who looked first: at an alert, at a call, in a room; at the latest whoever opened the incident."""
    stories = IncidentStory.objects.filter(incident=row).values("story")
    looked: Iterable[datetime | None] = (
        *Alert.objects.filter(story__in=stories).values_list("decided_at", flat=True),
        *Call.objects.filter(alert__story__in=stories).values_list("answered_at", flat=True),
        *Room.objects.filter(incident=row).values_list("human_at", flat=True),
    )
    return min([row.opened_at, *(at for at in looked if at is not None and at >= row.heard_at)])


def _since(row: Incident, at: datetime | None) -> timedelta | None:
    return max(at - row.heard_at, timedelta()) if at is not None else None
