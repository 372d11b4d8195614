"""The drill's collector: what is due, once, in order; addresses that cannot be real."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.collect.collector import BATCH, Cursor
from answerable.collect.conformance import check_collector
from answerable.collect.drill import DEFAULT_NAME, DrillCollector, ExerciseClock
from answerable.records import Incoming, SourceClass, SourceFacts

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CLOCK = ExerciseClock.beginning(NOW, 600, ZoneInfo("UTC"))


def collector(now: datetime, voice: SourceClass = SourceClass.PUBLIC) -> DrillCollector:
    facts = SourceFacts(1, "drill", f"drill:{DEFAULT_NAME}/{voice}", voice, exercise=True)
    return DrillCollector(facts, DEFAULT_NAME, 2026, CLOCK, now)


def read(
    now: datetime, cursor: Cursor, voice: SourceClass = SourceClass.PUBLIC
) -> tuple[list[Incoming], Cursor]:
    found: list[Incoming] = []
    for batch, after in collector(now, voice).collect(cursor):
        assert 0 < len(batch) <= BATCH
        found += [one for one in batch if isinstance(one, Incoming)]
        cursor = after
    return found, cursor


def test_it_keeps_what_every_collector_keeps() -> None:
    """The conformance checks of collectors pass, also the door."""
    for voice in (SourceClass.PUBLIC, SourceClass.OUTLET, SourceClass.INSTITUTION):
        check_collector(lambda voice=voice: collector(NOW + CLOCK.lasts, voice), at_least=10)  # type: ignore[misc]


@settings(max_examples=25)
@given(st.lists(st.integers(0, 9000), min_size=1, max_size=8))
def test_however_often_it_is_asked_each_item_comes_once_and_in_order(seconds: list[int]) -> None:
    """Asked at any moments, it gives together what it would have given at the last of them."""
    cursor: Cursor = {}
    ids: list[str] = []
    for second in sorted(seconds):
        found, cursor = read(NOW + timedelta(seconds=second / 80), cursor)
        ids += [one.external_id for one in found]
    whole, _ = read(NOW + timedelta(seconds=max(seconds) / 80), {})
    assert ids == [one.external_id for one in whole]


def test_all_voices_together_are_the_whole_day() -> None:
    """Each message belongs to one source, none to two and none to no one."""
    end = NOW + CLOCK.lasts + timedelta(seconds=1)
    ids = [one.external_id for voice in SourceClass for one in read(end, {}, voice)[0]]
    assert len(ids) == len(set(ids)) == 3000


def test_a_cursor_from_elsewhere_starts_at_the_beginning() -> None:
    """A cursor that is no number of items does not stop the drill."""
    assert read(NOW, {"played": "many"})[0] == read(NOW, {})[0]


def test_addresses_are_of_names_that_cannot_exist() -> None:
    """Every link is below a reserved name, and every public one names its writer as real ones do."""
    end = NOW + CLOCK.lasts + timedelta(seconds=1)
    for voice in (SourceClass.PUBLIC, SourceClass.OUTLET, SourceClass.INSTITUTION):
        for one in read(end, {}, voice)[0]:
            host = urlsplit(one.link).hostname or ""
            assert host.endswith(".example")
            if voice is SourceClass.PUBLIC:
                assert f"/@{one.author}/" in one.link
