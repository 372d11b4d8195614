"""Deaf sources: one alarm each, told as one call, closed when they speak; our own sleep is nobody's silence."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.report.document import Kind
from answerable.store import calls, drills, hearing, notices, reporting, sources
from answerable.store.keyring import Keyring
from answerable.store.models import Call, Notice, Source, SourceAlarm, SourceHour
from answerable.store.reading.calls import facts_of
from tests.cast import Desk
from tests.store.test_calls import ordered

pytestmark = pytest.mark.store

HOUR = timedelta(hours=1)
DAYS = 30


def source(desk: Desk, name: str = "Fenmoor Gazette", *, kind: str = "outlet") -> Source:
    """A feed that answered four times an hour for a month, with something new each hour, up to now."""
    made = Source.objects.create(
        name=name,
        kind="feeds",
        address=f"https://{name.replace(' ', '-')}.example/feed",
        source_class=kind,
        purpose="Water faults",
        unit=desk.top,
        added_at=desk.now - timedelta(days=DAYS),
        last_try_at=desk.now,
        last_answer_at=desk.now,
        last_item_at=desk.now,
        next_try_at=desk.now + timedelta(minutes=15),
    )
    now = hearing.hour_of(desk.now)
    SourceHour.objects.bulk_create(
        SourceHour(source=made, hour=hour, tries=4, answers=4, news=1) for hour in range(now - DAYS * 24, now)
    )
    return made


def asked(
    one: Source, at: datetime, *, ok: bool = True, news: bool = False, trouble: str = "http_404"
) -> None:
    """One try, as a collector writes it down."""
    sources.tried(one.pk, at, ok=ok, trouble=trouble, news=news, next_try_at=at + timedelta(minutes=15))


def silence(desk: Desk, watch: hearing.Watch, some: list[Source], hours: int) -> datetime:
    """The sources answer for so long and bring nothing; the watch looks each half hour."""
    at = desk.now
    for _ in range(hours * 2):
        at += timedelta(minutes=30)
        for one in some:
            asked(one, at)
        watch.tick(at)
        calls.tick(at)
    return at


def test_tries_are_counted_by_the_hour(desk: Desk) -> None:
    """Each try, answer and piece of news in its hour; a drill's are not."""
    one = source(desk)
    asked(one, desk.now, news=True)
    asked(one, desk.now + timedelta(minutes=1))
    asked(one, desk.now + timedelta(minutes=2), ok=False)
    row = SourceHour.objects.get(source=one, hour=hearing.hour_of(desk.now))
    assert (row.tries, row.answers, row.news) == (3, 2, 1)
    drills.begin(now=desk.now)
    drill = Source.objects.filter(exercise=True).first()
    assert drill is not None
    asked(drill, desk.now, news=True)
    assert not SourceHour.objects.filter(source=drill).exists()


def test_a_silent_source_is_one_alarm_and_one_call_until_it_speaks(desk: Desk) -> None:
    """Told once, with since when and what is usual; the next person as for any call; closed by its next word.

    Sabotage: let the alarm end with an answer instead of with news.
    """
    ordered(desk, desk.carol, desk.bob)
    one, watch = source(desk), hearing.Watch()
    at = silence(desk, watch, [one], 30)
    alarm = SourceAlarm.objects.get()
    assert (alarm.why, alarm.since, alarm.ended_at) == ("silent", desk.now, None)
    assert 0 < alarm.chance < 0.01
    assert 1800 <= alarm.usual_s <= 7200
    call = Call.objects.get()
    assert (call.urgent, call.exercise, call.alert) == (False, False, None)
    assert set(Notice.objects.values_list("person__login", flat=True)) == {"carol", "bob"}
    assert sources.heard_of_all(at) == (0, 1)
    (deaf,) = sources.deaf(at)
    assert (deaf.why, deaf.alarm) == ("no_news", alarm)
    asked(one, at + timedelta(minutes=15), news=True)
    watch.tick(at + timedelta(minutes=20))
    calls.tick(at + timedelta(minutes=20))
    alarm.refresh_from_db()
    call.refresh_from_db()
    assert alarm.ended_at == call.ended_at == at + timedelta(minutes=20)
    assert sources.heard_of_all(at + timedelta(minutes=20)) == (1, 1)
    assert SourceAlarm.objects.count() == 1


def test_a_cut_cable_is_one_call(desk: Desk) -> None:
    """Ten sources that fail together are ten alarms and one call, which names some and counts all."""
    ordered(desk, desk.carol)
    some = [source(desk, f"Paper {number}") for number in range(10)]
    watch, at = hearing.Watch(), desk.now
    for _ in range(8 * 2):
        at += timedelta(minutes=30)
        for one in some:
            asked(one, at, ok=False, trouble="no_connection")
        watch.tick(at)
    assert SourceAlarm.objects.filter(ended_at=None, why="failing").count() == 10
    assert Call.objects.count() == Notice.objects.count() == 1
    facts = facts_of(Call.objects.all())
    assert len(next(iter(facts.values())).silent) == 10
    for one in some:
        asked(one, at + timedelta(minutes=15))
    watch.tick(at + timedelta(minutes=20))
    assert not SourceAlarm.objects.filter(ended_at=None).exists()


def test_our_own_sleep_raises_nothing(desk: Desk) -> None:
    """A desk that was off for three days, or whose clock jumped, blames no source; they have time to answer.

    Sabotage: measure a silence up to now instead of up to the last answer.
    """
    one, watch = source(desk), hearing.Watch()
    watch.tick(desk.now)
    for jump in (timedelta(days=3), timedelta(days=-2), timedelta(days=5)):
        watch.tick(desk.now + jump)
        watch.tick(desk.now + jump + timedelta(minutes=6))
    assert not SourceAlarm.objects.exists()
    back = desk.now + timedelta(days=5, minutes=8)
    asked(one, back, news=True)
    watch.tick(back + timedelta(minutes=5))
    assert not SourceAlarm.objects.exists()


def test_a_source_that_nobody_asks_is_told_as_our_own_fault(desk: Desk) -> None:
    """Collectors that hang are noticed by a clock that kept running."""
    one, watch = source(desk), hearing.Watch()
    at = desk.now
    for _ in range(16):
        at += timedelta(minutes=5)
        watch.tick(at)
    alarm = SourceAlarm.objects.get()
    assert (alarm.why, alarm.since) == ("unasked", desk.now)
    asked(one, at + timedelta(minutes=1))
    watch.tick(at + timedelta(minutes=6))
    assert not SourceAlarm.objects.filter(ended_at=None).exists()


def test_paused_and_removed_sources_are_not_missed(desk: Desk) -> None:
    """Silence on purpose is none: a pause or a removal ends the alarm, and raises none."""
    first, second, watch = source(desk), source(desk, "Harbour News"), hearing.Watch()
    at = silence(desk, watch, [first, second], 30)
    assert SourceAlarm.objects.filter(ended_at=None).count() == 2
    sources.pause(desk.alice, first, now=at)
    sources.remove(desk.alice, second, now=at)
    watch.tick(at + timedelta(minutes=5))
    watch.tick(at + timedelta(minutes=10))
    assert not SourceAlarm.objects.filter(ended_at=None).exists()


def test_the_daily_report_says_who_was_deaf(desk: Desk) -> None:
    """Alarms that stood on the day, and none of the day before."""
    one, watch = source(desk), hearing.Watch()
    at = silence(desk, watch, [one], 30)
    zone = reporting.zone()
    alarm = SourceAlarm.objects.get()
    document = reporting.daily(alarm.raised_at.astimezone(zone).date(), zone, False, at)
    sentence = document.sentence("sources_silent")
    assert sentence is not None
    assert (sentence.kind, sentence.ids) == (Kind.SILENCE, (alarm.pk,))
    before = reporting.daily(desk.now.date() - timedelta(days=1), zone, False, at).sentence("sources_silent")
    assert before is not None
    assert before.ids == ()


def test_a_private_source_is_not_named_outside(desk: Desk) -> None:
    """The name of a feed of private people may be a person's: notices say its number."""
    ordered(desk, desk.carol)
    one, watch = source(desk, "Merle of Mill Lane", kind="public"), hearing.Watch()
    silence(desk, watch, [one], 30)
    (call,) = Call.objects.select_related("alert")
    assert [silent.name for silent in facts_of([call])[call.pk].silent] == [""]
    assert notices.take(desk.now + timedelta(days=3), Keyring.open(desk.home))
