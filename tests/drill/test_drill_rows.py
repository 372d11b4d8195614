"""A drill as rows: it starts once, plays what is due, and leaves nothing but its ledger rows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Role
from answerable.records import Incoming, SourceClass, SourceFacts
from answerable.store import drills, ledger, search
from answerable.store.models import (
    Alert,
    Clock,
    Drill,
    Evidence,
    Incident,
    IncidentStory,
    ItemRow,
    LedgerRow,
    Publication,
    ReportDocument,
    RoleHeld,
    SignalRow,
    Source,
    Statement,
    StatementVersion,
    Story,
    StoryHour,
    StoryLink,
    StoryMerge,
    ThreadRow,
    TimelineEntry,
    Tombstone,
)

pytestmark = pytest.mark.store


def counts(exercise_only: bool = False) -> dict[str, int]:
    """Rows of every table."""
    return {
        model._meta.db_table: model._default_manager.count()
        for model in apps.get_app_config("store").get_models()
    }


def play(now: datetime) -> int:
    """Hand over what is due, as the collectors do, without the engine's understanding."""
    handed = 0
    for source in Source.objects.filter(kind="drill", removed_at=None):
        facts = SourceFacts(
            source.pk, "drill", source.address, SourceClass(source.source_class), exercise=True
        )
        for batch, cursor in drills.collector(facts, source, now).collect(source.cursor):
            rows = [row for row in batch if isinstance(row, Incoming)]
            first = (ItemRow.objects.order_by("-id").values_list("id", flat=True).first() or 0) + 1
            ItemRow.objects.bulk_create(
                ItemRow(
                    id=first + number,
                    source=source,
                    key=row.external_id.encode(),
                    text=row.text,
                    title=row.title,
                    published=int(row.published.timestamp() * 1000) if row.published else 0,
                    heard=int(now.timestamp() * 1000),
                    batch=1,
                    exercise=True,
                )
                for number, row in enumerate(rows)
            )
            search.insert((first + number, row.title, row.text) for number, row in enumerate(rows))
            Source.objects.filter(pk=source.pk).update(cursor=cursor)
            handed += len(rows)
    return handed


def everything(desk: Any) -> None:
    """One row of every kind that an exercise can leave behind, with the links between them."""
    alert = streamed(desk)
    answered(desk, alert)


def streamed(desk: Any) -> Alert:
    """Stories with threads, items, hours, a merge, a link, a tombstone and an alert."""
    items = list(ItemRow.objects.filter(exercise=True).order_by("id")[:2])
    stories = [
        Story.objects.create(exercise=True, items=1, first_seen=1, last_seen=2, first_heard=1)
        for _ in range(3)
    ]
    Story.objects.filter(pk=stories[1].pk).update(merged_into=stories[0])
    threads = [
        ThreadRow.objects.create(story=story, exercise=True, items=1, first_seen=1, last_seen=2, state=b"")
        for story in stories
    ]
    for item, thread in zip(items, threads, strict=False):
        ItemRow.objects.filter(pk=item.pk).update(thread=thread)
    StoryHour.objects.create(story=stories[0], hour=1, items=2)
    StoryMerge.objects.create(winner=stories[0], loser=stories[1], at=1, lexical=0.5, meaning=0.5)
    StoryLink.objects.create(kind="must", thread_a=threads[0], thread_b=threads[1], at=desk.now)
    signal = SignalRow.objects.create(
        story=stories[0],
        kind="burst",
        at=1,
        window_s=60,
        observed=1,
        expected=0,
        low=0,
        high=1,
        p=0,
        test="t",
        items=[1],
    )
    alert = Alert.objects.create(story=stories[0], signal=signal, exercise=True, raised_at=desk.now)
    Tombstone.objects.create(
        item=10**6,
        source_id=items[0].source_id,
        key=b"k",
        hour=1,
        story=stories[0].pk,
        reason="request",
        at=desk.now,
    )
    return alert


def answered(desk: Any, alert: Alert) -> None:
    """An incident with its clock and timeline, a published statement with evidence, a report."""
    incident = Incident.objects.create(
        title="Burst main",
        level=2,
        unit=desk.top,
        opened_by=desk.carol,
        opened_at=desk.now,
        heard_at=desk.now,
        exercise=True,
    )
    IncidentStory.objects.create(incident=incident, story_id=alert.story_id, alert=alert)
    Clock.objects.create(incident=incident, kind="holding_60m", started_at=desk.now, due_at=desk.now)
    TimelineEntry.objects.create(incident=incident, at=desk.now, actor=desk.carol, kind="opened")
    statement = Statement.objects.create(
        incident=incident,
        kind="holding",
        unit=desk.top,
        voice=desk.voice,
        language="en",
        exercise=True,
        created_at=desk.now,
    )
    version = StatementVersion.objects.create(
        statement=statement,
        number=1,
        title="t",
        text="t",
        text_hash="h",
        approved_hash="h",
        approved_by=desk.bob,
        written_by=desk.carol,
        written_at=desk.now,
        published_at=desk.now,
    )
    Statement.objects.filter(pk=statement.pk).update(published=version)
    Evidence.objects.create(version=version, item=ItemRow.objects.filter(exercise=True)[0].pk)
    Publication.objects.create(version=version, channel="exercise", key="k", at=desk.now, exercise=True)
    ReportDocument.objects.create(
        kind="daily", day=desk.now.date(), exercise=True, built_at=desk.now, document={}
    )


def test_start_writes_one_drill_and_three_exercise_sources(desk: Any) -> None:
    """Starting gives a drill with its total, one exercise source for each class, and a ledger row."""
    drill = drills.start(actor=desk.carol, now=desk.now)
    assert drill.total == 3000
    found = Source.objects.order_by("id").values_list("kind", "source_class", "exercise")
    assert list(found) == [("drill", kind, True) for kind in ("public", "outlet", "institution")]
    assert drills.current() == drill
    row = LedgerRow.objects.latest("id")
    assert (row.action, row.object, row.actor) == ("drill.start", drill.pk, desk.carol.pk)


def test_a_second_start_is_refused_until_the_first_is_wiped(desk: Any) -> None:
    """Two drills never share the exercise space."""
    drills.start(now=desk.now)
    with pytest.raises(Conflict, match="--wipe"):
        drills.start(now=desk.now)
    drills.request_wipe(now=desk.now)
    with pytest.raises(Conflict, match="still being removed"):
        drills.start(now=desk.now)
    drills.wipe(desk.now)
    assert drills.start(now=desk.now).played == 0


@pytest.mark.parametrize(
    ("name", "seed", "speed", "words"),
    [
        ("neap-tide", 1, 45.0, "spring-tide"),
        ("spring-tide", -1, 45.0, "seed"),
        ("spring-tide", 1, 0.5, "speed"),
    ],
)
def test_what_cannot_be_played_is_refused_with_the_choice(
    desk: Any, name: str, seed: int, speed: float, words: str
) -> None:
    """An unknown name lists the known ones; seeds and speeds out of range say what fits."""
    with pytest.raises(BadInput, match=words):
        drills.start(name, seed=seed, speed=speed, now=desk.now)
    assert not Source.objects.exists()


def test_only_who_may_run_drills_starts_or_wipes_one(desk: Any) -> None:
    """Without `drill.run` nothing begins and nothing is removed."""
    RoleHeld.objects.filter(person=desk.charlie).update(role=Role.COMMENTATOR.value)
    with pytest.raises(NotAllowed):
        drills.start(actor=desk.charlie, now=desk.now)
    drills.start(actor=desk.carol, now=desk.now)
    with pytest.raises(NotAllowed):
        drills.request_wipe(desk.charlie, now=desk.now)
    assert drills.current() is not None


def test_every_item_is_played_once_and_never_from_the_future(desk: Any) -> None:
    """Asked again and again, the sources play the whole day; no item is newer than the moment it was heard."""
    drill = drills.start(speed=600.0, now=desk.now)
    moment, played = desk.now, play(desk.now)
    assert 100 < played < 600, "the night is there at once"
    while moment < desk.now + drills.clock_of(drill).lasts + timedelta(seconds=11):
        moment += timedelta(seconds=10)
        played += play(moment)
    assert played == ItemRow.objects.count() == 3000
    for published, heard in ItemRow.objects.values_list("published", "heard"):
        assert published <= heard
    ended = drills.current()
    assert ended is not None
    assert drills.progress(ended, moment) == 3000
    assert ended.ended_at is not None


def test_wiping_leaves_the_desk_as_it_was_but_for_the_ledger(desk: Any) -> None:
    """After a wipe every table has as many rows as before the drill, the index forgets its words,
    real rows stay, and the ledger's chain still holds."""
    real = Source.objects.create(
        name="Real",
        kind="feeds",
        address="https://a.example/f",
        source_class="outlet",
        purpose="p",
        added_at=desk.now,
    )
    story = Story.objects.create(items=1, first_seen=1, last_seen=1, first_heard=1)
    thread = ThreadRow.objects.create(story=story, items=1, first_seen=1, last_seen=1, state=b"")
    ItemRow.objects.create(
        source=real, key=b"r", text="lantern", published=1, heard=1, batch=1, thread=thread
    )
    before = counts()
    drill = drills.start(now=desk.now)
    play(desk.now + timedelta(minutes=2))
    everything(desk)
    assert search.find("weather OR the", exercise=True) or search.find("the", exercise=True)
    played = ItemRow.objects.filter(exercise=True).count()

    assert drills.request_wipe(desk.carol, reason="exercise_over", now=desk.now)
    assert drills.current() is None
    assert drills.wipe_requested()
    assert drills.wipe(desk.now) == played

    after = counts()
    gone = {table: (before[table], after[table]) for table in before if before[table] != after[table]}
    assert set(gone) == {"ledger", "ledger_salts"}
    assert gone["ledger"][1] - gone["ledger"][0] == 2
    assert not drills.wipe_requested()
    assert not search.find("the", exercise=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM item_search")
        assert cursor.fetchone()[0] == 0
    assert ledger.verify(LedgerRow.objects.order_by("id")) is None
    assert LedgerRow.objects.filter(action="drill.start", object=drill.pk).exists()


def test_wiping_nothing_says_so_and_writes_nothing(desk: Any) -> None:
    """Without a drill there is nothing to ask for."""
    assert not drills.request_wipe(now=desk.now)
    assert drills.wipe(desk.now) == 0
    assert not LedgerRow.objects.exists()


def test_a_wipe_that_was_killed_goes_on_with_the_next_engine(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill between two removals leaves the request standing; the next wipe removes the rest."""
    drills.start(now=desk.now)
    play(desk.now)
    monkeypatch.setattr(drills, "_removals", lambda: (_ for _ in ()).throw(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        drills.wipe(desk.now)
    monkeypatch.undo()
    assert drills.wipe_requested()
    drills.wipe(desk.now)
    assert not Source.objects.exists()
    assert not Drill.objects.exists()
