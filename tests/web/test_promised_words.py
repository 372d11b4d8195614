"""Pages about promises of time: a state with its next word, lines to begin with, and the public overdue list."""

from __future__ import annotations

from datetime import timedelta

import pytest

from answerable.store import clocks, escalations, incidents
from answerable.store.models import Clock, Incident
from tests.cast import Desk
from tests.store.scene import draft, incident, publish
from tests.web.stage import client, clock

HOUR = timedelta(hours=1)


def late(desk: Desk, *, hours: float, public: bool = True, exercise: bool = False) -> Incident:
    """An incident whose clocks ran for so long, marked and escalated as the clock process does."""
    made = incident(desk, raised=desk.now, exercise=exercise)
    Incident.objects.filter(pk=made.pk).update(public=public)
    clocks.mark_missed(desk.now + hours * HOUR)
    escalations.tick(desk.now + hours * HOUR)
    return made


def test_a_change_of_state_promises_the_next_word_in_public(desk: Desk) -> None:
    """The form proposes a time; what is given stands on the public page and in the timeline."""
    made = incident(desk, level=3, raised=desk.now)
    carol = client(desk.carol)
    with clock(desk.now):
        asked = carol.get(f"/desk/incidents/{made.pk}/state").content.decode()
        assert 'value="2026-03-03T09:00"' in asked
        typed = {"version": 1, "state": "identified", "note": "", "next_word_at": "2026-03-02T11:30"}
        assert carol.post(f"/desk/incidents/{made.pk}/state", typed).status_code == 302
        public = client().get(f"/incidents/{made.pk}/").content.decode()
        shown = carol.get(f"/desk/incidents/{made.pk}").content.decode()
    assert "Next update by 11:30 (UTC)" in public
    assert "Next word promised by 11:30 (UTC)" in shown
    with clock(desk.now + 3 * HOUR):
        public = client().get(f"/incidents/{made.pk}/").content.decode()
    assert "We missed our promise of an update by 11:30 (UTC)." in public


@pytest.mark.parametrize("given", ["yesterday", "2026-03-02T08:00"])
def test_a_promise_that_is_no_time_ahead_is_refused_with_what_was_typed(desk: Desk, given: str) -> None:
    """Nothing is saved; the page says what is wrong and keeps the note."""
    made = incident(desk, raised=desk.now)
    typed = {"version": 1, "state": "identified", "note": "The valve", "next_word_at": given}
    with clock(desk.now):
        answer = client(desk.carol).post(f"/desk/incidents/{made.pk}/state", typed)
    assert answer.status_code == 400
    assert "The valve" in answer.content.decode()
    made.refresh_from_db()
    assert made.state == "investigating"


@pytest.mark.parametrize(
    ("state", "kind", "words"),
    [
        ("investigating", "holding", "Brackwater Council is finding out what happened."),
        ("identified", "holding", "The cause is found"),
        ("monitoring", "holding", "watching whether it holds"),
        ("resolved", "announcement", "and it is over"),
    ],
)
def test_each_state_has_a_line_to_begin_with(desk: Desk, state: str, kind: str, words: str) -> None:
    """Whole sentences with the matter, when it was heard and whom to call; nothing is saved by opening it."""
    made = incident(desk, raised=desk.now)
    with clock(desk.now):
        page = (
            client(desk.carol).get(f"/desk/statements/new?incident={made.pk}&line={state}").content.decode()
        )
    assert words in page
    assert "Brown tap water in Fenmoor" in page
    assert "01632 960 100" in page
    assert f'<option value="{kind}" selected>' in page
    assert ('value="2026-03-02T10:00"' in page) == (state != "resolved")
    assert not made.statements.exists()


def test_a_line_nobody_knows_is_an_empty_form(desk: Desk) -> None:
    """An address somebody made up changes nothing."""
    made = incident(desk)
    page = client(desk.carol).get(f"/desk/statements/new?incident={made.pk}&line=%3Cb%3E").content.decode()
    assert "finding out what happened" not in page


def test_kept_words_are_counted_and_not_listed(desk: Desk) -> None:
    """After many updates the page says how many promises were kept; only one that came late is listed."""
    made = incident(desk, raised=desk.now)
    at = desk.now
    for step in (1, 1, 3):  # the third promise of two hours is kept an hour late
        publish(desk, draft(desk, made, next_word_at=at + 2 * HOUR), at)
        at += step * HOUR
    publish(desk, draft(desk, made), at)
    clocks.mark_missed(at)
    with clock(at):
        public = client().get(f"/incidents/{made.pk}/").content.decode()
    assert "Of 3 next words that we promised, 2 came in time." in public
    assert public.count("<b>Next word</b>") == 1


def test_the_overdue_list_names_what_is_long_overdue_with_its_explanation(desk: Desk) -> None:
    """After half its time again a promise stands there until it is kept, then as what came far too late."""
    made = late(desk, hours=1.4)
    with clock(desk.now + 1.4 * HOUR):
        assert "Nothing is long overdue." in client().get("/overdue/").content.decode()
    escalations.tick(desk.now + 1.5 * HOUR)
    holding = Clock.objects.get(incident=made, kind="holding_60m")
    incidents.explain_clock(
        desk.carol, made.pk, clock_id=holding.pk, text="Nobody was awake.", version=1, now=desk.now + 2 * HOUR
    )
    with clock(desk.now + 2 * HOUR):
        page = client().get("/overdue/").content.decode()
        rows = client().get("/overdue/list.csv").getvalue().decode()
    assert "1 promise is still owed" in page
    assert "Nobody was awake." in page
    assert "holding_60m" in rows
    publish(desk, draft(desk, made, kind="holding"), desk.now + 3 * HOUR)
    with clock(desk.now + 4 * HOUR):
        page = client().get("/overdue/").content.decode()
    assert "still owed" not in page
    assert "It came 2 h late" in page
    with clock(desk.now + timedelta(days=100)):
        assert "It came 2 h late" not in client().get("/overdue/").content.decode()


def test_the_overdue_list_counts_what_is_not_public_and_knows_no_exercise(desk: Desk) -> None:
    """A secret matter is a number, without its words; an exercise is not even that."""
    late(desk, hours=2, public=False)
    late(desk, hours=2, exercise=True)
    with clock(desk.now + 2 * HOUR):
        page = client().get("/overdue/").content.decode()
    assert "One more is owed in a matter that is not public." in page
    assert "Fenmoor" not in page
