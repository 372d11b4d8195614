"""What the daily report says of a day: which stories are new, grew or went quiet, which promises were kept.

A day is what was *heard* between two instants; when posts say they were written does not matter here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from answerable.report.document import Document, Kind, Section, Sentence, counted

LEAST = 5  # items of a story in one day from which its growth or silence is worth a sentence


@dataclass(frozen=True, slots=True)
class StoryDay:
    """A story that was heard on the day or the day before."""

    id: int
    first_heard: datetime
    today: int  # items heard on the day
    before: int  # items heard on the day before


@dataclass(frozen=True, slots=True)
class AlertDay:
    """An alert raised by the end of the day."""

    id: int
    raised_at: datetime
    taken_at: datetime | None  # when somebody took it up or decided
    decided: bool = False  # it was dismissed, or became an incident
    settled: bool = False  # it joined another alert, or its incident was resolved: it waits for nobody


@dataclass(frozen=True, slots=True)
class IncidentDay:
    """An incident opened by the end of the day."""

    id: int
    opened_at: datetime
    resolved_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClockDay:
    """A clock that still applies."""

    id: int
    due_at: datetime
    met_at: datetime | None
    explained: bool  # a missed one has its explanation


@dataclass(frozen=True, slots=True)
class SourceDay:
    """A source that is asked again and again and was there on the day."""

    id: int
    paused: bool
    last_answer_at: datetime | None  # the latest answer of all
    gave: bool = False  # an item of it was heard on the day


@dataclass(frozen=True, slots=True)
class DayFacts:
    """All that a daily report is made of. Rows of exercise and real never meet in one."""

    day: date  # in the unit's time zone
    zone: str
    start: datetime  # UTC
    end: datetime  # UTC
    built_at: datetime
    exercise: bool
    items: tuple[int, ...] = ()  # heard on the day
    stories: tuple[StoryDay, ...] = ()
    alerts: tuple[AlertDay, ...] = ()
    incidents: tuple[IncidentDay, ...] = ()
    clocks: tuple[ClockDay, ...] = ()
    published: tuple[int, ...] = ()  # versions of statements that went out on the day
    sources: tuple[SourceDay, ...] = ()
    silences: tuple[int, ...] = ()  # alarms about sources that stood at any time of the day

    @property
    def until(self) -> datetime:
        """The end of the day, or the moment of building when the day is not over."""
        return min(self.end, self.built_at)

    def on_day(self, at: datetime | None) -> bool:
        """Whether a moment lies in the day."""
        return at is not None and self.start <= at < self.end


def build(facts: DayFacts) -> Document:
    """The report of a day. A pure function of its facts; a quiet day gets the same sentences with zeros."""
    return Document(
        kind="daily",
        day=facts.day,
        zone=facts.zone,
        start=facts.start,
        end=facts.end,
        built_at=facts.built_at,
        exercise=facts.exercise,
        sections=(
            Section("heard", (counted("items_heard", Kind.ITEM, facts.items), *_listening(facts))),
            Section("new", _new(facts)),
            Section("grew", _grew(facts)),
            Section("ended", _ended(facts)),
            Section("alerts", _alerts(facts)),
            Section("incidents", _incidents(facts)),
            Section("clocks", _clocks(facts)),
            Section("statements", (counted("statements_published", Kind.VERSION, facts.published),)),
        ),
    )


def _new(facts: DayFacts) -> tuple[Sentence, ...]:
    new = [story for story in facts.stories if facts.on_day(story.first_heard) and story.today]
    large = [story.id for story in new if story.today >= LEAST]
    return (
        counted("stories_new", Kind.STORY, (story.id for story in new)),
        counted("stories_new_large", Kind.STORY, large, least=LEAST),
    )


def _grew(facts: DayFacts) -> tuple[Sentence, ...]:
    grew = [
        story.id
        for story in facts.stories
        if story.first_heard < facts.start and story.today >= LEAST and story.today > story.before
    ]
    return (counted("stories_grew", Kind.STORY, grew, least=LEAST),)


def _ended(facts: DayFacts) -> tuple[Sentence, ...]:
    ended = [story.id for story in facts.stories if story.before >= LEAST and not story.today]
    return (counted("stories_ended", Kind.STORY, ended, least=LEAST),)


def _alerts(facts: DayFacts) -> tuple[Sentence, ...]:
    waiting = [
        alert.id
        for alert in facts.alerts
        if alert.raised_at < facts.until
        and not alert.settled
        and (alert.taken_at is None or alert.taken_at >= facts.until)
    ]
    raised = (one.id for one in facts.alerts if facts.on_day(one.raised_at))
    decided = (one.id for one in facts.alerts if one.decided and facts.on_day(one.taken_at))
    return (
        counted("alerts_raised", Kind.ALERT, raised),
        counted("alerts_decided", Kind.ALERT, decided),
        counted("alerts_waiting", Kind.ALERT, waiting),
    )


def _incidents(facts: DayFacts) -> tuple[Sentence, ...]:
    still_open = [
        incident.id
        for incident in facts.incidents
        if incident.opened_at < facts.until
        and (incident.resolved_at is None or incident.resolved_at >= facts.until)
    ]
    return (
        counted(
            "incidents_opened",
            Kind.INCIDENT,
            (one.id for one in facts.incidents if facts.on_day(one.opened_at)),
        ),
        counted(
            "incidents_resolved",
            Kind.INCIDENT,
            (one.id for one in facts.incidents if facts.on_day(one.resolved_at)),
        ),
        counted("incidents_open", Kind.INCIDENT, still_open),
    )


def _clocks(facts: DayFacts) -> tuple[Sentence, ...]:
    kept = [
        one.id for one in facts.clocks if one.met_at and facts.on_day(one.met_at) and one.met_at <= one.due_at
    ]
    missed = [
        one
        for one in facts.clocks
        if facts.on_day(one.due_at)
        and one.due_at < facts.until
        and (one.met_at is None or one.met_at > one.due_at)
    ]
    unexplained = [one.id for one in missed if not one.explained]
    return (
        counted("clocks_kept", Kind.CLOCK, kept),
        counted("clocks_missed", Kind.CLOCK, (one.id for one in missed)),
        counted("clocks_unexplained", Kind.CLOCK, unexplained),
    )


def _listening(facts: DayFacts) -> tuple[Sentence, ...]:
    """Sources heard of all. Only the latest answer of a source is known, hence "since the day began"."""
    paused = [one.id for one in facts.sources if one.paused]
    asked = [one for one in facts.sources if not one.paused]
    heard = {
        one.id for one in asked if one.gave or (one.last_answer_at and one.last_answer_at >= facts.start)
    }
    return (
        counted("sources_heard", Kind.SOURCE, heard, all=len(facts.sources)),
        counted("sources_deaf", Kind.SOURCE, (one.id for one in asked if one.id not in heard)),
        counted("sources_silent", Kind.SILENCE, facts.silences),
        counted("sources_paused", Kind.SOURCE, paused),
    )
