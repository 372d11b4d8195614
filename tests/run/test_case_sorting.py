"""Sorting while the desk runs: a correction teaches it, a person who is faster wins, each case is asked once."""

from __future__ import annotations

from datetime import timedelta

from answerable.run import case_sorting as run
from answerable.run.case_sorting import CaseSorting
from answerable.store import case_sorting, cases
from answerable.store.models import Case, CaseLeg, LedgerRow
from answerable.understand.embed import Hashed
from tests.cast import Desk
from tests.store.casework import case, cleo
from tests.understand.test_sorting import PLACES, ROADS, WATER


def taught(desk: Desk) -> None:
    """People decide about fifty cases: water goes to Water Services, roads stay with the council."""
    for noun in (*WATER, *ROADS):
        for place in PLACES[:4]:
            made = case(desk, f"The {noun} in {place} is broken since Monday")
            if noun in WATER:
                cases.send_on(cleo(desk), made.pk, unit=desk.water, why="wrong_desk", version=1, now=desk.now)
            else:
                cases.take(cleo(desk), made.pk, version=1, now=desk.now)


def test_what_people_decided_teaches_the_next(desk: Desk) -> None:
    """Before, everything waits; afterwards a leak goes to Water Services with its confidence, once.

    Sabotage: let `case_sorting.decided` read the unit a case came to instead of the one it is with.
    """
    sorting = CaseSorting(Hashed())
    first = case(desk, "Hello")
    assert sorting.look(desk.now) == 0
    taught(desk)
    leak = case(desk, "A leak at the meter, the tap has no pressure")
    sorting._learned_at = float("-inf")  # a minute later
    later = desk.now + timedelta(minutes=5)
    assert sorting.look(later) == 2
    kept = Case.objects.get(pk=leak.pk)
    assert (kept.unit, kept.stage, kept.sorted_by) == (desk.water, "classified", "machine")
    assert kept.confidence is not None
    assert kept.confidence >= 0.8
    assert CaseLeg.objects.filter(case=leak, why="sorted").count() == 1
    assert Case.objects.get(pk=first.pk).sort_asked_at == later
    assert sorting.look(later) == 0, "each case is asked about once"
    assert LedgerRow.objects.filter(action="case.sort").count() == 2


def test_a_person_who_is_faster_wins(desk: Desk) -> None:
    """A case that somebody took meanwhile is not moved by the machine."""
    made = case(desk)
    cases.take(cleo(desk), made.pk, version=1, now=desk.now)
    assert not case_sorting.decide(made.pk, desk.water.pk, 0.99, sure=True, now=desk.now)
    assert Case.objects.get(pk=made.pk).unit == desk.top
    assert run.AT_ONCE > 1
