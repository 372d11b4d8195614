"""The room of rapid judgement in the browser: called, written, read, decided; on a phone's form, without script."""

from __future__ import annotations

from django.test import Client

from answerable.permissions import Role
from answerable.store.models import Alert, Assessment, Incident, Room, UnitTold
from tests.cast import Desk
from tests.web import stage


def called(desk: Desk) -> tuple[Client, Alert]:
    """Carol pressed the one button on the page of the story."""
    given = stage.alert(stage.story(desk, stage.source(desk)))
    carol = stage.client(desk.carol)
    page = carol.get(f"/desk/stories/{given.story_id}").content.decode()
    assert f'action="/desk/alerts/{given.pk}/judge"' in page
    answer = carol.post(f"/desk/alerts/{given.pk}/judge")
    assert answer.headers["Location"] == "/desk/rooms/1"
    return carol, given


def test_one_step_leads_from_the_alert_into_the_room(desk: Desk) -> None:
    """The room shows the evidence, both targets and an empty form; a second press leads to the same room."""
    with stage.clock():
        carol, given = called(desk)
        page = carol.get("/desk/rooms/1").content.decode()
        assert "What do you see, before you read the others?" in page
        assert stage.WORDS["en"] in page
        assert "First person looks, 10 min" in page
        assert f'href="/desk/stories/{given.story_id}/items?alert={given.pk}"' in page
        again = stage.client(desk.bob).post(f"/desk/alerts/{given.pk}/judge")
        assert again.headers["Location"] == "/desk/rooms/1"
        assert 'href="/desk/rooms/1"' in carol.get(f"/desk/stories/{given.story_id}").content.decode()
    assert Room.objects.count() == 1


def test_what_another_wrote_is_not_in_the_page_before_mine(desk: Desk) -> None:
    """Not even hidden in it. Sabotage: render `others` without asking."""
    with stage.clock():
        carol, _ = called(desk)
        carol.post("/desk/rooms/1/assess", {"level": "1", "text": "Pressure fell in three streets."})
        bob = stage.client(desk.bob)
        before = bob.get("/desk/rooms/1").content.decode()
        assert "Pressure fell" not in before
        assert "1 assessment is written." in before
        bob.post("/desk/rooms/1/assess", {"level": "0", "text": "I see one post."})
        after = bob.get("/desk/rooms/1").content.decode()
        assert "Pressure fell" in after
        assert "You differ" in after


def test_a_form_with_a_mistake_keeps_what_was_written(desk: Desk) -> None:
    """Without a level nothing is saved, and the words stand in the form again."""
    with stage.clock():
        carol, _ = called(desk)
        answer = carol.post("/desk/rooms/1/assess", {"text": "Half a thought"})
    assert answer.status_code == 400
    assert "Half a thought" in answer.content.decode()
    assert not Assessment.objects.exists()


def test_the_decision_opens_the_incident_with_its_owner(desk: Desk) -> None:
    """Level, owner, units told; the room's steps stand in the incident's timeline."""
    with stage.clock():
        carol, _ = called(desk)
        carol.post("/desk/rooms/1/assess", {"level": "2", "text": "Many ask."})
        form = carol.get("/desk/rooms/1/decide").content.decode()
        assert 'id="level-2" value="2" checked' in form
        facts = {
            "decision": "incident",
            "title": "Brown water on Mill Lane",
            "level": "2",
            "owner": f"{desk.top.pk}:{desk.bob.pk}",
            "told": [str(desk.water.pk)],
            "public": "1",
            "note": "Safety is in doubt.",
        }
        answer = carol.post("/desk/rooms/1/decide", facts)
        assert answer.headers["Location"] == "/desk/incidents/1"
        page = carol.get("/desk/incidents/1").content.decode()
        assert "Decided together: level II" in page
        assert "Many ask." in page
        charlie = stage.client(desk.charlie)
        now = charlie.get("/desk/").content.decode()
        assert "/desk/incidents/1#told" in now
        assert charlie.get("/desk/incidents/1").status_code == 200
        assert charlie.post("/desk/incidents/1/take", {"version": "1"}).status_code == 403
        charlie.post(f"/desk/told/{UnitTold.objects.get().pk}/receive")
    incident = Incident.objects.get()
    assert (incident.owner_id, incident.unit_id) == (desk.bob.pk, desk.top.pk)
    assert UnitTold.objects.get().received_by_id == desk.charlie.pk


def test_deciding_alone_is_said_in_the_room_and_the_list(desk: Desk) -> None:
    """Nobody wrote, so the page, the list and the timeline say it. Sabotage: drop the sentence."""
    with stage.clock():
        carol, _ = called(desk)
        assert "the decision will say so" in carol.get("/desk/rooms/1/decide").content.decode()
        carol.post("/desk/rooms/1/decide", {"decision": "nothing", "why": "false_alarm"})
        assert "Decided without an assessment" in carol.get("/desk/rooms/1").content.decode()
        assert "without an assessment" in carol.get("/desk/rooms").content.decode()
    assert Alert.objects.get().state == "dismissed"


def test_a_decision_with_mistakes_names_each(desk: Desk) -> None:
    """No owner and no level: nothing is opened."""
    with stage.clock():
        carol, _ = called(desk)
        answer = carol.post("/desk/rooms/1/decide", {"decision": "incident", "title": "", "owner": "9:9"})
        page = answer.content.decode()
        nothing = carol.post("/desk/rooms/1/decide", {"decision": "nothing", "why": ""})
    assert answer.status_code == nothing.status_code == 400
    assert all(f'href="#{name}"' in page for name in ("title", "level", "owner"))
    assert not Incident.objects.exists()


def test_the_board_asks_each_for_their_own_first(desk: Desk) -> None:
    """Now asks Bob to write; after he wrote, it asks for a decision. The alert itself no longer stands there."""
    with stage.clock():
        called(desk)
        bob = stage.client(desk.bob)
        assert "Write down what you make of it" in bob.get("/desk/").content.decode()
        bob.post("/desk/rooms/1/assess", {"level": "2", "text": "Many ask."})
        page = bob.get("/desk/now/live").content.decode()
        assert "Decide together: an incident or not?" in page
        assert "Respond, wait or watch?" not in page


def test_a_legal_reviewer_reads_after_the_decision(desk: Desk) -> None:
    """Who has no say in a room does not sway it: they read what was written once it is decided."""
    lena = stage.client(stage.person("lena", Role.LEGAL_REVIEWER, desk.top))
    with stage.clock():
        carol, _ = called(desk)
        carol.post("/desk/rooms/1/assess", {"level": "3", "text": "A worry."})
        assert "A worry." not in lena.get("/desk/rooms/1").content.decode()
        carol.post("/desk/rooms/1/decide", {"decision": "nothing", "why": "not_ours"})
        assert "A worry." in lena.get("/desk/rooms/1").content.decode()
