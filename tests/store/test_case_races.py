"""Two people work on the same case at the same moment: one wins, the other is told, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from answerable.errors import Conflict
from answerable.store import case_answers, cases
from answerable.store.models import Case, CaseEvent, LedgerRow, Person
from tests.cast import Desk
from tests.store.casework import ANSWER, case, hana
from tests.store.scene import at_once

ROUNDS = 100


def step(kind: int, by: Person, seen: Case, now: Any) -> Callable[[], Case]:
    """What this person does in this round, having seen this version."""
    facts = {"version": seen.version, "now": now}
    if kind == 0 and seen.handler_id != by.pk:
        return partial(cases.take, by, seen.pk, **facts)
    if kind == 1:
        return partial(cases.assign, by, seen.pk, person=by, **facts)
    return partial(cases.leave_out, by, seen.pk, why="not_ours", **facts)


def test_a_hundred_times_at_once_one_wins_and_nothing_is_lost(desk: Desk) -> None:
    """Take, assign and close in every pairing: each round adds one event and one ledger row, of the winner.

    Sabotage: leave the version out of the conditional update in `case_access.change`.
    """
    number = case(desk).pk
    for round_ in range(ROUNDS):
        seen = Case.objects.get(pk=number)
        if seen.stage == "ended":
            number = case(desk, f"The lamp at stop {round_} is dark").pk
            seen = Case.objects.get(pk=number)
        events, rows = CaseEvent.objects.count(), LedgerRow.objects.count()
        now = desk.now + timedelta(seconds=round_)
        results = at_once(step(round_ % 3, desk.bob, seen, now), step(round_ // 3 % 3, desk.carol, seen, now))
        won = [one for one in results if isinstance(one, Case)]
        told = [one for one in results if isinstance(one, Conflict)]
        assert (len(won), len(told)) == (1, 1), results
        assert Case.objects.get(pk=number).version > seen.version
        assert (CaseEvent.objects.count(), LedgerRow.objects.count()) == (events + 1, rows + 1)


def test_an_answer_goes_out_once_when_two_send_it(desk: Desk) -> None:
    """Bob and Hana send the same answer at the same moment: one is told, the person reads one answer."""
    made = case(desk)
    hana(desk)
    cases.take(desk.carol, made.pk, version=1, now=desk.now)
    case_answers.write(desk.carol, made.pk, text=ANSWER, outcome="solved", version=2, now=desk.now)
    case_answers.submit(desk.carol, made.pk, version=3, now=desk.now)
    results = at_once(
        *(partial(case_answers.send, by, made.pk, version=4, now=desk.now) for by in (desk.bob, hana(desk)))
    )
    assert sorted(type(one).__name__ for one in results) == ["Case", "Conflict"]
    assert CaseEvent.objects.filter(case=made, kind="answered").count() == 1
