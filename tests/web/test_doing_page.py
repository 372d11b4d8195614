"""How are we doing: the page's numbers are those the published script reckons from the signed file of the day."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from base64 import b64decode
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from answerable.permissions import Role
from answerable.store import case_clocks, open_days
from answerable.store.keyring import Keyring
from answerable.store.models import Case, CaseAnswer, CaseLeg, OpenDay
from tests.cast import Desk
from tests.store.casework import case
from tests.web import stage

pytestmark = pytest.mark.store
NUMBERS = re.compile(r'data-rate="(\w+)" data-of="(\d+)" data-least="(\d+)" data-most="(\d+)"')


def many(desk: Desk) -> None:
    """Sixty cases of the council, 42 of them in time and 20 solved; twelve of Water Services, which is too few."""
    rows = []
    for number in range(72):
        answered = desk.now + timedelta(hours=1 if number % 60 < 42 else 500)
        unit = desk.top if number < 60 else desk.water
        rows.append(
            Case(
                pk=number + 1, unit=unit, stage="fed_back", kind="report", came_by="form", collected_at=desk.now,
                started_at=desk.now, lasts_s=3600, first_due_at=desk.now + timedelta(days=5),
                first_answer_at=answered, fed_back_at=answered,
                outcome="solved" if number < 20 else "explained", place="Mill Lane" if number < 25 else "",
            )
        )  # fmt: skip
    Case.objects.bulk_create(rows)
    CaseLeg.objects.bulk_create(
        CaseLeg(case=row, unit=row.unit, since=desk.now, why="received") for row in rows
    )
    CaseAnswer.objects.bulk_create(
        CaseAnswer(case=row, round=1, text="Done.", outcome=row.outcome, written_at=desk.now, brought_in=True)
        for row in rows
    )


def test_the_script_reckons_what_the_page_shows(desk: Desk, tmp_path: Path) -> None:
    """Downloaded file and script, run by a bare Python, give every number of the page; the signature holds.

    Sabotage: count late answers as in time in `open_days._pairs`; the known figures below turn red.
    """
    many(desk)
    at = desk.now + timedelta(days=60)
    open_days.keep(Keyring.open(desk.home), at)
    public = stage.client()
    with stage.clock(at):
        page = public.get("/doing/?year=2026").content.decode()
        day = at.date().isoformat()
        body = public.get(f"/doing/cases-{day}.json").content
        signature = public.get(f"/doing/cases-{day}.sig").content
        script = public.get("/doing/recompute_rates.py").content
    file, program = tmp_path / "day.json", tmp_path / "recompute_rates.py"
    file.write_bytes(body)
    program.write_bytes(script)
    said = subprocess.run([sys.executable, "-I", program, file], capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in said.stdout.splitlines()]
    mine = {line["rate"]: line for line in lines if line["unit"] == "all"}
    shown = {name: tuple(map(int, rest)) for name, *rest in NUMBERS.findall(page)}
    assert shown == {name: (line["of"], line["least"], line["most"]) for name, line in mine.items()}
    silent = page[page.index("in each of these ways") :].partition("</p>")[0]
    assert ("By mail" in silent, "Web form" in silent) == (True, False), "who is not heard, by channel"
    assert shown["response"] == (60, 42, 42)
    assert shown["resolution"] == (60, 20, 20)
    assert f"{mine['response']['percent']:g}%" in page
    assert "Water Services" not in page.split("<footer")[0]
    key = Ed25519PublicKey.from_public_bytes(b64decode(Keyring.open(desk.home).open_public_key))
    key.verify(b64decode(signature), body)
    with pytest.raises(InvalidSignature):
        key.verify(b64decode(signature), body.replace(b"42", b"43"))


def test_a_day_goes_out_once_and_stays(desk: Desk) -> None:
    """Two clocks, one day: the same bytes; the next day is another file, and the first stays as it was."""
    ring = Keyring.open(desk.home)
    assert open_days.keep(ring, desk.now) is None, "nothing goes out before there is anything"
    case(desk)
    first = open_days.keep(ring, desk.now)
    assert first is not None
    many(desk)
    assert open_days.keep(ring, desk.now + timedelta(hours=3)) is None
    assert open_days.keep(ring, desk.now + timedelta(days=1)) is not None
    assert OpenDay.objects.get(pk=first.pk).body == first.body
    assert OpenDay.objects.count() == 2


def test_what_is_overdue_stands_there_without_words(desk: Desk) -> None:
    """Two days after its deadline a case is on the public list: its kind, unit and deadline, never its words."""
    made = case(desk, "My neighbour Quillfeather waits for a lamp")
    assert made.due_at is not None
    at = made.due_at + timedelta(days=3)
    with stage.clock(at):
        assert "None yet." not in stage.client().get("/doing/").content.decode()
        case_clocks.tick(at)
        page = stage.client().get("/doing/").content.decode()
    assert "None yet." in page
    assert "Quillfeather" not in page
    assert "lamp" not in page


def test_an_empty_desk_says_what_to_come(desk: Desk) -> None:
    """Without data every part says why it is empty, and no file is made up."""
    with stage.clock():
        page = stage.client().get("/doing/")
        assert stage.client().get("/doing/cases-2026-03-02.json").status_code == 404
        assert stage.client().get("/doing/cases-2026-99-99.json").status_code == 404
    assert page.status_code == 200
    assert "Nothing has been counted yet" in page.content.decode()


def test_the_units_explanation_is_public_and_the_overseer_finds(desk: Desk) -> None:
    """A missed case asks for its own explanation: public once written, on the supervision list with its finding.

    Sabotage: read the explanation of another round in `overdue.overdue`.
    """
    made = case(desk, "The lamp is dark")
    assert made.due_at is not None
    at = made.due_at + timedelta(days=3)
    otto = stage.person("otto", Role.OVERSEER, desk.top)
    with stage.clock(at):
        case_clocks.tick(at)
        carol, overseer = stage.client(desk.carol), stage.client(otto)
        said = {"version": 1, "text": "The crew was at the broken main; the lamp is mended on Friday."}
        assert carol.post(f"/desk/cases/{made.pk}/explain", said).status_code == 302
        assert carol.post(f"/desk/cases/{made.pk}/explain", said).status_code == 409
        assert "broken main" in stage.client().get("/doing/").content.decode()
        assert "broken main" in overseer.get("/desk/oversight").content.decode()
        step = made.steps.get(step="head").pk
        found = {"finding": "no_fault", "text": "The main came first."}
        assert overseer.post(f"/desk/oversight/case/{step}", found).status_code == 302
        assert "The main came first." in overseer.get("/desk/oversight").content.decode()
        assert carol.post(f"/desk/oversight/case/{step}", found).status_code == 403
