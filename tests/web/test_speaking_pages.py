"""The pages on which an incident is spoken of: the press and its questions, lines of all units, holidays, notes, scores."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from answerable.permissions import Role
from answerable.store import duty, shared_lines, voices
from answerable.store.models import ConferenceQuestion, DutyAbsence, DutyNote, SharedLine
from tests.cast import Desk
from tests.store.scene import draft, incident, publish
from tests.web import stage

ICS = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20260403\r\n"
    b"SUMMARY:Good Friday\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:2\r\nDTSTART:20260310T100000Z\r\n"
    b"DTEND:20260310T120000Z\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def calendar() -> SimpleUploadedFile:
    return SimpleUploadedFile("away.ics", ICS, "text/calendar")


def test_the_press_from_a_question_expected_to_an_answer_owed(desk: Desk) -> None:
    """Carol expects, prepares, records what was asked, and Now shows what is owed until Bob answers."""
    made = incident(desk).pk
    carol, path = stage.client(desk.carol), f"/desk/incidents/{made}/questions"
    with stage.clock():
        assert carol.post(f"{path}/expect", {"text": "Who pays?"}).status_code == 302
        (row,) = ConferenceQuestion.objects.all()
        carol.post(f"{path}/expect", {"question": row.pk, "prepared": "The council."})
        assert "The council." in carol.get(path).content.decode()
        empty = carol.post(f"{path}/ask", {"text": " ", "answer": "typed before"})
        assert empty.status_code == 409
        assert "Which question?" in empty.content.decode()
        assert (
            "stands on Now" in carol.post(f"{path}/ask", {"question": row.pk}, follow=True).content.decode()
        )
        assert "Answer what the press asked: Who pays?" in carol.get("/desk/").content.decode()
        foreign = carol.post(f"{path}/give", {"question": row.pk + 1, "answer": "x"})
        assert foreign.status_code == 409
        stage.client(desk.bob).post(f"{path}/give", {"question": row.pk, "answer": "The council pays."})
        assert "What the press asked" not in carol.get("/desk/").content.decode()
        planned = {"at": "2026-03-02T14:00", "place": "Town hall", "voice": desk.voice.pk}
        assert carol.post(f"{path}/plan", {**planned, "at": "yesterday"}).status_code == 409
        assert carol.post(f"{path}/plan", planned).status_code == 302
        page = carol.get(path).content.decode()
        assert "Bob Saltmarsh, Spokesperson" in page
        assert "The council pays." in page


def test_a_line_is_said_by_the_unit_that_was_told(desk: Desk) -> None:
    """Approved by Bob, it reaches Water Services, whose officer begins a statement of her own with it; Parks does not."""
    made = incident(desk).pk
    line = shared_lines.write(desk.carol, made, text="Let it run until it is clear.", now=desk.now)
    voices.register(desk.alice, unit=desk.water, name="Charlie Hollin", role="Water Services", now=desk.now)
    carol, bob, charlie = (stage.client(one) for one in (desk.carol, desk.bob, desk.charlie))
    path, mine = f"/desk/incidents/{made}/lines", f"/desk/statements/new?shared={line.pk}"
    with stage.clock():
        assert charlie.get(path).status_code == 404
        carol.post(f"{path}/units", {"units": [desk.water.pk]})
        assert "We have it" in charlie.get(path).content.decode()
        assert line.text not in charlie.get(mine).content.decode(), "not approved yet"
        assert carol.post(f"{path}/{line.pk}/approve").status_code == 403
        assert charlie.post(f"{path}/{line.pk}/retire").status_code == 403
        assert bob.post(f"{path}/{line.pk}/approve").status_code == 302
        assert line.text in charlie.get(mine).content.decode()
        other = SharedLine.objects.create(
            incident_id=incident(desk).pk, text="Not for Water", written_by=desk.carol, written_at=desk.now,
            approved_by=desk.bob, approved_at=desk.now,
        )  # fmt: skip
        assert other.text not in charlie.get(f"/desk/statements/new?shared={other.pk}").content.decode()
        assert bob.post(f"{path}/{other.pk}/retire").status_code == 404, "another incident's line"


def test_calendars_of_others_come_in_and_notes_are_handed_over(desk: Desk) -> None:
    """Holidays and absences from a file, without a word of it; a file that is none is one sentence."""
    roster = duty.create_roster(desk.alice, desk.top, "information_officers", 1, now=desk.now)
    alice, carol, bob = (stage.client(one) for one in (desk.alice, desk.carol, desk.bob))
    with stage.clock():
        done = alice.post(f"/desk/duty/{roster.pk}/holidays", {"file": calendar()})
        assert done.status_code == 302
        roster.refresh_from_db()
        assert roster.holidays == ["2026-04-03"]
        assert alice.post(f"/desk/duty/{roster.pk}/holidays", {"days": "Easter"}).status_code == 400
        said = carol.post("/desk/duty/absences/new", {"file": calendar()}, follow=True).content.decode()
        assert "2 times of Carol Fenn are taken over" in said
        assert "Dentist" not in said
        assert DutyAbsence.objects.filter(person=desk.carol).count() == 2
        wrong = {"file": SimpleUploadedFile("x.ics", b"no calendar")}
        refused = carol.post("/desk/duty/absences/new", wrong)
        assert refused.status_code == 400
        assert "This is no calendar file" in refused.content.decode()
        assert carol.post(f"/desk/duty/{roster.pk}/notes", {"text": " "}).status_code == 400
        carol.post(f"/desk/duty/{roster.pk}/notes", {"text": "Ring the driver."})
        note = DutyNote.objects.get()
        assert "Read the hand-over note" in bob.get("/desk/").content.decode()
        assert carol.post(f"/desk/duty/notes/{note.pk}/take").status_code == 403
        assert (
            "Read by Bob Saltmarsh"
            in bob.post(f"/desk/duty/notes/{note.pk}/take", follow=True).content.decode()
        )
        assert bob.post(f"/desk/duty/notes/{note.pk}/take").status_code == 409


def test_an_exercise_is_scored_by_what_people_did(desk: Desk) -> None:
    """First human, holding line and statement in minutes against their targets; a real incident never stands there.

    Sabotage: let `scores` read real incidents, or count from when the incident was opened.
    """
    made = incident(desk, exercise=True)
    real = incident(desk)
    type(real).objects.filter(pk=real.pk).update(title="A real one")
    publish(desk, draft(desk, made, kind="holding", evidence=[]), desk.now + timedelta(minutes=30))
    publish(desk, draft(desk, made), desk.now + timedelta(hours=6))
    wes = stage.client(stage.person("wes", Role.COMMENTATOR, desk.water))
    with stage.clock():
        page = stage.client(desk.carol).get("/exercise/drill/score").content.decode()
        assert "A real one" not in page
        for words in ("20 min", "50 min", "6 h 20 min", "1 of 3"):
            assert words in page, words
        assert made.title not in wes.get("/exercise/drill/score").content.decode()
