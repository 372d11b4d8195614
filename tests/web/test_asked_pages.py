"""The public list of what others asked: shown by a second person, tapped once, answered by month, taken up."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta

import pytest

from answerable.errors import NotAllowed
from answerable.store import case_answers, case_public
from answerable.store.models import Case
from tests.cast import Desk
from tests.store.casework import answer, case, cleo, hana
from tests.web import stage
from tests.web.forms import Writer, fresh_counts

WORDS = "Call me at Mill Lane 3, my lamp is dark"
TITLE = "When is the lamp at the stop mended?"
WANT = "I want to know that too"


@pytest.fixture(autouse=True)
def counts() -> Iterator[None]:
    with fresh_counts():
        yield


def test_one_tap_counts_once_and_heats_the_matter(desk: Desk) -> None:
    """Shown in our words alone; a browser counts once however often it taps, another one counts again.

    Sabotage: forget `wanted` in `asked_pages.too`.
    """
    made = case(desk, WORDS)
    head = stage.client(hana(desk))
    reader = Writer()
    assert TITLE not in reader.get("/asked/").content.decode()
    assert _tap(reader, made.pk) == 404, "what is not shown counts nowhere"
    with stage.clock():
        typed = {"version": made.version, "title": TITLE}
        assert head.post(f"/desk/cases/{made.pk}/show", typed | {"title": ""}).status_code == 400
        assert head.post(f"/desk/cases/{made.pk}/show", typed).status_code == 302
    page = reader.get("/asked/").content.decode()
    assert TITLE in page
    assert WANT in page
    assert "Mill Lane" not in page, "nobody's own words are shown"
    assert desk.voice.name in page, "who asks in our words is a registered voice"
    for _ in range(3):
        assert _tap(reader, made.pk) == 302
    assert WANT not in reader.get("/asked/").content.decode()
    assert Case.objects.get().also == 1
    assert _tap(Writer(), made.pk) == 302
    assert Case.objects.get().also == 2
    with stage.clock():
        assert "2 more want" in head.get(f"/desk/cases/{made.pk}").content.decode()
        version = Case.objects.get().version
        assert head.post(f"/desk/cases/{made.pk}/unshow", {"version": version}).status_code == 302
    assert TITLE not in reader.get("/asked/").content.decode()


def _tap(reader: Writer, number: int) -> int:
    """With the seal of another form: a page that was tapped has none."""
    reader.get()
    return reader.post(f"/asked/{number}/too").status_code


def test_what_was_answered_stands_in_its_month_and_file_until_it_is_contested(desk: Desk) -> None:
    """An adopted proposal is under "You said, we did", in the month's page and DOCX; contested, it is in none.

    Each names the registered voice that answered.

    Sabotage: drop `contested=False` from `reading.asked._done`.
    """
    made = case(desk, WORDS, kind="suggestion")
    case_public.show(hana(desk), made.pk, title=TITLE, version=1, now=desk.now)
    at = desk.now + timedelta(hours=2)
    text = "We took it up: the lamp is mended on Thursday before nine."
    answer(desk, made.pk, at=at, outcome="adopted", text=text)
    reader = Writer()
    reader.now = at
    address = f"/asked/{at.year}-{at.month}/"
    assert text in reader.get("/asked/").content.decode()
    assert text in reader.get(address).content.decode()
    assert text in _document(reader, at.year, at.month)
    assert TITLE in _document(reader, at.year, at.month)
    voice = f"{desk.voice.name}, {desk.voice.role}, {desk.top.name}"
    assert voice in _document(reader, at.year, at.month)
    for path in ("/asked/", address):
        assert desk.voice.name in reader.get(path).content.decode()
    assert TITLE not in reader.get(f"/asked/{at.year - 1}-{at.month}/").content.decode()
    assert reader.get("/asked/2026-13/").status_code == 404
    case_answers.contest(made.messages.get(), text="Still dark", now=at)
    assert text not in reader.get("/asked/").content.decode()
    assert text not in reader.get(address).content.decode()
    assert text not in _document(reader, at.year, at.month)


def _document(reader: Writer, year: int, month: int) -> str:
    held = reader.get(f"/asked/{year}-{month}.docx").content
    return zipfile.ZipFile(io.BytesIO(held)).read("word/document.xml").decode()


def test_who_handles_a_case_does_not_show_it(desk: Desk) -> None:
    """A head who took the case cannot show it, nor can a handler; private things are masked in the title."""
    made = case(desk)
    Case.objects.filter(pk=made.pk).update(handler=hana(desk))
    for actor in (hana(desk), cleo(desk), desk.charlie):
        with pytest.raises(NotAllowed):
            case_public.show(actor, made.pk, title=TITLE, version=1, now=desk.now)
    case_public.show(desk.bob, made.pk, title="Call eve@post.example", version=1, now=desk.now)
    assert "eve@" not in Case.objects.get().public_title
