"""The drill through the real pipeline: stories at once, an alert soon, and an engine that forgets all of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from answerable.collect import door
from answerable.records import Incoming, Item, SourceClass, SourceFacts
from answerable.run import cli
from answerable.run.engine import LocalEngine
from answerable.store import drills
from answerable.store.keyring import Keyring
from answerable.store.models import Alert, ItemRow, Source, Story, ThreadRow

pytestmark = pytest.mark.store
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def listen(engine: LocalEngine, keyring: Keyring, now: datetime) -> int:
    """One round of the collectors: every exercise source, through the door, to the engine."""
    handed = 0
    for source in Source.objects.filter(kind="drill", removed_at=None).order_by("id"):
        facts = SourceFacts(
            source.pk, "drill", source.address, SourceClass(source.source_class), exercise=True
        )
        for batch, cursor in drills.collector(facts, source, now).collect(source.cursor):
            admitted = [
                door.admit(one, facts, keyring.for_source(source.pk), heard=now)
                for one in batch
                if isinstance(one, Incoming)
            ]
            items = [one for one in admitted if isinstance(one, Item)]
            assert len(items) == len(batch), "the door takes every message of the drill"
            engine.hand(source.pk, items, cursor)
            handed += len(items)
    engine.settle()
    return handed


def test_stories_exist_at_once_and_the_main_raises_an_alert_within_two_minutes(desk: Any) -> None:
    """The night alone gives stories; two minutes later people talk of the burst main, and somebody is called.
    Every item stands in a story of the exercise, and no real row appears."""
    drills.start(now=START)
    keyring = Keyring.open(desk.home)
    engine = LocalEngine(desk.home, keyring)
    assert listen(engine, keyring, START) > 100
    assert Story.objects.filter(exercise=True, merged_into=None).count() >= 3
    for second in range(5, 125, 5):
        listen(engine, keyring, START + timedelta(seconds=second))
    assert not ItemRow.objects.filter(thread=None).exists()
    assert not ItemRow.objects.filter(exercise=False).exists()
    assert not Story.objects.filter(exercise=False).exists()
    told = Alert.objects.filter(exercise=True).values_list("story_id", flat=True)
    texts = ItemRow.objects.filter(thread__story_id__in=list(told)).values_list("text", flat=True)
    assert any("mill lane" in text.lower() for text in texts)


def test_an_engine_that_wiped_starts_the_next_drill_from_nothing(desk: Any) -> None:
    """After a wipe the engine has no memory of the drill: the same day gives the same counts again."""
    keyring = Keyring.open(desk.home)
    engine = LocalEngine(desk.home, keyring)
    counts = []
    for _ in range(2):
        drills.start(now=START)
        played = listen(engine, keyring, START)
        counts.append((played, ThreadRow.objects.count()))
        drills.request_wipe(now=START)
        engine.rest()
        assert not ItemRow.objects.exists()
        assert not ThreadRow.objects.exists()
        assert not Story.objects.exists()
        assert not Source.objects.exists()
    assert counts[0] == counts[1]


def test_the_command_wipes_without_a_running_desk(desk: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """`drill --wipe` takes the engine's lease itself and says how many messages went."""
    drills.start(now=START)
    keyring = Keyring.open(desk.home)
    played = listen(LocalEngine(desk.home, keyring), keyring, START)
    assert cli.main(["drill", "--wipe", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"wiped": True, "items": played}
    assert not Source.objects.exists()


def test_a_source_of_a_wiped_drill_plays_nothing_more(desk: Any) -> None:
    """Between the request and the wipe no message comes in."""
    drills.start(now=START)
    keyring = Keyring.open(desk.home)
    engine = LocalEngine(desk.home, keyring)
    drills.request_wipe(now=START)
    assert listen(engine, keyring, START) == 0
    assert drills.current() is None
