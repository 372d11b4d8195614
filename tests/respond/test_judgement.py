"""When the others' assessments may be read, and how proposals are counted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.respond.judgement import NO_INCIDENT, PROPOSALS, human_at, proposed, shown

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_nobody_reads_the_others_before_their_own_is_written() -> None:
    """Not even one combination but the two allowed ones. Sabotage: answer always yes."""
    assert not shown(own_written=False, decided=False)
    assert shown(own_written=True, decided=False)
    assert shown(own_written=False, decided=True)


def test_the_first_look_is_the_earliest_act() -> None:
    """Somebody who acknowledged before the room was opened was the first human; without one, the opening is."""
    assert human_at(AT, None, AT - timedelta(minutes=3)) == AT - timedelta(minutes=3)
    assert human_at(AT, None, None) == AT
    assert human_at(AT, AT + timedelta(minutes=1)) == AT


@given(st.lists(st.sampled_from(PROPOSALS), max_size=12))
def test_every_proposal_is_counted_once_and_the_gravest_leads(levels: list[int]) -> None:
    """The counts add up to the people; "no incident" comes last and is never the gravest."""
    found = proposed(levels)
    assert sum(n for _, n in found.counts) == len(levels)
    real = [level for level in levels if level != NO_INCIDENT]
    assert found.gravest == (min(real) if real else None)
    order = [level for level, _ in found.counts]
    assert order == sorted(set(levels), key=lambda level: level or 9)
    assert found.agreed == (len(set(levels)) == 1)


def test_a_level_that_does_not_exist_is_no_proposal() -> None:
    """Neither 5 nor a negative one is counted away silently."""
    with pytest.raises(ValueError, match="1 to 4"):
        proposed([2, 5])
