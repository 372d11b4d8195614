"""People doubt this: counted in replies, never a verdict, and learned from labelled posts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.errors import BadInput
from answerable.understand.claims.doubt import Reply, doubt
from answerable.understand.claims.doubt_model import LEAST, learn

REPLIES = {
    "en": ("This is fake, it never happened", "Is this true? Any source?", "See you there tomorrow"),
    "es": ("Es falso, dejen de difundir bulos", "¿Es verdad? ¿Alguna fuente?", "Nos vemos mañana allí"),
    "zh": ("这是谣言，别信", "真的假的？求证", "明天见"),
}


@pytest.mark.parametrize("language", sorted(REPLIES))
def test_denials_and_doubts_are_counted_apart_and_the_rest_left_alone(language: str) -> None:
    """Each reply counts once; empty ones, only passed on, are no replies with words."""
    found = doubt([Reply(text) for text in (*REPLIES[language], "", "  ")])
    assert (found.replies, found.said, found.denying, found.asking) == (5, 3, (0,), (1,))
    assert found.share == pytest.approx(2 / 3)


def test_without_words_there_is_no_share() -> None:
    """Nobody said anything: no share, not a share of none."""
    assert doubt([]).share is None
    assert doubt([Reply("")]).share is None


@given(st.lists(st.text(max_size=40), max_size=12))
def test_any_replies_are_counted_without_trouble(texts: list[str]) -> None:
    """Denying and asking never overlap and never exceed those with words."""
    found = doubt([Reply(text) for text in texts])
    assert not set(found.denying) & set(found.asking)
    assert len(found.denying) + len(found.asking) <= found.said <= found.replies == len(texts)


def test_a_model_learns_how_rumours_are_answered_and_gives_chances() -> None:
    """Doubted posts score higher than others it never saw, and its chances lie on the right side of a half."""
    doubted = [Reply("那是谣言", 0.0), Reply("真的假的", 5.0), Reply("转发", 9.0)]
    calm = [Reply("好看", 0.0), Reply("支持", 500.0), Reply("明天见", 900.0)]
    posts = [
        *([*doubted, Reply(f"第{n}楼", 12.0)] for n in range(LEAST)),
        *([*calm, Reply(f"第{n}楼", 2000.0)] for n in range(LEAST)),
    ]
    model = learn(posts, [n < LEAST for n in range(2 * LEAST)])
    new = [[Reply("这是谣言吧", 1.0), Reply("假的", 4.0)], [Reply("好看", 3.0), Reply("支持一下", 800.0)], []]
    high, low, _ = model.chances(new)
    assert high > 0.5 > low
    with pytest.raises(BadInput, match="Too few posts"):
        learn(posts[:LEAST], [True] * LEAST)
