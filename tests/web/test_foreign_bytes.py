"""A2: what belongs to one unit does not exist for the unit beside it, nor for the public, on any page there is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from answerable.permissions import Role
from answerable.store import (
    conferences,
    disputes,
    duty,
    duty_notes,
    emergencies,
    file_imports,
    incidents,
    rooms,
    shared_lines,
    statements,
    tasks,
)
from answerable.store.models import LedgerRow, Room, RoomSeat, Unit
from tests.cast import Desk
from tests.store.casework import tell
from tests.store.scene import alert, incident, story
from tests.web import stage
from tests.web.access_matrix import MATRIX

pytestmark = pytest.mark.store

HOUR = timedelta(hours=1)
SAID, CANARY = "lantern", "quillfrost"  # one is searched for, the other must not come back
TEXT = f"The {SAID} of {CANARY} is dark"
READING = sorted(
    name for name, row in MATRIX.items() if "GET" in row.methods and name.split(":")[0] != "exercise"
)
# What changes a thing of one unit; the addresses of rooms, rosters and cases are filled like those of their pages.
CHANGING = sorted(
    name
    for name, row in MATRIX.items()
    if "POST" in row.methods and name.startswith("desk:") and (row.matter or name in ("desk:holidays_set",
    "desk:rotation_set", "desk:stand_in_add", "desk:duty_note_write", "desk:duty_note_take", "desk:told_receive"))
    and not name.startswith(("desk:claim", "desk:statement", "desk:version"))
)  # fmt: skip
SAME = {
    **dict.fromkeys(("desk:room_come", "desk:room_assess", "desk:room_decide"), "desk:room"),
    **{name: "desk:case" for name in MATRIX if name.startswith("desk:case_")},
    **dict.fromkeys(("desk:holidays_set", "desk:stand_in_add", "desk:duty_note_write"), "desk:rotation_set"),
}
SEARCHED = f"?q={SAID}&state=all&show=all"


def beside(desk: Desk) -> Unit:
    """A unit that stands beside Water Services."""
    unit = Unit.objects.create(name="Parks", parent=desk.top, timezone="Europe/London")
    unit.path = f"{desk.top.path}{unit.pk}/"
    unit.save()
    return unit


def of_water(desk: Desk) -> dict[str, dict[str, object]]:
    """One of every kind that belongs to Water Services, its word in each; how addresses of cases are filled."""
    matter = incident(desk)
    type(matter).objects.filter(pk=matter.pk).update(
        unit=desk.water, owner=desk.charlie, title=TEXT, public=False
    )
    matter.refresh_from_db()
    matter = incidents.add_note(desk.charlie, matter.pk, text=TEXT, version=matter.version, now=desk.now)
    tasks.add(desk.charlie, matter.pk, text=TEXT, phase="hour", now=desk.now)
    statements.write(
        desk.charlie,
        incident_id=matter.pk,
        kind="clarification",
        voice_id=desk.voice.pk,
        language="en",
        title=TEXT,
        text=TEXT,
        evidence=[(None, TEXT, "https://brackwater.example/record")],
        now=desk.now,
    )
    disputes.contest(desk.charlie, matter.pk, unit=desk.top, why=TEXT, now=desk.now)
    emergencies.send(desk.charlie, matter.pk, conclusion=TEXT, units=[desk.top], now=desk.now)
    conferences.plan(desk.charlie, matter.pk, at=desk.now + HOUR, place=TEXT, now=desk.now)
    conferences.asked(desk.charlie, matter.pk, text=TEXT, now=desk.now)
    shared_lines.write(desk.charlie, matter.pk, text=TEXT, now=desk.now)
    told = tell(desk, TEXT, unit=desk.water, place=TEXT)
    return {
        "desk:case": {"number": told.case_id},
        "desk:told_one": {"number": told.submission_id},
        "desk:room": {"number": _judged(desk)},
        "desk:import_show": {"number": _brought(desk)},
        "desk:rotation_set": {"number": _on_duty(desk)},
    }


def _judged(desk: Desk) -> int:
    """A room of Water Services in which Charlie wrote."""
    room = rooms.open_room(desk.carol, alert(desk, story(desk)).pk, now=desk.now)
    Room.objects.filter(pk=room.pk).update(unit=desk.water)
    RoomSeat.objects.filter(room=room).delete()
    rooms.assess(desk.charlie, room.pk, level=2, text=TEXT, now=desk.now)
    return room.pk


def _brought(desk: Desk) -> int:
    """A file that Water Services brought in."""
    upload = file_imports.Upload("none", f"{CANARY}.csv", "0" * 64)
    told = file_imports.Told(
        name="A file", source_class="public", purpose="To hear", licence="", method="", gaps="",
        keep_days=90, unit=desk.water,
    )  # fmt: skip
    return file_imports.begin(desk.charlie, upload, told, {"text": "1"}, "UTC", now=desk.now).pk


def _on_duty(desk: Desk) -> int:
    """A roster of Water Services with a hand-over note."""
    roster = duty.create_roster(desk.alice, desk.water, "information_officers", 1, now=desk.now)
    duty_notes.write(desk.charlie, roster, text=TEXT, now=desk.now)
    return roster.pk


def addresses(fills: dict[str, dict[str, object]]) -> Iterator[str]:
    """Every address that can be read, about those very objects, also searched and narrowed."""
    for name in READING:
        fill = {**MATRIX[name].fill, **fills.get(name, {})}
        yield reverse(name, kwargs=fill)
        if "number" not in fill:
            yield reverse(name, kwargs=fill) + SEARCHED


def found(browser: Client, fills: dict[str, dict[str, object]]) -> list[str]:
    """Where the word came back."""
    held = []
    for address in addresses(fills):
        answer = browser.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        if CANARY.encode() in body:
            held.append(address)
    return held


def test_the_unit_beside_and_the_public_read_not_one_foreign_word(desk: Desk) -> None:
    """Pages, lists, searches, exports and feeds, for an officer and a head beside, the overseer of the unit
    beside, and nobody at all; the owner's own officer finds it on many, so the word is there to be found.

    Sabotage: let `visible_incidents` or the list of cases forget the unit.
    """
    parks = beside(desk)
    fills = of_water(desk)
    with stage.clock():
        mine = found(stage.client(desk.charlie), fills)
        assert len({address.split("?")[0] for address in mine}) >= 8, mine
        for role in (Role.INFORMATION_OFFICER, Role.HEAD, Role.OVERSEER):
            other = stage.client(stage.person(f"parks-{role.value}", role, parks))
            assert found(other, fills) == [], role
            for name in ("desk:incident", "desk:case", "desk:told_one"):
                fill = {**MATRIX[name].fill, **fills.get(name, {})}
                expected = {403} if role is Role.OVERSEER else {404}
                assert other.get(reverse(name, kwargs=fill)).status_code in expected
            before = LedgerRow.objects.count()
            for name in CHANGING:
                fill = {**MATRIX[name].fill, **(fills.get(name) or fills.get(SAME.get(name, ""), {}))}
                status = other.post(reverse(name, kwargs=fill), {"text": TEXT}).status_code
                assert status in (403, 404), f"{role} {name}: {status}"
            assert LedgerRow.objects.count() == before
        assert found(stage.client(), fills) == []
