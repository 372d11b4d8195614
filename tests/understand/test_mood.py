"""Moods: shares that stay right when the mixture shifts, from few labels or none, and never from too few items."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.errors import NotReady
from answerable.records import Said, SourceClass, Telling
from answerable.understand.embed import Hashed, Sentences
from answerable.understand.mood import asks, features, scorer, shelf
from answerable.understand.mood.built_in import BuiltIn
from answerable.understand.mood.calibration import LEAST as LEAST_LABELS
from answerable.understand.mood.model import NAMES, Labelled, Learned, learn
from answerable.understand.mood.prevalence import Group, estimate
from answerable.understand.mood.seed_texts import seeds
from answerable.understand.mood.telling import LEAST, Remembering, describe
from tests.understand.mood_texts import TEXTS

WORDS = {
    "negative": "awful broken angry dirty late rude worse hate pain mess".split(),
    "neutral": "office meeting station table number street monday paper form list".split(),
    "positive": "lovely great thanks happy clean kind better love joy bright".split(),
}


@pytest.fixture(scope="module")
def built_in() -> BuiltIn:
    return BuiltIn(Remembering(Sentences()))


def made_up(moods: list[int], seed: int, blur: float = 0.35) -> list[str]:
    """Texts of eight words, most of their own mood, some of any: no model can tell every one."""
    random = np.random.default_rng(seed)
    lists = list(WORDS.values())
    every = [word for words in lists for word in words]
    return [
        " ".join(str(random.choice(every if random.random() < 0.5 + blur else lists[mood])) for _ in range(8))
        for mood in moods
    ]


def lessons(each: int = 150) -> Labelled:
    labels = np.repeat(np.arange(3), each)
    return Labelled(made_up(labels.tolist(), 1), ["en"] * len(labels), labels)


@pytest.fixture(scope="module")
def learned(built_in: BuiltIn) -> Learned:
    found = learn(lessons(), Hashed(), built_in)
    assert found is not None
    return found


def test_intervals_hold_the_truth_when_the_mixture_shifts(learned: Learned) -> None:
    """The 95% intervals hold 9 of 10 true shares in groups unlike the labelled ones, where counting fails."""
    random = np.random.default_rng(4)
    inside, errors, counted = [], [], []
    for turn in range(40):
        wanted = random.multinomial(200, random.dirichlet(np.ones(3)))
        moods = np.repeat(np.arange(3), wanted)
        judged = learned.judge(made_up(moods.tolist(), 100 + turn), "en")
        found = estimate([Group(judged.evidence, np.ones(200))])
        truth = wanted / 200
        inside.append((np.array(found.low) <= truth) & (truth <= np.array(found.high)))
        errors.append(np.abs(np.array(found.share) - truth).mean())
        counts = np.bincount(judged.guess.argmax(axis=1), minlength=3) / 200
        counted.append(np.abs(counts - truth).mean())
    assert np.mean(inside) >= 0.9
    assert np.mean(errors) < 0.75 * np.mean(counted)


def test_fewer_labels_leave_more_doubt(built_in: BuiltIn) -> None:
    """The fewer the labels, the further the draws of the calibration differ, and they stand in the interval."""
    texts = made_up([0] * 120 + [1] * 60 + [2] * 20, 7)
    spreads = []
    for each in (LEAST_LABELS, 400):
        model = learn(lessons(each), Hashed(), built_in)
        assert model is not None
        evidence = model.judge(texts, "en").evidence
        spreads.append(float(evidence.std(axis=0).mean()))
        alone = estimate([Group(evidence[:1], np.ones(200))])
        together = estimate([Group(np.stack([evidence[0], evidence[0, :, ::-1]]), np.ones(200))])
        assert together.high[0] - together.low[0] > alone.high[0] - alone.low[0]
    assert spreads[0] > 1.5 * spreads[1]


def test_repeats_say_less_than_different_items(learned: Learned) -> None:
    """Twenty texts said ten times each leave more doubt than two hundred texts."""
    judged = learned.judge(made_up([0, 1, 2, 0] * 50, 3), "en")
    many = estimate([Group(judged.evidence, np.ones(200))])
    few = estimate([Group(judged.evidence[:, :20], np.full(20, 10.0))])
    assert few.effective == pytest.approx(20)
    assert many.effective == pytest.approx(200)
    assert few.high[0] - few.low[0] > 1.5 * (many.high[0] - many.low[0])


def test_unread_items_widen_the_interval() -> None:
    """With perfect judgement all items read leave no doubt; a sample of a tenth leaves that of sampling."""
    sure = np.zeros((1, 100, 2), dtype=np.float32)
    sure[0, :30, 1] = sure[0, 30:, 0] = 1
    whole = estimate([Group(sure, np.ones(100))])
    assert whole.low[1] == pytest.approx(0.3) == whole.high[1]
    tenth = estimate([Group(sure, np.ones(100), unread=900)])
    assert 0.14 < tenth.high[1] - tenth.low[1] < 0.22


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0.01, 1), st.floats(0.01, 1), st.floats(0.01, 1), st.floats(0.2, 9)),
        min_size=1,
        max_size=30,
    )
)
def test_shares_are_shares(rows: list[tuple[float, float, float, float]]) -> None:
    """Whatever the evidence and weights: shares sum to 1 and lie inside intervals inside 0 to 1."""
    numbers = np.array(rows)
    found = estimate([Group(numbers[None, :, :3].astype(np.float32), numbers[:, 3])])
    assert sum(found.share) == pytest.approx(1)
    for low, share, high in zip(found.low, found.share, found.high, strict=True):
        assert 0 <= low <= share + 0.02
        assert share - 0.02 <= high <= 1
        assert low <= high


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_has_a_row_of_length_one_or_none(text: str) -> None:
    """Hashing takes any string; a row has length 1, or is empty."""
    row = features.rows([text])
    assert len(row) == 1
    assert float(row.values @ row.values) == pytest.approx(1 if len(row.values) else 0)


def test_copies_share_a_fold() -> None:
    """A text and its copy with other marks are never apart, so that no score comes from having seen it."""
    assert len(set(scorer.folds_of(["The pool is shut!", "the pool is shut", "THE POOL, is shut…"]))) == 1
    assert len(set(scorer.folds_of([f"text number {n}" for n in range(60)]))) == scorer.FOLDS


def test_seeds_are_balanced_in_eight_languages() -> None:
    """Eight languages, every mood in each with at least a quarter of the sentences, none twice."""
    known = seeds()
    assert {seed.language for seed in known} == {"ar", "de", "en", "es", "fr", "it", "pt", "zh"}
    assert len({seed.text for seed in known}) == len(known)
    for language in {seed.language for seed in known}:
        moods = [seed.mood for seed in known if seed.language == language]
        assert all(moods.count(mood) * 4 >= len(moods) for mood in range(3))


def test_the_built_in_mood_knows_plain_sentences(built_in: BuiltIn) -> None:
    """Plain sentences it has never seen are judged right in four languages, and it says it was not taught."""
    plain = {
        "en": ("The service here is terrible and rude.", "The shop opens at nine.", "I love this park, thank you!"),
        "es": ("El servicio es horrible y maleducado.", "La tienda abre a las nueve.", "Me encanta este parque, gracias."),
        "de": ("Der Service ist schrecklich und unhöflich.", "Der Laden öffnet um neun.", "Ich liebe diesen Park, danke!"),
        "zh": ("这里的服务又差又没礼貌。", "商店九点开门。", "我很喜欢这个公园，谢谢！"),
    }  # fmt: skip
    for language, texts in plain.items():
        judged = built_in.judge(texts, language)
        assert judged.guess.argmax(axis=1).tolist() == [0, 1, 2], language
        assert not judged.learned


def test_questions_and_complaints_are_found_as_often_as_their_intervals_assume(built_in: BuiltIn) -> None:
    """On sentences made up for it, in eight languages, they are found at least as often as we count on."""
    assert not {text for _, text, *_ in TEXTS} & {seed.text for seed in seeds()}
    complains = built_in.complains([text for _, text, *_ in TEXTS])
    for wanted, found, right in (
        ([row[2] for row in TEXTS], [asks.asks(row[1]) for row in TEXTS], asks.ASKING),
        ([row[3] for row in TEXTS], complains.tolist(), asks.COMPLAINING),
    ):
        hits = sum(a and b for a, b in zip(wanted, found, strict=True))
        left = sum(not a and not b for a, b in zip(wanted, found, strict=True))
        assert hits >= right[0]
        assert left >= right[2]
        assert (sum(wanted), len(wanted) - sum(wanted)) == (right[1], right[3])


def test_a_question_mark_in_an_address_does_not_ask() -> None:
    """Only a sentence that asks is a question."""
    assert not asks.asks("The plan is here: https://example.org/a?b=c")
    assert asks.asks("Where can I see the plan? https://example.org/a")


def said(count: int, language: str = "en", text: str = "") -> tuple[Said, ...]:
    when = datetime(2026, 3, 2, tzinfo=UTC)
    texts = made_up([n % 3 for n in range(count)], 5) if not text else [text] * count
    return tuple(Said(n + 1, one, "", language, when, 1, SourceClass.PUBLIC) for n, one in enumerate(texts))


def telling(items: tuple[Said, ...], different: int = 0) -> Telling:
    when = datetime(2026, 3, 2, tzinfo=UTC)
    count = different or len(items)
    return Telling(7, count, count, count, when, when, {}, items, ())


def test_a_story_of_few_items_says_nothing_of_its_mood(built_in: BuiltIn) -> None:
    """Below LEAST items there is no share at all, only how many were read."""
    few = describe(telling(said(LEAST - 1)), built_in, built_in, lambda _: False, 0)
    assert isinstance(few, dict)
    assert few["moods"] is None
    assert few["read"] == LEAST - 1
    enough = describe(telling(said(LEAST)), built_in, built_in, lambda _: False, 0)
    assert isinstance(enough, dict)
    assert isinstance(enough["moods"], dict)


def test_every_item_read_is_counted_in_one_mood(learned: Learned, built_in: BuiltIn) -> None:
    """The items behind the three shares are the items read, each once; languages say who judged them."""
    items = said(40) + tuple(
        Said(one.id + 100, one.text, "", "sw", one.published, 1, one.source_class) for one in said(9)
    )
    found = describe(telling(items), learned, built_in, learned.calibration.point.__contains__, 3)
    assert isinstance(found, dict)
    assert isinstance(found["moods"], dict)
    ids = [one for name in NAMES for one in found["moods"][name]["items"]]  # type: ignore[index,call-overload,union-attr]
    assert sorted(ids) == list(range(1, 41))  # type: ignore[type-var]
    assert found["left_out"] == 9
    assert found["languages"] == {"en": [40, True]}
    assert found["model"] == 3


def test_a_language_without_labels_is_judged_by_what_is_built_in(learned: Learned) -> None:
    """English was taught, Spanish was not, and the answer says which."""
    assert learned.judge(["great clean street"], "en").learned
    assert not learned.judge(["calle limpia"], "es").learned


def test_what_was_learned_comes_back_from_its_file(
    learned: Learned, built_in: BuiltIn, tmp_path: Path
) -> None:
    """Stored, numbered and loaded, it judges as before; the newest number never overwrites an older file."""
    assert shelf.in_use(tmp_path) == 0
    assert [shelf.put(tmp_path, learned)[0] for _ in range(2)] == [1, 2]
    shelf.use(tmp_path, 2)
    assert shelf.in_use(tmp_path) == 2
    back = shelf.take(tmp_path, 2, Hashed(), built_in, None)
    texts = made_up([0, 1, 2] * 20, 9)
    before, after = learned.judge(texts, "en"), back.judge(texts, "en")
    assert np.abs(before.guess - after.guess).max() < 0.02
    assert not [name for name in np.load(tmp_path / "mood" / "0002.npz").files if "text" in name]


def test_a_damaged_file_says_what_to_do(learned: Learned, built_in: BuiltIn, tmp_path: Path) -> None:
    """A file that is cut off is refused in one line."""
    number, content = shelf.put(tmp_path, learned)
    (tmp_path / "mood" / "0001.npz").write_bytes(content[: len(content) // 2])
    with pytest.raises(NotReady, match="learn mood"):
        shelf.take(tmp_path, number, Hashed(), built_in, None)


class Oracle:
    """A stronger scorer of somebody else: it counts words of each list."""

    name = "oracle"

    def scores(self, texts: list[str], languages: list[str]) -> np.ndarray:  # type: ignore[type-arg]
        return np.array(
            [[sum(w in words for w in text.split()) for words in WORDS.values()] for text in texts], float
        )


def test_a_stronger_scorer_takes_the_place(built_in: BuiltIn, tmp_path: Path) -> None:
    """Only its calibration is learned and stored; without its package the file is refused in one line."""
    oracle = Oracle()
    found = learn(lessons(), Hashed(), built_in, oracle)  # type: ignore[arg-type]
    assert found is not None
    assert found.name == "oracle"
    texts = made_up([0, 1, 2] * 60, 11)
    right = found.judge(texts, "en").guess.argmax(axis=1) == np.array([0, 1, 2] * 60)
    assert right.mean() > 0.42
    number, _ = shelf.put(tmp_path, found)
    assert shelf.take(tmp_path, number, Hashed(), built_in, oracle).judge(texts[:2], "en").learned  # type: ignore[arg-type]
    with pytest.raises(NotReady, match="oracle"):
        shelf.take(tmp_path, number, Hashed(), built_in, None)


def test_too_few_labels_teach_nothing(built_in: BuiltIn) -> None:
    """One label short of LEAST in one mood, and no language is learned."""
    labels = np.array([0] * 60 + [1] * 60 + [2] * (LEAST_LABELS - 1))
    few = Labelled(made_up(labels.tolist(), 2), ["en"] * len(labels), labels)
    assert learn(few, Hashed(), built_in) is None
