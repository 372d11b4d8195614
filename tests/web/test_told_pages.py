"""The desk's side: the list of what people told us, one message, notes of ours, forms for places."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import timedelta

import pytest

from answerable.store.models import FormLink, LedgerRow, Submission, SubmissionContact
from tests.cast import Desk
from tests.web import stage
from tests.web.forms import Writer, code_of, fresh_counts

LAMP = "The street lamp at the bus stop is dark since Monday."


@pytest.fixture(autouse=True)
def counts() -> Iterator[None]:
    with fresh_counts():
        yield


def test_a_message_is_found_read_and_its_contact_opened(desk: Desk) -> None:
    """Carol finds it in the list, opens what is sealed by a recorded click, and marks it as read."""
    code = Writer().tell(LAMP, place="12 Mill Lane", contact="maren@example.org")
    number = Submission.objects.get().pk
    carol = stage.client(desk.carol)
    with stage.clock():
        assert LAMP in carol.get("/desk/told").content.decode()
        assert "maren@example.org" not in carol.get(f"/desk/told/{number}").content.decode()
        before = LedgerRow.objects.count()
        opened = carol.post(f"/desk/told/{number}/contact").content.decode()
        assert "maren@example.org" in opened
        assert "12 Mill Lane" in opened
        assert LedgerRow.objects.count() == before + 1
        assert carol.post(f"/desk/told/{number}/read").status_code == 302
        assert carol.post(f"/desk/told/{number}/read").status_code == 409
        assert LAMP not in carol.get("/desk/told").content.decode(), "what is read leaves the list"
        assert LAMP in carol.get("/desk/told?state=all&q=lamp").content.decode()
        exported = b"".join(carol.get("/desk/told.csv?state=all")).decode()  # type: ignore[arg-type]
    assert LAMP in exported
    assert "maren" not in exported
    page = Writer().get(f"/follow/{code}").content.decode()
    assert "has read it" in page
    assert "Carol" not in page, "staff have no name in public"


def test_another_unit_sees_nothing_of_it(desk: Desk) -> None:
    """What was told to the council is no matter of Water Services: not in lists, exports or pages."""
    Writer().tell(LAMP, contact="maren@example.org")
    number = Submission.objects.get().pk
    charlie = stage.client(desk.charlie)
    with stage.clock():
        assert LAMP not in charlie.get("/desk/told?state=all").content.decode()
        assert LAMP.encode() not in b"".join(charlie.get("/desk/told.jsonl?state=all"))  # type: ignore[arg-type]
        for path, way in (("", "get"), ("/contact", "post"), ("/read", "post"), ("/show", "post")):
            assert getattr(charlie, way)(f"/desk/told/{number}{path}").status_code == 404


NOTE = {
    "came_by": "phone",
    "kind": "complaint",
    "text": "Call 01632 960 123, the tap is brown",
    "place": "Mill Lane",
}


def test_a_colleague_writes_down_a_call(desk: Desk) -> None:
    """Kept with its way, its writer and its unit; numbers masked; the code shown to be told on the telephone."""
    charlie = stage.client(desk.charlie)
    note = NOTE | {"unit": str(desk.water.pk), "contact": "01632 960 999", "secret": "s" * 20}
    with stage.clock():
        page = charlie.post("/desk/told/new", note)
        again = charlie.post("/desk/told/new", note)
        assert charlie.post("/desk/told/new", note | {"unit": str(desk.top.pk)}).status_code == 400
        assert charlie.post("/desk/told/new", note | {"text": ""}).status_code == 400
    code = re.search(r'id="kept-code">([0-9A-Z-]{19})<', page.content.decode())
    assert code
    assert code[1] in again.content.decode(), "sent twice, as after a lost answer: one note, one code"
    row = Submission.objects.get()
    assert (row.text, row.came_by, row.taken_by, row.unit) == (
        "Call ☎…, the tap is brown",
        "phone",
        desk.charlie,
        desk.water,
    )
    assert SubmissionContact.objects.count() == 1
    assert LedgerRow.objects.filter(action="submission.receive", actor=desk.charlie.pk).count() == 1
    assert Writer().get(f"/follow/{code[1]}").status_code == 200


def test_a_note_from_a_device_says_when_it_was_said(desk: Desk) -> None:
    """The page's script gets JSON; a note that waited keeps its time, and nonsense or the future becomes now."""
    dan = stage.client(desk.carol)
    with stage.clock():
        for number, said_at in enumerate(
            ("2026-03-02T07:30:00.000Z", "2031-01-01T00:00:00Z", "yesterday", "2020-01-01T00:00:00Z")
        ):
            note = NOTE | {"unit": str(desk.top.pk), "secret": f"secret-of-note-{number}", "said_at": said_at}
            got = dan.post("/desk/told/new", note, headers={"Accept": "application/json"})
            assert set(got.json()) == {"code", "number"}
        wrong = dan.post("/desk/told/new", NOTE | {"text": ""}, headers={"Accept": "application/json"})
    assert wrong.status_code == 400
    assert set(wrong.json()["errors"]) == {"text", "unit"}
    said = list(Submission.objects.exclude(said_at=None).values_list("said_at", flat=True))
    assert said == [desk.now - timedelta(hours=1, minutes=30)]


def test_a_poster_carries_its_place(desk: Desk) -> None:
    """Made by an officer, printed in three languages with a QR code; what comes by it has the place unasked."""
    carol = stage.client(desk.carol)
    with stage.clock():
        made = carol.post(
            "/desk/told/forms/new", {"place": "Bus stop 12", "kind": "report", "unit": str(desk.top.pk)}
        )
        page = carol.get(made.headers["Location"]).content.decode()
        link = FormLink.objects.get()
        code = carol.get(f"/desk/told/forms/{link.pk}.svg")
    for heading in ("Tell us about Bus stop 12", "Cuéntenos sobre Bus stop 12", "对“Bus stop 12”有话说？"):
        assert heading in page
    assert f"/t/{link.slug}" in page
    assert "style=" not in page
    assert ET.fromstring(code.content).tag == "{http://www.w3.org/2000/svg}svg"
    writer = Writer()
    writer.get(f"/t/{link.slug}")
    assert "Bus stop 12" in writer.seen.content.decode()  # type: ignore[union-attr]
    writer.post(text=LAMP)
    writer.post(contact="")
    writer.now += timedelta(seconds=30)
    code_of(writer.post())
    row = Submission.objects.get()
    assert (row.place, row.came_by, row.through, row.kind) == ("Bus stop 12", "qr", link, "report")


def test_a_closed_poster_leads_to_the_general_form(desk: Desk) -> None:
    """Also for who was writing at that moment: the place stays, as if they had typed it."""
    carol = stage.client(desk.carol)
    with stage.clock():
        carol.post("/desk/told/forms/new", {"place": "Bus stop", "kind": "", "unit": str(desk.top.pk)})
        link = FormLink.objects.get()
        writer = Writer()
        writer.get(f"/t/{link.slug}")
        writer.post(kind="report")
        assert carol.post(f"/desk/told/forms/{link.pk}/close").status_code == 302
        assert carol.post(f"/desk/told/forms/{link.pk}/close").status_code == 409
    writer.post(text=LAMP)
    assert 'value="Bus stop"' in writer.seen.content.decode()  # type: ignore[union-attr]
    writer.post(place="Bus stop")
    writer.post(contact="")
    writer.now += timedelta(seconds=30)
    code_of(writer.post())
    assert Submission.objects.values_list("came_by", "place").get() == ("form", "Bus stop")
    assert Writer().get("/t/nowhere").status_code == 404
