"""The line in front of the engine: who goes first, that nobody waits for ever, and what is said about it."""

from __future__ import annotations

import queue
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.run.behind import BEHIND_AFTER, SAY_EVERY, Behind
from answerable.run.line import STEP_S, Line, Waiting
from answerable.store.backlog import STALE, behind
from answerable.store.models import Backlog, ItemRow, Source
from answerable.store.sources import due, turn_of
from answerable.store.stream import to_ms
from tests.cast import NOW, Desk
from tests.web import stage


class _Clock:
    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def test_what_people_tell_us_overtakes_posts_that_came_before() -> None:
    """A form handed over last, while posts and a file wait, is read first; then official word, press, posts."""
    line: Line[str] = Line(_Clock())
    for kind, speaks in (("files", "public"), ("mastodon", "public"), ("feeds", "outlet"),
                         ("feeds", "institution"), ("form", "public")):  # fmt: skip
        line.put(f"{kind}, {speaks}", turn=turn_of(kind, speaks), items=1, kind=speaks)
    assert [line.take(0) for _ in range(5)] == [
        "form, public", "feeds, institution", "feeds, outlet", "mastodon, public", "files, public",
    ]  # fmt: skip
    with pytest.raises(queue.Empty):
        line.take(0)


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(0.01, 3)), max_size=60))
def test_nobody_is_overtaken_by_what_comes_much_later(arrivals: list[tuple[int, float]]) -> None:
    """Whoever waits is served before everything that came more than its turns' seconds after it."""
    clock = _Clock()
    line: Line[tuple[int, float]] = Line(clock)
    for turn, pause in arrivals:
        line.put((turn, clock.at), turn=turn, items=1)
        clock.at += pause
    served = [line.take(0) for _ in arrivals]
    for number, (_, came) in enumerate(served):
        for turn, earlier in served[number + 1 :]:
            assert came - earlier <= turn * STEP_S + 1e-9


def test_the_line_says_what_waits() -> None:
    """Items by class and the longest wait; a wish without items is no backlog."""
    clock = _Clock()
    line: Line[int] = Line(clock)
    line.put(1, turn=3, items=250, kind="public")
    line.put(2, turn=0)
    clock.at = 70
    line.put(3, turn=2, items=4, kind="outlet")
    assert line.waiting() == Waiting(254, 70.0, {"public": 250, "outlet": 4})


@pytest.mark.store
def test_the_backlog_is_written_while_it_lasts_and_once_when_it_ends(desk: Desk) -> None:
    """What waits in line and what is stored but unread count together, by class; idle engines write nothing."""
    word, clock = Behind(), NOW
    word.say(Waiting(0, 0.0, {}), clock)
    assert not behind(clock)
    first = Backlog.objects.get().at
    clock += SAY_EVERY
    word.say(Waiting(0, 0.0, {}), clock)
    assert Backlog.objects.get().at == first
    at = stage.source(desk)
    ItemRow.objects.create(
        source=at,
        key=b"k",
        text="unread",
        published=to_ms(NOW),
        heard=to_ms(NOW - timedelta(minutes=9)),
        batch=1,
    )
    clock += SAY_EVERY
    word.say(Waiting(500, 45.0, {"public": 300, "outlet": 200}), clock)
    found = behind(clock)
    assert (found.items, found.classes) == (501, (("public", 301), ("outlet", 200)))
    assert found.since == NOW - timedelta(minutes=9)
    assert not behind(clock + STALE), "an engine that died says nothing about now"
    ItemRow.objects.all().delete()
    clock += SAY_EVERY
    word.say(Waiting(250, BEHIND_AFTER.total_seconds() - 1, {"public": 250}), clock)
    assert not behind(clock)


@pytest.mark.store
def test_half_of_the_turns_go_to_those_who_speak_officially(desk: Desk) -> None:
    """With forty posts overdue for longer, institutions are asked in this round, and the oldest posts, too."""
    late = NOW - timedelta(hours=1)
    for number in range(40):
        _source(f"post {number}", "public", late)
    for number in range(3):
        _source(f"office {number}", "institution", NOW - timedelta(seconds=1))
    names = [source.name for source in due(NOW, limit=20)]
    assert names[:3] == ["office 0", "office 1", "office 2"]
    assert len(names) == 20
    assert sum(name.startswith("post") for name in names) == 17
    assert [source.name for source in due(NOW, limit=60)][:2] == ["post 0", "post 1"]


def _source(name: str, speaks: str, next_try_at: datetime) -> Source:
    return Source.objects.create(
        name=name, kind="feeds", address=f"https://{name.replace(' ', '-')}.example", source_class=speaks,
        purpose="to test", added_at=datetime(2026, 1, 1, tzinfo=UTC), next_try_at=next_try_at,
    )  # fmt: skip
