"""Drills as rows: start one, follow it, remove it without a trace beside the ledger.

A drill is one `drills` row and one exercise source for each class of speaker. How far it came stands in the
cursors of its sources, which move with their items. Only the engine wipes; others ask it to.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from django.db import connection, transaction

from answerable.collect.drill import DEFAULT_NAME, DEFAULT_SPEED, DRILLS, DrillCollector, ExerciseClock, day
from answerable.errors import BadInput, Conflict
from answerable.permissions import Permission
from answerable.records import SourceClass, SourceFacts
from answerable.store import ledger, reporting, search
from answerable.store.access import require
from answerable.store.models import Drill, ItemPicture, ItemRow, Person, Source

DEFAULT_SEED = 2026
LARGEST_SEED = 2**63 - 1
FASTEST = 10_000.0
ASK_EVERY_S = 1  # a source of a drill is asked each second
CHUNK = 500  # rows removed in one transaction, so that nobody at the desk waits
KEEP_DAYS = 90

_SOURCES = (
    (SourceClass.PUBLIC, "Brackwater talk", "Exercise: what invented residents say"),
    (SourceClass.OUTLET, "Estuary Post", "Exercise: what an invented newspaper writes"),
    (SourceClass.INSTITUTION, "Brackwater notices", "Exercise: what invented institutions announce"),
)
_EXERCISE_ANSWERS = "SELECT id FROM answers WHERE exercise"
_EXERCISE_STATEMENTS = "SELECT id FROM statements WHERE exercise"
_OF_VERSIONS = (
    ("owed_approvals", "version_id"),
    ("statement_signatures", "version_id"),
    ("departures", "id"),
    ("wordings", "id"),
    ("evidence", "id"),
)
_EXERCISE_VERSIONS = f"SELECT id FROM statement_versions WHERE statement_id IN ({_EXERCISE_STATEMENTS})"  # noqa: S608 (our own words)
_EXERCISE_ROOMS = "SELECT id FROM rooms WHERE exercise"
_EXERCISE_INCIDENTS = "SELECT id FROM incidents WHERE exercise"
_EXERCISE_CLOCKS = f"SELECT id FROM clocks WHERE incident_id IN ({_EXERCISE_INCIDENTS})"  # noqa: S608
_OF_INCIDENTS = (
    "incident_stories",
    "clocks",
    "timeline",
    "incident_tasks",
    "units_told",
    "emergency_reports",
    "disputes",
    "conferences",
    "conference_questions",
    "shared_lines",
)
_EXERCISE_STORIES = "SELECT id FROM stories WHERE exercise"
_EXERCISE_SOURCES = "SELECT id FROM sources WHERE exercise"
_EXERCISE_QUESTIONS = "SELECT id FROM questions WHERE exercise"


def start(
    name: str = DEFAULT_NAME,
    *,
    seed: int | None = None,
    speed: float | None = None,
    actor: Person | None = None,
    reason: str = "",
    now: datetime,
) -> Drill:
    """Begin a drill now. `actor` None is the operator at the command line, or an empty data folder.

    BadInput for a name that does not exist, a seed or a speed out of range; Conflict while another drill
    is there; NotAllowed.
    """
    seed = DEFAULT_SEED if seed is None else seed
    speed = DEFAULT_SPEED if speed is None else speed
    _check(name, seed, speed)
    with transaction.atomic():
        if actor is not None:
            require(actor, Permission.DRILL_RUN)
        ledger.serialise()
        if Source.objects.filter(kind="drill", removed_at=None).exists():
            raise Conflict("A drill is here already: wipe it first with `answerable drill --wipe`.")
        if wipe_requested():
            raise Conflict("The last drill is still being removed: try again in a moment.")
        clock = ExerciseClock.beginning(now, speed, reporting.zone())
        sources = [_source(name, *one, now=now) for one in _SOURCES]
        drill = Drill.objects.create(
            name=name,
            seed=seed,
            speed=speed,
            source=sources[0],
            day_starts_at=clock.day_starts_at,
            started_at=now,
            total=len(day(name, seed)),
        )
        ledger.append(actor, "drill.start", "drill", drill.pk, json.dumps([name, seed, speed]), reason, now)
    return drill


def begin(*, now: datetime) -> Drill:
    """Begin the drill of an empty data folder, so that the first page is alive."""
    return start(reason="first_start", now=now)


def current() -> Drill | None:
    """The drill that plays or was the last to play; None when there is none or it was wiped."""
    return Drill.objects.order_by("-id").first()


def clock_of(drill: Drill) -> ExerciseClock:
    """The drill's clock."""
    return ExerciseClock(drill.started_at, drill.day_starts_at, drill.speed)


def exercise_now(drill: Drill, now: datetime) -> datetime:
    """Exercise time at a real moment, on the scale of its items' `published`; still when the day is over."""
    return clock_of(drill).exercise_now(now)


def title_of(drill: Drill) -> str:
    """The drill's name for people: "Spring tide"."""
    return DRILLS[drill.name].title if drill.name in DRILLS else drill.name


def collector(facts: SourceFacts, source: Source, now: datetime) -> DrillCollector:
    """The collector of one exercise source, playing up to `now`. Conflict when its drill was wiped."""
    drill = current()
    if drill is None or not source.address.startswith(f"drill:{drill.name}/"):
        raise Conflict("This drill was wiped; there is nothing to play.")
    progress(drill, now)
    return DrillCollector(facts, drill.name, drill.seed, clock_of(drill), now)


def progress(drill: Drill, now: datetime) -> int:
    """How many items were played; written down, and the end with it, whenever that changed."""
    cursors = Source.objects.filter(address__startswith=f"drill:{drill.name}/", exercise=True)
    played = sum(int(cursor.get("played", 0)) for cursor in cursors.values_list("cursor", flat=True))
    ended = now if played >= drill.total and drill.total else None
    if played != drill.played or (ended is not None and drill.ended_at is None):
        Drill.objects.filter(pk=drill.pk).update(played=played, ended_at=drill.ended_at or ended)
        drill.refresh_from_db()
    return played


def request_wipe(actor: Person | None = None, *, reason: str = "", now: datetime) -> bool:
    """Stop the drill and ask the engine to remove all of it; False when there is nothing of an exercise.

    From here on no exercise item is taken in. NotAllowed without `drill.run`.
    """
    with transaction.atomic():
        if actor is not None:
            require(actor, Permission.DRILL_RUN)
        drill = current()
        stopped = Source.objects.filter(exercise=True, removed_at=None).update(removed_at=now)
        if drill is None and not stopped:
            return False
        number = drill.pk if drill else 0
        Drill.objects.all().delete()
        ledger.append(actor, "drill.wipe", "drill", number, drill.name if drill else "", reason, now)
    return True


def wipe_requested() -> bool:
    """Whether rows of an exercise wait to be removed."""
    return Source.objects.filter(exercise=True, removed_at__isnull=False).exists()


def exercise_items() -> int:
    """How many items of an exercise are stored."""
    return ItemRow.objects.filter(exercise=True).count()


def wipe(now: datetime) -> int:
    """Remove every exercise row; returns how many items went. For the engine alone.

    Its memory of the exercise is stale afterwards. A kill on the way leaves the request standing, so the
    next engine goes on. Ledger rows stay.
    """
    request_wipe(reason="wipe", now=now)
    items = _forget_search()
    for statement in _removals():
        _repeat(statement)
    Source.objects.filter(exercise=True).delete()
    return items


def _check(name: str, seed: int, speed: float) -> None:
    if name not in DRILLS:
        raise BadInput(f"There is no drill {name!r}: choose one of {', '.join(sorted(DRILLS))}.")
    if not 0 <= seed <= LARGEST_SEED:
        raise BadInput("A seed is a whole number from 0: choose another.")
    if not 1 <= speed <= FASTEST:
        raise BadInput(f"A speed lies between 1 (real time) and {FASTEST:.0f}: choose another.")


def _source(drill: str, source_class: SourceClass, name: str, purpose: str, now: datetime) -> Source:
    return Source.objects.create(
        name=name,
        kind="drill",
        address=f"drill:{drill}/{source_class}",
        source_class=source_class,
        purpose=purpose,
        licence="invented for this drill",
        keep_days=KEEP_DAYS,
        exercise=True,
        added_at=now,
        interval_s=ASK_EVERY_S,
    )


def _forget_search() -> int:
    """Take exercise items out of the index and remove them, a few at a time; returns how many."""
    gone = 0
    while rows := list(ItemRow.objects.filter(exercise=True).values_list("id", "title", "text")[:CHUNK]):
        with transaction.atomic():
            search.remove(rows)
            ItemPicture.objects.filter(item__in=[row[0] for row in rows]).delete()
            gone += ItemRow.objects.filter(id__in=[row[0] for row in rows]).delete()[0]
    return gone


def _removals() -> Iterator[str]:
    """Statements that remove every kind of row, none before the rows that need it; each is repeated until
    nothing is left of its kind.
    """

    def of(table: str, where: str, key: str = "id") -> str:
        return f"DELETE FROM {table} WHERE {key} IN (SELECT {key} FROM {table} WHERE {where} LIMIT {CHUNK})"  # noqa: S608

    yield of("answer_notices", "exercise")
    for table in ("answer_askers", "answer_links", "answer_votes", "answer_disputes"):
        yield of(table, f"answer_id IN ({_EXERCISE_ANSWERS})")
    yield of("answer_documents", f"answer_id IN ({_EXERCISE_ANSWERS})", key="sha256")
    yield of("answers", "exercise")
    for table in ("notices", "calls", "press_questions", "leads", "deliveries"):
        yield of(table, "exercise")
    yield of("publications", f"exercise OR version_id IN ({_EXERCISE_VERSIONS})")
    for table, key in _OF_VERSIONS:
        yield of(table, f"version_id IN ({_EXERCISE_VERSIONS})", key=key)
    yield (
        "UPDATE statements SET published_id = NULL WHERE id IN (SELECT id FROM statements "  # noqa: S608
        f"WHERE exercise AND published_id IS NOT NULL LIMIT {CHUNK})"
    )
    yield of("statement_versions", f"statement_id IN ({_EXERCISE_STATEMENTS})")
    yield of("statements", "exercise")
    yield of("escalations", f"clock_id IN ({_EXERCISE_CLOCKS})")
    for table in _OF_INCIDENTS:
        yield of(table, f"incident_id IN ({_EXERCISE_INCIDENTS})")
    for table in ("room_seats", "assessments"):
        yield of(table, f"room_id IN ({_EXERCISE_ROOMS})")
    yield of("rooms", "exercise")
    yield of("incidents", "exercise")
    yield of("question_matches", f"question_id IN ({_EXERCISE_QUESTIONS})", key="item")
    yield of("question_hours", f"question_id IN ({_EXERCISE_QUESTIONS})", key="question_id")
    yield of("question_samples", f"question_id IN ({_EXERCISE_QUESTIONS})")
    yield of("questions", "exercise")
    yield of("forecasts", "exercise")
    yield of("forecast_days", "exercise")
    yield of("forecast_learned", "exercise", key="exercise")
    yield of("advice_choices", "advice_id IN (SELECT id FROM advice WHERE exercise)")
    yield of("advice", "exercise")
    yield (
        "UPDATE signals SET alert_id = NULL WHERE id IN (SELECT id FROM signals "  # noqa: S608
        f"WHERE alert_id IS NOT NULL AND story_id IN ({_EXERCISE_STORIES}) LIMIT {CHUNK})"
    )
    yield of("alerts", "exercise")
    yield of("signals", f"story_id IN ({_EXERCISE_STORIES})")
    yield of("story_links", "thread_a_id IN (SELECT id FROM threads WHERE exercise)")
    yield of("threads", "exercise")
    yield of("story_merges", f"winner_id IN ({_EXERCISE_STORIES}) OR loser_id IN ({_EXERCISE_STORIES})")
    yield of("story_hours", f"story_id IN ({_EXERCISE_STORIES})", key="story_id")
    yield of("story_looks", f"story_id IN ({_EXERCISE_STORIES})", key="story_id")
    yield of("story_facts", f"story_id IN ({_EXERCISE_STORIES})", key="story_id")
    yield "UPDATE stories SET merged_into_id = NULL WHERE exercise AND merged_into_id IS NOT NULL"
    yield of("story_edits", "exercise")
    yield of("stories", "exercise")
    yield of("matter_names", "matter_id IN (SELECT id FROM matters WHERE exercise)", key="matter_id")
    yield "UPDATE matters SET merged_into_id = NULL WHERE exercise AND merged_into_id IS NOT NULL"
    yield of("matters", "exercise")
    yield of("tombstones", f"source_id IN ({_EXERCISE_SOURCES})", key="item")
    yield of("reports", "exercise")


def _repeat(statement: str) -> None:
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            if cursor.rowcount < 1:
                return
