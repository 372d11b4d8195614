"""Reports over rows: days of 23 and 25 hours, what is kept is not rewritten, who sees which matters."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from answerable.errors import BadInput
from answerable.report.document import Kind
from answerable.store import reporting
from answerable.store.models import Incident, ReportDocument, Source, StatementVersion
from tests.report.world import make
from tests.store.scene import draft, incident, publish, story

pytestmark = pytest.mark.store
LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 3, 2), 24)]
)
def test_a_day_has_the_hours_that_it_has(day: date, hours: int) -> None:
    """From local midnight to local midnight, also when clocks change in between; days meet without a gap."""
    start, end = reporting.bounds(day, LONDON)
    assert end - start == timedelta(hours=hours)
    assert reporting.bounds(day + timedelta(days=1), LONDON)[0] == end


def test_a_day_that_has_not_begun_has_no_report(desk: Any) -> None:
    """It says so instead of reporting zeros."""
    with pytest.raises(BadInput, match="not begun"):
        reporting.day_facts(desk.now.date() + timedelta(days=1), LONDON, False, desk.now)


def test_a_kept_report_is_not_rewritten(desk: Any) -> None:
    """Once built after its day, later facts and later builds leave it as it was."""
    story(desk, heard=desk.now)
    day, after = desk.now.date(), desk.now + timedelta(days=1)
    document = reporting.daily(day, LONDON, False, after)
    reporting.save(document)
    story(desk, heard=desk.now)
    assert reporting.daily(day, LONDON, False, after + timedelta(days=5)) == document
    reporting.save(reporting.build(reporting.day_facts(day, LONDON, False, after + timedelta(days=5))))
    assert reporting.load(day) == document
    assert reporting.kept_days() == [day]


def test_a_report_of_today_is_built_again(desk: Any) -> None:
    """While the day is not over nothing is final, even when it was kept in between."""
    story(desk, heard=desk.now - timedelta(hours=1))
    first = reporting.daily(desk.now.date(), LONDON, False, desk.now)
    reporting.save(first)
    story(desk, heard=desk.now)
    second = reporting.daily(desk.now.date(), LONDON, False, desk.now + timedelta(hours=1))
    counts = [
        one.number
        for document in (first, second)
        for one in document.sentences()
        if one.code == "items_heard"
    ]
    assert counts == [1, 2]


def test_yesterday_is_kept_once(desk: Any) -> None:
    """The clock keeps the day that is over; asked each second it does so once a day."""
    assert not reporting.keep_yesterday(desk.now), "nobody listened yet"
    story(desk, heard=desk.now - timedelta(days=1))
    assert reporting.keep_yesterday(desk.now)
    assert not reporting.keep_yesterday(desk.now + timedelta(hours=3))
    assert reporting.keep_yesterday(desk.now + timedelta(days=1))
    assert ReportDocument.objects.count() == 2


def test_matters_of_other_units_are_not_counted_for_a_stranger(desk: Any) -> None:
    """Charlie of Water Services does not see the council's incident, its clocks, or its statement; Carol does."""
    opened = incident(desk)
    publish(desk, draft(desk, opened))
    document = reporting.daily(desk.now.date(), LONDON, False, desk.now + timedelta(minutes=1))
    carol, charlie = (reporting.seen_by(one, document) for one in (desk.carol, desk.charlie))
    for kind in (Kind.INCIDENT, Kind.VERSION):
        assert carol.ids(kind), kind
        assert not charlie.ids(kind), kind
    assert carol.ids(Kind.CLOCK) == document.ids(Kind.CLOCK)
    assert not charlie.ids(Kind.CLOCK)
    assert charlie.ids(Kind.ITEM) == document.ids(Kind.ITEM)


def test_what_went_out_is_reported(desk: Any) -> None:
    """A published version is counted on its day, with the clock it stopped."""
    opened = incident(desk)
    version = publish(desk, draft(desk, opened))
    document = reporting.daily(desk.now.date(), LONDON, False, desk.now + timedelta(minutes=1))
    found = {one.code: one.ids for one in document.sentences()}
    assert found["statements_published"] == (version.pk,)
    assert found["incidents_opened"] == (opened.pk,)
    assert found["clocks_kept"] == tuple(
        opened.clocks.filter(met_at__isnull=False).order_by("pk").values_list("pk", flat=True)
    )
    assert StatementVersion.objects.count() == 1
    assert Incident.objects.count() == 1


def test_a_file_is_neither_heard_nor_deaf(desk: Any) -> None:
    """What was imported once is not listened to."""
    Source.objects.create(
        name="An archive",
        kind="files",
        address="a.csv",
        source_class="public",
        purpose="p",
        added_at=desk.now,
    )
    document = reporting.daily(desk.now.date(), LONDON, False, desk.now + timedelta(minutes=1))
    heard = document.sentence("sources_heard")
    assert heard is not None
    assert heard.params["all"] == 0


def test_a_report_survives_its_store(desk: Any, seed: int) -> None:
    """Saved and loaded it is the same document, thousands of ids or none."""
    world = make(desk, random.Random(f"store/{seed}"))
    document = reporting.daily(world.day, world.zone, False, world.now)
    reporting.save(document)
    assert reporting.load(world.day) == document
