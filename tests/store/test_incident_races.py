"""Two people work on the same incident at the same moment: one wins, the other is told, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from answerable.errors import Conflict
from answerable.respond.levels import STATES
from answerable.store import incidents, timeline
from answerable.store.models import Incident, Person
from tests.cast import Desk
from tests.store.scene import at_once, incident, ledger_rows

ROUNDS = 100


def step(kind: int, desk: Desk, by: Person, seen: Incident, second: int) -> Callable[[], Incident]:
    """What this person does in this round, having seen this version."""
    now = desk.now + timedelta(seconds=second)
    facts = {"version": seen.version, "now": now}
    if kind == 0 and seen.owner_id != by.pk:
        return partial(incidents.take, by, seen.pk, **facts)  # type: ignore[arg-type]
    if kind == 1:
        return partial(incidents.hand_over, by, seen.pk, unit=desk.top, owner=by, **facts)  # type: ignore[arg-type]
    state = "resolved" if seen.state != "resolved" else STATES[second % 3]
    return partial(incidents.change_state, by, seen.pk, state=state, **facts)  # type: ignore[arg-type]


def test_a_hundred_times_at_once_one_wins_and_nothing_is_lost(desk: Desk) -> None:
    """Take, hand over and close in every pairing: each round adds one version, one entry, one ledger row.

    Sabotage: leave the version out of the conditional update in `incidents._change`.
    """
    made = incident(desk)
    before = len(ledger_rows())
    entries = timeline.entries(made.pk).count()
    for second in range(ROUNDS):
        seen = Incident.objects.get(pk=made.pk)
        results = at_once(
            step(second % 3, desk, desk.bob, seen, second),
            step(second // 3 % 3, desk, desk.carol, seen, second),
        )
        won = [one for one in results if isinstance(one, Incident)]
        told = [one for one in results if isinstance(one, Conflict)]
        assert (len(won), len(told)) == (1, 1), results
        kept = Incident.objects.get(pk=made.pk)
        assert (kept.version, kept.state, kept.owner_id, kept.resolved_at) == (
            seen.version + 1,
            won[0].state,
            won[0].owner_id,
            won[0].resolved_at,
        )
    assert timeline.entries(made.pk).count() == entries + ROUNDS
    assert len(ledger_rows()) == before + ROUNDS
