"""Standing questions in the store and the engine: what is found, counted, looked back at, changed, erased."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.records import Item
from answerable.run.engine import LocalEngine
from answerable.store import question_stream, questions
from answerable.store.keyring import Keyring
from answerable.store.models import (
    ItemRow,
    LedgerRow,
    Question,
    QuestionHour,
    QuestionMatch,
    Source,
)
from answerable.store.questions import Wanted
from tests.cast import Desk

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
WATER = Wanted(name="Brown water", purpose="service_failure", words="water brown\nagua marrón")


def place(*, exercise: bool = False) -> Source:
    """A place to hear from."""
    return Source.objects.create(
        name="Talk of Fenmoor",
        kind="drill" if exercise else "feeds",
        address="https://fenmoor.example/talk",
        source_class="public",
        purpose="Water faults",
        exercise=exercise,
        keep_days=0,
        added_at=AT,
    )


def item(
    source: Source, number: int, text: str, *, minutes: int | None = None, key: int | None = None
) -> Item:
    """One message, a minute after the other."""
    at = AT + timedelta(minutes=number if minutes is None else minutes)
    return Item(
        source=source.pk,
        key=(number if key is None else key).to_bytes(16, "big"),
        text=text,
        title="",
        published=at,
        heard=at,
        exercise=source.exercise,
    )


def engine(desk: Desk) -> LocalEngine:
    """A fresh engine on the desk's rows."""
    return LocalEngine(desk.home, Keyring.open(desk.home))


def rest(of: LocalEngine) -> None:
    """Let the engine rest until nothing is left to look back at."""
    for _ in range(60):
        of.rest()
        if not of._asking[False].rest() and not of._asking[True].rest():
            break
    assert not Question.objects.filter(run_done=False, paused=False, removed_at=None).exists()


def found(question: Question) -> list[int]:
    """Keys of what a question found, as numbers."""
    items = QuestionMatch.objects.filter(question=question).values("item")
    keys = ItemRow.objects.filter(pk__in=items).values_list("key", flat=True)
    return sorted(int.from_bytes(bytes(key), "big") for key in keys)


def counted(question: Question) -> int:
    """What its hours add up to."""
    return sum(QuestionHour.objects.filter(question=question).values_list("items", flat=True))


SAID = (
    "Brown water on Mill Lane since seven",
    "A fine day for the regatta",
    "El agua sale marrón en Fenmoor",
    "Brown bread and no water at the fair",
    "The bus is late again",
)


def test_a_question_looks_back_and_goes_on_live(desk: Desk) -> None:
    """Items from before and after the question was asked are found once each, and counted by hour."""
    source, works = place(), engine(desk)
    works.hand(source.pk, [item(source, n, text) for n, text in enumerate(SAID)], {})
    works.settle()
    question = questions.create(desk.carol, WATER, unit=desk.top, now=desk.now)
    rest(works)
    assert found(question) == [0, 2, 3]
    works.hand(source.pk, [item(source, 5, "Water is brown here as well"), item(source, 6, "No news")], {})
    works.settle()
    rest(works)
    assert found(question) == [0, 2, 3, 5]
    assert counted(question) == 4
    question.refresh_from_db()
    assert (question.run_done, question.run_seen, question.run_total) == (True, 5, 5)


def test_a_kill_repeats_a_step_and_counts_nothing_twice(desk: Desk) -> None:
    """A new engine at any point of the look back goes on to the same matches and the same hours."""
    source, works = place(), engine(desk)
    works.hand(source.pk, [item(source, n, f"{SAID[n % 5]} {n}") for n in range(600)], {})
    works.settle()
    question = questions.create(desk.carol, WATER, unit=desk.top, now=desk.now)
    for _ in range(8):  # each engine does one step and is gone
        engine(desk)._asking[False].turn()
    rest(engine(desk))
    assert len(found(question)) == counted(question) == 360


def test_a_change_forgets_what_the_old_words_found(desk: Desk) -> None:
    """After other words only what they find is there, counts included; an old version is refused."""
    source, works = place(), engine(desk)
    works.hand(source.pk, [item(source, n, text) for n, text in enumerate(SAID)], {})
    works.settle()
    question = questions.create(desk.carol, WATER, unit=desk.top, now=desk.now)
    rest(works)
    other = Wanted(name="Buses", purpose="transport", words="bus*")
    questions.change(desk.carol, question, other, version=1, now=desk.now)
    rest(works)
    assert found(question) == [4]
    assert counted(question) == 1
    with pytest.raises(Conflict):
        questions.change(desk.carol, question, other, version=1, now=desk.now)


def test_an_edited_item_is_asked_again_and_an_erased_one_leaves(desk: Desk) -> None:
    """An edit moves an item in or out with its count; an erasure takes the match and keeps the count."""
    source, works = place(), engine(desk)
    question = questions.create(desk.carol, WATER, unit=desk.top, now=desk.now)
    rest(works)
    works.hand(source.pk, [item(source, n, text) for n, text in enumerate(SAID)], {})
    works.settle()
    assert found(question) == [0, 2, 3]
    edit = [item(source, 0, "All is clear now"), item(source, 4, "Brown water in the bus")]
    works.hand(source.pk, edit, {})
    works.settle()
    assert found(question) == [2, 3, 4]
    assert counted(question) == 3
    gone = ItemRow.objects.get(text=SAID[2]).pk
    works._leave([gone], "request", desk.now)
    assert found(question) == [3, 4]
    assert counted(question) == 3
    assert not QuestionMatch.objects.filter(item=gone).exists()


def test_real_and_exercise_never_meet(desk: Desk) -> None:
    """A question of the drill finds nothing real, a real one nothing of the drill; a wipe takes the drill's."""
    real, drill, works = place(), place(exercise=True), engine(desk)
    one = questions.create(desk.carol, WATER, unit=desk.top, now=desk.now)
    two = questions.create(desk.carol, WATER, unit=desk.top, exercise=True, now=desk.now)
    for source in (real, drill):
        works.hand(source.pk, [item(source, 0, SAID[0])], {})
    works.settle()
    rest(works)
    for question in (one, two):
        hits = QuestionMatch.objects.filter(question=question).values("item")
        assert [row.exercise for row in ItemRow.objects.filter(pk__in=hits)] == [question.exercise]
    works.wipe()
    assert list(Question.objects.values_list("pk", flat=True)) == [one.pk]
    assert QuestionMatch.objects.count() == 1


def test_pause_resume_and_remove(desk: Desk) -> None:
    """A paused question finds nothing; resumed it looks back; removed, all it found is taken apart."""
    source, works = place(), engine(desk)
    question = questions.create(desk.carol, WATER, unit=desk.top, now=desk.now)
    rest(works)
    questions.pause(desk.carol, question, now=desk.now)
    works.hand(source.pk, [item(source, 0, SAID[0])], {})
    works.settle()
    assert found(question) == []
    questions.resume(desk.carol, question, now=desk.now)
    rest(works)
    assert found(question) == [0]
    questions.remove(desk.carol, question, reason="not_needed", now=desk.now)
    rest(works)
    assert QuestionMatch.objects.count() == QuestionHour.objects.count() == 0
    assert LedgerRow.objects.filter(kind="question").count() == 4


def test_more_like_these(desk: Desk) -> None:
    """Examples find what speaks of the same in other words; an erased example teaches nothing any more."""
    source, works = place(), engine(desk)
    spoken = [f"The ferry to Gull Island is cancelled, passengers wait at the pier ({n})" for n in range(4)]
    noise = [
        f"{word} in the garden on a sunny morning {n}" for n, word in enumerate(["Roses", "Bees", "Cats"] * 8)
    ]
    works.hand(source.pk, [item(source, n, text) for n, text in enumerate([*spoken, *noise])], {})
    works.settle()
    ids = list(ItemRow.objects.filter(text__startswith="The ferry").values_list("pk", flat=True))
    wanted = Wanted(name="Ferry", purpose="transport", examples=tuple(ids[:2]))
    question = questions.create(desk.carol, wanted, unit=desk.top, now=desk.now)
    rest(works)
    assert found(question) == [0, 1, 2, 3]
    works.hand(
        source.pk,
        [item(source, 90, "Island ferry cancelled again: what do passengers at the pier do now?")],
        {},
    )
    works.settle()
    assert found(question) == [0, 1, 2, 3, 90]
    works._leave(ids[:2], "request", desk.now)
    question.refresh_from_db()
    assert (question.examples, question.likeness, question.paused) == ([], None, True)
    with pytest.raises(BadInput):
        questions.resume(desk.carol, question, now=desk.now)


def test_no_word_of_one_person_alone_is_learned(desk: Desk) -> None:
    """A word that fewer than three items hold is not kept of an example."""
    source, works = place(), engine(desk)
    spoken = [f"The ferry is cancelled {word}" for word in ("zebrafish", "today", "today", "today")]
    works.hand(source.pk, [item(source, n, text) for n, text in enumerate(spoken)], {})
    works.settle()
    first = ItemRow.objects.order_by("pk")[0].pk
    wanted = Wanted(name="Ferry", purpose="transport", examples=(first,))
    question = questions.create(desk.carol, wanted, unit=desk.top, now=desk.now)
    rest(works)
    question.refresh_from_db()
    assert question.likeness is not None
    assert "ferry" in str(question.likeness)
    assert "zebrafish" not in str(question.likeness)


def test_who_may_ask(desk: Desk) -> None:
    """Charlie of another unit changes nothing of the council's questions, and asks none in its name."""
    question = questions.create(desk.carol, WATER, unit=desk.top, now=desk.now)
    with pytest.raises(NotAllowed):
        questions.create(desk.charlie, WATER, unit=desk.top, now=desk.now)
    for act in (questions.pause, questions.remove):
        with pytest.raises(NotAllowed):
            act(desk.charlie, question, now=desk.now)
    before = LedgerRow.objects.count()
    for wrong in (
        Wanted(name="", purpose="safety", words="flood"),
        Wanted(name="x", purpose="spying", words="flood"),
        Wanted(name="x", purpose="other", words="flood"),
        Wanted(name="x", purpose="safety", words="flood", look_back_days=4000),
        Wanted(name="x", purpose="safety"),
        Wanted(name="x", purpose="safety", words="flood", examples=(1,)),
        Wanted(name="x", purpose="safety", examples=(4711,)),
        Wanted(name="x", purpose="safety", words="from:merle"),
    ):
        with pytest.raises(BadInput):
            questions.create(desk.carol, wrong, unit=desk.top, now=desk.now)
    assert LedgerRow.objects.count() == before
    assert question_stream.signature(False) == (1, 1)
