"""Another city's Open311: everything once, edits and deletes followed, cut lists asked in halves, hostile XML refused."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.collect.collector import Batch, Cursor
from answerable.collect.conformance import check_collector
from answerable.collect.fetch import Fetcher
from answerable.collect.open311.collector import Open311Collector
from answerable.collect.open311.read import read
from answerable.collect.workers import ParsePool
from answerable.errors import SourceTrouble
from answerable.records import Gone, Incoming, SourceClass, SourceFacts
from tests.collect.open311_city import HOST, City, city

NOW = datetime(2026, 3, 14, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def pool() -> Iterator[ParsePool]:
    with ParsePool(1) as one:
        yield one


def reader(town: City, pool: ParsePool, now: datetime = NOW) -> Open311Collector:
    facts = SourceFacts(1, "open311", town.address, SourceClass.PUBLIC)
    return Open311Collector(facts, Fetcher([f"{HOST}:{town.port}"]), pool, now=lambda: now)


def visit(town: City, pool: ParsePool, cursor: Cursor, now: datetime = NOW) -> tuple[Batch, Cursor]:
    everything: Batch = []
    after = cursor
    for batch, after in reader(town, pool, now).collect(cursor):  # noqa: B007 (the last one counts)
        everything += batch
    return everything, after


@pytest.mark.parametrize("as_json", [False, True])
def test_it_is_a_collector(pool: ParsePool, as_json: bool) -> None:
    """What every collector keeps, this one keeps, in both formats."""
    with city() as town:
        town.as_json = as_json
        for number in range(5):
            town.hears(f"r{number}", NOW - timedelta(hours=number), f"Lamp {number} & <more>")
        check_collector(lambda: reader(town, pool), at_least=5)


def test_edits_are_followed_and_nothing_is_told_twice(pool: ParsePool) -> None:
    """A second visit tells what is new and what changed by updated_datetime, and nothing else."""
    with city() as town:
        town.hears("a", NOW - timedelta(days=2), "Lamp dark")
        town.hears("b", NOW - timedelta(days=1), "Bin full")
        first, cursor = visit(town, pool, {})
        assert [one.external_id for one in first if isinstance(one, Incoming)] == ["a", "b"]
        assert first[0] == Incoming(
            external_id="a",
            text="Lamp dark\nMill Lane",
            title="Street lamps",
            published=NOW - timedelta(days=2),
            version=int((NOW - timedelta(days=2)).timestamp() * 1000),
        )
        again, cursor = visit(town, pool, cursor, NOW + timedelta(hours=1))
        assert again == []
        at = (NOW + timedelta(hours=1)).isoformat()
        town.hears("a", NOW - timedelta(days=2), "Lamp dark, mended", updated_datetime=at)
        town.hears("c", NOW + timedelta(hours=1), "Tree down")
        third, _ = visit(town, pool, cursor, NOW + timedelta(hours=2))
        assert [one.external_id for one in third if isinstance(one, Incoming)] == ["a", "c"]
        assert isinstance(third[0], Incoming)
        assert third[0].text.startswith("Lamp dark, mended")


def test_what_the_city_no_longer_has_leaves(pool: ParsePool) -> None:
    """A request of the last week that is missing is asked for by its id; a 404 takes it back, an answer keeps it.

    Sabotage: take whatever is missing for gone, without asking.
    """
    with city() as town:
        for name in ("a", "b", "c"):
            town.hears(name, NOW - timedelta(days=1), f"Lamp {name}")
        _, cursor = visit(town, pool, {})
        del town.requests["b"]
        # Still known to the city, but listed under another day: not gone.
        town.requests["c"]["requested_datetime"] = (NOW - timedelta(days=60)).isoformat()
        found, cursor = visit(town, pool, cursor, NOW + timedelta(hours=1))
        assert found == [Gone("b")]
        town.limit = 0
        town.requests["a"]["requested_datetime"] = NOW.isoformat()
        found, _ = visit(town, pool, cursor, NOW + timedelta(hours=2))
        assert not [one for one in found if isinstance(one, Gone)]


def test_a_cut_list_is_asked_in_halves(pool: ParsePool, seed: int) -> None:
    """A server that gives at most a hundred at once is read whole, and nothing is taken for gone meanwhile."""
    rng = random.Random(seed)
    with city() as town:
        town.limit = 100
        for number in range(730):
            town.hears(f"r{number}", NOW - timedelta(minutes=rng.randrange(30 * 24 * 60)), f"Lamp {number}")
        found, cursor = visit(town, pool, {})
        assert {one.external_id for one in found if isinstance(one, Incoming)} == set(town.requests)
        found, _ = visit(town, pool, cursor, NOW + timedelta(minutes=5))
        assert found == []
        assert len(town.asked) < 80


BOMB = b'<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><service_requests><request>&b;</request></service_requests>'
OUTSIDE = b'<!DOCTYPE s [<!ENTITY f SYSTEM "file:///etc/passwd">]><service_requests><request><description>&f;</description></request></service_requests>'


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (BOMB, "entities"),
        (OUTSIDE, "entities"),
        (b"", "empty_document"),
        (b"<html><body>404</body></html>", "not_open311"),
        (b'{"error": "no"}', "not_open311"),
        (b"[" * 200_000, "not_open311"),
        (b"<rss/>", "not_open311"),
    ],
)
def test_what_is_no_list_is_refused(pool: ParsePool, body: bytes, code: str) -> None:
    """Entities, other documents and nonsense end in one trouble; the worker goes on."""
    with pytest.raises(SourceTrouble) as trouble:
        pool.run("open311", body)
    assert trouble.value.code == code
    assert pool.run("open311", b"<service_requests/>") == []


def test_deep_wide_and_long_documents_stay_within_limits(pool: ParsePool) -> None:
    """Depth, width and length end in a list or a trouble, within the worker's time and memory."""
    one = b"<request><service_request_id>1</service_request_id></request>"
    for body in (
        b"<service_requests>" + b"<request>" * 50_000,
        b"<service_requests>" + one * 60_000 + b"</service_requests>",
        b"<service_requests><request><description>"
        + b"x" * 5_000_000
        + b"</description></request></service_requests>",
        b"<service_requests " + b"".join(b'a%d="1" ' % n for n in range(40_000)) + b"/>",
    ):
        try:
            found = pool.run("open311", body)
        except SourceTrouble as trouble:
            assert trouble.code in {"not_open311", "too_slow", "too_much_memory"}  # noqa: PT017 (either may come)
        else:
            assert len(found) <= 5_000


@given(
    body=st.one_of(st.binary(max_size=400), st.text(max_size=400).map(str.encode)), cut=st.integers(0, 400)
)
def test_whatever_a_server_says_is_read_or_refused(body: bytes, cut: int) -> None:
    """B1: any bytes, alone or inside a list that is cut anywhere: rows with all fields, or one trouble."""
    whole = b"<service_requests><request><service_request_id>" + body + b"</service_request_id></request>"
    for document in (body, whole, whole[:cut], b'[{"service_request_id": "' + body + b'"}]'):
        try:
            found = read(document)
        except SourceTrouble as trouble:
            assert trouble.code in {"not_open311", "entities", "empty_document"}  # noqa: PT017 (either may come)
        else:
            assert all(
                set(one) == {"id", "service", "text", "address", "requested", "updated"} for one in found
            )
