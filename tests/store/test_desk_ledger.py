"""The chain holds, names the first entry that does not fit, and survives the erasure of contents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from answerable.errors import BadInput
from answerable.store import ledger
from answerable.store.models import LedgerHead, LedgerRow, LedgerSalt
from tests.cast import Desk
from tests.store.scene import at_once

pytestmark = pytest.mark.store
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """A row outside any database, as an exported ledger has it."""

    id: int
    at: datetime
    actor: int | None
    action: str
    kind: str
    object: int
    reason: str
    content_hash: str
    previous: str
    hash: str = ""


def chain(length: int) -> list[Row]:
    rows: list[Row] = []
    previous = ledger.GENESIS
    for number in range(1, length + 1):
        bare = Row(
            id=number,
            at=START + timedelta(seconds=number),
            actor=number % 3 or None,
            action="incident.open",
            kind="incident",
            object=number,
            reason="safety",
            content_hash=ledger.content_hash(bytes([number % 256]) * 32, f"content {number}"),
            previous=previous,
        )
        rows.append(replace(bare, hash=ledger.row_hash(bare)))
        previous = rows[-1].hash
    return rows


def append(content: str = "Brown water", reason: str = "") -> LedgerRow:
    with transaction.atomic():
        return ledger.append(None, "incident.open", "incident", 7, content, reason, START)


@given(length=st.integers(0, 40))
def test_an_untouched_chain_is_good(length: int) -> None:
    """Nothing is found where nothing was changed, with or without published heads."""
    rows = chain(length)
    heads = [(row.id, row.hash) for row in rows[::3]]
    assert ledger.verify(rows) is None
    assert ledger.verify(rows, heads) is None


@given(data=st.data())
def test_an_edit_is_found_at_its_entry(data: st.DataObject) -> None:
    """Any field of any row changed: the chain breaks exactly there."""
    rows = chain(data.draw(st.integers(1, 30)))
    place = data.draw(st.integers(0, len(rows) - 1))
    changes: dict[str, object] = {
        "at": rows[place].at + timedelta(microseconds=data.draw(st.integers(1, 10**9))),
        "actor": 99,
        "action": "incident.opened",
        "kind": "incidents",
        "object": rows[place].object + data.draw(st.integers(1, 1000)),
        "reason": "safety2",
        "content_hash": "0" * 64,
        "previous": "f" * 64,
        "hash": "e" * 64,
    }
    field = data.draw(st.sampled_from(sorted(changes)))
    rows[place] = replace(rows[place], **{field: changes[field]})
    found = ledger.verify(rows)
    assert found is not None
    assert found.id == place + 1


@given(data=st.data())
def test_a_rewritten_row_breaks_the_link_after_it(data: st.DataObject) -> None:
    """Somebody who also mends the changed row's own hash is found at the next one, or by a published head."""
    rows = chain(data.draw(st.integers(2, 30)))
    place = data.draw(st.integers(0, len(rows) - 1))
    heads = [(rows[-1].id, rows[-1].hash)]
    forged = replace(rows[place], object=10**6)
    rows[place] = replace(forged, hash=ledger.row_hash(forged))
    found = ledger.verify(rows, heads)
    assert found is not None
    assert found.id == min(place + 2, len(rows))


@given(data=st.data())
def test_a_chain_rewritten_as_a_whole_differs_from_what_went_out(data: st.DataObject) -> None:
    """Rewriting everything from one row on gives a valid chain; the first published head after it tells."""
    rows = chain(data.draw(st.integers(2, 30)))
    place = data.draw(st.integers(0, len(rows) - 1))
    published = sorted(data.draw(st.sets(st.integers(place, len(rows) - 1), min_size=1)))
    heads = [(rows[n].id, rows[n].hash) for n in published]
    previous = rows[place].previous
    for n in range(place, len(rows)):
        forged = replace(rows[n], previous=previous, object=rows[n].object + (n == place))
        rows[n] = replace(forged, hash=ledger.row_hash(forged))
        previous = rows[n].hash
    assert ledger.verify(rows) is None
    found = ledger.verify(rows, heads)
    assert found == ledger.BadEntry(published[0] + 1, "head_differs")


@given(data=st.data())
def test_a_cut_is_found_at_the_first_missing_entry(data: st.DataObject) -> None:
    """Rows taken from the middle or the end: the first missing number is named."""
    rows = chain(data.draw(st.integers(1, 30)))
    heads = [(rows[-1].id, rows[-1].hash)]
    start = data.draw(st.integers(0, len(rows) - 1))
    stop = data.draw(st.integers(start + 1, len(rows)))
    found = ledger.verify(rows[:start] + rows[stop:], heads)
    assert found == ledger.BadEntry(start + 1, "missing")


@given(data=st.data())
def test_a_reordering_is_found_at_the_first_entry_out_of_place(data: st.DataObject) -> None:
    """Rows in another order: the first place with a wrong row is named, also when they were renumbered."""
    rows = chain(data.draw(st.integers(2, 20)))
    order = data.draw(st.permutations(range(len(rows))).filter(lambda found: found != sorted(found)))
    first = next(place for place, n in enumerate(order) if place != n)
    moved = [rows[n] for n in order]
    renumbered = [replace(row, id=place + 1) for place, row in enumerate(moved)]
    for forged in (moved, renumbered):
        found = ledger.verify(forged)
        assert found is not None
        assert found.id == first + 1


def test_the_hash_is_what_the_documentation_says() -> None:
    """Anybody can compute a row's hash: sha256 of sorted compact ASCII JSON with the fields and the hash before."""
    row = chain(1)[0]
    import hashlib

    text = (
        '{"action":"incident.open","actor":1,"at":"2026-03-02T09:00:01.000000+00:00","content_hash":"'
        + row.content_hash
        + '","id":1,"kind":"incident","object":1,"previous":"'
        + "0" * 64
        + '","reason":"safety"}'
    )
    assert row.hash == hashlib.sha256(text.encode()).hexdigest()


def test_rows_stand_in_a_chain_without_gaps(desk: Desk) -> None:
    """Each stored row is the one before plus one, and the stored chain verifies after a round trip."""
    rows = [append(f"change {n}") for n in range(5)]
    assert [row.id for row in rows] == [1, 2, 3, 4, 5]
    assert [row.previous for row in rows] == [ledger.GENESIS, *(row.hash for row in rows[:4])]
    assert ledger.verify_stored() is None
    newest = ledger.head()
    assert newest is not None
    assert newest.hash == rows[-1].hash


def test_a_rolled_back_change_leaves_no_row(desk: Desk) -> None:
    """The row belongs to its change's transaction: no change, no row, no gap."""
    append()
    with transaction.atomic():
        ledger.append(None, "incident.open", "incident", 8, "", "", START)
        transaction.set_rollback(True)
    assert append().id == 2


def test_outside_a_transaction_nothing_is_appended(desk: Desk) -> None:
    """A ledger row without its change's transaction is a fault of the program, and says so."""
    with pytest.raises(RuntimeError, match="transaction"):
        ledger.append(None, "incident.open", "incident", 7, "", "", START)
    assert LedgerRow.objects.count() == 0


@pytest.mark.parametrize("reason", ["Because Mrs Fenn rang 01632 960 983", "two words", "x" * 61, "é"])
def test_a_reason_is_a_code_and_never_a_sentence(desk: Desk, reason: str) -> None:
    """Text about people cannot slip into a row that nobody can erase."""
    with pytest.raises(BadInput):
        append(reason=reason)


def test_no_row_holds_what_was_written(desk: Desk) -> None:
    """A row holds ids, codes and hashes; the content is in none of its columns."""
    append("Mrs Fenn, 12 Mill Lane")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM ledger")
        stored = repr(cursor.fetchall())
    assert "Fenn" not in stored
    assert "Mill" not in stored


def test_erasing_content_leaves_the_chain_valid(desk: Desk) -> None:
    """With its salt gone a row says nothing about its content any more, and the chain verifies."""
    row = append("Mrs Fenn")
    append("more")
    assert ledger.content_matches(row, "Mrs Fenn") is True
    assert ledger.content_matches(row, "Mr Fenn") is False
    ledger.erase_content(row)
    assert ledger.content_matches(row, "Mrs Fenn") is None
    assert ledger.verify_stored() is None
    assert LedgerSalt.objects.count() == 1


@pytest.mark.parametrize(
    "change", ["UPDATE ledger SET reason = 'x' WHERE id = 1", "DELETE FROM ledger WHERE id = 2"]
)
def test_the_database_itself_refuses_changes(desk: Desk, change: str) -> None:
    """Rows cannot be changed or removed, also not by somebody who goes past our functions."""
    append()
    append()
    LedgerSalt.objects.all().delete()
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(change)
    assert ledger.verify_stored() is None


def test_writers_at_the_same_time_make_one_chain(desk: Desk) -> None:
    """Eight writers at once: every row is there, none doubled, no gap, and the chain verifies."""

    def write() -> None:
        for _ in range(10):
            append()

    failed = [error for error in at_once(*[write] * 8) if error is not None]
    assert failed == []
    assert list(LedgerRow.objects.order_by("id").values_list("id", flat=True)) == list(range(1, 81))
    assert ledger.verify_stored() is None


def test_one_head_a_day_goes_out_and_stays(desk: Desk) -> None:
    """The first call of a UTC day fixes the head; later rows and calls do not move it."""
    assert ledger.daily_head(START) is None
    first = append()
    morning = ledger.daily_head(START)
    append()
    evening = ledger.daily_head(START.replace(hour=23, minute=59, second=59))
    tomorrow = ledger.daily_head(START + timedelta(days=1))
    assert morning is not None
    assert evening is not None
    assert tomorrow is not None
    assert (morning.row, morning.hash) == (evening.row, evening.hash) == (1, first.hash)
    assert (tomorrow.row, LedgerHead.objects.count()) == (2, 2)
    assert [head.day for head in ledger.heads()] == [tomorrow.day, morning.day]


def test_a_head_made_at_the_same_time_is_made_once(desk: Desk) -> None:
    """Several processes that cross midnight together agree on one head."""
    append()
    made = at_once(*[lambda: ledger.daily_head(START)] * 4)
    assert {head.row for head in made} == {1}
    assert LedgerHead.objects.count() == 1
