"""What the engine reads and writes of standing questions: matches, hours, and the look back after a change.

Only the engine writes here. A match that exists is never counted again, so repeats change nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q

from answerable.store import ledger
from answerable.store.models import Question, QuestionHour, QuestionMatch

CLEAR_AT_ONCE = 2000  # matches of an older version that one transaction removes
HOUR_MS = 3_600_000
BACKGROUND = 1000  # newest items that a likeness is held against
DAY_MS = timedelta(days=1) // timedelta(milliseconds=1)

Match = tuple[int, int, int]  # question, item, published in ms


@dataclass(frozen=True, slots=True)
class Standing:
    """A question as the engine needs it."""

    id: int
    version: int
    words: str
    examples: tuple[int, ...]
    likeness: dict[str, Any] | None
    ready: bool  # matches of older versions are gone, so that new ones may come
    done: bool  # it has looked back as far as it should


@dataclass(frozen=True, slots=True)
class Old:
    """An item to look back at."""

    id: int
    title: str
    text: str
    published: int  # ms
    story_state: bytes | None


def signature(exercise: bool) -> tuple[int, int]:
    """Changes whenever a question of the space changes: one look at one small table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*), COALESCE(SUM(version), 0) FROM questions WHERE exercise = %s", [exercise]
        )
        count, versions = cursor.fetchone()
    return int(count), int(versions)


def standing(exercise: bool) -> list[Standing]:
    """The questions that are asked in a space, oldest first."""
    rows = Question.objects.filter(exercise=exercise, paused=False, removed_at=None).order_by("id")
    return [
        Standing(
            row.pk,
            row.version,
            row.words,
            tuple(row.examples),
            row.likeness,
            ready=row.run_version == row.version,
            done=row.run_version == row.version and row.run_done,
        )
        for row in rows
    ]


def write(cursor: Any, matches: Sequence[Match]) -> int:
    """Keep matches and count their hours, in the caller's transaction; returns how many are new."""
    known: set[tuple[int, int]] = set()
    ids = sorted({item for _, item, _ in matches})
    for at in range(0, len(ids), 500):
        chunk = ids[at : at + 500]
        marks = ", ".join(["%s"] * len(chunk))
        cursor.execute(f"SELECT question_id, item FROM question_matches WHERE item IN ({marks})", chunk)  # noqa: S608
        known.update((row[0], row[1]) for row in cursor.fetchall())
    new = [match for match in dict.fromkeys(matches) if match[:2] not in known]
    cursor.executemany("INSERT INTO question_matches (question_id, item, published) VALUES (%s, %s, %s)", new)
    _count(cursor, Counter((question, published // HOUR_MS) for question, _, published in new))
    return len(new)


def forget(items: Sequence[int], *, keep_counts: bool) -> None:
    """Take items out of what questions found, in the caller's transaction; erasure keeps the counts."""
    found = QuestionMatch.objects.filter(item__in=list(items))
    if not keep_counts:
        gone = Counter(
            (question, published // HOUR_MS)
            for question, published in found.values_list("question", "published")
        )
        with connection.cursor() as cursor:
            _count(cursor, Counter({key: -times for key, times in gone.items()}))
    found.delete()


def drop_examples(items: Sequence[int], now: datetime) -> None:
    """Items that were erased teach no question any more: it learns again from the examples that are left.

    One without any example pauses. In the caller's transaction.
    """
    gone = set(items)
    for row in Question.objects.exclude(examples=[]).filter(removed_at=None):
        left = [item for item in row.examples if item not in gone]
        if left != row.examples:
            Question.objects.filter(pk=row.pk).update(
                examples=left, likeness=None, version=F("version") + 1, paused=row.paused or not left
            )
            action = "question.change" if left else "question.pause"
            ledger.append(None, action, "question", row.pk, json.dumps(left), "example_erased", now)


def _count(cursor: Any, hours: Counter[tuple[int, int]]) -> None:
    cursor.executemany(
        "INSERT INTO question_hours (question_id, hour, items) VALUES (%s, %s, %s) "
        "ON CONFLICT (question_id, hour) DO UPDATE SET items = question_hours.items + excluded.items",
        [(question, hour, times) for (question, hour), times in hours.items()],
    )


# The look back


def clear_some(exercise: bool) -> bool:
    """Remove a part of what questions found that were removed or changed; False when nothing is left."""
    stale = Question.objects.filter(exercise=exercise).filter(
        Q(removed_at__isnull=False) | (Q(paused=False) & ~Q(run_version=F("version")))
    )
    for question in stale.order_by("id"):
        items = list(
            QuestionMatch.objects.filter(question=question).values_list("item", flat=True)[:CLEAR_AT_ONCE]
        )
        if items:
            QuestionMatch.objects.filter(question=question, item__in=items).delete()
            return True
        if question.removed_at is not None:
            QuestionHour.objects.filter(question=question).delete()
    return False


def begin(question: Standing, likeness: dict[str, Any] | None, exercise: bool) -> None:
    """Old matches are gone: start to look back, newest item first. What comes from now on is matched live."""
    newest = _newest(exercise)
    with transaction.atomic():
        QuestionHour.objects.filter(question=question.id).delete()
        row = Question.objects.get(pk=question.id)
        until = newest - row.look_back_days * DAY_MS
        Question.objects.filter(pk=row.pk, version=question.version).update(
            run_version=question.version,
            run_done=False,
            run_published=newest + 1,
            run_item=0,
            run_until=until,
            run_seen=0,
            run_total=_older(exercise, newest + 1, until),
            likeness=likeness,
        )


def older(question: int, exercise: bool, limit: int) -> list[Old]:
    """The next items a question looks back at, newest first; [] when it has looked far enough."""
    row = Question.objects.filter(pk=question).values("run_published", "run_item", "run_until").first()
    if row is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.id, i.title, i.text, i.published, s.state FROM items i "
            "LEFT JOIN threads t ON t.id = i.thread_id LEFT JOIN stories s ON s.id = t.story_id "
            "WHERE i.exercise = %s AND i.published >= %s AND i.published <= %s "
            "AND (i.published < %s OR i.id < %s) ORDER BY i.published DESC, i.id DESC LIMIT %s",
            [exercise, row["run_until"], row["run_published"], row["run_published"], row["run_item"], limit],
        )
        return [
            Old(item, title, text, published, bytes(state) if state is not None else None)
            for item, title, text, published, state in cursor.fetchall()
        ]


def looked(question: Standing, matches: Sequence[Match], last: Old | None, seen: int) -> None:
    """One step of a look back, in one transaction; `last` None ends it. Nothing when it was changed since."""
    with transaction.atomic():
        row = Question.objects.filter(pk=question.id, version=question.version, run_version=question.version)
        place = {"run_done": True} if last is None else {"run_published": last.published, "run_item": last.id}
        if row.update(run_seen=F("run_seen") + seen, **place):
            with connection.cursor() as cursor:
                write(cursor, matches)


def _newest(exercise: bool) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(published) FROM items WHERE exercise = %s", [exercise])
        return int(cursor.fetchone()[0] or 0)


def _older(exercise: bool, before: int, until: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*) FROM items WHERE exercise = %s AND published >= %s AND published < %s",
            [exercise, until, before],
        )
        return int(cursor.fetchone()[0])


def words_of(items: Iterable[int]) -> list[tuple[str, str]]:
    """(title, text) of items that are still here."""
    chosen = list(items)
    marks = ", ".join(["%s"] * len(chosen)) or "NULL"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT title, text FROM items WHERE id IN ({marks}) ORDER BY id", chosen)  # noqa: S608
        return [(row[0], row[1]) for row in cursor.fetchall()]


def newest_words(exercise: bool, limit: int = BACKGROUND) -> list[tuple[int, str, str]]:
    """(id, title, text) of the newest items of a space."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, title, text FROM items WHERE exercise = %s ORDER BY published DESC LIMIT %s",
            [exercise, limit],
        )
        return [(row[0], row[1], row[2]) for row in cursor.fetchall()]
