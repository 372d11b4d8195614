"""Promise 6 at every door, and both promises broken at each: whoever is written is heard once, or is counted.

Sabotage: at each door what would lose somebody most easily; who came in by it is missed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from answerable.errors import NotReady
from answerable.run import plugins
from answerable.run.handover import EngineClient
from answerable.store import submissions
from answerable.store.models import ItemRow, Source
from tests.cast import Desk
from tests.promises import broken, doors, planted
from tests.promises.doors import DOORS, open_town
from tests.run.test_collectors import listening
from tests.web.forms import fresh_counts

SABOTAGE = (
    (
        "answerable/collect/feeds/collector.py",
        "yield [*news[start : start + BATCH]], done",
        "yield [*news[start + 1 : start + BATCH]], done",
    ),
    (
        "answerable/run/hubs.py",
        "        try:\n            for batch",
        "        kept.read(path)\n        try:\n            for batch",
    ),
    ("answerable/collect/pages/collector.py", 'if words == cursor.get("words"):', "if article:"),
    ("answerable/collect/mastodon/collector.py", "reversed(posts)", "reversed(posts[:-1])"),
    ("answerable/collect/bluesky/collector.py", "if not begun and (first", "if begun and (first"),
    (
        "answerable/collect/mailbox/collector.py",
        "                batch.append(found)\n",
        "                batch[:1] = [found]\n",
    ),
    (
        "answerable/collect/forms/collector.py",
        "            yield list(found), cursor",
        "            self._handed([one.external_id for one in found])\n            yield list(found), cursor",
    ),
    (
        "answerable/collect/open311/collector.py",
        'sorted(requests, key=lambda one: one["requested"]), 1',
        'sorted(requests, key=lambda one: one["requested"])[1:], 1',
    ),
    (
        "answerable/collect/files/collector.py",
        "            batch.append(found)",
        "            batch = [found]",
    ),
)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    doors.quick(monkeypatch)
    with fresh_counts():
        yield


def test_everybody_is_heard_once_although_no_engine_answers_at_first(
    desk: Desk, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At each door each batch is cut off before its commit when it is handed on first, and after it the second time:
    what a source, a hub, a person or a file said comes again, and stands there once.
    """
    real, said = EngineClient.hand, Counter[tuple[int, bytes]]()

    def shaky(self: EngineClient, source: int, items: Any, *rest: Any, **more: Any) -> Any:
        first = (source, items[0].key) if items else (0, b"")
        said[first] += bool(items)
        if said[first] == 1:
            raise NotReady("It died before its commit.")
        taken = real(self, source, items, *rest, **more)
        if said[first] == 2:
            raise NotReady("It died after its commit.")
        return taken

    monkeypatch.setattr(EngineClient, "hand", shaky)
    crowd = planted.Crowd(Random(seed))
    with listening(desk) as tools, open_town(desk, tools, crowd, tmp_path, 3) as town:
        town.tries = 3
        for door in DOORS:
            door(town)
        doors.come_round(town)
    assert set(Source.objects.values_list("pk", flat=True)) <= {source for source, _ in said}
    assert crowd.missing_in(doors.heard()) == []
    assert ItemRow.objects.count() == len(crowd.made) + 1, "the hub's feed had an entry of its own"
    assert set(plugins.plugins("collector")) <= set(Source.objects.values_list("kind", flat=True))
    # Several ways lead to one form and one row; a way with a source of its own is a door of its own.
    forms = {address for address, _, _ in submissions.DOORS.values()}
    assert forms <= set(Source.objects.filter(kind=submissions.KIND).values_list("address", flat=True))


def test_a_door_that_keeps_or_drops_somebody_is_noticed(
    desk: Desk, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every door broken at once: it keeps what was written, and one person is dropped without being counted. The
    checks of promises 3 and 6 turn red at each, so that no door goes round what they look at.
    """
    crowd = planted.Crowd(Random(seed))
    leak = broken.Leak(crowd)
    broken.break_all(monkeypatch, leak)
    with listening(desk) as tools, open_town(desk, tools, crowd, tmp_path, 2) as town:
        town.lost = 1
        for door in DOORS:
            leak.starts.append(len(crowd.made))
            door(town)
        doors.come_round(town)
    kept, heard = planted.rows(), doors.heard()
    for door, first, end in zip(DOORS, leak.starts, [*leak.starts[1:], len(crowd.made)], strict=True):
        people = planted.Crowd(crowd.rng, crowd.made[first:end])
        assert bool(people.found_in(kept)) == bool(people.made), (
            f"{door.__name__}: who is named goes unnoticed"
        )
        assert len(people.missing_in(heard)) == min(1, len(people.made)), f"{door.__name__}: nobody is missed"
