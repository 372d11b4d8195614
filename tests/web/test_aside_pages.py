"""What was set aside: seen with its reason, read again or discarded by those who may; and how far behind we are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from answerable.records import Item
from answerable.run.handover import packed
from answerable.store import backlog, quarantine
from answerable.store.models import ItemRow, LedgerRow, Quarantined, Source
from answerable.store.quarantine import Fault
from answerable.store.stream import to_ms
from tests.cast import NOW, Desk
from tests.web import stage
from tests.web.stage import LATER


@pytest.fixture
def held(desk: Desk) -> tuple[Quarantined, Quarantined]:
    """One item that could not be read, one that could not be stored; both hostile."""
    at = stage.source(desk)
    row = ItemRow.objects.create(
        source=at,
        key=b"1" * 16,
        text=f"unread {stage.HOSTILE}",
        published=to_ms(NOW),
        heard=to_ms(NOW),
        batch=1,
    )
    quarantine.set_aside(row.pk, Fault("read", "raised", "ValueError, understand/words.py:17"), NOW)
    item = Item(at.pk, b"2" * 16, f"unstored {stage.HOSTILE} \ud800", "", NOW, NOW)
    quarantine.set_aside_unstored(item, packed(item), Fault("store", "died"), NOW)
    first, second = Quarantined.objects.order_by("id")
    return first, second


def _page(desk: Desk, address: str = "/desk/sources/aside") -> str:
    with stage.clock():
        return stage.client(desk.carol).get(address).content.decode()


def test_the_page_says_what_broke_and_shows_hostile_words_as_words(
    desk: Desk, held: tuple[Quarantined, Quarantined]
) -> None:
    """Reason, place in our code, source and words of both; nothing of them runs or breaks the page."""
    page = _page(desk)
    assert "2 messages broke the reading" in page
    assert "ValueError, understand/words.py:17" in page
    assert "The engine died three times while it stored this message alone." in page
    assert "unread" in page
    assert "unstored" in page
    assert "<script>alert" not in page
    for address in ("/desk/", "/desk/sources"):
        assert 'href="/desk/sources/aside"' in _page(desk, address)
    assert f'href="/desk/sources/aside?source={held[0].source_id}"' in _page(
        desk, f"/desk/sources/{held[0].source_id}"
    )


def test_reading_again_and_discarding_are_asked_for_once_and_written_down(
    desk: Desk, held: tuple[Quarantined, Quarantined]
) -> None:
    """Each wish is one ledger row by its person; the second is a conflict; the exercise knows nothing of it."""
    browser = stage.client(desk.carol)
    with stage.clock():
        for number, (row, wish, action) in enumerate(
            ((held[0], "again", "item.read_again"), (held[1], "discard", "item.discard"))
        ):
            assert browser.post(f"/exercise/sources/aside/{row.pk}/{wish}").status_code == 404
            assert browser.post(f"/desk/sources/aside/{row.pk}/{wish}").status_code == 302
            assert browser.post(f"/desk/sources/aside/{row.pk}/{wish}").status_code == 409
            assert LedgerRow.objects.filter(action=action, actor=desk.carol.pk).count() == 1, number
    page = _page(desk)
    assert "is tried again" in page
    assert "leaves within seconds" in page
    assert "Read it again" not in page


def test_all_are_read_again_by_one_button_within_ones_own_units(
    desk: Desk, held: tuple[Quarantined, Quarantined]
) -> None:
    """Charlie of Water Services may not touch what the council listens to; Carol's button takes both."""
    with stage.clock():
        assert stage.client(desk.charlie).post("/desk/sources/aside/again").status_code == 409
        assert not Quarantined.objects.exclude(state="waits").exists()
        assert stage.client(desk.carol).post("/desk/sources/aside/again").status_code == 302
    assert set(Quarantined.objects.values_list("state", flat=True)) == {"again"}
    assert "Nothing waits here" not in _page(desk)


def test_empty_done_and_exported(desk: Desk, held: tuple[Quarantined, Quarantined]) -> None:
    """What is done stands in its own list; the file holds the reason and no words of anybody."""
    with stage.clock():
        file = b"".join(stage.client(desk.carol).get("/desk/sources/aside.jsonl").streaming_content).decode()  # type: ignore[attr-defined]
    assert "understand/words.py:17" in file
    assert "unread" not in file
    Quarantined.objects.update(state="read")
    assert "Nothing waits here." in _page(desk)
    assert "was read in the end" in _page(desk, "/desk/sources/aside?show=done")


def test_now_and_sources_say_how_far_reading_is_behind(desk: Desk) -> None:
    """The number, the longest wait, and which class waits; nothing of it when nothing waits."""
    assert "Reading is behind" not in _page(desk, "/desk/")
    backlog.write({"public": 1200, "outlet": 40}, LATER - timedelta(minutes=12), LATER)
    at = stage.source(desk)
    Source.objects.filter(pk=at.pk).update(next_try_at=NOW - timedelta(hours=1))
    for address in ("/desk/", "/desk/sources"):
        page = " ".join(_page(desk, address).split())
        assert "Reading is behind by 1,240 messages, the oldest of which has waited 12 min" in page
        assert "Public posts: 1,200, Outlets: 40." in page
        assert "Sources wait for their turn to be asked:</b> Public posts: 1." in page
