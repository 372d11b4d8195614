"""The pages of duty, by clicks: start a roster, set its rotation, swap, be away, take the calendar along."""

from __future__ import annotations

from datetime import UTC, date, time, timedelta

import vobject

from answerable.store import duty
from answerable.store.models import DutyAbsence, DutyRoster, DutyStandIn
from answerable.store.reading.duty import FAIR, shifts_of
from tests.cast import Desk
from tests.web import stage
from tests.web.stage import LATER


def test_a_roster_from_the_first_click_to_a_swap(desk: Desk) -> None:
    """Alice starts a roster with two places and sets who follows whom; the page names who is on duty and the gap."""
    alice, carol = stage.client(desk.alice), stage.client(desk.carol)
    with stage.clock():
        assert "There is no roster yet" in carol.get("/desk/duty").content.decode()
        wrong = alice.post("/desk/duty/new", {"unit": desk.top.pk, "team": "wizards", "seats": "2"})
        assert wrong.status_code == 400
        made = alice.post(
            "/desk/duty/new", {"unit": desk.top.pk, "team": "information_officers", "seats": "2"}
        )
        roster = DutyRoster.objects.get()
        assert made.headers["Location"] == f"/desk/duty/{roster.pk}/rotation"
        form = alice.get(made.headers["Location"]).content.decode()
        assert "Carol Fenn" in form
        places = {
            f"place-{desk.carol.pk}": "1",
            f"place-{desk.bob.pk}": "2",
            "first": "2026-03-02",
            "hand_over": "09:00",
        }
        bad = alice.post(f"/desk/duty/{roster.pk}/rotation", places | {"days": "0"})
        assert bad.status_code == 400
        assert "A turn lasts between 1 and 60 days" in bad.content.decode()
        assert alice.post(f"/desk/duty/{roster.pk}/rotation", places | {"days": "7"}).status_code == 302
        page = carol.get("/desk/duty").content.decode()
        assert page.index("Carol Fenn") < page.index("Bob Saltmarsh")
        swap = {
            "instead_of": desk.carol.pk, "person": desk.bob.pk, "start": "2026-03-09T09:00", "end": "2026-03-16T09:00",
            "back_start": "2026-03-16T09:00", "back_end": "2026-03-23T09:00",
        }  # fmt: skip
        assert carol.post(f"/desk/duty/{roster.pk}/stand-in", swap).status_code == 403
        assert alice.post(f"/desk/duty/{roster.pk}/stand-in", swap | {"end": ""}).status_code == 400
        assert alice.post(f"/desk/duty/{roster.pk}/stand-in", swap).status_code == 302
        assert DutyStandIn.objects.count() == 2
        away = {"start": "2026-03-04T09:00", "end": "2026-03-05T09:00"}
        assert carol.post("/desk/duty/absences/new", away).status_code == 302
        page = carol.get("/desk/duty").content.decode()
        assert "One gap in the next 14 days" in page
        assert "Who is away?" in page
        row = DutyAbsence.objects.get()
        stage.client(desk.charlie).post(f"/desk/duty/absences/{row.pk}/cancel")
        assert DutyAbsence.objects.get().cancelled_at is None
        carol.post(f"/desk/duty/absences/{row.pk}/cancel")
    assert DutyAbsence.objects.get().cancelled_at is not None


def test_the_calendar_file_is_read_back_by_a_second_library(desk: Desk) -> None:
    """Twelve weeks of shifts in the file are the shifts of the page, to the minute, also across summer time."""
    roster = duty.create_roster(desk.alice, desk.top, "information_officers", 1, now=desk.now)
    duty.set_rotation(
        desk.alice,
        roster,
        [desk.carol.pk, desk.bob.pk],
        first=date(2026, 3, 2),
        hand_over=time(2, 30),
        days=1,
        now=desk.now,
    )
    with stage.clock():
        answer = stage.client(desk.carol).get(f"/desk/duty/{roster.pk}.ics")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    read = vobject.readOne(answer.content.decode())
    found = [
        (event.dtstart.value.astimezone(UTC), event.dtend.value.astimezone(UTC), event.summary.value)
        for event in read.vevent_list
    ]
    planned = [(one.start, one.end, f"Duty: {one.name}") for one in shifts_of(roster, LATER, FAIR)]
    assert [(a.replace(microsecond=0), b.replace(microsecond=0), c) for a, b, c in planned] == found
    assert len(found) >= FAIR // timedelta(days=1)
    assert len({event.uid.value for event in read.vevent_list}) == len(found)


def test_a_stranger_sees_no_roster_of_another_unit(desk: Desk) -> None:
    """Charlie of Water Services gets 404 for the council's calendar, and an empty page."""
    roster = duty.create_roster(desk.alice, desk.top, "spokespersons", 1, now=desk.now)
    with stage.clock():
        charlie = stage.client(desk.charlie)
        assert charlie.get(f"/desk/duty/{roster.pk}.ics").status_code == 404
        assert "There is no roster yet" in charlie.get("/desk/duty").content.decode()
