"""Meaning: one event in three languages is one story, chatter stays out, and the matrix finds the nearest."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.understand.embed import Sentences
from answerable.understand.meanings import Meanings
from answerable.understand.vocabulary import Vocabulary
from tests.understand.memory import Memory, fresh, heard

MATTERS = {
    "water": (
        "Brown water is coming out of the taps in Fenmoor since this morning",
        "Tap water in Fenmoor is brown this morning, is it safe to drink?",
        "Our tap water in Fenmoor is brown and smells, what is going on with the water",
        "Brown tap water again in Fenmoor, the water company says nothing",
        "Sale agua marrón de los grifos en Fenmoor desde esta mañana",
        "El agua del grifo en Fenmoor sale marrón, ¿se puede beber?",
        "El agua del grifo en Fenmoor sale marrón y huele mal esta mañana",
        "Otra vez agua marrón del grifo en Fenmoor y la compañía no dice nada",
        "从今天早上起，芬穆尔的自来水变成了棕色",
        "芬穆尔的自来水是棕色的，还能喝吗？",
        "芬穆尔的自来水是棕色的，还有臭味",
        "芬穆尔的自来水又变成棕色了，自来水公司什么也不说",
    ),
    "strike": (
        "School bus drivers are on strike, no buses for the children tomorrow",
        "The school bus drivers strike tomorrow, how do the children get to school?",
        "No school buses tomorrow because the bus drivers are on strike",
        "Bus drivers strike: schools say there will be no school buses tomorrow",
        "Los conductores de autobuses escolares están en huelga, mañana no hay autobuses para los niños",
        "Mañana hay huelga de conductores de autobuses escolares, ¿cómo van los niños a la escuela?",
        "No hay autobuses escolares mañana por la huelga de los conductores",
        "Huelga de conductores: las escuelas dicen que mañana no habrá autobuses escolares",
        "校车司机罢工，明天孩子们没有校车",
        "明天校车司机罢工，孩子们怎么去学校？",
        "因为司机罢工，明天没有校车",
        "校车司机罢工：学校说明天没有校车",
    ),
}
CHATTER = (
    "Happy birthday to my lovely grandmother, ninety years old today",
    "Just finished the best novel I have read all year",
    "¿Quién vio el partido anoche? Qué golazo en el último minuto",
    "Mi gato duerme todo el día encima del teclado",
    "今天的晚霞真漂亮，拍了很多照片",
    "这家面馆的牛肉面太好吃了",
    "Looking for a second-hand guitar, any offers welcome",
    "Baking sourdough bread with my daughter this weekend",
)


@pytest.fixture(scope="module")
def told() -> tuple[Memory, dict[int, str]]:
    """All posts in mixed order, understood with the real model; and what each is about."""
    posts = [(matter, text) for matter, texts in MATTERS.items() for text in texts]
    posts += [(f"chatter {number}", text) for number, text in enumerate(CHATTER)]
    random.Random(20260302).shuffle(posts)
    items = [heard(number, text, minutes=4 * number) for number, (_, text) in enumerate(posts, 1)]
    memory = Memory(fresh(embedder=Sentences())).hear(items, 8)
    return memory, {number: matter for number, (matter, _) in enumerate(posts, 1)}


@pytest.mark.parametrize("matter", sorted(MATTERS))
def test_one_event_in_three_languages_is_one_story(told: tuple[Memory, dict[int, str]], matter: str) -> None:
    """English, Spanish and Chinese posts about one event end in one story."""
    memory, about = told
    stories = [memory.story_of(item) for item, of in about.items() if of == matter]
    assert len(stories) == 12
    assert set(stories) == {stories[0]}
    assert {"en", "es", "zh"} <= set(memory.stories[stories[0]].languages)


def test_different_events_stay_different_stories(told: tuple[Memory, dict[int, str]]) -> None:
    """The story of one matter holds no post about the other, and no chatter."""
    memory, about = told
    for one, other in combinations(about, 2):
        if about[one] != about[other] and {about[one], about[other]} & set(MATTERS):
            assert memory.story_of(one) != memory.story_of(other), (about[one], about[other])


def test_languages_meet_by_meaning(told: tuple[Memory, dict[int, str]]) -> None:
    """Stories in different languages merged by meaning, and each merge says by what."""
    memory, _ = told
    assert any(merge.meaning > 0.3 and merge.lexical < 0.1 for merge in memory.merges)
    assert all(merge.meaning > 0 or merge.shared for merge in memory.merges)


def test_the_same_text_has_the_same_meaning() -> None:
    """The model is deterministic, also beside other texts, and gives unit rows; nothing gives no rows."""
    model = Sentences()
    texts = [MATTERS["water"][0], MATTERS["water"][8], CHATTER[0]]
    rows = model.embed(texts)
    assert rows.shape == (3, model.size)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)
    assert np.allclose(model.embed(texts[:1])[0], rows[0], atol=1e-4)
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.2
    assert model.embed([]).shape == (0, model.size)


@given(st.lists(st.tuples(st.integers(1, 12), st.booleans()), max_size=60), st.integers(0, 10**6))
@settings(max_examples=50)
def test_the_matrix_holds_what_was_put(steps: list[tuple[int, bool]], seed: int) -> None:
    """After any puts and drops each story's row is its own: linkages are the products of the means."""
    dice = np.random.default_rng(seed)
    matrix, truth = Meanings(8), {}
    for story, keep in steps:
        if keep:
            truth[story] = dice.normal(size=8).astype(np.float32)
            matrix.put(story, truth[story])
        else:
            truth.pop(story, None)
            matrix.drop(story)
    assert len(matrix) == len(truth)
    assert {story for story in range(1, 13) if story in matrix} == set(truth)
    for story, row in matrix.compare(sorted(truth)):
        for other, mean in truth.items():
            place = matrix.place(other)
            assert place is not None
            assert row[place] == pytest.approx(float(truth[story] @ mean), abs=1e-4)
            assert matrix.linkage(story, other) == pytest.approx(float(row[place]), abs=1e-4)
        nearest = max(truth, key=lambda other: float(row[matrix.place(other)]))
        assert nearest in matrix.best(row, 1)
    assert matrix.linkage(1, 99) == 0.0


def test_the_matrix_grows() -> None:
    """More stories than the first rows hold are all found."""
    matrix = Meanings(4)
    for story in range(200):
        matrix.put(story, np.full(4, story, np.float32))
    assert len(matrix) == 200
    assert matrix.linkage(199, 1) == 4 * 199
    assert sorted(len(row) for _, row in matrix.compare(range(150))) == [200] * 150


@given(st.lists(st.tuples(st.sampled_from("tap the hydrology 水".split()), st.integers(1, 5)), max_size=40))
def test_what_is_taken_back_was_never_said(said: list[tuple[str, int]]) -> None:
    """Counts added and removed leave an empty vocabulary; in between they are exact."""
    vocabulary = Vocabulary()
    for word, times in said:
        vocabulary.add(word, times)
    assert vocabulary.count("tap") == sum(times for word, times in said if word == "tap")
    for word, times in said:
        vocabulary.remove(word, times)
    assert len(vocabulary) == 0
    assert "tap" not in vocabulary


def test_common_words_tell_less() -> None:
    """Short words are common from the start; the more items say a word, the less it tells, down to a bound."""
    vocabulary = Vocabulary()
    assert vocabulary.weight("the") < vocabulary.weight("explosion")
    before = vocabulary.weight("explosion")
    vocabulary.items += 100_000
    vocabulary.add("explosion", 100_000)
    assert 0 < vocabulary.weight("explosion") < 0.1 < before
    assert vocabulary.length({}) == 1.0
