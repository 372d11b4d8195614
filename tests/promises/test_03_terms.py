"""Promise 3 over time: after thirteen months nothing of what private people said is kept past its date.

Sabotage: forget one of the terms; what should have left is found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session

from answerable.collect.fetch import Fetcher
from answerable.run import clock, emptying
from answerable.run import engine as engine_module
from answerable.run.engine import LocalEngine
from answerable.store import erase, looks
from answerable.store.keyring import Keyring
from answerable.store.models import (
    ItemRow,
    Source,
    Story,
    StoryHour,
    StoryLook,
    Submission,
    SubmissionContact,
    SubmissionFile,
    Tombstone,
)
from answerable.store.questions import Wanted, create
from tests.cast import Desk
from tests.promises import doors, planted
from tests.promises.doors import open_town
from tests.run.near_sentences import NearSentences
from tests.run.test_collectors import listening
from tests.web.forms import fresh_counts

SABOTAGE = (
    ("answerable/store/erase.py", "heard__lt=oldest", "heard__lt=0"),
    ("answerable/store/submissions.py", "gone += old.update(updated_at=now, **_empty(now))", "pass"),
    ("answerable/store/submissions.py", "gone += over.delete()[0]", "pass"),
    ("answerable/store/terms.py", "if rows.exists()", "if not rows.exists()"),
    ("answerable/run/engine.py", "now if len(over) < BATCH else self._expired_at", "now"),
)
MONTHS = timedelta(days=396)


@pytest.fixture(autouse=True)
def counts() -> Iterator[None]:
    with fresh_counts():
        yield


@pytest.mark.parametrize(
    ("through", "count"),
    [
        ((doors.feed, doors.web_form, doors.notes), 12),
        pytest.param(doors.DOORS, 60, marks=pytest.mark.deep),
    ],
)
def test_after_thirteen_months_only_counts_are_left(
    desk: Desk, tmp_path: Any, seed: int, database: str, monkeypatch: pytest.MonkeyPatch,
    through: Sequence[Callable[[doors.Town], None]], count: int,
) -> None:  # fmt: skip
    """A feed, forms, notes (in full: every door) and a standing question; then the clock goes forward: words, contacts,
    files, pseudonyms, index, matches, looks and sessions are gone, from the file as well, and how many said it is
    still known.
    """
    crowd = planted.Crowd(Random(seed))
    monkeypatch.setattr(engine_module, "BATCH", 7)
    doors.quick(monkeypatch)
    with listening(desk) as tools, open_town(desk, tools, crowd, tmp_path, count) as town:
        for door in through:
            door(town)
        tools.fetcher = Fetcher((doors.HOST,))
        for source in Source.objects.filter(kind="form"):
            doors.ask(tools, source)
    monkeypatch.setattr(engine_module, "FarSentences", lambda: NearSentences(threads=1))
    engine = LocalEngine(desk.home, Keyring.open(desk.home))
    engine.settle()
    create(desk.carol, Wanted(name="Water", purpose="safety", words="water"), unit=desk.top, now=desk.now)
    story = Story.objects.filter(merged_into=None).order_by("-items")[0]
    looks.look(desk.carol, story.pk, {}, desk.now)
    Session.objects.create(session_key="s" * 32, session_data="x", expire_date=desk.now + timedelta(days=14))
    heard = sum(StoryHour.objects.values_list("items", flat=True))
    contacts, kept_files = SubmissionContact.objects.count(), SubmissionFile.objects.count()
    assert heard == ItemRow.objects.count() >= len(through) * count - doors.pages_of(count) - count
    assert contacts >= 2 * count
    assert kept_files == (2 * count if doors.letters in through else 0)

    late = datetime.now(UTC) + MONTHS

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return late

    monkeypatch.setattr(engine_module, "datetime", Later)
    for _ in range(heard // 7 + 5):  # one rest lets few go, so that nobody waits; the next goes on at once
        engine.rest()
    clock.tick(late, None)
    erase.scrub()
    emptying.once(settings.ANSWERABLE)
    assert ItemRow.objects.count() == 0
    assert SubmissionContact.objects.count() == SubmissionFile.objects.count() == 0
    assert {(row.text, row.place, row.sealed_place) for row in Submission.objects.all()} == {("", "", None)}
    assert Tombstone.objects.filter(reason="age").count() == heard
    assert sum(StoryHour.objects.values_list("items", flat=True)) == heard, "counts stay"
    assert not StoryLook.objects.exists()
    assert not Session.objects.exists()
    kept = planted.rows() + (planted.files(desk.home) if database == "sqlite" else b"")
    assert [one.marker for one in crowd.made if one.marker.encode() in kept] == []
    assert crowd.found_in(kept) == []
