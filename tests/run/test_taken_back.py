"""What a source takes back leaves for good, and of two versions the later stays, in whatever order they come."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from answerable.collect.door import admit, departed
from answerable.records import AccountGone, Gone, Incoming, Item, SourceClass, SourceFacts
from answerable.run.engine import LocalEngine
from answerable.store import erase, search, stream
from answerable.store.keyring import Keyring
from answerable.store.models import ItemRow, Source, Story, StoryHour, ThreadRow, Tombstone
from tests.run.near_sentences import NearSentences

pytestmark = pytest.mark.store
WHEN = datetime(2026, 3, 2, 9, tzinfo=UTC)
SUBJECTS = ["brown water from the tap", "the ferry is late again", "lantern festival on the river path"]


class KilledError(BaseException):
    """Stands for a SIGKILL: the transaction that is open goes, nothing after it runs.

    It is no Exception, which the engine would take for the fault of an item.
    """


@dataclass
class Town:
    """A source, the keys of its door, and an engine that can be started anew."""

    desk: Any
    source: Source
    ring: Keyring
    engine: LocalEngine

    @classmethod
    def of(cls, desk: Any) -> Town:
        source = Source.objects.create(
            name="Talk", kind="mastodon", address="https://talk.example", source_class="public",
            purpose="service failure", added_at=WHEN,
        )  # fmt: skip
        ring = Keyring.open(desk.home)
        return cls(desk, source, ring, LocalEngine(desk.home, ring))

    def restart(self) -> None:
        self.engine = LocalEngine(self.desk.home, self.ring)

    def hand(self, *batch: Incoming | Gone | AccountGone, cursor: int = 0) -> Any:
        """As the collectors' loop hands a batch on."""
        keys = self.ring.for_source(self.source.pk)
        facts = SourceFacts(self.source.pk, "mastodon", self.source.address, SourceClass.PUBLIC)
        items = [
            admit(one, facts, keys, heard=WHEN + timedelta(days=1))
            for one in batch
            if isinstance(one, Incoming)
        ]
        gone = [departed(one, keys) for one in batch if isinstance(one, Gone)]
        whole = [one for one in items if isinstance(one, Item)]
        left = [one.address for one in batch if isinstance(one, AccountGone)]
        return self.engine.hand(
            self.source.pk, whole, {"at": cursor}, 0, [key for key in gone if key], accounts=left
        )


def post(number: int, version: int = 1, words: str = "") -> Incoming:
    return Incoming(
        external_id=f"https://talk.example/@maren/{number}",
        text=words or f"{SUBJECTS[number % 3]}, says post {number} in version {version}",
        published=WHEN + timedelta(minutes=number),
        author="@maren",
        version=version,
    )


def gone(number: int) -> Gone:
    return Gone(post(number).external_id)


def sums_hold() -> None:
    """Threads, stories and hours count the items that stand and those that left, each once."""
    stories = dict(Story.objects.filter(merged_into=None, items__gt=0).values_list("id", "items"))
    threads: dict[int, int] = {}
    for story, items in ThreadRow.objects.filter(items__gt=0).values_list("story", "items"):
        threads[story] = threads.get(story, 0) + items
    hours: dict[int, int] = {}
    for story, items in StoryHour.objects.values_list("story", "items"):
        hours[story] = hours.get(story, 0) + items
    left = Tombstone.objects.exclude(story=None).count()
    assert sum(stories.values()) == sum(hours.values()) == ItemRow.objects.count() + left
    assert sum(threads.values()) >= ItemRow.objects.count()


def test_what_is_taken_back_leaves_with_its_words_and_keeps_its_count(desk: Any) -> None:
    """Text, index and pseudonym go; the story still counts it; reason and key are remembered."""
    town = Town.of(desk)
    town.hand(
        post(3, words="zyzzogeton water in Fenmoor"), post(6, words="zyzzogeton water in Fenmoor again")
    )
    town.engine.settle()
    taken = town.hand(gone(3), cursor=7)
    assert (taken.gone, taken.new, ItemRow.objects.count()) == (1, 0, 1)
    assert len(search.find("zyzzogeton")) == 1
    assert Tombstone.objects.get().reason == "upstream"
    assert [story.items for story in Story.objects.filter(merged_into=None)] == [2]
    assert (desk.home / "erasures.jsonl").read_text().count("\n") == 1
    town.source.refresh_from_db()
    assert town.source.cursor == {"at": 7}
    sums_hold()


def test_a_deletion_that_comes_first_keeps_the_post_out(desk: Any) -> None:
    """The key of a post nobody stored is barred: neither its creation nor an edit brings it in later."""
    town = Town.of(desk)
    assert town.hand(gone(1)).gone == 0
    assert Tombstone.objects.get().reason == erase.UNHEARD
    assert town.hand(post(1), post(1, 2)).refused == 1
    town.hand(gone(1), post(1, 3))
    town.restart()
    town.hand(post(2))
    town.engine.settle()
    assert ItemRow.objects.get().text.endswith("post 2 in version 1")
    assert Tombstone.objects.count() == 1


def test_a_post_and_its_deletion_in_one_batch_leave_nothing(desk: Any) -> None:
    """Whatever their order in the batch, the deletion is final."""
    town = Town.of(desk)
    town.hand(post(1), gone(1), gone(2), post(2))
    assert ItemRow.objects.count() == 0
    town.hand(post(1), post(2))
    assert ItemRow.objects.count() == 0


def test_an_older_version_that_comes_again_changes_nothing(desk: Any) -> None:
    """A rewound cursor delivers the first words again: the corrected ones stay, also within one batch."""
    town = Town.of(desk)
    town.hand(post(1, 1), post(1, 3, "water is clear"), post(1, 2))
    town.hand(post(1, 2), post(1, 1))
    assert ItemRow.objects.get().text == "water is clear"
    town.hand(post(1, 5, "water is clear"))
    town.hand(post(1, 4, "water is brown"))
    assert ItemRow.objects.get().text == "water is clear"


def test_what_was_taken_back_leaves_again_after_a_restore(desk: Any) -> None:
    """A backup of the days before still holds the post: the engine lets it leave before anybody is served."""
    town = Town.of(desk)
    town.hand(post(1), post(2))
    town.engine.settle()
    key = bytes(ItemRow.objects.order_by("id")[0].key)
    town.hand(gone(1))
    ItemRow.objects.filter(pk=2).update(key=key)  # as if a restored database held it again
    Tombstone.objects.all().delete()
    town.restart()
    assert ItemRow.objects.count() == 0


def test_with_an_account_goes_all_it_said(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its posts leave by id or link, also those of before its pseudonym changed, also after a restore; others stay,
    the account whose name begins with its name among them.

    Sabotage: look at the first page of seals alone.
    """
    monkeypatch.setattr(erase, "SEALS_AT_ONCE", 2)
    town = Town.of(desk)
    names = ["at://did:plc:maren/post/", "at://did:plc:marentje/post/", "https://talk.example/@maren/"]
    posts = [replace(post(number), external_id=f"{names[number % 3]}{number}") for number in range(9)]
    linked = replace(post(9), external_id="9", link="https://talk.example/@maren/9")
    town.hand(*posts[:5])
    town.ring.rotate(WHEN)
    town.hand(*posts[5:], linked)
    town.engine.settle()
    assert town.hand(AccountGone("at://did:plc:maren/"), AccountGone(""), cursor=7).gone == 3
    assert ItemRow.objects.count() == 7
    assert town.hand(AccountGone("https://talk.example/@maren/")).gone == 4
    kept = {bytes(key) for key in ItemRow.objects.values_list("key", flat=True)}
    assert kept == {
        departed(Gone(one.external_id), town.ring.for_source(town.source.pk)) for one in posts[1::3]
    }
    assert town.hand(*posts, linked).refused == 7
    assert sum(map(len, erase.remembered(desk.home).values())) == 7
    sums_hold()


def test_a_bar_is_lifted_when_nobody_delivers_it_any_more(desk: Any) -> None:
    """Keys of posts we never heard are forgotten after a week; tombstones of stored ones stay."""
    town = Town.of(desk)
    town.hand(post(1))
    town.hand(gone(1), gone(2))
    erase.unbar(datetime.now(UTC) + erase.BARRED_FOR - timedelta(minutes=1))
    assert Tombstone.objects.count() == 2
    erase.unbar(datetime.now(UTC) + erase.BARRED_FOR + timedelta(minutes=1))
    assert list(Tombstone.objects.values_list("reason", flat=True)) == ["upstream"]


def history(rng: random.Random, posts: int, most: int = 3) -> tuple[list[Incoming | Gone], dict[str, str]]:
    """Creations, edits and deletions, each delivered one to `most` times in any order; and what has to stand."""
    told: list[Incoming | Gone] = []
    stands: dict[str, str] = {}
    for number in range(posts):
        versions = [post(number, version) for version in range(1, rng.randint(1, 4) + 1)]
        deleted = rng.random() < 0.35
        told += versions if not deleted or rng.random() < 0.8 else []
        told += [gone(number)] if deleted else []
        if not deleted:
            stands[versions[-1].external_id] = versions[-1].text
    told = [one for one in told for _ in range(rng.randint(1, most))]
    rng.shuffle(told)
    return told, stands


@pytest.mark.parametrize("round_", [0, *(pytest.param(n, marks=pytest.mark.deep) for n in range(1, 40))])
def test_any_order_with_kills_ends_the_same(
    desk: Any, seed: int, round_: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F10: shuffled, delivered again and killed at named points: the same posts stand in their latest words."""
    rng = random.Random(f"{seed}-{round_}")
    embedder = NearSentences(threads=1)
    monkeypatch.setattr("answerable.run.engine.FarSentences", lambda: embedder)
    town = Town.of(desk)
    told, stands = history(rng, 40, 10 if round_ else 3)
    points = {
        (erase, "remember"), (erase, "erase"), (erase, "bar"), (stream, "store_batch"), (stream, "apply"),
    }  # fmt: skip
    at = 0
    while at < len(told):
        size = rng.randint(1, 12)
        batch = told[at : at + size]
        with monkeypatch.context() as patch:
            if killed := rng.random() < 0.4:
                module, name = rng.choice(sorted(points, key=str))
                _kill(patch, module, name, after=rng.random() < 0.5)
            with suppress(KilledError):
                town.hand(*batch, cursor=at)
                if rng.random() < 0.5:
                    town.engine.settle()
                if not killed:
                    at += size
        if killed:
            town.restart()  # the cursor may not have moved: the batch comes again
    town.engine.settle()
    keys = town.ring.for_source(town.source.pk)
    wanted = {departed(Gone(name), keys): text for name, text in stands.items()}
    assert {bytes(row.key): row.text for row in ItemRow.objects.all()} == wanted
    assert not ItemRow.objects.filter(thread=None).exists()
    sums_hold()
    town.restart()
    assert ItemRow.objects.count() == len(wanted)


def _kill(patch: pytest.MonkeyPatch, module: Any, name: str, *, after: bool) -> None:
    whole = getattr(module, name)

    def cut(*args: Any, **kwargs: Any) -> Any:
        if after:
            whole(*args, **kwargs)
        raise KilledError

    patch.setattr(module, name, cut)
