"""The emergency report: what one page says of an incident, each sentence with the ids it rests on.

Its conclusion is a person's, of at most 200 characters; the strongest criticism always has its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from answerable.report.document import Document, Kind, Section, counted

LONGEST = 200  # characters of the conclusion


@dataclass(frozen=True, slots=True)
class Criticism:
    """One point that people make, by the items that carry it."""

    items: tuple[int, ...]  # the different ones that carry it
    carried: int  # by how many, copies included
    complains: int  # of the different ones that were read as complaints


@dataclass(frozen=True, slots=True)
class EmergencyFacts:
    """All that the page is made of."""

    incident: int
    heard_at: datetime
    now: datetime
    day: date
    zone: str
    exercise: bool
    stories: Sequence[int]
    items: int  # of all its stories
    sources: Sequence[int]
    points: Sequence[Criticism]
    asks: Sequence[int]
    published: Sequence[int]  # versions of statements that are out
    met: Sequence[int]  # clocks
    missed: Sequence[int]
    running: Sequence[int]


def strongest(points: Sequence[Criticism]) -> Criticism | None:
    """What weighs most: carried by most items, among points with complaints where there are any."""
    complaints = [one for one in points if one.complains] or list(points)
    return max(complaints, key=lambda one: (one.carried, one.complains), default=None)


def build(facts: EmergencyFacts) -> Document:
    """The page. Without evidence a sentence counts nothing, and says so."""
    criticism = strongest(facts.points)
    against = criticism.items if criticism else ()
    return Document(
        kind="emergency",
        day=facts.day,
        zone=facts.zone,
        start=facts.heard_at,
        end=facts.now,
        built_at=facts.now,
        exercise=facts.exercise,
        sections=(
            Section(
                "heard",
                (
                    counted("emergency_stories", Kind.STORY, facts.stories, items=facts.items),
                    counted("emergency_sources", Kind.SOURCE, facts.sources),
                ),
            ),
            Section(
                "against",
                (
                    counted(
                        "emergency_criticism",
                        Kind.ITEM,
                        against,
                        carried=criticism.carried if criticism else 0,
                    ),
                    counted("emergency_asked", Kind.ITEM, facts.asks),
                ),
            ),
            Section(
                "done",
                (
                    counted("emergency_published", Kind.VERSION, facts.published),
                    counted("emergency_met", Kind.CLOCK, facts.met),
                    counted("emergency_missed", Kind.CLOCK, facts.missed),
                    counted("emergency_running", Kind.CLOCK, facts.running),
                ),
            ),
        ),
    )
