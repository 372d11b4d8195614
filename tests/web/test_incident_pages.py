"""Incidents and statements on the desk: what staff see, may do, and are told when they may not."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from answerable.store import incidents, people, statements
from answerable.store.models import Incident, Person, Publication, Statement, StatementVersion
from tests.cast import NOW, Desk
from tests.store.scene import alert, draft, incident, publish, story

Sign = Callable[[Person], Client]


@pytest.fixture
def signed(monkeypatch: pytest.MonkeyPatch) -> Sign:
    """A browser of somebody who signed in, ten minutes after the tests' now."""
    monkeypatch.setattr("answerable.web.middleware.timezone.now", lambda: NOW + timedelta(minutes=10))

    def sign(person: Person) -> Client:
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(person, backend="answerable.web.backend.DeskBackend")
        return client

    return sign


def open_form(desk: Desk, **changes: str) -> dict[str, str]:
    """A filled form that opens an incident of story 1."""
    return {
        "story": "1",
        "title": "Brown water",
        "level": "2",
        "unit": str(desk.top.pk),
        "public": "1",
        **changes,
    }


def draft_form(desk: Desk, **changes: str) -> dict[str, str]:
    """A filled statement form."""
    return {
        "voice": str(desk.voice.pk),
        "kind": "clarification",
        "language": "en",
        "title": "The water is brown from iron",
        "text": "A main broke.",
        **changes,
    }


def test_an_incident_opens_from_a_story_with_its_words(desk: Desk, signed: Sign) -> None:
    """The form begins with the people's words; saving it shows the incident with three clocks."""
    story(desk)
    carol = signed(desk.carol)
    form = carol.get("/desk/incidents/new", {"story": 1}).content.decode()
    assert 'value="The water in Fenmoor is brown."' in form
    answer = carol.post("/desk/incidents/new", open_form(desk), follow=True)
    page = answer.content.decode()
    assert "The incident is open. Its clocks run." in page
    assert page.count("left</b>") == 2  # the first clock has run out: the story was heard 70 minutes ago
    assert Incident.objects.get().opened_by == desk.carol


def test_an_incident_opens_from_an_alert(desk: Desk, signed: Sign) -> None:
    """The alert's own story is named, and its clocks count from the alert."""
    raised = alert(desk, story(desk))
    carol = signed(desk.carol)
    assert carol.get("/desk/incidents/new", {"alert": raised.pk}).status_code == 200
    carol.post("/desk/incidents/new", open_form(desk, alert=str(raised.pk)))
    assert Incident.objects.get().heard_at == raised.raised_at
    again = carol.post("/desk/incidents/new", open_form(desk, alert=str(raised.pk)))
    assert again.status_code == 400
    assert "An incident was opened from this alert already" in again.content.decode()


def test_what_is_missing_is_said_and_what_was_typed_stays(desk: Desk, signed: Sign) -> None:
    """Without level and unit nothing is opened; the form names both and keeps the title."""
    story(desk)
    answer = signed(desk.carol).post(
        "/desk/incidents/new", open_form(desk, level="9", unit="", title="My own words")
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Choose a level" in page
    assert "Choose the unit" in page
    assert 'value="My own words"' in page
    assert not Incident.objects.exists()


@pytest.mark.parametrize("query", [{}, {"story": "99"}, {"story": "x"}, {"alert": "99"}])
def test_there_is_no_form_without_something_heard(desk: Desk, signed: Sign, query: dict[str, str]) -> None:
    """An incident begins with a story or an alert; nothing else opens one."""
    assert signed(desk.carol).get("/desk/incidents/new", query).status_code == 404


def test_each_change_shows_in_the_timeline(desk: Desk, signed: Sign) -> None:
    """Taking, a note, a state, a level, a hand-over and a conference stand there with who did them."""
    row = incident(desk)
    carol, base = signed(desk.carol), f"/desk/incidents/{row.pk}"
    water = people.invite(desk.alice, login="dan", name="Dan Weir", unit=desk.water, roles=[], now=desk.now)[
        0
    ]
    assert water.unit == desk.water
    steps: list[tuple[str, dict[str, str], str]] = [
        ("take", {}, "Taken by Carol Fenn"),
        ("note", {"text": "Crew is there <b>"}, "Crew is there &lt;b&gt;"),
        ("state", {"state": "identified", "note": "Seen"}, "State changed from investigating to identified"),
        ("level", {"level": "1"}, "Level changed from II to I"),
        ("conference", {"held_at": "2026-03-02T09:05"}, "Press conference held at 09:05"),
        ("hand-over", {"to": f"{desk.water.pk}:"}, "Handed over to Water Services"),
    ]
    for number, (action, values, sentence) in enumerate(steps, start=1):
        answer = carol.post(f"{base}/{action}", {**values, "version": str(number)}, follow=True)
        assert sentence in answer.content.decode(), action
    row.refresh_from_db()
    assert (row.version, row.level, row.state, row.unit) == (7, 1, "identified", desk.water)


def test_a_change_to_an_old_version_gets_one_sentence_and_the_newest_state(desk: Desk, signed: Sign) -> None:
    """Nothing is saved, the page says so calmly, shows what is so now, and gives back what was typed."""
    row = incident(desk)
    incidents.take(desk.bob, row.pk, version=1, now=desk.now)
    answer = signed(desk.carol).post(
        f"/desk/incidents/{row.pk}/note", {"text": "My long note", "version": "1"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "nothing was saved" in page
    assert "Bob Saltmarsh" in page
    assert "My long note" in page
    assert not row.timeline.filter(kind="note").exists()


def test_a_missed_clock_asks_for_its_explanation_once(desk: Desk, signed: Sign) -> None:
    """The page offers the form until the explanation stands; after that it shows it."""
    row = incident(desk, raised=desk.now - timedelta(hours=2))
    incidents.mark_missed(desk.now)
    carol, clock = signed(desk.carol), row.clocks.get(kind="holding_60m")
    address = f"/desk/incidents/{row.pk}/clocks/{clock.pk}/explain"
    assert address in carol.get(f"/desk/incidents/{row.pk}").content.decode()
    assert "Why was it missed?" in carol.get(address).content.decode()
    carol.post(address, {"text": "No line out.", "version": "1"})
    page = carol.get(f"/desk/incidents/{row.pk}").content.decode()
    assert "No line out." in page
    assert address not in page


def test_the_list_finds_sorts_and_exports(desk: Desk, signed: Sign) -> None:
    """Open ones first by their next clock; words, unit and number find; the CSV computes nothing."""
    first = incident(desk, level=3)
    second = incident(desk, level=1)
    Incident.objects.filter(pk=first.pk).update(title="=cmd|' /C calc'!A0")
    carol = signed(desk.carol)
    page = carol.get("/desk/incidents").content.decode()
    assert "2 open incidents" in page
    assert page.index("Brown tap water") < page.index("=cmd")
    assert "1 open incident," in carol.get("/desk/incidents", {"q": str(second.pk)}).content.decode()
    assert "No incident has these words." in carol.get("/desk/incidents", {"q": "lantern"}).content.decode()
    rows = list(csv.DictReader(io.StringIO(carol.get("/desk/incidents.csv").content.decode())))
    assert len(rows) == 2
    assert {row["title"] for row in rows} == {"'=cmd|' /C calc'!A0", "Brown tap water in Fenmoor"}


def test_the_way_of_a_statement(desk: Desk, signed: Sign) -> None:
    """Written, edited, submitted by one person; approved and published by another; corrected as version 2."""
    row = incident(desk)
    carol, bob = signed(desk.carol), signed(desk.bob)
    form = draft_form(desk, incident=str(row.pk), item="1", document_title="Record", document_link="")
    carol.post("/desk/statements/new", form)
    statement = Statement.objects.get()
    base = f"/desk/statements/{statement.pk}"
    version = statement.versions.get()
    assert [(one.item, one.title) for one in version.evidence.order_by("pk")] == [(1, ""), (None, "Record")]
    edited = {**draft_form(desk, text="A main broke at 06:40."), "text_hash": version.text_hash, "item": "1"}
    carol.post(f"{base}/versions/1/edit", edited)
    carol.post(f"{base}/versions/1/submit")
    version.refresh_from_db()
    assert "A main broke at 06:40." in bob.get(base).content.decode()
    bob.post(f"{base}/versions/1/approve", {"text_hash": version.text_hash})
    assert "Publish now" in bob.get(base).content.decode()
    bob.post(f"{base}/versions/1/publish")
    statement.refresh_from_db()
    assert statement.published == version
    assert set(Publication.objects.values_list("channel", flat=True)) == {"website", "feed"}
    correction = {**draft_form(desk, text="It broke at 06:41."), "change_note": "A minute later."}
    carol.post(f"{base}/correct", correction)
    assert statement.versions.count() == 2
    page = carol.get(base).content.decode()
    assert "Version 1 stands until this one is out." in page


def test_nobody_approves_their_own_text(desk: Desk, signed: Sign) -> None:
    """The writer sees why, in one line, and a forged request is refused and changes nothing."""
    version = statements.write(
        desk.bob,
        kind="announcement",
        voice_id=desk.voice.pk,
        language="en",
        title="T",
        text="X",
        now=desk.now,
    )
    statements.submit(desk.bob, version.pk, now=desk.now)
    bob, base = signed(desk.bob), f"/desk/statements/{version.statement_id}"
    page = bob.get(base).content.decode()
    assert "You wrote it, so a second person approves it." in page
    assert 'aria-disabled="true"' in page
    answer = bob.post(f"{base}/versions/1/approve", {"text_hash": version.text_hash})
    assert answer.status_code == 403
    assert "Whoever wrote a text does not approve it" in answer.content.decode()
    version.refresh_from_db()
    assert version.approved_by is None


def test_only_the_text_that_was_read_is_approved(desk: Desk, signed: Sign) -> None:
    """The button carries the hash of the text on the page; another hash is a conflict."""
    version = draft(desk)
    statements.submit(desk.carol, version.pk, now=desk.now)
    bob, base = signed(desk.bob), f"/desk/statements/{version.statement_id}"
    assert f'name="text_hash" value="{version.text_hash}"' in bob.get(base).content.decode()
    answer = bob.post(f"{base}/versions/1/approve", {"text_hash": "0" * 64})
    assert answer.status_code == 409
    assert "The text is not the one you read" in answer.content.decode()


def test_who_may_not_approve_or_publish_is_told_so(desk: Desk, signed: Sign) -> None:
    """An information officer sees disabled buttons with the reason, and a forged POST is refused."""
    version = draft(desk)
    statements.submit(desk.carol, version.pk, now=desk.now)
    base = f"/desk/statements/{version.statement_id}"
    alice = signed(desk.alice)
    assert "Your roles do not include approving for Brackwater Council." in alice.get(base).content.decode()
    assert alice.post(f"{base}/versions/1/approve", {"text_hash": version.text_hash}).status_code == 403
    statements.approve(desk.bob, version.pk, version.text_hash, now=desk.now)
    assert "Your roles do not include publishing" in alice.get(base).content.decode()
    assert alice.post(f"{base}/versions/1/publish").status_code == 403
    assert not StatementVersion.objects.filter(published_at__isnull=False).exists()


def test_a_text_is_sent_back_with_what_is_missing(desk: Desk, signed: Sign) -> None:
    """Sent back it is a draft again, and the note stands in the incident's timeline."""
    row = incident(desk)
    version = draft(desk, row)
    statements.submit(desk.carol, version.pk, now=desk.now)
    bob = signed(desk.bob)
    bob.post(f"/desk/statements/{version.statement_id}/versions/1/send-back", {"note": "Which taps?"})
    version.refresh_from_db()
    assert version.submitted_at is None
    assert "Which taps?" in bob.get(f"/desk/incidents/{row.pk}").content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": " "}, "Say the fact in one line."),
        ({"text": ""}, "Write the text."),
        ({"claim": "Sewage"}, "A verdict judges a claim"),
        ({"verdict": "false"}, "A verdict judges a claim"),
        ({"next_word_at": "soon"}, "Give the day and the time of the next word"),
        ({"document_title": "x", "document_link": "javascript:alert(1)"}, "Write the whole web address"),
        ({"voice": "999"}, "Nothing goes out without a registered voice."),
        ({"item": "999"}, "There is no such item"),
    ],
)
def test_a_form_with_a_mistake_says_it_and_keeps_the_rest(
    desk: Desk, signed: Sign, changes: dict[str, str], sentence: str
) -> None:
    """One sentence names what to mend; the other words stay in their fields and nothing is stored."""
    typed = {"what_to_do": "Let the tap run.", **changes}
    answer = signed(desk.carol).post("/desk/statements/new", draft_form(desk, **typed))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in page
    assert "Let the tap run." in page
    assert not Statement.objects.exists()


def test_the_next_word_is_read_in_the_units_time(desk: Desk, signed: Sign) -> None:
    """14:00 typed in Brackwater in summer is 13:00 UTC, and stands as 14:00 when the draft is edited."""
    carol = signed(desk.carol)
    carol.post("/desk/statements/new", draft_form(desk, next_word_at="2026-07-01T14:00"))
    version = StatementVersion.objects.get()
    assert version.next_word_at is not None
    assert version.next_word_at.isoformat() == "2026-07-01T13:00:00+00:00"
    form = carol.get(f"/desk/statements/{version.statement_id}/versions/1/edit").content.decode()
    assert 'value="2026-07-01T14:00"' in form


def test_an_exercise_has_no_button_that_publishes(desk: Desk, signed: Sign) -> None:
    """In its place stands what would happen; pressing it reaches the exercise channel alone."""
    row = incident(desk, exercise=True)
    version = draft(desk, row)
    statements.submit(desk.carol, version.pk, now=desk.now)
    statements.approve(desk.bob, version.pk, version.text_hash, now=desk.now)
    bob, base = signed(desk.bob), f"/exercise/statements/{version.statement_id}"
    page = bob.get(base).content.decode()
    assert "Would be published: exercise" in page
    assert "Publish now" not in page
    assert "EXERCISE" in page
    bob.post(f"{base}/versions/1/publish")
    assert set(Publication.objects.values_list("channel", flat=True)) == {"exercise"}


@pytest.mark.parametrize("kind", ["incidents", "statements"])
def test_real_and_exercise_never_share_a_page(desk: Desk, signed: Sign, kind: str) -> None:
    """An exercise object is nowhere under /desk/, a real one nowhere under /exercise/, also by its number."""
    real, drill = incident(desk), incident(desk, exercise=True)
    texts = {
        real.pk: draft(desk, real, title="Real words"),
        drill.pk: draft(desk, drill, title="Drill words"),
    }
    numbers = {False: real.pk, True: drill.pk}
    if kind == "statements":
        numbers = {False: texts[real.pk].statement_id, True: texts[drill.pk].statement_id}
    carol = signed(desk.carol)
    for exercise, space in ((False, "/desk"), (True, "/exercise")):
        assert carol.get(f"{space}/{kind}/{numbers[exercise]}").status_code == 200
        assert carol.get(f"{space}/{kind}/{numbers[not exercise]}").status_code == 404
        assert f'/{kind}/{numbers[not exercise]}"' not in carol.get(f"{space}/{kind}").content.decode()
    assert carol.post(f"/desk/incidents/{drill.pk}/take", {"version": "1"}).status_code == 404


def test_a_stranger_sees_nothing_and_changes_nothing(desk: Desk, signed: Sign) -> None:
    """Charlie of another unit gets 404 for the council's incident and statement, and refusals for actions."""
    row = incident(desk)
    version = publish(desk, draft(desk, row))
    charlie = signed(desk.charlie)
    for address in (f"/desk/incidents/{row.pk}", f"/desk/statements/{version.statement_id}"):
        assert charlie.get(address).status_code == 404
    for action in ("take", "note", "hand-over", "level", "state", "conference"):
        answer = charlie.post(
            f"/desk/incidents/{row.pk}/{action}", {"version": "1", "text": "x", "level": "1"}
        )
        assert answer.status_code in (403, 404), action
    assert "Brown tap water" not in charlie.get("/desk/incidents").content.decode()
    assert "brown from iron" not in charlie.get("/desk/statements").content.decode()
    row.refresh_from_db()
    assert row.owner is None


def test_nobody_gets_in_without_signing_in(desk: Desk) -> None:
    """Every page of incidents and statements leads to the sign-in."""
    row = incident(desk)
    client = Client(HTTP_HOST="127.0.0.1")
    for path in ("incidents", f"incidents/{row.pk}", "incidents.csv", "statements", "statements/new"):
        for space in ("/desk/", "/exercise/"):
            answer = client.get(space + path)
            assert answer.status_code == 302
            assert answer["Location"].startswith("/sign-in")


def test_forms_carry_a_token_against_forgery(desk: Desk, signed: Sign) -> None:
    """Every form that changes something has its CSRF field, and a POST without it is refused."""
    row = incident(desk)
    version = draft(desk, row)
    carol = signed(desk.carol)
    for path in (f"incidents/{row.pk}", f"statements/{version.statement_id}", f"incidents/{row.pk}/level"):
        page = carol.get(f"/desk/{path}").content.decode()
        forms = re.findall(r'<form method="post".*?</form>', page, re.DOTALL)
        assert forms
        assert all("csrfmiddlewaretoken" in form for form in forms)
    strict = Client(HTTP_HOST="127.0.0.1", enforce_csrf_checks=True)
    strict.force_login(desk.carol, backend="answerable.web.backend.DeskBackend")
    assert strict.post(f"/desk/incidents/{row.pk}/take", {"version": "1"}).status_code == 403


@pytest.mark.parametrize("language", ["en", "es", "zh"])
def test_every_page_speaks_three_languages(desk: Desk, signed: Sign, language: str) -> None:
    """Lists, pages and forms answer in each language, with what the desk's own words say."""
    row = incident(desk)
    version = publish(desk, draft(desk, row))
    carol = signed(desk.carol)
    paths = ["incidents", f"incidents/{row.pk}", "statements", f"statements/{version.statement_id}"]
    paths += [f"incidents/{row.pk}/{form}" for form in ("level", "state", "hand-over", "conference")]
    paths += ["incidents/new?story=1", "statements/new", f"statements/{version.statement_id}/correct"]
    for path in paths:
        for space in ("/desk/", "/exercise/") if path in ("incidents", "statements") else ("/desk/",):
            joined = "&" if "?" in path else "?"
            answer = carol.get(f"{space}{path}{joined}lang={language}")
            assert answer.status_code == 200, path


def test_a_long_timeline_has_a_page_and_a_file_of_its_own(desk: Desk, signed: Sign) -> None:
    """The incident shows the newest lines and how many there are; the page and the file leave out none.

    Sabotage: take the count from the lines that are shown.
    """
    row = incident(desk)
    for number in range(60):
        incidents.add_note(
            desk.carol, row.pk, version=number + 1, text=f"Step {number}", now=NOW + timedelta(seconds=number)
        )
    total = row.timeline.count()
    carol = signed(desk.carol)
    page = carol.get(f"/desk/incidents/{row.pk}").content.decode()
    assert "Step 59" in page
    assert "Step 5<" not in page
    assert f"The whole timeline, {total} lines" in page
    assert "set by hand" in page  # the line that set the level is not among those shown, and is still read
    whole = carol.get(f"/desk/incidents/{row.pk}/timeline").content.decode()
    assert whole.index("Step 59") < whole.index("Step 5<") < whole.index("Incident opened at level II")
    answer = carol.get(f"/desk/incidents/{row.pk}/timeline.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == total
    assert [rows[0]["kind"], rows[-1]["what"]] == ["opened", '{"text": "Step 59"}']
    assert "Set 09:00 by Carol Fenn." in page
