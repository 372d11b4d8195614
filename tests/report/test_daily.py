"""The rules of the daily report on plain facts: what is new, what grew, what went quiet, which clocks count."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.report.daily import (
    LEAST,
    AlertDay,
    ClockDay,
    DayFacts,
    IncidentDay,
    SourceDay,
    StoryDay,
    build,
)
from answerable.report.document import Document, Kind, counted, from_json, to_json

START = datetime(2026, 3, 2, tzinfo=UTC)
END = START + timedelta(days=1)
NOON = START + timedelta(hours=12)
EARLIER = START - timedelta(hours=3)
FACTS = DayFacts(date(2026, 3, 2), "UTC", START, END, END, exercise=False)

moments = st.datetimes(datetime(2026, 3, 1), datetime(2026, 3, 4)).map(lambda at: at.replace(tzinfo=UTC))
ids = st.integers(1, 40)
facts = st.builds(
    DayFacts,
    day=st.just(START.date()),
    zone=st.just("UTC"),
    start=st.just(START),
    end=st.just(END),
    built_at=moments,
    exercise=st.booleans(),
    items=st.lists(ids, unique=True).map(tuple),
    stories=st.lists(
        st.builds(StoryDay, ids, moments, st.integers(0, 12), st.integers(0, 12)),
        unique_by=lambda one: one.id,
    ).map(tuple),
    alerts=st.lists(
        st.builds(AlertDay, ids, moments, st.none() | moments, st.booleans(), st.booleans()),
        unique_by=lambda one: one.id,
    ).map(tuple),
    clocks=st.lists(
        st.builds(ClockDay, ids, moments, st.none() | moments, st.booleans()), unique_by=lambda one: one.id
    ).map(tuple),
    sources=st.lists(
        st.builds(SourceDay, ids, st.booleans(), st.none() | moments, st.booleans()),
        unique_by=lambda one: one.id,
    ).map(tuple),
)


def ids_of(document: Document, code: str) -> tuple[int, ...]:
    found = document.sentence(code)
    assert found is not None, code
    return found.ids


@given(facts)
def test_whatever_happened_numbers_are_counts(given_facts: DayFacts) -> None:
    """No facts make a sentence whose number is not the count of different ids; stored, it stays the same."""
    document = build(given_facts)
    for sentence in document.sentences():
        assert sentence.number == len(set(sentence.ids))
    assert from_json(to_json(document)) == document


@given(facts)
def test_every_source_is_heard_or_deaf_or_paused_and_never_two_of_them(given_facts: DayFacts) -> None:
    """The three sentences share all sources out among them, so "of all" can be recounted."""
    document = build(given_facts)
    parts = [ids_of(document, code) for code in ("sources_heard", "sources_deaf", "sources_paused")]
    assert sorted(sum(parts, ())) == sorted(one.id for one in given_facts.sources)


@given(facts)
def test_no_story_is_in_two_of_new_grew_and_ended(given_facts: DayFacts) -> None:
    """A story is new, or grew, or went quiet, or none of these."""
    document = build(given_facts)
    parts = [set(ids_of(document, code)) for code in ("stories_new", "stories_grew", "stories_ended")]
    assert sum(map(len, parts)) == len(set().union(*parts))


def test_the_first_and_the_last_moment_of_a_day() -> None:
    """Midnight belongs to the day that begins."""
    stories = (
        StoryDay(1, START, 1, 0),
        StoryDay(2, END, 1, 0),
        StoryDay(3, END - timedelta(milliseconds=1), 1, 0),
    )
    assert ids_of(build(replace(FACTS, stories=stories)), "stories_new") == (1, 3)


@pytest.mark.parametrize(
    ("today", "before", "grew"),
    [(LEAST, LEAST - 1, True), (LEAST, LEAST, False), (LEAST - 1, 0, False), (50, 49, True), (0, 0, False)],
)
def test_a_known_story_grows_by_more_items_than_the_day_before(today: int, before: int, grew: bool) -> None:
    """And by at least five, so that one more remark is no growth."""
    document = build(replace(FACTS, stories=(StoryDay(4, EARLIER, today, before),)))
    assert ids_of(document, "stories_grew") == ((4,) if grew else ())


@pytest.mark.parametrize(
    ("today", "before", "ended"), [(0, LEAST, True), (1, LEAST, False), (0, LEAST - 1, False)]
)
def test_a_story_ends_when_nothing_more_is_heard(today: int, before: int, ended: bool) -> None:
    """Five items the day before and none on this one."""
    document = build(replace(FACTS, stories=(StoryDay(4, EARLIER, today, before),)))
    assert ids_of(document, "stories_ended") == ((4,) if ended else ())


def test_clocks_kept_missed_and_still_running() -> None:
    """Kept is met by its deadline; missed is a deadline that passed without; one that runs is neither."""
    clocks = (
        ClockDay(1, NOON, NOON, explained=False),  # met at the last moment
        ClockDay(2, NOON, NOON + timedelta(seconds=1), explained=True),  # met too late
        ClockDay(3, NOON, None, explained=False),  # not met
        ClockDay(4, END + timedelta(hours=1), None, explained=False),  # runs on
        ClockDay(5, END + timedelta(hours=9), NOON, explained=False),  # met well in time
        ClockDay(6, EARLIER, NOON, explained=False),  # missed on another day, met on this one
    )
    document = build(replace(FACTS, clocks=clocks))
    assert ids_of(document, "clocks_kept") == (1, 5)
    assert ids_of(document, "clocks_missed") == (2, 3)
    assert ids_of(document, "clocks_unexplained") == (3,)


def test_a_deadline_later_today_is_not_missed_yet() -> None:
    """Built in the morning, the report does not foretell the afternoon."""
    clocks = (ClockDay(1, NOON, None, explained=False),)
    document = build(replace(FACTS, built_at=START + timedelta(hours=9), clocks=clocks))
    assert ids_of(document, "clocks_missed") == ()
    assert not document.over


def test_what_waits_is_what_waited_at_the_end() -> None:
    """An alert decided after midnight waited at the end of the day; one decided before did not."""
    alerts = (
        AlertDay(1, NOON, NOON, decided=True),
        AlertDay(2, NOON, END, decided=True),
        AlertDay(3, EARLIER, None),
        AlertDay(4, EARLIER, NOON),  # somebody looks at it and has not decided
        AlertDay(5, EARLIER, None, settled=True),  # it joined another
    )
    document = build(replace(FACTS, alerts=alerts))
    assert ids_of(document, "alerts_waiting") == (2, 3)
    assert ids_of(document, "alerts_raised") == (1, 2)
    assert ids_of(document, "alerts_decided") == (1,)
    incidents = (IncidentDay(1, NOON, END), IncidentDay(2, EARLIER, NOON))
    document = build(replace(FACTS, incidents=incidents))
    assert ids_of(document, "incidents_open") == (1,)
    assert ids_of(document, "incidents_resolved") == (2,)


def test_a_limited_report_counts_what_is_left() -> None:
    """For somebody who sees less, the number shrinks with the ids; other kinds stay."""
    document = build(
        replace(FACTS, items=(5, 6), incidents=(IncidentDay(1, NOON, None), IncidentDay(2, NOON, None)))
    ).limited({Kind.INCIDENT: frozenset({2})})
    opened = document.sentence("incidents_opened")
    assert opened == counted("incidents_opened", Kind.INCIDENT, [2])
    assert ids_of(document, "items_heard") == (5, 6)
