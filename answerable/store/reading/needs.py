"""The board: what needs somebody, by deadline: alerts, clocks that run or were missed, approvals, promises."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from answerable.store.access import visible_incidents, visible_statements
from answerable.store.models import Alert, Clock, Person, StatementVersion
from answerable.store.reading.items import ItemSeen, items_by_id

DECIDE_ALERT_WITHIN = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Need:
    """One matter that waits for a person."""

    kind: str  # alert, clock, explain, approve, publish, next_word
    id: int  # alert, incident or statement
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


def needs(person: Person, *, exercise: bool) -> list[Need]:
    """All needs this person may see, the most urgent first; those without a deadline last."""
    matters = {matter.id: matter for matter in _matters(person, exercise)}
    found = [*_alerts(exercise), *_clocks(matters), *_promises(matters), *_versions(person, exercise)]
    return sorted(found, key=lambda need: (need.due is None, need.due or need.started, need.started, need.id))


def _matters(person: Person, exercise: bool) -> Iterator[_Matter]:
    """Incidents that are open, or resolved with a missed clock that nobody has explained."""
    rows = visible_incidents(person, exercise).filter(
        ~Q(state="resolved")
        | Q(pk__in=Clock.objects.filter(missed_at__isnull=False, explained_at=None).values("incident"))
    )
    for values in rows.values_list("pk", "title", "state", "owner__name", "owner_id", "unit__name")[:500]:
        pk, title, state, owner, owner_id, unit = values
        yield _Matter(pk, title, state, owner or "", owner_id, unit)


def _alerts(exercise: bool) -> Iterator[Need]:
    rows = Alert.objects.filter(state__in=("open", "acknowledged"), exercise=exercise).order_by("raised_at")
    values = rows.values_list(
        "pk",
        "raised_at",
        "story_id",
        "story__heading_item",
        "decided_by_id",
        "decided_by__name",
        "signal__observed",
        "signal__expected",
        "signal__low",
        "signal__high",
    )[:200]
    headings = items_by_id([row[3] for row in values if row[3]])
    for pk, raised_at, story, heading, owner_id, owner, observed, expected, low, high in values:
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


def _clocks(matters: Mapping[int, _Matter]) -> Iterator[Need]:
    """Clocks that run, and missed ones nobody has explained."""
    if not matters:
        return
    rows = Clock.objects.filter(
        Q(met_at=None) | Q(missed_at__isnull=False, explained_at=None),
        incident__in=list(matters),
        dropped_at=None,
    ).order_by("due_at")
    values = rows.values_list(
        "incident_id", "kind", "started_at", "due_at", "met_at", "missed_at", "explained_at"
    )
    for incident, kind, started, due, met, missed, explained in values[:500]:
        matter = matters[incident]
        if met is None and matter.state != "resolved":
            yield _of_matter("clock", matter, started, due, kind)
        if missed is not None and explained is None:
            yield _of_matter("explain", matter, started, due, kind)


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


def _promises(matters: Mapping[int, _Matter]) -> Iterator[Need]:
    """Updates that the newest published text of an incident promised."""
    waiting = [matter.id for matter in matters.values() if matter.state != "resolved"]
    if not waiting:
        return
    rows = StatementVersion.objects.filter(statement__incident__in=waiting, published_at__isnull=False)
    seen: set[int | None] = set()
    for incident, published, next_word in rows.order_by("-published_at", "-pk").values_list(
        "statement__incident_id", "published_at", "next_word_at"
    ):
        # Only the newest word of an incident promises; an older promise was kept by it.
        if incident is None or incident in seen or published is None:
            continue
        seen.add(incident)
        if next_word is not None:
            yield _of_matter("next_word", matters[incident], published, next_word)


def _versions(person: Person, exercise: bool) -> Iterator[Need]:
    """Texts that wait for a second person, and approved ones that are not out."""
    rows = StatementVersion.objects.filter(
        statement__in=visible_statements(person, exercise),
        submitted_at__isnull=False,
        published_at=None,
        statement__withdrawn_at=None,
    ).order_by("submitted_at")
    values = list(
        rows.values_list(
            "statement_id",
            "title",
            "submitted_at",
            "approved_at",
            "written_by_id",
            "statement__incident_id",
            "statement__language",
            "statement__unit__name",
            "statement__voice__name",
        )[:200]
    )
    due = _soonest({row[5] for row in values if row[5]})
    for statement, title, submitted, approved, writer, incident, language, unit, voice in values:
        if submitted is None:
            continue
        yield Need(
            "publish" if approved else "approve",
            statement,
            title,
            submitted,
            due.get(incident or 0),
            owner=voice if approved else "",
            unit=unit,
            incident=incident,
            language=language,
            not_by=None if approved else writer,
        )


def _soonest(incidents: Collection[int]) -> dict[int, datetime]:
    """The next deadline of each incident that has a running clock."""
    if not incidents:
        return {}
    rows = Clock.objects.filter(incident__in=incidents, met_at=None, dropped_at=None, missed_at=None)
    return dict(rows.order_by("-due_at").values_list("incident_id", "due_at"))
