"""A surge of messages about four matters: four decisions answer all of them, and a flooded form moves nothing."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random
from threading import Event
from typing import Any

import pytest

from answerable.run.case_sorting import CaseSorting
from answerable.store import case_answers, case_heat, cases, letters
from answerable.store.models import Case, CaseAnswer, CaseLetter, CaseMessage, Submission
from answerable.store.open_days import counted
from tests.cast import Desk
from tests.publish.rooms import post_office
from tests.run.surge import MATTERS, messages
from tests.run.test_mail_cases import postman, read
from tests.store.casework import cleo, hana, tell
from tests.store.test_letters import write


def surge(desk: Desk, count: int, seed: int) -> dict[str, list[CaseMessage]]:
    """Messages of one hour, every second one by mail, each from an address of its own; by their matter."""
    told: dict[str, list[CaseMessage]] = {matter: [] for matter in MATTERS}
    for number, (matter, text) in enumerate(messages(count, Random(seed))):
        at, address = desk.now + timedelta(hours=1) * number / count, f"writer{number}@post.example"
        if number % 2:
            told[matter].append(write(desk, text, title="", sender=address, at=at))
        else:
            told[matter].append(tell(desk, text, contact=address, at=at))
    return told


def decided(desk: Desk, matter: str) -> None:
    """One answer for all who ask the same as the oldest case that is still open: written, looked at, sent."""
    at = desk.now + timedelta(hours=2)
    case = Case.objects.filter(stage="collected").order_by("collected_at", "pk")[0]
    cases.take(cleo(desk), case.pk, version=case.version, now=at)
    text = f"About the {matter}: our crews work on it, and by six o'clock it is mended."
    facts = {"outcome": "explained", "alike": True, "now": at}
    case_answers.write(cleo(desk), case.pk, text=text, version=case.version + 1, **facts)  # type: ignore[arg-type]
    case_answers.submit(cleo(desk), case.pk, version=case.version + 2, now=at)
    case_answers.send(hana(desk), case.pk, version=case.version + 3, now=at)


def through_a_surge(desk: Desk, count: int, seed: int) -> None:
    """All of it, from the first message to the last letter."""
    told = surge(desk, count, seed)
    assert CaseSorting().compare(desk.now + timedelta(hours=1)) == count
    for matter in MATTERS:
        decided(desk, matter)
    assert not Case.objects.filter(stage__in=("collected", "classified", "assigned", "supervised")).exists()
    assert CaseAnswer.objects.filter(sent_at__isnull=False).count() == len(MATTERS)
    for same in told.values():
        numbers = {message.pk for message in same}
        stands = set(CaseMessage.objects.filter(pk__in=numbers).values_list("case", flat=True))
        assert len(stands) == 1, "everybody of a matter reads the same answer"
        assert Case.objects.get(pk=stands.pop()).people == len(same)
    with post_office() as office:
        man = postman(desk, office)
        now = desk.now + timedelta(hours=2)
        letters.owe_due(man.keyring, now)
        while taken := letters.take(now, man.keyring):
            for one in taken:
                man.deliver(one, now)
        man.round(now, Event())
        answers = Counter(str(one["To"]) for one in read(office) if one["Auto-Submitted"] is None)
    assert answers == Counter({f"writer{number}@post.example": 1 for number in range(count)})
    assert CaseLetter.objects.exclude(state="sent").count() == 0
    assert Submission.objects.count() == CaseMessage.objects.count() == count, "no message is lost"


def test_four_decisions_answer_a_surge(desk: Desk) -> None:
    """Sixty messages about four matters: four answers, each seen by two people; every sender hears theirs once.

    Sabotage: leave the cases that ask the same out of `case_answers.send`.
    """
    through_a_surge(desk, 60, seed=1)


@pytest.mark.deep
@pytest.mark.timeout(3600)
def test_four_decisions_answer_two_thousand(desk: Desk, seed: int) -> None:
    """The same with two thousand messages in an hour."""
    through_a_surge(desk, 2_000, seed)


def flooded(desk: Desk, copies: int) -> None:
    """A few matters of few people; then one of them is sent again and again, by a form and by mail."""
    for text in (
        "The lamp at the stop is dark",
        "The lamp at the stop is out",
        "A bench in the park is broken",
    ):
        tell(desk, text)
    write(desk, "A bench in the park is broken", sender="eve@post.example")
    CaseSorting().compare(desk.now)
    case_heat.reckon()
    before = standing(desk)
    for number in range(copies):
        at = desk.now + timedelta(seconds=number)
        if number % 2:
            write(desk, "A bench in the park is broken", sender="eve@post.example", at=at)
        else:
            tell(desk, "A bench in the park is broken!", at=at)
    CaseSorting().compare(desk.now + timedelta(hours=1))
    case_heat.reckon()
    assert standing(desk) == before
    assert CaseMessage.objects.count() == copies + 4, "no copy is lost"
    assert CaseLetter.objects.count() == 1, "who sends it a thousand times hears once that it came"


def standing(desk: Desk) -> list[Any]:
    """What a flood must not move: the order of the hottest, how many each concerns, and every rate."""
    hot = Case.objects.filter(lead=None).order_by("-heat", "due_at", "pk")
    return [list(hot.values_list("pk", "heat", "people")), counted(desk.now + timedelta(days=30))]


def test_a_flooded_form_moves_no_rate_and_no_rank(desk: Desk) -> None:
    """Forty copies of one message: neither the order of the hottest nor a single count of the rates changes.

    Sabotage: count copies as people in `case_intake.begin`.
    """
    flooded(desk, 40)


@pytest.mark.deep
@pytest.mark.timeout(3600)
def test_a_thousand_copies_move_no_rate_and_no_rank(desk: Desk) -> None:
    """The same with a thousand."""
    flooded(desk, 1_000)
