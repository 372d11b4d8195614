"""Tests of the budget as people set it, of alerts that grow, and of what a kill leaves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from answerable.alert.budget import BAR, DEFAULT
from answerable.alert.concerns.file import built_in
from answerable.errors import BadInput, NotAllowed
from answerable.records import Signal
from answerable.store import alert_rules, alerts, signals
from answerable.store.models import Alert, LedgerRow, SignalRow, Story

OWN = "[concern: lamps]\na\nb\nc\nd\ne\n[other: rest]\nv\nw\nx\ny\nz"


def story(number: int) -> Story:
    return Story.objects.create(id=number, items=6, first_seen=0, last_seen=0, first_heard=0)


def measured(
    desk: Any, of: int, *, score: float = 5.0, calls: bool = True, grows: int | None = None
) -> Signal:
    return Signal(
        of, "burst", desk.now, 600, 5, 0.2, 0, 1, 1e-5, "negative-binomial", (1, 2, 3, 4, 5), score=score, bar=3.4,
        concern=0.5, matter="accident", like="a line", calls=calls, grows=grows,
    )  # fmt: skip


def test_the_budget_is_set_with_permission_and_a_ledger_row(desk: Any) -> None:
    """The administrator sets it, somebody else may not, nonsense is refused; the newest holds."""
    assert alert_rules.rules().budget == DEFAULT
    alert_rules.set_budget(desk.alice, 0.5, reason="too_many", now=desk.now)
    assert alert_rules.rules().budget == 0.5
    assert LedgerRow.objects.filter(action="alert.budget").count() == 1
    for wrong in (0, -1, 51, float("nan")):
        with pytest.raises(BadInput):
            alert_rules.set_budget(desk.alice, wrong, now=desk.now)
    with pytest.raises(NotAllowed):
        alert_rules.set_budget(desk.carol, 3, now=desk.now)
    assert alert_rules.bar(False, desk.now) > BAR


def test_the_list_of_concerns_has_versions(desk: Any) -> None:
    """The body's own list holds until it is emptied; a list that cannot be used changes nothing."""
    alert_rules.set_budget(desk.alice, 5, now=desk.now)
    alert_rules.set_concerns(desk.alice, OWN, now=desk.now)
    rules = alert_rules.rules()
    assert (rules.concerns, rules.own, rules.budget) == (OWN, True, 5)
    with pytest.raises(BadInput):
        alert_rules.set_concerns(desk.alice, "[concern: x]\na", now=desk.now)
    alert_rules.set_concerns(desk.alice, "", now=desk.now)
    assert alert_rules.rules().concerns == built_in()
    assert LedgerRow.objects.filter(action="alert.concerns").count() == 2


def test_a_signal_written_again_after_a_kill_calls_nobody_twice(desk: Any) -> None:
    """The same call stored twice is one alert; its signals stand on it."""
    story(1)
    (first,) = signals.raise_alerts([measured(desk, 1)], exercise=False, now=desk.now)
    assert signals.raise_alerts([measured(desk, 1)], exercise=False, now=desk.now) == []
    assert Alert.objects.count() == 1
    assert SignalRow.objects.filter(alert=first).count() == 1


def test_a_near_story_grows_the_alert(desk: Any) -> None:
    """A signal of another story that belongs to a standing alert stands on its page and widens it."""
    story(1), story(2)
    (first,) = signals.raise_alerts([measured(desk, 1)], exercise=False, now=desk.now)
    signals.raise_alerts([measured(desk, 2, calls=False, grows=first)], exercise=False, now=desk.now)
    (standing,) = signals.standing(False, desk.now)
    assert (standing.alert, standing.stories) == (first, {1, 2})
    assert signals.scores(False, desk.now - timedelta(days=1)) == [(1, 5.0), (2, 5.0)]


def test_an_alert_stands_until_a_day_after_it_was_dismissed(desk: Any) -> None:
    """Within a day the same matter calls nobody again; later it does."""
    story(1)
    (first,) = signals.raise_alerts([measured(desk, 1)], exercise=False, now=desk.now)
    alerts.dismiss(desk.carol, first, reason="false_alarm", now=desk.now)
    assert signals.standing(False, desk.now + timedelta(hours=23))
    assert signals.standing(False, desk.now + timedelta(hours=25)) == []
    later = desk.now + timedelta(hours=25)
    assert signals.raise_alerts([measured(desk, 1)], exercise=False, now=later)


def test_the_bar_learns_from_what_people_say(desk: Any) -> None:
    """Alerts dismissed as false raise the bar, known matters and incidents do not; growing stories do not count."""
    later = desk.now + timedelta(days=7)
    for number in range(1, 9):
        story(number)
        signals.raise_alerts([measured(desk, number, score=3.6)], exercise=False, now=desk.now)
    story(20)
    signals.raise_alerts([measured(desk, 20, calls=False, grows=1)], exercise=False, now=desk.now)
    known, _ = alert_rules.past(False, later)
    assert len(known) == 8
    undecided = alert_rules.bar(False, later)
    for alert in Alert.objects.all():
        alerts.dismiss(desk.carol, alert.pk, reason="false_alarm", now=desk.now)
    assert alert_rules.bar(False, later) > undecided + 0.1
    Alert.objects.update(dismissed_as="known_matter")
    assert alert_rules.bar(False, later) < undecided
