"""The board: what needs somebody, by deadline: alerts, running and missed clocks, approvals, promises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from answerable.permissions import Permission
from answerable.respond.judgement import DECIDE_WITHIN
from answerable.respond.levels import NEXT_WORD
from answerable.store.access import reach, within_sql
from answerable.store.models import Person
from answerable.store.reading.items import ItemSeen, items_by_id
from answerable.store.reading.rows import instant, marks, rows, stored

DECIDE_ALERT_WITHIN = DECIDE_WITHIN


@dataclass(frozen=True, slots=True)
class Need:
    """One matter that waits for a person."""

    kind: (
        str  # alert, assess, room, receipt, owed, note, dispute, clock, explain, approve, publish, next_word,
        # cases, contested
    )
    id: int  # alert, room, message, incident or statement; of cases: how many
    title: str  # the incident's or statement's; "" for an alert
    started: datetime
    due: datetime | None  # None: no clock runs on it
    clock: str = ""  # kind of the clock
    owner: str = ""  # name of the person who has it, "" when nobody has
    owner_id: int | None = None
    unit: str = ""
    incident: int | None = None
    story: int | None = None
    heading: ItemSeen | None = None  # the story's best item, for an alert
    late: int = 0  # of so many cases these are overdue
    observed: int = 0
    expected: float = 0.0
    low: float = 0.0
    high: float = 0.0
    language: str = ""
    not_by: int | None = None  # person who wrote it and so may not approve it


@dataclass(frozen=True, slots=True)
class _Matter:
    """An incident as far as the board needs it."""

    id: int
    title: str
    state: str
    owner: str
    owner_id: int | None
    unit: str


@dataclass(frozen=True, slots=True)
class Today:
    """The moment of a page, and when its day ends where it is read."""

    now: datetime
    ends: datetime


# In one question with other needs: Now asks the database no more often than before.
_CASES = (
    " UNION ALL SELECT 'cases', COUNT(*), SUM(CASE WHEN c.due_at < %s THEN 1 ELSE 0 END), '', "
    "MIN(c.started_at), MIN(c.due_at), '' FROM cases c JOIN units u ON u.id = c.unit_id "
    "WHERE c.due_at < %s AND {within} HAVING COUNT(*) > 0 UNION ALL "
    "SELECT 'contested', COUNT(DISTINCT c.id), 0, '', MIN(k.at), NULL, '' "
    "FROM case_contests k JOIN cases c ON c.id = k.case_id JOIN units u ON u.id = c.unit_id "
    "WHERE k.settled_at IS NULL AND c.contested AND {within} HAVING COUNT(*) > 0"
)


def needs(
    person: Person, *, exercise: bool, paths: Sequence[str] | None = None, today: Today | None = None
) -> list[Need]:
    """All needs this person may see, the most urgent first; those without a deadline last.

    Who has asked already where the person reads gives the `paths` of these units. Cases due `today` are one
    line, and contested ones another: a surge must not cover everything else.
    """
    if paths is None:
        paths = reach(person, Permission.DESK_READ)
    matters = {matter.id: matter for matter in _matters(paths, exercise)}
    found = [
        *_alerts(exercise),
        *_rooms(person, paths, exercise),
        *_receipts(person, paths, exercise, today),
        *_disputes(paths, exercise),
        *_clocks(matters),
        *_versions(paths, exercise),
    ]
    return sorted(found, key=lambda need: (need.due is None, need.due or need.started, need.started, need.id))


def _matters(paths: Sequence[str], exercise: bool) -> Iterator[_Matter]:
    """Incidents that are open, or resolved with a missed clock that nobody has explained."""
    within, values = within_sql(paths, "u.path")
    for row in rows(
        "SELECT i.id, i.title, i.state, p.name, i.owner_id, u.name FROM incidents i "  # noqa: S608 (our own words)
        "JOIN units u ON u.id = i.unit_id LEFT JOIN people p ON p.id = i.owner_id "
        f"WHERE i.exercise = %s AND {within} AND (i.state <> 'resolved' OR EXISTS (SELECT 1 FROM clocks c "
        "WHERE c.incident_id = i.id AND c.missed_at IS NOT NULL AND c.explained_at IS NULL)) LIMIT 500",
        [exercise, *values],
    ):
        pk, title, state, owner, owner_id, unit = row
        yield _Matter(pk, title, state, owner or "", owner_id, unit)


def _alerts(exercise: bool) -> Iterator[Need]:
    found = rows(
        "SELECT a.id, a.raised_at, a.story_id, st.heading_item, a.decided_by_id, p.name, "
        "s.observed, s.expected, s.low, s.high FROM alerts a JOIN signals s ON s.id = a.signal_id "
        "JOIN stories st ON st.id = a.story_id LEFT JOIN people p ON p.id = a.decided_by_id "
        "WHERE a.state IN ('open', 'acknowledged') AND a.exercise = %s "
        "AND NOT EXISTS (SELECT 1 FROM rooms r WHERE r.alert_id = a.id) ORDER BY a.raised_at LIMIT 200",
        [exercise],
    )
    headings = items_by_id([row[3] for row in found if row[3]])
    for pk, raised, story, heading, owner_id, owner, observed, expected, low, high in found:
        raised_at = instant(raised)
        yield Need(
            "alert",
            pk,
            "",
            raised_at,
            raised_at + DECIDE_ALERT_WITHIN,
            owner=owner or "",
            owner_id=owner_id,
            story=story,
            heading=headings.get(heading or 0),
            observed=observed,
            expected=expected,
            low=low,
            high=high,
        )


def _rooms(person: Person, paths: Sequence[str], exercise: bool) -> Iterator[Need]:
    """Rooms that have not decided; one's own assessment is asked for first."""
    within, values = within_sql(paths, "u.path")
    for pk, started, story, unit, wrote in rows(
        "SELECT r.id, r.started_at, a.story_id, u.name, (SELECT COUNT(*) FROM assessments s "  # noqa: S608
        "WHERE s.room_id = r.id AND s.person_id = %s) FROM rooms r JOIN alerts a ON a.id = r.alert_id "
        "JOIN units u ON u.id = r.unit_id WHERE r.decided_at IS NULL AND r.exercise = %s AND "
        f"({within} OR EXISTS (SELECT 1 FROM room_seats t WHERE t.room_id = r.id AND t.person_id = %s)) "
        "ORDER BY r.started_at LIMIT 100",
        [person.pk, exercise, *values, person.pk],
    ):
        started_at = instant(started)
        kind = "room" if wrote else "assess"
        yield Need(kind, pk, "", started_at, started_at + DECIDE_WITHIN, unit=unit, story=story)


def _receipts(person: Person, paths: Sequence[str], exercise: bool, today: Today | None) -> Iterator[Need]:
    """What a unit was told and nobody received yet, answers owed to the press, notes of duty, cases."""
    within, values = within_sql(paths, "u.path")
    cases, of_cases = "", []
    if today is not None and not exercise:
        cases = _CASES.format(within=within)
        of_cases = [stored(today.now), stored(today.ends), *values, *values]
    for kind, pk, incident, title, since, due, unit in rows(
        "SELECT 'receipt', t.id, t.incident_id, i.title, t.told_at, t.due_at, u.name FROM units_told t "  # noqa: S608
        "JOIN incidents i ON i.id = t.incident_id JOIN units u ON u.id = t.unit_id "
        f"WHERE t.received_at IS NULL AND i.exercise = %s AND {within} UNION ALL "
        "SELECT 'owed', q.id, q.incident_id, q.text, q.asked_at, q.due_at, u.name "
        "FROM conference_questions q JOIN incidents i ON i.id = q.incident_id "
        "JOIN units u ON u.id = i.unit_id "
        f"WHERE q.asked_at IS NOT NULL AND q.answered_at IS NULL AND i.exercise = %s AND {within} UNION ALL "
        "SELECT 'note', n.id, NULL, r.team, n.written_at, n.due_at, u.name FROM duty_notes n "
        "JOIN duty_rosters r ON r.id = n.roster_id JOIN units u ON u.id = r.unit_id "
        f"WHERE n.taken_at IS NULL AND n.written_by_id <> %s AND %s = %s AND {within}{cases} "
        "ORDER BY 6 LIMIT 100",
        [exercise, *values, exercise, *values, person.pk, exercise, False, *values, *of_cases],
    ):
        due_at = instant(due) if due else None
        if kind in ("cases", "contested"):
            yield Need(kind, int(pk), "", instant(since), due_at, late=int(incident or 0))
        else:
            yield Need(kind, pk, title, instant(since), due_at, unit=unit, incident=incident)


def _disputes(paths: Sequence[str], exercise: bool) -> Iterator[Need]:
    """Disputed owners that a unit of the person settles."""
    within, values = within_sql(paths, "u.path")
    for incident, title, raised, due, unit in rows(
        "SELECT d.incident_id, i.title, d.raised_at, d.due_at, u.name FROM disputes d "  # noqa: S608
        "JOIN incidents i ON i.id = d.incident_id JOIN units u ON u.id = d.judge_id "
        f"WHERE d.settled_at IS NULL AND i.exercise = %s AND {within} ORDER BY d.raised_at LIMIT 100",
        [exercise, *values],
    ):
        due_at = instant(due) if due else None
        yield Need("dispute", incident, title, instant(raised), due_at, unit=unit, incident=incident)


def _clocks(matters: Mapping[int, _Matter]) -> Iterator[Need]:
    """Clocks that run, and missed ones nobody has explained."""
    if not matters:
        return
    for row in rows(
        "SELECT incident_id, kind, started_at, due_at, met_at, missed_at, explained_at FROM clocks "  # noqa: S608
        f"WHERE incident_id IN ({marks(list(matters))}) AND dropped_at IS NULL "
        "AND (met_at IS NULL OR (missed_at IS NOT NULL AND explained_at IS NULL)) ORDER BY due_at LIMIT 500",
        list(matters),
    ):
        incident, kind, started, due, met, missed, explained = row
        matter = matters[incident]
        if met is None and matter.state != "resolved":
            asks = "next_word" if kind == NEXT_WORD else "clock"
            yield _of_matter(asks, matter, instant(started), instant(due), kind)
        if missed is not None and explained is None:
            yield _of_matter("explain", matter, instant(started), instant(due), kind)


def _of_matter(kind: str, matter: _Matter, started: datetime, due: datetime, clock: str = "") -> Need:
    return Need(
        kind,
        matter.id,
        matter.title,
        started,
        due,
        clock=clock,
        owner=matter.owner,
        owner_id=matter.owner_id,
        unit=matter.unit,
        incident=matter.id,
    )


def _versions(paths: Sequence[str], exercise: bool) -> Iterator[Need]:
    """Texts that wait for a second person, and approved ones that are not out."""
    own, own_values = within_sql(paths, "u.path")
    matter, matter_values = within_sql(paths, "iu.path")
    found = rows(
        "SELECT s.id, v.title, v.submitted_at, v.approved_at, v.written_by_id, s.incident_id, s.language, "  # noqa: S608
        "u.name, vo.name FROM statement_versions v JOIN statements s ON s.id = v.statement_id "
        "JOIN units u ON u.id = s.unit_id JOIN voices vo ON vo.id = s.voice_id "
        "LEFT JOIN incidents i ON i.id = s.incident_id LEFT JOIN units iu ON iu.id = i.unit_id "
        "WHERE v.submitted_at IS NOT NULL AND v.published_at IS NULL AND s.withdrawn_at IS NULL "
        f"AND s.exercise = %s AND ({own} OR {matter}) ORDER BY v.submitted_at LIMIT 200",
        [exercise, *own_values, *matter_values],
    )
    due = _soonest(sorted({row[5] for row in found if row[5]}))
    for statement, title, submitted, approved, writer, incident, language, unit, voice in found:
        yield Need(
            "publish" if approved else "approve",
            statement,
            title,
            instant(submitted),
            due.get(incident or 0),
            owner=voice if approved else "",
            unit=unit,
            incident=incident,
            language=language,
            not_by=None if approved else writer,
        )


def _soonest(incidents: Sequence[int]) -> dict[int, datetime]:
    """The next deadline of each incident that has a running clock."""
    if not incidents:
        return {}
    found = rows(
        f"SELECT incident_id, due_at FROM clocks WHERE incident_id IN ({marks(incidents)}) "  # noqa: S608
        "AND met_at IS NULL AND dropped_at IS NULL AND missed_at IS NULL ORDER BY due_at DESC",
        incidents,
    )
    return {incident: instant(due) for incident, due in found}
