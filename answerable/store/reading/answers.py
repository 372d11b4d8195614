"""Claims and answers as the desk sees them: the list in order, and one with all that hangs on it.

The order is harm × spread × void, each raised to an editable weight; every part of it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log1p

from django.db.models import Count, Q, QuerySet

from answerable.permissions import ROLES, Permission, Role
from answerable.store import answers, claim_weights
from answerable.store.access import may
from answerable.store.models import (
    Answer,
    AnswerDispute,
    AnswerDocument,
    AnswerLink,
    AnswerNotice,
    Person,
    RoleHeld,
    Statement,
    StatementVersion,
    Story,
    Unit,
)
from answerable.store.reading import desk_statements
from answerable.store.reading.items import ItemSeen, items_by_id

STATES = ("owed", "draft", "out", "open_again", "old", "aside", "all")
MOST = 2000  # claims that are put into order at once
HOWS = ("mail", "page", "hand")


@dataclass(frozen=True, slots=True)
class Rank:
    """Why a claim stands where it stands. Each part lies between 0 and 1."""

    harm: float
    spread: float  # items and people, by their logarithm
    void: float  # 1 while nothing of ours answers it
    score: float
    items: int
    people: int


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list."""

    answer: Answer
    state: str  # owed, draft, waiting, approved, out, open_again, old, aside
    rank: Rank
    newest: StatementVersion | None


@dataclass(frozen=True, slots=True)
class Where:
    """A story or a case in which it was heard."""

    link: AnswerLink
    heading: ItemSeen | None
    items: int  # of the story
    people: int  # of the case


@dataclass(frozen=True, slots=True)
class Told:
    """How many who asked were told of a version."""

    version: int
    sent: int
    waiting: int
    failed: int
    by: tuple[tuple[str, int], ...]  # how, how many


@dataclass(frozen=True, slots=True)
class Page:
    """One claim with its answer."""

    line: Line
    where: tuple[Where, ...]
    proposed: tuple[Where, ...]  # the desk's own matching found them; a person decides
    undone: tuple[Where, ...]
    versions: tuple[StatementVersion, ...]  # newest first
    documents: tuple[AnswerDocument, ...]
    told: tuple[Told, ...]  # newest version first
    by_hand: tuple[AnswerNotice, ...]  # people somebody here must tell
    disputes: tuple[AnswerDispute, ...]
    writers: tuple[Person, ...]
    may_write: bool


def state_of(answer: Answer, now: datetime) -> str:
    """Where it stands, in one word."""
    statement = answer.statement
    if answer.set_aside_at is not None:
        return "aside"
    if statement is None:
        return "owed"
    if statement.published_id is None:
        newest = max(statement.versions.all(), key=lambda one: one.number, default=None)
        return desk_statements.stage(newest) if newest else "draft"
    if answer.reopened_at is not None:
        return "open_again"
    return "old" if answer.look_again_at is not None and answer.look_again_at <= now else "out"


def listed(
    person: Person, *, exercise: bool, words: str = "", state: str = "owed", kind: str = ""
) -> QuerySet[Answer]:
    """Claims of the person's units; `state` is one of STATES."""
    found = answers.visible(person, exercise)
    for word in words.split()[:8]:
        found = found.filter(Q(claim__icontains=word) | Q(statement__versions__title__icontains=word))
    out = Q(statement__published__isnull=False)
    narrowed = {
        "owed": Q(statement=None, set_aside_at=None),
        "draft": Q(statement__isnull=False, statement__published=None, set_aside_at=None),
        "out": out,
        "open_again": Q(reopened_at__isnull=False),
        "old": out & Q(look_again_at__isnull=False),
        "aside": Q(set_aside_at__isnull=False),
    }
    if state in narrowed:
        found = found.filter(narrowed[state])
    if kind in answers.KINDS:
        found = found.filter(kind=kind)
    beside = found.select_related("unit", "owner", "statement__published")
    return beside.prefetch_related("statement__versions").order_by("-opened_at", "-pk").distinct()


def in_order(found: QuerySet[Answer], now: datetime, *, state: str = "") -> list[Line]:
    """Rows with the most pressing first; at most `MOST` of the newest are compared."""
    rows = list(found[:MOST])
    weights = claim_weights.held()
    items, people = spread_of([row.pk for row in rows])
    lines = []
    for row in rows:
        said = state_of(row, now)
        if state == "old" and said != "old":
            continue
        rank = _rank(row, said, items.get(row.pk, 0), people.get(row.pk, 0), weights)
        versions = sorted(row.statement.versions.all(), key=lambda one: -one.number) if row.statement else []
        lines.append(Line(row, said, rank, versions[0] if versions else None))
    return sorted(lines, key=lambda line: (-line.rank.score, line.answer.pk))


def _rank(row: Answer, state: str, items: int, people: int, weights: claim_weights.Weights) -> Rank:
    harm = row.harm / 3
    spread = min(1.0, log1p(items + people) / log1p(1000))
    void = {"out": 0.1, "old": 0.5, "open_again": 0.7, "aside": 0.0}.get(state, 1.0)
    score = harm**weights.harm * max(spread, 0.05) ** weights.spread * void**weights.void
    return Rank(harm, spread, void, score, items, people)


def spread_of(numbers: Sequence[int]) -> tuple[dict[int, int], dict[int, int]]:
    """(items of the stories, people of the cases) by answer, counted from the links that stand."""
    items: dict[int, int] = {}
    people: dict[int, int] = {}
    links = AnswerLink.objects.filter(answer__in=numbers, undone_at=None).exclude(how="proposed")
    for answer, said, asked in links.values_list("answer", "story__items", "case__people"):
        items[answer] = items.get(answer, 0) + int(said or 0)
        people[answer] = people.get(answer, 0) + int(asked or 0)
    return items, people


def one(person: Person, number: int, *, exercise: bool) -> Answer | None:
    """One claim the person may see in this space, or None."""
    found = answers.visible(person, exercise).filter(pk=number)
    return found.select_related("unit", "owner", "opened_by", "statement__published").first()


def page(person: Person, row: Answer, now: datetime) -> Page:
    """Everything its page shows."""
    (line,) = in_order(Answer.objects.filter(pk=row.pk).select_related("unit", "owner", "statement"), now)
    links = AnswerLink.objects.filter(answer=row).select_related("story", "case", "by").order_by("-at", "-pk")
    where = _where(list(links))
    hand = AnswerNotice.objects.filter(asker__answer=row, how="hand", state="waiting")
    return Page(
        line=line,
        where=tuple(one for one in where if one.link.undone_at is None and one.link.how != "proposed"),
        proposed=tuple(one for one in where if one.link.undone_at is None and one.link.how == "proposed"),
        undone=tuple(one for one in where if one.link.undone_at is not None),
        versions=tuple(_versions(row.statement)),
        documents=tuple(AnswerDocument.objects.filter(answer=row).defer("body").select_related("stored_by")),
        told=told(row),
        by_hand=tuple(hand.select_related("asker__message__submission").order_by("pk")[:50]),
        disputes=tuple(
            AnswerDispute.objects.filter(answer=row).select_related("reviewer").order_by("-received_at")
        ),
        writers=tuple(writers(row.unit)),
        may_write=may(person, Permission.STATEMENT_WRITE, row.unit),
    )


def _versions(statement: Statement | None) -> Iterable[StatementVersion]:
    return (
        statement.versions.select_related("written_by", "approved_by").order_by("-number")
        if statement
        else ()
    )


def _where(links: Sequence[AnswerLink]) -> list[Where]:
    headings = items_by_id([one.story.heading_item for one in links if one.story and one.story.heading_item])
    return [
        Where(
            link,
            headings.get(link.story.heading_item or 0) if link.story else None,
            link.story.items if link.story else 0,
            link.case.people if link.case else 0,
        )
        for link in links
    ]


def told(row: Answer) -> tuple[Told, ...]:
    """For each version that anybody was told of: how many, and how."""
    counts = (
        AnswerNotice.objects.filter(asker__answer=row)
        .exclude(how="confirm")
        .values_list("version__number", "how", "state")
        .annotate(n=Count("pk"))
        .order_by("-version__number")
    )
    found: dict[int, dict[tuple[str, str], int]] = {}
    for version, how, state, n in counts:
        found.setdefault(version, {})[(how, state)] = n
    return tuple(
        Told(
            version=version,
            sent=_sum(by, state="sent"),
            waiting=_sum(by, state="waiting") + _sum(by, state="sending"),
            failed=_sum(by, state="failed"),
            by=tuple((how, n) for how in HOWS if (n := _sum(by, how=how, state="sent"))),
        )
        for version, by in found.items()
    )


def _sum(by: dict[tuple[str, str], int], *, state: str, how: str = "") -> int:
    return sum(n for (way, now), n in by.items() if now == state and how in ("", way))


def writers(unit: Unit | None = None) -> list[Person]:
    """Who may owe an answer: colleagues who write for the unit, or for any."""
    roles = [role.value for role in Role if Permission.STATEMENT_WRITE in ROLES[role]]
    held = RoleHeld.objects.filter(role__in=roles, person__is_active=True)
    if unit is not None:
        held = held.filter(unit__in=[int(part) for part in unit.path.strip("/").split("/") if part])
    return list(Person.objects.filter(pk__in=held.values("person")).order_by("name", "pk")[:300])


def of_story(story: int) -> list[Answer]:
    """Claims that were linked to a story."""
    return list(Answer.objects.filter(links__story=story, links__undone_at=None).order_by("pk"))


def story_of(number: int, exercise: bool) -> Story | None:
    """The story a claim is opened from."""
    return Story.objects.filter(pk=number, exercise=exercise).first()
