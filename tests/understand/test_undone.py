"""Thresholds learn from what people undo: raised where it speaks against what was stated, never lowered."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from answerable.understand.claims.combiner import Measured, built_in
from answerable.understand.claims.undone import LEAST, Decided, followed, raised, standing

KNOWN = Measured(800, 0.78, 0.3, 0.95, 368, 354)


def test_many_undone_links_stop_it_and_few_say_nothing() -> None:
    """Half undone at every chance: nothing is confirmed any more; half of ten, or one of thirty: as before.

    Sabotage: leave the interval out, or its least number.
    """
    half = [Decided(0.8 + n / 1000, n % 2 == 0) for n in range(60)]
    assert raised(KNOWN, half).confirm > 1
    assert raised(KNOWN, half[:10]) == KNOWN
    assert raised(KNOWN, [Decided(0.9, n > 0) for n in range(30)]) == KNOWN


def test_where_the_surest_stand_the_threshold_rises_to_them() -> None:
    """All above .95 stand and half below are undone: confirmed from .95 on.

    Sabotage: never confirm again once anything was undone.
    """
    mixed = [Decided(0.97, True)] * 60 + [Decided(0.82, n % 2 == 0) for n in range(40)]
    assert raised(KNOWN, mixed).confirm == 0.97
    assert followed(built_in(), {"en": mixed}).languages["en"].confirm == 0.97
    assert followed(built_in(), {"es": mixed}).languages == built_in().languages


@given(st.lists(st.builds(Decided, st.floats(0.5, 1), st.booleans()), max_size=80))
def test_it_is_never_lowered(decided: list[Decided]) -> None:
    """Whatever stands or is undone, no less is asked of a match than was measured; few links change nothing."""
    found = raised(KNOWN, decided)
    assert found.confirm >= KNOWN.confirm
    if len(decided) < LEAST or standing(decided).high >= KNOWN.precision:
        assert found == KNOWN
