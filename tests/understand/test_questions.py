"""Standing questions as pure functions: what words mean, what fits, and that their number costs nothing."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.errors import BadInput
from answerable.understand.embed import Hashed
from answerable.understand.questions.likeness import LikeIndex, learn, likeness_from
from answerable.understand.questions.matcher import Asked, QuestionIndex, fits
from answerable.understand.questions.query import All, Any, Node, Not, Word, joined, parse, positive
from answerable.understand.questions.seen import Seen


def says(question: str, text: str, title: str = "") -> bool:
    """Whether a text fits a question, asked both ways: by the index and by the tree alone."""
    tree, seen = parse(question), Seen(title, text)
    found = QuestionIndex({7: Asked(words=tree)}).fitting(seen) == [7]
    assert found == fits(tree, seen), "the index and the tree must agree"
    return found


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("water brown", "BROWN tap-water!", True),
        ("water brown", "brown bread", False),
        ("agua OR water", "Agua para todos", True),
        ("agua | water marrón", "water is marron", True),
        ("water\nagua marrón", "el agua", False),
        ("water\nagua marrón", "the water", True),
        ("water -sport", "water sport", False),
        ("water\nagua\n-sport", "agua y sport", False),
        ("water -(sport OR polo)", "water polo", False),
        ('"mill lane"', "the mill in a lane", False),
        ('"mill lane"', "In MILL LANE, again", True),
        ('"mill lane', "Mill-Lane", True),
        ("mill-lane", "mill lane", True),
        ("flood*", "Flooding everywhere", True),
        ("flood*", "blood", False),
        ("(brown OR yellow) (water OR tap)", "a yellow tap", True),
        ("(brown OR yellow) (water OR tap)", "a yellow coat", False),
        ("explosión", "EXPLOSION", True),
        ("ＷＡＴＥＲ", "water", True),
        ("丽发新城", "投诉A市丽发新城小区附近搅拌站", True),
        ("自来水 发黄", "我家的自来水今天发黄了", True),
        ("自来水 发黄", "我家的自来水", False),
        ("“水管爆裂”", "水管昨天爆裂", False),
        ("水", "我们要提高水平", False),
        ("don't", "dont", True),
        ("water, AND brown;", "brown water", True),
        ("(((water", "water", True),
        ("water ) OR", "water", True),
        ("#water", "water", True),
        ("water", "see https://x.example/water and @water", False),
    ],
)
def test_what_words_mean(question: str, text: str, expected: bool) -> None:
    """Each way of writing a question finds what its explanation on the page says."""
    assert says(question, text) is expected


def test_the_title_counts() -> None:
    """A word may stand in the title alone."""
    assert says("regatta", "A fine day.", title="The regatta")


@pytest.mark.parametrize("empty", ["", " ", "-water", '""', "OR", "()", "-(a OR b)\n-c", "!!!", "*"])
def test_a_question_that_finds_everything_is_refused(empty: str) -> None:
    """Without a word to look for there is no question."""
    with pytest.raises(BadInput, match="at least one word"):
        parse(empty)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_in_one_sentence(text: str) -> None:
    """No input breaks the reader; what it reads can be filed and asked."""
    try:
        tree: Node | None = parse(text)
    except BadInput as error:
        tree, refused = None, str(error)
    if tree is None:
        assert refused.endswith(".")
        return
    assert positive(tree)
    QuestionIndex({1: Asked(words=tree)}).fitting(Seen("", text))


words = st.sampled_from("abcdefgh").map(Word)
trees = st.recursive(
    words,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: joined(Any, parts)),
        st.tuples(inner, st.lists(inner.map(Not), max_size=2)).map(lambda p: joined(All, [p[0], *p[1]])),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: joined(All, parts)),
    ),
    max_leaves=8,
)


@given(st.lists(trees, min_size=1, max_size=6), st.sets(st.sampled_from("abcdefgh")))
def test_the_index_finds_exactly_what_the_trees_say(asked: list[Node], held: set[str]) -> None:
    """For every set of questions and every text, the index answers as if each were asked alone."""
    seen = Seen("", " ".join(sorted(held)))
    index = QuestionIndex({n: Asked(words=tree) for n, tree in enumerate(asked)})
    assert index.fitting(seen) == [n for n, tree in enumerate(asked) if fits(tree, seen)]


def test_questions_about_other_things_cost_nothing(seed: int) -> None:
    """However many questions there are, a text is held only against those filed under its own words."""
    rng = Random(seed)
    letters = "abcdefghijklmnopqrstuvwxyz"
    other = ["".join(rng.choices(letters, k=9)) for _ in range(3000)]
    asked = {n: Asked(words=parse(f"{other[n]} {other[-n - 1]}")) for n in range(1000)}
    index = QuestionIndex(asked | {5000: Asked(words=parse("water brown"))})
    assert index.candidates(Seen("", "The water on Mill Lane is brown")) == {5000}


FERRY = [("", f"The ferry to Gull Island is cancelled, passengers wait at the pier {n}") for n in range(3)]
NOISE = [("", f"{word} in the garden on a sunny morning") for word in ("Roses", "Bees", "Cats", "Tea")] * 10


def test_a_likeness_goes_by_rare_words_and_survives_its_row() -> None:
    """Items on the same matter fit, others do not; the row of a likeness gives the same answers."""
    like = learn(FERRY, NOISE, Hashed())
    again = likeness_from(like.to_json())  # type: ignore[arg-type]
    for one in (like, again):
        index = LikeIndex({3: one})
        assert index.fitting(Seen("", "Passengers: is the Gull Island ferry cancelled?"), None) == [3]
        assert index.fitting(Seen("", "Roses on the island in the morning"), None) == []


def test_meaning_helps_where_words_alone_are_few() -> None:
    """Two shared words are too few, with the story's meaning near they are enough; far off they are not."""
    like = learn(FERRY, NOISE, Hashed())
    index = LikeIndex({3: like})
    rest = " ".join(f"word{n}" for n in range(120))
    text = Seen("", f"Again no ferry for us tonight, says everybody who came to the pier {rest}")
    assert like.meaning is not None
    assert index.fitting(text, None) == []
    assert index.fitting(text, like.meaning) == [3]
    assert index.fitting(text, -like.meaning) == []
