"""What the overseer's office has before it: missed clocks, ignored messages, questions that were flagged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from answerable.permissions import Permission
from answerable.store.access import reach_filter
from answerable.store.models import (
    CaseContest,
    CaseStep,
    Clock,
    Incident,
    OwedApproval,
    Person,
    Question,
    QuestionSample,
    Supervision,
    Unit,
    UnitTold,
)
from answerable.store.reading import case_issues
from answerable.store.supervision import Kind

MOST = 300


@dataclass(frozen=True, slots=True)
class Flagged:
    """A question that names the body without a matter, with its second looks, newest first."""

    question: Question
    samples: tuple[QuestionSample, ...]
    waiting: QuestionSample | None  # drawn, and nobody looked at it yet


def flagged(person: Person) -> tuple[Flagged, ...]:
    """Real flagged questions of the person's units; those that wait for a look stand first."""
    mine = reach_filter(person, Permission.OVERSIGHT_READ, "unit__path")
    rows = list(
        Question.objects.filter(mine, exercise=False, removed_at=None)
        .exclude(flag="")
        .select_related("unit", "created_by")
        .order_by("name", "id")
    )
    samples: dict[int, list[QuestionSample]] = {}
    found = QuestionSample.objects.filter(question__in=rows).select_related("done_by")
    for sample in found.order_by("-due_at", "-id"):
        samples.setdefault(sample.question_id, []).append(sample)
    seen = [_flagged(row, tuple(samples.get(row.pk, ()))) for row in rows]
    return tuple(sorted(seen, key=lambda one: one.waiting is None))


def _flagged(row: Question, samples: tuple[QuestionSample, ...]) -> Flagged:
    waiting = next((one for one in samples if one.drawn_at and not one.done_at), None)
    return Flagged(row, samples, waiting)


@dataclass(frozen=True, slots=True)
class Issue:
    """A missed clock or an ignored message, with what was said and found about it."""

    kind: Kind
    id: int
    incident: Incident | None  # None: it is about a case
    unit: Unit  # that owed it
    what: str  # kind of the clock, or why the unit was told
    due_at: datetime
    kept_at: datetime | None  # late; None: not at all
    explanation: str
    explained_by: str
    watched: Supervision | None
    case: int | None = None
    statement: int | None = None  # that went out on one person's word
    outcome: str = ""  # what the second person said of it: approved, objected

    @property
    def finding(self) -> str:
        return self.watched.finding if self.watched else ""


STATES = ("open", "unexplained", "found", "all")


def searched(person: Person, now: datetime, *, words: str = "", state: str = "all") -> tuple[Issue, ...]:
    """Issues whose incident, unit, explanation or finding has all these words, in this state."""
    wanted = words.casefold().split()[:8]
    return tuple(
        one
        for one in issues(person, now)
        if (state != "open" or not one.finding)
        and (state != "unexplained" or not one.explanation)
        and (state != "found" or one.finding)
        and all(word in _words_of(one) for word in wanted)
    )


def _words_of(one: Issue) -> str:
    about = (
        (f"{one.incident.pk:03d}", one.incident.title) if one.incident else (str(one.case or one.statement),)
    )
    said = (one.unit.name, one.explanation, one.watched.text if one.watched else "")
    return " ".join((*about, *said)).casefold()


def issues(person: Person, now: datetime) -> tuple[Issue, ...]:
    """Real issues of the person's units: without a finding first, the latest before older ones."""
    mine = reach_filter(person, Permission.OVERSIGHT_READ, "incident__unit__path")
    clocks = Clock.objects.filter(mine, missed_at__isnull=False, incident__exercise=False)
    clocks = clocks.select_related("incident__unit", "explained_by", "watched__found_by")
    theirs = reach_filter(person, Permission.OVERSIGHT_READ, "unit__path")
    late = Q(received_at=None, due_at__lt=now) | Q(received_at__gt=F("due_at"))
    told = UnitTold.objects.filter(theirs & late, incident__exercise=False)
    told = told.select_related("incident__unit", "unit", "watched__explained_by", "watched__found_by")
    found = [
        *(_of_clock(row) for row in clocks.order_by("-due_at")[:MOST]),
        *(_of_told(row) for row in told.order_by("-due_at")[:MOST]),
        *(_of_case(row) for row in case_issues.missed(person)),
        *(_of_contest(row) for row in case_issues.contested(person)),
        *(_of_alone(row) for row in _alone(person)),
    ]
    latest = sorted(found, key=lambda one: (one.due_at, one.id), reverse=True)
    return tuple(sorted(latest, key=lambda one: bool(one.finding)))


def one_issue(person: Person, kind: str, number: int, now: datetime) -> Issue | None:
    """One issue that the person may see; None otherwise."""
    return next((one for one in issues(person, now) if (one.kind, one.id) == (kind, number)), None)


def _alone(person: Person) -> list[OwedApproval]:
    """Texts that went out on one person's word."""
    mine = reach_filter(person, Permission.OVERSIGHT_READ, "version__statement__unit__path")
    rows = OwedApproval.objects.filter(mine, version__statement__exercise=False)
    rows = rows.select_related("version__statement__unit", "settled_by", "watched__found_by")
    return list(rows.order_by("-since")[:MOST])


def _of_alone(row: OwedApproval) -> Issue:
    """Its explanation is what the second person said of it."""
    statement = row.version.statement
    return Issue(
        "alone",
        row.pk,
        None,
        statement.unit,
        row.ground,
        row.due_at,
        row.settled_at,
        row.note,
        row.settled_by.name if row.settled_by else "",
        getattr(row, "watched", None),
        statement=statement.pk,
        outcome=row.outcome,
    )


def _of_clock(row: Clock) -> Issue:
    by = row.explained_by.name if row.explained_by else ""
    watched = getattr(row, "watched", None)
    return Issue(
        "clock",
        row.pk,
        row.incident,
        row.incident.unit,
        row.kind,
        row.due_at,
        row.met_at,
        row.explanation,
        by,
        watched,
    )


def _of_told(row: UnitTold) -> Issue:
    watched: Supervision | None = getattr(row, "watched", None)
    said = watched.explanation if watched else ""
    by = watched.explained_by.name if watched and watched.explained_by else ""
    return Issue(
        "told", row.pk, row.incident, row.unit, row.why, row.due_at, row.received_at, said, by, watched
    )


def _of_case(row: CaseStep) -> Issue:
    watched: Supervision | None = getattr(row, "watched", None)
    by = watched.explained_by.name if watched and watched.explained_by else ""
    said = watched.explanation if watched else ""
    kept = row.case.fed_back_at if row.case.round == row.round else None
    return Issue(
        "case", row.pk, None, row.case.unit, "", row.due_at, kept, said, by, watched, case=row.case_id
    )


def _of_contest(row: CaseContest) -> Issue:
    watched: Supervision | None = getattr(row, "watched", None)
    by = row.settled_by.name if row.settled_by else ""
    return Issue(
        "contest",
        row.pk,
        None,
        row.case.unit,
        "",
        row.at,
        row.settled_at,
        row.note,
        by,
        watched,
        case=row.case_id,
    )
