"""Matters as rows: written with what a story tick found, found by number or by name. The engine writes."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from answerable.records import Heard, MatterState, SourceClass, Understood
from answerable.understand.shelf import FEW

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)
_SELECT = "SELECT m.id, m.said, m.first_seen, m.last_seen, m.heading_story, m.names, m.state FROM matters m "
_NAMES_OF = "SELECT id, names FROM matters WHERE id IN "
# Not joined: SQLite would walk through all matters and look up every name for each.
_HOLDING = (
    "SELECT n.name, n.matter_id FROM matter_names n WHERE EXISTS (SELECT 1 FROM matters m "
    "WHERE m.id = n.matter_id AND m.exercise = %s AND m.merged_into_id IS NULL) "
    "AND n.name IN (SELECT name FROM matter_names WHERE name IN "
)
_PAGE = 400  # marks in one query
KEPT = 4000  # matters an engine takes up when it starts
WAITING = 1000  # single stories it takes up, which wait for a second one


def write(outcome: Understood, *, exercise: bool) -> None:
    """Write matters, where stories stand and what was merged, in the caller's transaction."""
    if not (outcome.matters or outcome.placed or outcome.matter_merges):
        return
    with connection.cursor() as cursor:
        _write_states(cursor, outcome.matters, exercise)
        for winner, loser in outcome.matter_merges:
            cursor.execute("UPDATE stories SET matter_id = %s WHERE matter_id = %s", [winner, loser])
            cursor.execute(
                "UPDATE matters SET merged_into_id = %s WHERE id = %s OR merged_into_id = %s",
                [winner, loser, loser],
            )
            cursor.execute("DELETE FROM matter_names WHERE matter_id = %s", [loser])
        cursor.executemany(
            "UPDATE stories SET matter_id = %s WHERE id = %s",
            [(matter, story) for story, matter in outcome.placed],
        )


def _write_states(cursor: Any, states: Sequence[MatterState], exercise: bool) -> None:
    named: dict[int, list[str]] = {}
    for ids in _parts([state.id for state in states]):
        cursor.execute(_NAMES_OF + f"({_marks(ids)})", ids)
        named.update((pk, _loaded(names)) for pk, names in cursor.fetchall())
    cursor.executemany(
        "INSERT INTO matters (id, exercise, said, first_seen, last_seen, heading_story, names, state) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (id) DO UPDATE SET said = excluded.said, "
        "first_seen = excluded.first_seen, last_seen = excluded.last_seen, "
        "heading_story = excluded.heading_story, names = excluded.names, state = excluded.state",
        [
            (
                one.id, exercise, one.said, _to_ms(one.first_seen), _to_ms(one.last_seen), one.heading,
                json.dumps(one.names, ensure_ascii=False), one.state,
            )
            for one in states
        ],
    )  # fmt: skip
    renamed = [one for one in states if named.get(one.id) != list(one.names)]
    cursor.executemany("DELETE FROM matter_names WHERE matter_id = %s", [(one.id,) for one in renamed])
    cursor.executemany(
        "INSERT INTO matter_names (name, matter_id) VALUES (%s, %s) ON CONFLICT (name, matter_id) DO NOTHING",
        [(name[:80], one.id) for one in renamed for name in one.names],
    )


class StoredShelf:
    """The rows as a shelf, see `understand.shelf`."""

    def __init__(self, exercise: bool) -> None:
        self._exercise = exercise

    def holding(self, names: Collection[str]) -> Mapping[str, Collection[int]]:
        """The matters that each of these names may mean; nothing for one that more than FEW hold."""
        found: dict[str, list[int]] = {}
        for part in _parts(sorted({name[:80] for name in names})):
            with connection.cursor() as cursor:
                cursor.execute(
                    _HOLDING + f"({_marks(part)}) GROUP BY name HAVING COUNT(*) <= %s)",
                    [self._exercise, *part, FEW],
                )
                for name, matter in cursor.fetchall():
                    found.setdefault(name, []).append(matter)
        return {name: found[name[:80]] for name in names if name[:80] in found}

    def numbered(self, ids: Collection[int]) -> Iterable[MatterState]:
        """Matters by id, the oldest first."""
        for part in _parts(sorted(ids)):
            yield from _states(
                f"WHERE m.id IN ({_marks(part)}) AND m.merged_into_id IS NULL ORDER BY m.id", part
            )

    def lay(self, matters: Iterable[MatterState]) -> None:
        """They were written when they changed."""


def recent(exercise: bool) -> tuple[list[MatterState], bool]:
    """The matters seen last, the least recent first, and whether there are more."""
    found = list(
        _states(
            "WHERE m.exercise = %s AND m.merged_into_id IS NULL "
            "ORDER BY m.last_seen DESC, m.id DESC LIMIT %s",
            [exercise, KEPT + 1],
        )
    )
    return found[:KEPT][::-1], len(found) > KEPT


def homes(exercise: bool) -> list[tuple[int, int]]:
    """(story, matter) of stories that have an active thread or were set apart from another by a person."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.id, s.matter_id FROM stories s WHERE s.exercise = %s AND s.matter_id IS NOT NULL "
            "AND s.merged_into_id IS NULL AND EXISTS (SELECT 1 FROM threads t WHERE t.story_id = s.id AND "
            "(t.active = %s OR EXISTS (SELECT 1 FROM story_links l WHERE l.kind = 'cannot' "
            "AND (l.thread_a_id = t.id OR l.thread_b_id = t.id)))) ORDER BY s.id",
            [exercise, True],
        )
        return [(story, matter) for story, matter in cursor.fetchall()]


def waiting(exercise: bool) -> Iterator[tuple[int, Heard]]:
    """(story, its heading item) of the newest stories that stand in no matter, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.id, i.id, i.source_id, i.title, i.text, i.published, i.heard FROM stories s "
            "JOIN items i ON i.id = s.heading_item WHERE s.exercise = %s AND s.merged_into_id IS NULL "
            "AND s.matter_id IS NULL ORDER BY s.last_seen DESC LIMIT %s",
            [exercise, WAITING],
        )
        rows = cursor.fetchall()
    for story, item, source, title, text, published, heard in reversed(rows):
        yield (
            story,
            Heard(item, source, SourceClass.PUBLIC, text, title, _from_ms(published), _from_ms(heard)),
        )


def _states(where: str, values: Sequence[Any]) -> Iterator[MatterState]:
    with connection.cursor() as cursor:
        cursor.execute(_SELECT + where, values)
        rows = cursor.fetchall()
    for pk, said, first, last, heading, names, state in rows:
        yield MatterState(
            pk, said, _from_ms(first), _from_ms(last), heading, tuple(_loaded(names)), bytes(state)
        )


def _parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[at : at + _PAGE] for at in range(0, len(values), _PAGE))


def _marks(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def _loaded(value: Any) -> list[str]:
    return list(json.loads(value) if isinstance(value, str) else value)


def _to_ms(at: datetime) -> int:
    return (at - _EPOCH) // _MS


def _from_ms(ms: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=ms)
