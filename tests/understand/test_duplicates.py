"""Near-duplicates and the embedding budget: repeats are named, and nothing is embedded twice."""

from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.understand.budget import PER_ITEM, START
from answerable.understand.duplicates import SIZE, jaccard, near, sketch
from answerable.understand.embed import Hashed
from answerable.understand.states import unpack_thread
from tests.understand.memory import Counting, Memory, fresh, heard, stream

LEXICON = [f"{a}{b}" for a in "tap pipe bus lane lamp".split() for b in ("", "s", "ing", "man", "less")]
TEXT = "Brown water comes out of the taps in Fenmoor since this morning, says the hotline"
SAID = st.lists(st.sampled_from(LEXICON), max_size=30)


def share(one: list[str], other: list[str]) -> float:
    """Jaccard of the word pairs themselves, without any hash."""
    a, b = set(pairwise(one)), set(pairwise(other))
    return len(a & b) / len(a | b) if a | b else 0.0


@given(SAID.filter(lambda said: len(said) > 1), SAID.filter(lambda said: len(said) > 1))
@settings(max_examples=100)
def test_short_sketches_are_exact(one: list[str], other: list[str]) -> None:
    """Up to 33 words the sketch gives the exact share of word pairs, in either order."""
    assert jaccard(sketch(one), sketch(other)) == share(one, other)
    assert jaccard(sketch(other), sketch(one)) == share(one, other)
    assert near(sketch(one), sketch(one))


def test_long_sketches_are_near_the_truth() -> None:
    """Beyond, the estimate is within .3 of the true share, and within a tenth on average."""
    dice, errors = random.Random(7), []
    for _ in range(150):
        one = [f"w{dice.randrange(10**6)}" for _ in range(120)]
        other = one[: dice.randrange(20, 120)] + [f"w{dice.randrange(10**6)}" for _ in range(20)]
        errors.append(abs(jaccard(sketch(one), sketch(other)) - share(one, other)))
        assert len(sketch(one)) == SIZE + 1
    assert max(errors) < 0.3
    assert sum(errors) / len(errors) < 0.1


def test_different_figures_are_different_news() -> None:
    """Three hurt and four hurt are not the same report, however alike the rest."""
    text = "{} people were hurt when the old bridge at Hollin Bridge gave way last night"
    items = [heard(1, text.format(3)), heard(2, text.format(4)), heard(3, text.format(3))]
    memory = Memory().hear(items)
    assert [memory.items[n].duplicate_of for n in (1, 2, 3)] == [None, None, 1]


def test_nothing_is_no_duplicate_of_nothing() -> None:
    """Texts without words are not near-duplicates of one another."""
    assert not near(sketch([]), sketch([]))
    assert jaccard((), ()) == 0.0


def test_repeats_name_their_first() -> None:
    """A repeat names the earlier item it repeats, which is an original, in the same thread and language."""
    memory = Memory().hear(stream(11, 120))
    repeats = [one for one in memory.items.values() if one.duplicate_of is not None]
    assert len(repeats) > 5
    for one in repeats:
        first = memory.items[one.duplicate_of]
        assert first.id < one.id
        assert first.duplicate_of is None
        assert (first.thread, first.language) == (one.thread, one.language)


def test_repeats_are_never_embedded_twice() -> None:
    """However often a text is repeated, it is embedded once."""
    embedder = Counting()
    items = [heard(n, f"RT @…: {TEXT}" if n % 2 else TEXT) for n in range(1, 60)]
    memory = Memory(fresh(embedder=embedder)).hear(items)
    assert len(embedder.asked) == 1
    assert sum(one.duplicate_of == 1 for one in memory.items.values()) == 58


def test_a_restart_does_not_embed_repeats_again() -> None:
    """A new engine knows from the stored state what was embedded before it."""
    memory = Memory().hear([heard(n, TEXT) for n in range(1, 10)]).restart()
    embedder = Counting()
    memory.engine._embedder = embedder
    memory.hear([heard(n, TEXT) for n in range(10, 20)])
    assert embedder.asked == []
    assert memory.items[19].duplicate_of == 1


def test_embedding_stays_within_its_budget() -> None:
    """A flood of different texts is embedded up to the credit, not beyond; a thread up to four."""
    embedder, dice = Counting(), random.Random(5)
    texts = [" ".join(f"w{dice.randrange(10**7)}" for _ in range(5)) for _ in range(1500)]
    Memory(fresh(embedder=embedder)).hear([heard(n, text) for n, text in enumerate(texts, 1)], 100)
    assert 0 < len(embedder.asked) <= START + PER_ITEM * len(texts)
    memory = Memory().hear(stream(2, 300))
    assert all(unpack_thread(one.state)[0] <= 4 for one in memory.threads.values())


def test_too_few_words_are_not_embedded() -> None:
    """A text of hardly a word has no meaning to embed."""
    embedder = Counting()
    Memory(fresh(embedder=embedder)).hear(
        [heard(n, text) for n, text in enumerate(("", "ok", "🙂", "oh no"), 1)]
    )
    assert embedder.asked == []


def test_hashed_rows_are_unit_or_zero() -> None:
    """The stand-in keeps the protocol: unit rows, zero for nothing, the same text the same row."""
    rows = Hashed().embed([TEXT, "", TEXT])
    assert rows.shape == (3, 64)
    assert abs(float(rows[0] @ rows[2]) - 1) < 1e-5
    assert not rows[1].any()
    assert Hashed().embed([]).shape == (0, 64)
