"""Sources: added with a public purpose, heard or deaf by what they answered, paused and removed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.store import sources
from answerable.store.models import Source
from tests.cast import Desk
from tests.store.scene import at_once, ledger_rows

pytestmark = pytest.mark.store
MINUTE = timedelta(minutes=1)


def _add(desk: Desk, name: str = "Fenmoor Gazette", **changes: object) -> Source:
    facts = {
        "kind": "feeds",
        "address": f"https://{name.lower().replace(' ', '-')}.example/feed",
        "name": name,
        "source_class": "outlet",
        "purpose": "Faults of water and roads",
        "unit": desk.top,
        "now": desk.now,
    }
    return sources.add(desk.carol, **{**facts, **changes})


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "ftp://x.example/feed"},
        {"address": "x.example/feed"},
        {"address": "https://"},
        {"address": "https://user:word@x.example/feed"},
        {"address": "http://x.example:port/"},
        {"address": "http://[::1"},
        {"address": "https://x.example/a b"},
        {"source_class": "enemy"},
        {"purpose": " "},
        {"name": "\x00"},
        {"keep_days": -1},
    ],
)
def test_an_unfit_source_is_refused_with_one_sentence(desk: Desk, wrong: dict[str, object]) -> None:
    """An address that is not http(s), an unknown class, no purpose: nothing is stored."""
    with pytest.raises(BadInput):
        _add(desk, **wrong)
    assert Source.objects.count() == 0
    assert ledger_rows() == []


def test_an_address_is_listened_to_once(desk: Desk) -> None:
    """Adding it again, or at the same moment, is a conflict; removed, it comes back as the same source."""
    made = at_once(*[lambda: _add(desk)] * 3)
    assert sorted(type(result).__name__ for result in made) == ["Conflict", "Conflict", "Source"]
    source = Source.objects.get()
    Source.objects.update(cursor={"etag": "x"})
    sources.remove(desk.carol, source, now=desk.now)
    with pytest.raises(Conflict):
        sources.remove(desk.carol, source, now=desk.now)
    again = _add(desk, purpose="Another purpose")
    assert (again.pk, again.purpose, again.cursor, again.removed_at) == (
        source.pk,
        "Another purpose",
        {"etag": "x"},
        None,
    )
    assert [row[0] for row in ledger_rows()] == ["source.add", "source.remove", "source.add"]


def test_strangers_change_no_sources(desk: Desk) -> None:
    """Charlie of Water Services adds its own sources, not the council's; the command line adds any."""
    source = _add(desk)
    with pytest.raises(NotAllowed):
        sources.pause(desk.charlie, source, now=desk.now)
    with pytest.raises(NotAllowed):
        sources.add(
            desk.charlie, kind="feeds", address="https://x.example/", name="X", source_class="own",
            purpose="P", unit=desk.top, now=desk.now,
        )  # fmt: skip
    made = sources.add(
        None,
        kind="files",
        address="/data/posts.jsonl",
        name="Posts",
        source_class="public",
        purpose="P",
        now=desk.now,
    )
    assert made.unit is None


def test_the_first_real_source_is_told_apart(desk: Desk) -> None:
    """True while only the drill speaks; a removed source counts as none."""
    assert sources.is_first_real()
    sources.add(
        None,
        kind="drill",
        address="drill",
        name="Drill",
        source_class="own",
        purpose="P",
        exercise=True,
        now=desk.now,
    )
    assert sources.is_first_real()
    source = _add(desk)
    assert not sources.is_first_real()
    sources.remove(desk.carol, source, now=desk.now)
    assert sources.is_first_real()


def test_a_source_is_due_when_its_time_has_come(desk: Desk) -> None:
    """Never tried first, then the longest overdue; paused, removed, early ones and files are left in peace."""
    late, later, early, new, paused, gone = (_add(desk, name) for name in ("A", "B", "C", "D", "E", "F"))
    _add(desk, "Posts", kind="files")
    sources.pause(desk.carol, paused, now=desk.now)
    sources.remove(desk.carol, gone, now=desk.now)
    for source, when in ((late, -2), (later, -1), (early, 1)):
        sources.tried(source.pk, desk.now, ok=True, next_try_at=desk.now + when * MINUTE)
    assert [source.pk for source in sources.due(desk.now)] == [new.pk, late.pk, later.pk]
    assert [source.pk for source in sources.due(desk.now, limit=1)] == [new.pk]
    assert early in sources.due(desk.now + MINUTE)


def test_tries_are_remembered(desk: Desk) -> None:
    """A trouble counts up and keeps its sentence; an answer clears it; news has its own time."""
    source = _add(desk)
    for n in (1, 2):
        sources.tried(source.pk, desk.now, ok=False, trouble="http_status", params={"status": 404})
        source.refresh_from_db()
        assert (source.fails, source.trouble, source.trouble_params) == (n, "http_status", {"status": 404})
    assert source.last_answer_at is None
    sources.tried(source.pk, desk.now, ok=True, interval_s=60)
    source.refresh_from_db()
    assert (source.fails, source.trouble, source.last_answer_at, source.last_item_at) == (
        0,
        "",
        desk.now,
        None,
    )
    sources.tried(source.pk, desk.now + MINUTE, ok=True, news=True)
    source.refresh_from_db()
    assert (source.last_item_at, source.interval_s) == (desk.now + MINUTE, 60)
    assert [row[0] for row in ledger_rows()] == ["source.add"]


def test_heard_of_all_counts_honestly(desk: Desk) -> None:
    """Heard: an answer within three intervals. A paused source is not heard; a file is neither."""
    heard, silent, paused, new = (_add(desk, name) for name in ("A", "B", "C", "D"))
    _add(desk, "Posts", kind="files")
    for source in (heard, silent, paused):
        sources.tried(source.pk, desk.now, ok=True, interval_s=600)
    sources.tried(silent.pk, desk.now - timedelta(seconds=1), ok=True)
    sources.pause(desk.carol, paused, now=desk.now)
    at = desk.now + timedelta(seconds=1800)
    assert sources.heard_of_all(at) == (1, 4)
    assert [(row.source.pk, row.why) for row in sources.deaf(at)] == [
        (silent.pk, "silent"),
        (paused.pk, "paused"),
    ]
    sources.tried(new.pk, at, ok=False, trouble="timeout")
    assert [(row.source.pk, row.why) for row in sources.deaf(at)][-1] == (new.pk, "trouble")
    assert sources.heard_of_all(at, exercise=True) == (0, 0)


def test_a_new_source_has_time_to_answer(desk: Desk) -> None:
    """It is not called deaf before three intervals have passed without an answer."""
    _add(desk)
    assert sources.deaf(desk.now + timedelta(seconds=2700)) == []
    assert [row.why for row in sources.deaf(desk.now + timedelta(seconds=2701))] == ["silent"]


def test_pausing_and_resuming(desk: Desk) -> None:
    """Each once; a resumed source is asked at once."""
    source = _add(desk)
    sources.pause(desk.carol, source, now=desk.now)
    with pytest.raises(Conflict):
        sources.pause(desk.carol, source, now=desk.now)
    assert sources.due(desk.now) == []
    sources.resume(desk.carol, source, now=desk.now)
    with pytest.raises(Conflict):
        sources.resume(desk.carol, source, now=desk.now)
    assert [row.pk for row in sources.due(desk.now)] == [source.pk]


def test_a_changed_purpose_is_signed(desk: Desk) -> None:
    """Name, purpose, licence and term can change; the ledger says that they did."""
    source = _add(desk)
    sources.change(desk.carol, source, name="G", purpose="Roads", licence="CC BY", keep_days=7, now=desk.now)
    assert (source.name, source.purpose, source.licence, source.keep_days) == ("G", "Roads", "CC BY", 7)
    assert ledger_rows()[-1] == ("source.change", "source", source.pk)


def test_a_source_that_moved_is_followed(desk: Desk) -> None:
    """A lasting redirect becomes the address, unless we listen there already."""
    first, second = _add(desk, "A"), _add(desk, "B")
    sources.moved(first.pk, "https://new.example/feed", desk.now)
    sources.moved(first.pk, second.address, desk.now)
    first.refresh_from_db()
    assert first.address == "https://new.example/feed"
    assert [row[0] for row in ledger_rows()] == ["source.add", "source.add", "source.move"]
