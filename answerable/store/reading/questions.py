"""Standing questions as pages show them: what they found, by hour, in which stories, what is to review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from answerable.store import search
from answerable.store.models import Question, QuestionSample
from answerable.store.questions import asked, overseer_exists
from answerable.store.reading.items import ItemSeen, items_by_id
from answerable.store.reading.moment import Moment
from answerable.store.reading.rows import marks, number, rows

HOURS = 24
MOST_HITS = 2000  # of a search, before it is narrowed to the question


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One row of the list."""

    question: Question
    total: int  # items counted, those that left included
    recent: int  # in the last 24 hours
    hours: tuple[int, ...]  # 24 counts, oldest first
    sample_due: datetime | None  # a drawn sample waits for a review since then


@dataclass(frozen=True, slots=True)
class PublicQuestion:
    """One question as everybody may see it."""

    id: int
    name: str  # "" when hidden: a name may say whom it protects
    purpose: str
    purpose_text: str
    unit: str
    words: str  # "" when hidden, or when it goes by examples
    learned: tuple[str, ...]  # the strongest words of "more like these"
    hidden: bool
    paused: bool
    since: datetime
    flag: str  # "" also while an overseer watches the flags
    flag_names: tuple[str, ...]
    findings: tuple[QuestionSample, ...]  # newest first
    next_sample: datetime | None


def question_lines(exercise: bool, moment: Moment, query: str = "") -> list[QuestionLine]:
    """Every question that is asked or paused; `query` narrows to name, words and unit."""
    found = [row for row in asked(exercise) if _holds(row, query)]
    ids = [row.pk for row in found]
    hours = hours_of(ids, moment.hour - HOURS + 1, HOURS)
    totals = _totals(ids)
    due = dict(
        QuestionSample.objects.filter(question__in=ids, done_at=None, drawn_at__isnull=False).values_list(
            "question", "due_at"
        )
    )
    return [
        QuestionLine(row, totals.get(row.pk, 0), sum(hours[row.pk]), hours[row.pk], due.get(row.pk))
        for row in found
    ]


def one_question(pk: int, exercise: bool) -> Question | None:
    """A question of this space; None when there is none, or it was removed."""
    return asked(exercise).filter(pk=pk).first()


def hours_of(ids: Sequence[int], first: int, count: int) -> dict[int, tuple[int, ...]]:
    """Counts of each question in `count` hours from `first`."""
    found: dict[int, list[int]] = {one: [0] * count for one in ids}
    for question, hour, items in rows(
        "SELECT question_id, hour, items FROM question_hours "  # noqa: S608 (marks only)
        f"WHERE question_id IN ({marks(ids)}) AND hour >= %s AND hour < %s",
        [*ids, first, first + count],
    ):
        found[question][hour - first] += items
    return {one: tuple(counts) for one, counts in found.items()}


def _totals(ids: Sequence[int]) -> dict[int, int]:
    found = rows(
        f"SELECT question_id, SUM(items) FROM question_hours WHERE question_id IN ({marks(ids)}) "  # noqa: S608
        "GROUP BY question_id",
        ids,
    )
    return {row[0]: int(row[1]) for row in found}


def total_of(question: int) -> int:
    """How many items a question counted, those that left included."""
    return _totals([question]).get(question, 0)


def found_items(question: Question, query: str, *, limit: int, offset: int) -> tuple[list[ItemSeen], int]:
    """A page of what a question found, newest first, and how many there are."""
    where, values = _where(question, query)
    total = number(f"SELECT COUNT(*) FROM question_matches m WHERE {where}", values)  # noqa: S608
    ids = [
        row[0]
        for row in rows(
            f"SELECT m.item FROM question_matches m WHERE {where} "  # noqa: S608
            "ORDER BY m.published DESC, m.item DESC LIMIT %s OFFSET %s",
            [*values, limit, offset],
        )
    ]
    seen = items_by_id(ids)
    return [seen[one] for one in ids if one in seen], total


def all_found(question: Question, query: str, *, page: int = 500) -> Iterator[ItemSeen]:
    """Everything a question found, oldest id first, read in pages: for exports."""
    where, values = _where(question, query)
    after = 0
    while True:
        ids = [
            row[0]
            for row in rows(
                f"SELECT m.item FROM question_matches m WHERE {where} AND m.item > %s "  # noqa: S608
                "ORDER BY m.item LIMIT %s",
                [*values, after, page],
            )
        ]
        if not ids:
            return
        seen = items_by_id(ids)
        yield from (seen[one] for one in ids if one in seen)
        after = ids[-1]


def stories_of(question: int, limit: int) -> tuple[list[tuple[int, int]], int]:
    """(story, items of it that the question found), most first; and how many stories in all."""
    joined = (
        "FROM question_matches m JOIN items i ON i.id = m.item JOIN threads t ON t.id = i.thread_id "
        "WHERE m.question_id = %s"
    )
    found = rows(
        f"SELECT t.story_id, COUNT(*) AS n {joined} "
        "GROUP BY t.story_id ORDER BY n DESC, t.story_id DESC LIMIT %s",
        [question, limit],
    )
    return [(row[0], int(row[1])) for row in found], number(
        f"SELECT COUNT(DISTINCT t.story_id) {joined}",
        [question],
    )


def samples_of(question: int) -> list[QuestionSample]:
    """The second looks at a question, newest first."""
    found = QuestionSample.objects.filter(question=question).select_related("done_by")
    return list(found.order_by("-due_at", "-id")[:20])


def one_sample(question: Question, pk: int) -> QuestionSample | None:
    """A sample of this question that was drawn."""
    found = QuestionSample.objects.filter(question=question, pk=pk, drawn_at__isnull=False)
    return found.select_related("question", "question__unit", "done_by").first()


def public_questions(hidden_purposes: Sequence[str]) -> tuple[PublicQuestion, ...]:
    """Every real question with its purpose, flagged ones first."""
    watched = overseer_exists()
    seen = [_public(row, row.purpose in hidden_purposes, watched=watched) for row in asked()]
    return tuple(sorted(seen, key=lambda one: (not one.flag, one.name)))


def _public(row: Question, hidden: bool, *, watched: bool) -> PublicQuestion:
    samples = samples_of(row.pk)
    waiting = next((sample for sample in samples if sample.done_at is None), None)
    return PublicQuestion(
        id=row.pk,
        name="" if hidden else row.name,
        purpose=row.purpose,
        purpose_text=row.purpose_text,
        unit=row.unit.name,
        words="" if hidden else row.words,
        learned=() if hidden else learned_words(row),
        hidden=hidden,
        paused=row.paused,
        since=row.created_at,
        flag="" if watched else row.flag,
        flag_names=() if watched else tuple(row.flag_names),
        findings=tuple(sample for sample in samples if sample.finding),
        next_sample=waiting.due_at if waiting is not None and row.flag else None,
    )


def learned_words(question: Question, most: int = 12) -> tuple[str, ...]:
    """The strongest words of "more like these"; none before the engine has learned them."""
    kept = (question.likeness or {}).get("words", [])
    return tuple(str(word) for word, _, _ in kept[:most])


def _holds(row: Question, query: str) -> bool:
    said = f"{row.name} {row.words} {row.unit.name} {row.purpose_text}".casefold()
    return all(word in said for word in query.casefold().split())


def _where(question: Question, query: str) -> tuple[str, list[int]]:
    if not query:
        return "m.question_id = %s", [question.pk]
    hits = search.find(query, exercise=question.exercise, limit=MOST_HITS)
    return f"m.question_id = %s AND m.item IN ({marks(hits)})", [question.pk, *hits]
