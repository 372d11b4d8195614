"""The pace of a source, learned from its own hours and items, and how a page says it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from answerable.store.hearing import hour_of
from answerable.store.models import ItemRow, Source, SourceHour
from answerable.store.reading.source_pace import NEWEST, Pace, paces
from answerable.store.stream import to_ms
from tests.cast import NOW, Desk
from tests.web import stage

pytestmark = pytest.mark.store


def hours(source: Source, count: int, news: int) -> None:
    """The last hours, each with so many answers that brought something."""
    last = hour_of(NOW)
    SourceHour.objects.bulk_create(
        SourceHour(source=source, hour=last - back, tries=4, answers=4, news=news) for back in range(count)
    )


def items(source: Source, delays_s: list[int], heard_h: float = 1) -> None:
    """Items that took so long from publication to us, the first of them the newest."""
    for number, delay in enumerate(delays_s):
        heard = NOW - timedelta(hours=heard_h, minutes=number)
        ItemRow.objects.create(
            source=source, key=f"{heard_h}-{number}".encode(), text="x", batch=1,
            published=to_ms(heard - timedelta(seconds=delay)), heard=to_ms(heard),
        )  # fmt: skip


def test_rhythm_and_delay_are_learned_from_each_source_alone(desk: Desk) -> None:
    """Three pieces of news an hour are twenty minutes; the delay is the middle of the newest items."""
    busy, quiet = stage.source(desk, name="Busy"), stage.source(desk, name="Quiet")
    Source.objects.update(added_at=NOW - timedelta(days=90))
    hours(busy, 48, 3)
    hours(quiet, 100, 0)
    items(busy, [60, 300, 120, 90_000, 180])
    items(quiet, [7200] * 2)
    found = paces(list(Source.objects.all()), NOW)
    assert found[busy.pk] == Pace(usual_s=1200, delay_s=180)
    assert found[quiet.pk] == Pace(), "no news and two items are no pace"


def test_old_items_and_the_first_visit_say_nothing_about_the_delay(desk: Desk) -> None:
    """Only the newest items count; what a feed held when it was added was written before we listened."""
    at = stage.source(desk)
    Source.objects.update(added_at=NOW - timedelta(hours=3))
    items(at, [900] * NEWEST, heard_h=1)
    items(at, [10**6] * 30, heard_h=2.9)
    at.refresh_from_db()
    assert paces([at], NOW)[at.pk].delay_s == 900
    Source.objects.update(added_at=NOW - timedelta(minutes=90))
    at.refresh_from_db()
    assert paces([at], NOW)[at.pk].delay_s is None


def test_the_list_of_sources_says_pace_last_news_and_next_try(desk: Desk) -> None:
    """Each stands in its own column, and in the file."""
    at = stage.source(desk)
    hours(at, 30, 2)
    Source.objects.update(
        added_at=NOW - timedelta(days=9),
        last_item_at=NOW - timedelta(minutes=50),
        next_try_at=stage.LATER + timedelta(minutes=5),
    )
    items(at, [240] * 3)
    with stage.clock():
        carol = stage.client(desk.carol)
        page = carol.get("/desk/sources").content.decode()
        one = carol.get(f"/desk/sources/{at.pk}").content.decode()
        file = b"".join(carol.get("/desk/sources.jsonl")).decode()  # type: ignore[arg-type]
    assert 'data-label="Last news">1 h ago<' in page
    for shown in (page, one):
        assert "30 min" in shown
        assert "4 min" in shown
    assert '"usual_s": 1800' in file
    assert '"delay_s": 240' in file


def test_many_sources_are_read_in_few_queries(desk: Desk) -> None:
    """Two hundred sources cost a handful of queries, not two hundred."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    every = [
        Source(
            name=f"s{n}", kind="feeds", address=f"https://s{n}.example", source_class="outlet",
            purpose="to hear", added_at=NOW - timedelta(days=9),
        )
        for n in range(220)
    ]  # fmt: skip
    Source.objects.bulk_create(every)
    with CaptureQueriesContext(connection) as asked:
        found = paces(list(Source.objects.all()), NOW)
    assert len(found) == 220
    assert len(asked) <= 6
