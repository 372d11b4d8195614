"""Now: what needs somebody, by deadline; the live stories; whom we hear; and a live part that keeps still."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

import pytest

from answerable.store import case_answers, incidents, statements
from answerable.store.models import Alert, Case, Source, Story
from answerable.store.reading.moment import reading_moment
from answerable.store.reading.needs import needs
from answerable.store.reading.stories import live
from tests.cast import NOW, Desk
from tests.store.casework import answer, case, tell
from tests.store.scene import draft, incident, publish
from tests.web import stage
from tests.web.stage import LATER


def page(desk: Desk, path: str = "/desk/", at: object = LATER, person: object = None) -> str:
    """The page as Carol reads it."""
    with stage.clock(at):
        return stage.client(person or desk.carol).get(path).content.decode()  # type: ignore[arg-type]


def test_an_empty_desk_says_what_to_do_first(desk: Desk) -> None:
    """Nothing waits, nobody is heard: one thing to do for each who may do it."""
    seen = page(desk, person=desk.alice)
    assert "Nothing waits for anybody." in seen
    assert "We listen to no source yet." in seen
    assert 'href="/desk/sources/new"' in seen
    assert 'href="/desk/people/new"' in seen
    assert 'href="/desk/sources/new"' not in page(desk, person=desk.bob)


def test_a_quiet_day_is_said_as_such(desk: Desk) -> None:
    """An honest zero: how many we heard and how much came."""
    stage.source(desk)
    seen = page(desk)
    assert "No alert, no deadline, no text to approve." in seen
    assert "Heard 1 of 1 source" in seen
    assert "0 items came in 24 hours" in seen


def test_the_board_stands_in_order_of_deadlines(desk: Desk) -> None:
    """Overdue first, then by what is left; a text without a clock comes last.

    Sabotage: sort the board by what came first.
    """
    matter = incident(desk)
    version = draft(desk, None)
    statements.submit(desk.carol, version.pk, now=LATER)
    stage.alert(stage.story(desk, stage.source(desk)))
    found = needs(desk.carol, exercise=False)
    dues = [need.due for need in found if need.due]
    assert dues == sorted(dues)
    assert [need.kind for need in found] == ["alert", "clock", "clock", "clock", "approve"]
    seen = page(desk)
    assert "5 matters wait." in seen
    order = [
        seen.index(words)
        for words in (
            "Respond, wait or watch?",
            "Publish the holding line",
            "Publish the authoritative",
            "Hold the press",
            "Approve the text",
        )
    ]
    assert order == sorted(order)
    assert f"Incident {matter.pk}, the 60-minute clock." in seen


def test_an_alert_says_what_was_measured(desk: Desk) -> None:
    """Observed, expected and the interval stand on the board, and the minutes left to decide."""
    made = stage.alert(stage.story(desk, stage.source(desk)))
    seen = page(desk)
    assert f"Alert {made.pk}: 2 items heard, 0.3 expected (0 to 2)." in seen
    assert "<b>25 min</b>" in seen


def test_a_missed_clock_asks_for_its_explanation(desk: Desk) -> None:
    """It stays on top, overdue, until somebody has explained it; then it goes.

    Sabotage: drop missed clocks from the board.
    """
    matter = incident(desk)
    late = NOW + timedelta(hours=2)
    incidents.mark_missed(late)
    kinds = [need.kind for need in needs(desk.carol, exercise=False)]
    assert kinds[:2] == ["clock", "explain"]
    seen = page(desk, at=late)
    assert "Explain the missed holding line" in seen
    assert "Overdue" in seen
    matter.refresh_from_db()
    clock = matter.clocks.get(kind="holding_60m")
    incidents.explain_clock(
        desk.carol, matter.pk, clock_id=clock.pk, text="We were late.", version=matter.version, now=late
    )
    assert "explain" not in [need.kind for need in needs(desk.carol, exercise=False)]


def test_a_promised_word_is_on_the_board_until_the_next_one(desk: Desk) -> None:
    """What a public page counts down to, somebody at the desk sees; a newer word keeps the promise."""
    matter = incident(desk)
    publish(desk, draft(desk, matter, next_word_at=NOW + timedelta(hours=3)))
    promised = [need for need in needs(desk.carol, exercise=False) if need.kind == "next_word"]
    assert [need.due for need in promised] == [NOW + timedelta(hours=3)]
    publish(desk, draft(desk, matter), NOW + timedelta(hours=1))
    assert "next_word" not in [need.kind for need in needs(desk.carol, exercise=False)]


def test_the_writer_is_told_that_somebody_else_approves(desk: Desk) -> None:
    """Carol wrote it: it is not in her list of things without an owner, and says why."""
    version = draft(desk, None)
    statements.submit(desk.carol, version.pk, now=NOW)
    assert "You wrote it, so a second person approves it." in page(desk)
    assert "Approve the text" not in page(desk, "/desk/?show=free")
    assert "Approve the text" in page(desk, "/desk/?show=free", person=desk.bob)


def test_charlie_sees_no_matter_of_the_council(desk: Desk) -> None:
    """Incidents and statements of another unit are on nobody's board but its own.

    Sabotage: read all incidents for the board.
    """
    incident(desk)
    statements.submit(desk.carol, draft(desk, None).pk, now=NOW)
    assert needs(desk.charlie, exercise=False) == []
    assert "Brown tap water" not in page(desk, person=desk.charlie)


def test_cases_that_are_due_and_contested_are_one_line_each(desk: Desk) -> None:
    """What is overdue or due by tonight is counted, with a link to exactly these; so are contested answers.

    Sabotage: read cases of all units, or count until tomorrow night.
    """
    late, today, tomorrow, other = (case(desk, f"The lamp at stop {n} is dark") for n in range(4))
    asked = tell(desk, "Is the lamp lit?")
    answer(desk, asked.case_id, at=NOW)
    case_answers.contest(asked, text="Still dark", now=NOW)
    night = datetime.combine(LATER.date(), time(23, 59), UTC)
    dues = ((late, NOW - timedelta(hours=1)), (today, night), (tomorrow, night + timedelta(hours=1)))
    for one, due in dues:
        Case.objects.filter(pk=one.pk).update(due_at=due)
    Case.objects.filter(pk=other.pk).update(due_at=None)
    seen = page(desk)
    assert "2 matters wait." in seen
    for words in ("Answer 2 cases by tonight", "1 is overdue.", "Settle 1 contested answer"):
        assert words in seen
    listed = page(desk, "/desk/cases?state=today")
    assert ["stop 0" in listed, "stop 1" in listed, "stop 2" in listed] == [True, True, False]
    assert "contested answer" not in page(desk, "/exercise/")
    assert "by tonight" not in page(desk, person=desk.charlie)
    assert "by tonight" not in page(desk, "/desk/?show=free")


def test_filters_show_mine_and_what_nobody_has(desk: Desk) -> None:
    """The counts on the filters are the lengths of their lists."""
    matter = incident(desk)
    stage.alert(stage.story(desk, stage.source(desk)))
    seen = page(desk)
    assert "All (4)" in seen
    assert "Mine (0)" in seen
    assert "No owner (4)" in seen
    incidents.take(desk.carol, matter.pk, version=matter.version, now=NOW)
    mine = page(desk, "/desk/?show=mine")
    assert "Mine (3)" in mine
    assert "Respond, wait or watch?" not in mine


def test_live_stories_are_the_fastest_first(desk: Desk) -> None:
    """Speed counts the items of the last 60 minutes; the number is what its link opens.

    Sabotage: sort live stories by size.
    """
    of = stage.source(desk)
    slow = stage.story(desk, of, count=30, ends=LATER - timedelta(hours=3))
    fast = stage.story(desk, of, count=6)
    found = live(desk.carol, reading_moment(False, LATER), exercise=False)
    assert [(line.id, line.speed) for line in found.lines] == [(fast.pk, 6), (slow.pk, 0)]
    assert [line.recent for line in found.lines] == [6, 30]
    assert (found.stories, found.items) == (2, 36)


def test_what_two_people_say_is_not_a_live_story(desk: Desk) -> None:
    """Fewer than three items are in the list of stories, not on Now."""
    made = stage.story(desk, stage.source(desk), count=2)
    assert live(desk.carol, reading_moment(False, LATER), exercise=False).lines == ()
    assert "no three said the same thing" in page(desk)
    assert f'href="/desk/stories/{made.pk}"' in page(desk, "/desk/stories")


def test_an_old_stream_says_that_it_is_old(desk: Desk) -> None:
    """Imported posts of years ago are shown for the day they end, and the page says so."""
    stage.story(desk, stage.source(desk), ends=NOW - timedelta(days=3000))
    seen = page(desk)
    assert "Nothing was published in the last 24 hours." in seen
    assert "Mill Lane" in seen


def test_deaf_sources_stand_beside_the_board(desk: Desk) -> None:
    """The sentence that says what is wrong, and when we try again."""
    of = stage.source(desk, name="Estuary Post")
    Source.objects.filter(pk=of.pk).update(
        last_answer_at=LATER - timedelta(days=2), trouble="timeout", trouble_params={"seconds": 20}, fails=4
    )
    seen = page(desk)
    assert "Heard 0 of 1 source" in seen
    assert "The server did not finish its answer within 20 seconds." in seen
    assert "Next try 09:24" in seen or "Next try" in seen


def test_the_live_part_keeps_still_while_nothing_changes(desk: Desk) -> None:
    """The browser names what it shows and gets 204 for the same; a new alert changes it.

    Sabotage: leave the fingerprint out of the address.
    """
    about = stage.story(desk, stage.source(desk))
    carol = stage.client(desk.carol)
    with stage.clock():
        seen = carol.get("/desk/").content.decode()
        address = re.search(r'hx-get="(/desk/now/live\?seen=\w+)"', seen)
        assert address is not None
        assert carol.get(address[1]).status_code == 204
        stage.alert(about)
        changed = carol.get(address[1])
    assert changed.status_code == 200
    assert "Respond, wait or watch?" in changed.content.decode()
    assert "<html" not in changed.content.decode()


def test_an_acknowledged_alert_shows_who_looks(desk: Desk) -> None:
    """Others see that somebody is on it; a dismissed one leaves the board."""
    made = stage.alert(stage.story(desk, stage.source(desk)))
    with stage.clock():
        carol = stage.client(desk.carol)
        assert carol.post(f"/desk/alerts/{made.pk}/acknowledge").status_code == 302
        assert "You look at alert" in carol.get("/desk/").content.decode()
        assert desk.carol.name in page(desk, person=desk.bob)
        assert carol.post(f"/desk/alerts/{made.pk}/acknowledge").status_code == 409
        assert carol.post(f"/desk/alerts/{made.pk}/dismiss", {"reason": "known_matter"}).status_code == 302
        assert "Respond, wait or watch?" not in carol.get("/desk/").content.decode()
    assert Alert.objects.get(pk=made.pk).state == "dismissed"


@pytest.mark.parametrize("language", ["es", "zh"])
def test_now_is_whole_in_every_language(desk: Desk, language: str) -> None:
    """No page falls back half to English: its heading is the reader's."""
    stage.alert(stage.story(desk, stage.source(desk)))
    assert "What needs somebody now?" not in page(desk, f"/desk/?lang={language}")


def test_a_merged_story_is_not_listed_twice(desk: Desk) -> None:
    """After a merge only the winner is live."""
    of = stage.source(desk)
    winner, loser = stage.story(desk, of), stage.story(desk, of)
    stage.merge(winner, loser)
    Story.objects.filter(pk=winner.pk).update(items=24)
    assert [line.id for line in live(desk.carol, reading_moment(False, LATER), exercise=False).lines] == [
        winner.pk
    ]


def test_what_is_kept_is_never_older_than_what_it_shows(desk: Desk) -> None:
    """Now is kept for a minute, for one person; any change of the desk or the stream makes it anew at once.

    Sabotage: leave the version out of the key.
    """
    of = stage.source(desk)
    about = stage.story(desk, of)
    carol = stage.client(desk.carol)
    with stage.clock():
        carol.get("/desk/")
        made = stage.alert(about)
        assert f"Alert {made.pk}:" in carol.get("/desk/").content.decode()
        carol.post(f"/desk/alerts/{made.pk}/dismiss", {"reason": "false_alarm"})
        assert f"Alert {made.pk}:" not in carol.get("/desk/").content.decode()
        stage.story(desk, of, words={"en": "The lantern walk takes the river path"})
        assert "lantern walk" in carol.get("/desk/").content.decode()
        facts = {"level": 2, "unit": desk.top, "story_ids": [about.pk], "reason": "safety", "now": LATER}
        incidents.open_incident(desk.carol, title="Brown tap water", **facts)  # type: ignore[arg-type]
        assert "Brown tap water" in carol.get("/desk/").content.decode()
        assert "Brown tap water" not in stage.client(desk.charlie).get("/desk/").content.decode()
    with stage.clock(LATER + timedelta(hours=3)):
        assert "Overdue" in carol.get("/desk/").content.decode()


def test_a_kept_page_costs_few_queries(desk: Desk) -> None:
    """Twenty people look at Now every ten seconds: while nothing changes, only the person and the version are read."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    stage.alert(stage.story(desk, stage.source(desk)))
    carol = stage.client(desk.carol)
    with stage.clock():
        carol.get("/desk/now/live")
        with CaptureQueriesContext(connection) as seen:
            carol.get("/desk/now/live")
    assert len(seen) <= 5
