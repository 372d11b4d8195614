"""What a person says now stays, what they quote and sign goes: five languages, as mail programs really write."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.collect.mailbox.trim import own_words
from answerable.collect.workers import ParsePool
from tests.collect.mail_ends import LOOKALIKES, MORE_ENDS, QUOTES, SAID, SIGNED
from tests.collect.mails import mail


@pytest.fixture(scope="module")
def pool() -> Iterator[ParsePool]:
    """One pool for all tests here."""
    with ParsePool(1) as running:
        yield running


@pytest.mark.parametrize("language", sorted(SAID))
def test_quotes_and_signatures_go_and_words_stay(language: str) -> None:
    """Every way to quote with every way to sign, under what is said: exactly what is said is left."""
    wrong = []
    for said, signed, quoted in itertools.product(SAID[language], SIGNED[language], (*QUOTES[language], "")):
        text = "\n\n".join(part for part in (said, signed, quoted) if part)
        if own_words(text) != said:
            wrong.append((text, own_words(text)))
    assert not wrong, f"{len(wrong)} wrong, the first: {wrong[0]}"


@pytest.mark.parametrize("end", MORE_ENDS)
def test_rarer_ends_go_too(end: str) -> None:
    """Programs and habits beside the usual ones."""
    said = "The lamp at the corner of Mill Lane is broken.\nPlease mend it."
    assert own_words(f"{said}\n\n{end}") == said


def test_name_of_the_writer_alone_at_the_end_goes() -> None:
    """Who signs with a name alone: it goes when the From line bears it, and stays when it is another's."""
    assert own_words("The lamp is broken.\n\nAnn", "Ann Reader") == "The lamp is broken."
    assert own_words("路灯坏了。\n\n李雷", "李雷") == "路灯坏了。"
    assert own_words("Who is in charge?\n\nBob", "Ann Reader") == "Who is in charge?\n\nBob"


@pytest.mark.parametrize("language", sorted(SAID))
def test_answers_below_a_quote_stay(language: str) -> None:
    """Who answers below or between quoted lines is heard."""
    first, second, _ = SAID[language]
    quoted = QUOTES[language][0]
    assert own_words(f"{quoted}\n\n{first}") == first
    assert own_words(f"{first}\n\n{quoted}\n\n{second}").replace("\n\n\n", "\n\n") == f"{first}\n\n{second}"


@pytest.mark.parametrize("said", LOOKALIKES)
def test_what_only_looks_like_an_end_stays(said: str) -> None:
    """A sentence that begins like a closing, a header or a quotation is still a sentence."""
    assert own_words(said) == said


def test_a_mail_that_only_passes_on_is_heard_by_what_it_passes_on() -> None:
    """A forwarded mail without a word of its own keeps the words passed on, without the headers above them."""
    block = "From: Bob Private <bob@post.example>\nDate: Tue, 3 Mar 2026\nSubject: Hole\nTo: Ann <ann@post.example>"
    text = f"---------- Forwarded message ---------\n{block}\n\nThere is a hole in the road.\n\nBest regards\nBob"
    assert own_words(text) == "There is a hole in the road."
    assert own_words(f"See below, this is dangerous.\n\n{text}") == "See below, this is dangerous."


def test_a_mail_that_is_nothing_but_its_end_stays() -> None:
    """Trimming never empties a mail: "Thanks" alone is what was said."""
    assert own_words("Thanks!\nAnn") == "Thanks!\nAnn"
    assert own_words("> quoted\n> alone") == "quoted\nalone"


@given(st.text(max_size=400))
def test_any_text_is_trimmed_to_lines_of_its_own(text: str) -> None:
    """Whatever comes: no error, nothing invented, and trimming twice is trimming once for a text of one line."""
    kept = own_words(text)
    assert set(kept) <= set(text) | {"\n"}
    assert len(kept) <= len(text) + 1


@pytest.mark.parametrize(
    "piece",
    ["On ", "On a wrote", "> ", "From: a\n", "-- \n", "在 写道", "a@b <a@b> ", "Le a écrit ", "_", "Best,\n", " ", "\n", "《", "Am schrieb ",
     "gracias y un ", "Vielen Dank im Voraus ", "Sent from a\n", "On x\n", "Am x\n"],
)  # fmt: skip
def test_no_pattern_runs_away(pool: ParsePool, piece: str) -> None:
    """A hundred thousand characters of one piece, a line or many, are trimmed within a worker's two seconds."""
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    assert len(pool.run("mail", mail(text))) == 1
