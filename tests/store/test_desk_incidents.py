"""Incidents: where their clocks begin, who may change them, and what a change leaves behind."""

from __future__ import annotations

from datetime import timedelta

import pytest

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.store import alerts, clocks, incidents, ledger, timeline
from answerable.store.models import Alert, Clock, Incident, IncidentStory, Story
from tests.cast import Desk
from tests.store.scene import alert, at_once, incident, ledger_rows, story

pytestmark = pytest.mark.store
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def _open(desk: Desk, *stories: Story, **changes: object) -> Incident:
    facts = {"title": "Brown water", "level": 2, "unit": desk.top, "story_ids": [row.pk for row in stories]}
    return incidents.open_incident(desk.carol, **{**facts, "now": desk.now, **changes})


def _due(made: Incident) -> dict[str, timedelta]:
    """Deadlines of the clocks that apply, counted from when the matter was heard."""
    running = Clock.objects.filter(incident=made, dropped_at=None)
    return {clock.kind: clock.due_at - made.heard_at for clock in running}


MAJOR = {"holding_60m": HOUR, "statement_5h": 5 * HOUR, "conference_24h": 24 * HOUR}
MINOR = {"answer_48h": 48 * HOUR}


@pytest.mark.parametrize(("level", "expected"), [(1, MAJOR), (2, MAJOR), (3, MINOR), (4, MINOR)])
def test_each_level_starts_its_clocks(desk: Desk, level: int, expected: dict[str, timedelta]) -> None:
    """I and II: 60 minutes, 5 hours, 24 hours. III and IV: 48 hours."""
    assert _due(incident(desk, level=level)) == expected


def test_clocks_count_from_the_earliest_alert(desk: Desk) -> None:
    """Not from opening: an alert 3 hours ago, even a dismissed one, is when the matter was heard."""
    about = story(desk, heard=desk.now - 9 * HOUR)
    alert(desk, about, raised=desk.now - 3 * HOUR, state="dismissed")
    late = alert(desk, about, raised=desk.now - HOUR)
    made = _open(desk, about, alert_id=late.pk)
    assert made.heard_at == desk.now - 3 * HOUR
    assert {clock.started_at for clock in made.clocks.all()} == {made.heard_at}


def test_clocks_count_from_the_first_item_without_an_alert(desk: Desk) -> None:
    """Several stories and no alert: the earliest item heard."""
    made = _open(desk, story(desk, heard=desk.now - HOUR), story(desk, heard=desk.now - 7 * HOUR))
    assert made.heard_at == desk.now - 7 * HOUR


def test_an_alert_another_incident_answered_starts_no_second_one(desk: Desk) -> None:
    """A story that comes back after its incident counts from its new alert."""
    first = incident(desk, raised=desk.now - 9 * HOUR)
    about = first.stories.get().story
    incidents.change_state(desk.carol, first.pk, state="resolved", version=1, now=desk.now)
    again = alert(desk, about, raised=desk.now - MINUTE)
    assert _open(desk, about, alert_id=again.pk).heard_at == desk.now - MINUTE


def test_an_alert_alone_stands_for_its_story(desk: Desk) -> None:
    """From an alert: its story is in, and the alert says that an incident answers it."""
    given = alert(desk, story(desk))
    made = _open(desk, alert_id=given.pk)
    assert made.stories.get().alert_id == given.pk
    decided = Alert.objects.get(pk=given.pk)
    assert (decided.state, decided.decided_by_id) == ("incident", desk.carol.pk)


def test_a_merged_story_brings_in_the_one_that_stands(desk: Desk) -> None:
    """A page opened before a merge still opens the right incident, once."""
    winner, loser = story(desk), story(desk)
    Story.objects.filter(pk=loser.pk).update(merged_into=winner)
    made = _open(desk, loser, winner)
    assert [row.story_id for row in IncidentStory.objects.filter(incident=made)] == [winner.pk]


def test_exercise_stories_make_an_exercise_incident(desk: Desk) -> None:
    """The mark comes from the stories; real and exercise together are refused."""
    assert _open(desk, story(desk, exercise=True)).exercise is True
    with pytest.raises(BadInput, match="never share"):
        _open(desk, story(desk), story(desk, exercise=True))


def test_nothing_to_stand_on_is_no_incident(desk: Desk) -> None:
    """No story, an unknown one, no title or no such level: one sentence and no row."""
    about = story(desk)
    for wrong in ({"story_ids": []}, {"story_ids": [999]}, {"title": " \x00 "}, {"level": 5}, {"level": 0}):
        with pytest.raises(BadInput):
            _open(desk, about, **wrong)
    assert Incident.objects.count() == 0
    assert ledger_rows() == []


def test_two_who_open_from_one_alert_open_one_incident(desk: Desk) -> None:
    """At the same moment, many times: one wins, the other gets a conflict, one ledger row."""
    for round_ in range(1, 9):
        given = alert(desk, story(desk))
        made = at_once(*[lambda given=given: _open(desk, alert_id=given.pk)] * 2)
        assert sorted(type(result).__name__ for result in made) == ["Conflict", "Incident"]
        assert Incident.objects.count() == round_
        assert ledger_rows().count(("incident.open", "incident", Incident.objects.latest("pk").pk)) == 1


def test_two_who_take_at_once(desk: Desk) -> None:
    """Two people take the same incident many times: one owner, one conflict, one ledger row a round."""
    made = incident(desk)
    for version in range(1, 21):
        results = at_once(
            lambda v=version: incidents.take(desk.carol, made.pk, version=v, now=desk.now),
            lambda v=version: incidents.take(desk.bob, made.pk, version=v, now=desk.now),
            lambda v=version: incidents.take(desk.alice, made.pk, version=v, now=desk.now),
        )
        won = [result for result in results if isinstance(result, Incident)]
        assert len(won) == 1
        assert [type(result) for result in results].count(Conflict) == 2
        stored = Incident.objects.get(pk=made.pk)
        assert (stored.owner_id, stored.version) == (won[0].owner_id, version + 1)
    assert ledger_rows().count(("incident.take", "incident", made.pk)) == 20
    assert ledger.verify_stored() is None


def test_taking_twice_is_a_conflict(desk: Desk) -> None:
    """An incident that is yours already needs no taking."""
    made = incident(desk)
    incidents.take(desk.carol, made.pk, version=1, now=desk.now)
    with pytest.raises(Conflict):
        incidents.take(desk.carol, made.pk, version=2, now=desk.now)


def test_an_old_version_changes_nothing(desk: Desk) -> None:
    """Every change names the version that was seen; after another change each of them is refused, whole."""
    made = incident(desk)
    incidents.add_note(desk.carol, made.pk, text="Valve closed", version=1, now=desk.now)
    rows = ledger_rows()
    told = timeline.entries(made.pk).count()
    old = {"version": 1, "now": desk.now}
    for change in (
        lambda: incidents.take(desk.bob, made.pk, **old),
        lambda: incidents.hand_over(desk.bob, made.pk, unit=desk.water, **old),
        lambda: incidents.change_level(desk.bob, made.pk, level=3, **old),
        lambda: incidents.change_state(desk.bob, made.pk, state="resolved", **old),
        lambda: incidents.add_note(desk.bob, made.pk, text="x", **old),
        lambda: incidents.record_conference(desk.bob, made.pk, held_at=desk.now, **old),
    ):
        with pytest.raises(Conflict, match="Somebody changed"):
            change()
    assert ledger_rows() == rows
    assert timeline.entries(made.pk).count() == told
    assert _due(made) == MAJOR


def test_strangers_change_nothing(desk: Desk) -> None:
    """Charlie of another unit may neither open there nor touch the council's incident; a moderator may not either."""
    made = incident(desk)
    rows = ledger_rows()
    with pytest.raises(NotAllowed):
        incidents.open_incident(
            desk.charlie, title="x", level=4, unit=desk.top, story_ids=[story(desk).pk], now=desk.now
        )
    with pytest.raises(NotAllowed, match="no such incident"):
        incidents.take(desk.charlie, made.pk, version=1, now=desk.now)
    with pytest.raises(NotAllowed):
        incidents.add_note(desk.bob, 999, text="x", version=1, now=desk.now)
    assert ledger_rows() == rows


def test_handing_over_gives_the_incident_to_another_unit(desk: Desk) -> None:
    """The new unit sees and changes it; an owner who may not act there is refused."""
    made = incident(desk)
    given = incidents.hand_over(
        desk.carol, made.pk, unit=desk.water, owner=desk.charlie, version=1, now=desk.now
    )
    assert (given.unit_id, given.owner_id, given.version) == (desk.water.pk, desk.charlie.pk, 2)
    incidents.add_note(desk.charlie, made.pk, text="Ours now", version=2, now=desk.now)
    with pytest.raises(BadInput, match="may not handle"):
        incidents.hand_over(desk.carol, made.pk, unit=desk.top, owner=desk.charlie, version=3, now=desk.now)


def test_a_change_of_level_keeps_the_start(desk: Desk) -> None:
    """From IV to I and back: clocks are added and dropped, all counted from when it was heard, and return."""
    made = incident(desk, level=4)
    later = desk.now + 10 * MINUTE
    raised = incidents.change_level(desk.carol, made.pk, level=1, version=1, now=later)
    assert _due(raised) == MAJOR
    assert {clock.started_at for clock in raised.clocks.all()} == {made.heard_at}
    lowered = incidents.change_level(desk.carol, made.pk, level=3, version=2, now=later)
    assert _due(lowered) == MINOR
    again = incidents.change_level(desk.carol, made.pk, level=2, version=3, now=later)
    assert _due(again) == MAJOR
    assert Clock.objects.filter(incident=made).count() == 4
    with pytest.raises(Conflict):
        incidents.change_level(desk.carol, made.pk, level=2, version=4, now=later)


def test_lowering_the_level_hides_no_missed_deadline(desk: Desk) -> None:
    """A deadline that passed stays, marked or not, when the level falls; one still to come is dropped."""
    made = incident(desk)
    late = made.heard_at + HOUR + MINUTE
    incidents.change_level(desk.carol, made.pk, level=4, version=1, now=late)
    assert _due(made) == {"holding_60m": HOUR, **MINOR}
    assert clocks.mark_missed(late) == 1


def test_a_state_follows_the_work_and_resolving_closes_the_alert(desk: Desk) -> None:
    """Resolved sets its time and lets the story's next signal call somebody; going back takes the time away."""
    made = incident(desk)
    done = incidents.change_state(desk.carol, made.pk, state="resolved", version=1, now=desk.now)
    assert done.resolved_at == desk.now
    assert Alert.objects.get().state == "closed"
    back = incidents.change_state(desk.carol, made.pk, state="monitoring", version=2, now=desk.now)
    assert back.resolved_at is None
    with pytest.raises(BadInput):
        incidents.change_state(desk.carol, made.pk, state="forgotten", version=3, now=desk.now)
    with pytest.raises(Conflict):
        incidents.change_state(desk.carol, made.pk, state="monitoring", version=3, now=desk.now)
    assert _due(made) == MAJOR


def test_the_timeline_says_who_did_what(desk: Desk) -> None:
    """One entry a change, newest first, with its person, kind and values."""
    made = incident(desk)
    incidents.take(desk.bob, made.pk, version=1, now=desk.now + MINUTE)
    incidents.change_state(desk.bob, made.pk, state="identified", version=2, now=desk.now + 2 * MINUTE)
    told = [(entry.kind, entry.actor_id, entry.params) for entry in timeline.entries(made.pk)]
    assert told == [
        ("state_changed", desk.bob.pk, {"before": "investigating", "after": "identified", "note": ""}),
        ("taken", desk.bob.pk, {}),
        (
            "opened",
            desk.carol.pk,
            {"level": 2, "unit": "Brackwater Council", "alert": Alert.objects.get().pk},
        ),
    ]
    with pytest.raises(ValueError, match="carries"):
        timeline.add(made.pk, None, "taken", desk.now, mood="bad")


def test_a_conference_stops_its_clock_when_it_is_recorded(desk: Desk) -> None:
    """A time before does not help: the clock stops at the recording. One to come is refused."""
    made = incident(desk)
    at = made.heard_at + 3 * HOUR
    with pytest.raises(BadInput, match="lies ahead"):
        incidents.record_conference(desk.bob, made.pk, held_at=at + MINUTE, version=1, now=at)
    with pytest.raises(BadInput):
        incidents.record_conference(
            desk.bob, made.pk, held_at=at, link="javascript:alert(1)", version=1, now=at
        )
    incidents.record_conference(desk.bob, made.pk, held_at=at - HOUR, version=1, now=at)
    met = {clock.kind: clock.met_at for clock in made.clocks.all()}
    assert met == {"holding_60m": None, "statement_5h": None, "conference_24h": at}


def test_a_missed_clock_is_marked_exactly_once(desk: Desk) -> None:
    """Kept at the very moment it is due, missed just after; four clock processes at once mark it once."""
    made = incident(desk)
    due = made.heard_at + HOUR
    assert clocks.mark_missed(due) == 0
    after = due + timedelta(microseconds=1)
    marked = at_once(*[lambda: incidents.mark_missed(after)] * 4)
    assert sorted(marked) == [0, 0, 0, 1]
    assert clocks.mark_missed(after + HOUR) == 0
    clock = Clock.objects.get(incident=made, kind="holding_60m")
    assert clock.missed_at == after
    assert ledger_rows().count(("clock.miss", "clock", clock.pk)) == 1
    assert [entry.kind for entry in timeline.entries(made.pk)].count("clock_missed") == 1


def test_a_clock_met_late_is_missed_too(desk: Desk) -> None:
    """Answering after the deadline, before the clock process looked, leaves no gap to slip through."""
    made = incident(desk)
    Clock.objects.filter(incident=made, kind="holding_60m").update(met_at=made.heard_at + 2 * HOUR)
    assert clocks.mark_missed(made.heard_at + 3 * HOUR) == 1


def test_dropped_clocks_are_not_missed(desk: Desk) -> None:
    """A clock that no longer applies passes without a word."""
    made = incident(desk)
    incidents.change_level(desk.carol, made.pk, level=4, version=1, now=desk.now)
    assert clocks.mark_missed(made.heard_at + 30 * HOUR) == 0


def test_a_missed_clock_asks_for_its_explanation(desk: Desk) -> None:
    """It waits in the list until somebody explains it; a kept one cannot be explained, and none twice."""
    made = incident(desk)
    late = made.heard_at + 2 * HOUR
    clocks.mark_missed(late)
    missed = clocks.unexplained().get()
    kept = made.clocks.get(kind="conference_24h")
    with pytest.raises(Conflict):
        incidents.explain_clock(desk.carol, made.pk, clock_id=kept.pk, text="x", version=1, now=late)
    with pytest.raises(BadInput):
        incidents.explain_clock(desk.carol, made.pk, clock_id=missed.pk, text=" ", version=1, now=late)
    incidents.explain_clock(
        desk.carol, made.pk, clock_id=missed.pk, text="Nobody was on duty.", version=1, now=late
    )
    with pytest.raises(Conflict):
        incidents.explain_clock(desk.carol, made.pk, clock_id=missed.pk, text="Else", version=2, now=late)
    missed.refresh_from_db()
    assert (missed.explanation, missed.explained_by_id) == ("Nobody was on duty.", desk.carol.pk)
    assert not clocks.unexplained().exists()


def test_an_alert_is_decided_once(desk: Desk) -> None:
    """Acknowledge and dismiss at the same time, many times: one or both in order, never two of a kind."""
    for _ in range(8):
        given = alert(desk, story(desk))
        results = at_once(*[lambda given=given: alerts.acknowledge(desk.carol, given.pk, now=desk.now)] * 3)
        assert [type(result) for result in results].count(Conflict) == 2
        assert ledger_rows().count(("alert.acknowledge", "alert", given.pk)) == 1
        alerts.dismiss(desk.bob, given.pk, reason="false_alarm", now=desk.now)
        with pytest.raises(Conflict):
            alerts.dismiss(desk.bob, given.pk, now=desk.now)
        with pytest.raises(Conflict):
            alerts.acknowledge(desk.bob, given.pk, now=desk.now)


def test_waiting_alerts_are_seen_oldest_first(desk: Desk) -> None:
    """What nobody decided on stands in the list; exercise alerts in their own."""
    second = alert(desk, story(desk), raised=desk.now - MINUTE)
    first = alert(desk, story(desk), raised=desk.now - HOUR)
    drill = alert(desk, story(desk, exercise=True))
    assert list(alerts.waiting(desk.carol)) == [first, second]
    assert list(alerts.waiting(desk.carol, exercise=True)) == [drill]
