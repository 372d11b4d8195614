"""What do we decide? An incident with level, owner and the units told, or nothing with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from answerable.errors import BadInput, Conflict
from answerable.permissions import Permission
from answerable.respond.levels import LEVELS
from answerable.store import people
from answerable.store import rooms as writing
from answerable.store.access import units_for
from answerable.store.incidents import BY_HAND
from answerable.store.models import Person, Room, Unit
from answerable.store.reading import rooms as reading
from answerable.store.reading.desk_incidents import all_units
from answerable.store.reading.items import items_by_id
from answerable.web.pages import go, render
from answerable.web.request import Request, staff
from answerable.web.staff.level_form import BY_RULE, level_of, ticked
from answerable.web.staff.room_page import found, shown

WHY = ("false_alarm", "known_matter", "not_ours")
_FIELDS = ("decision", "title", "level", "unit", "owner", "public", "up", "why", "note")


@dataclass(frozen=True, slots=True)
class _Form:
    values: dict[str, str]
    told: tuple[str, ...]
    owners: dict[str, tuple[Unit, Person]]  # "unit:person"
    units: tuple[Unit, ...]


def room_decide(request: Request, number: int) -> HttpResponse:
    """GET rooms/<number>/decide asks, POST decides."""
    room = found(request, number)
    if room.decided_at is not None:
        return shown(
            request, number, trouble=request.texts.gettext("Somebody else decided first: read the decision.")
        )
    form = _form(request, room)
    errors = _mistakes(request, form) if request.method == "POST" else {}
    if request.method != "POST" or errors:
        return _page(request, room, form, errors)
    try:
        return _decide(request, room, form)
    except BadInput as error:
        return _page(request, room, form, {"title": request.texts.gettext(str(error))})
    except Conflict as error:
        return shown(request, number, trouble=request.texts.gettext(str(error)))


def _form(request: Request, room: Room) -> _Form:
    units = tuple(units_for(staff(request), Permission.INCIDENT_OPEN))
    owners = {
        f"{unit.pk}:{person.pk}": (unit, person)
        for unit in units
        for person in people.holders(Permission.INCIDENT_CHANGE, unit)
    }
    if request.method == "POST":
        values = {name: request.POST.get(name, "")[:4000] for name in _FIELDS}
        return _Form(values, tuple(request.POST.getlist("told")), owners, units)
    heading = items_by_id([room.alert.story.heading_item or 0]).get(room.alert.story.heading_item or 0)
    seen = reading.page(staff(request), room)
    gravest = seen.proposed.gravest if seen.proposed else None
    values = dict.fromkeys(_FIELDS, "")
    values |= {
        "decision": "incident",
        "title": " ".join(heading.headline.split())[:120] if heading else "",
        "level": str(gravest or BY_RULE),
        "owner": f"{room.unit_id}:{staff(request).pk}",
        "public": "1",
    }
    return _Form(values, (), owners, units)


def _mistakes(request: Request, form: _Form) -> dict[str, str]:
    _ = request.texts.gettext
    values, errors = form.values, {}
    if values["decision"] == "nothing":
        if values["why"] not in WHY:
            errors["why"] = _("Say why it is no incident.")
        return errors
    if values["decision"] != "incident":
        errors["decision"] = _("Choose: an incident, or none.")
    if not values["title"].strip():
        errors["title"] = _("What is it about? Write a title.")
    if level_of(request) is None:
        errors["level"] = _("Choose a level: it decides by when we have to answer.")
    if values["owner"] not in form.owners:
        errors["owner"] = _("Choose who owns it: nothing waits without an owner.")
    return errors


def _decide(request: Request, room: Room, form: _Form) -> HttpResponse:
    values, actor = form.values, staff(request)
    if values["decision"] == "nothing":
        writing.decide_nothing(
            actor, room.pk, why=values["why"], note=values["note"], reason=values["why"], now=request.now
        )
        return go(request, "room", request.texts.gettext("Decided: no incident."), number=room.pk)
    unit, owner = form.owners[values["owner"]]
    level, basis = level_of(request) or (0, BY_HAND)
    decision = writing.Decision(
        title=values["title"],
        level=level,
        basis=basis,
        unit=unit,
        owner=owner,
        told=[one for one in all_units() if str(one.pk) in form.told],
        up=values["up"] == "1",
        public=values["public"] != "0",
    )
    incident = writing.decide_incident(
        actor, room.pk, decision, note=values["note"], reason="judged", now=request.now
    )
    said = request.texts.gettext("The incident is open, it has an owner, and its clocks run.")
    return go(request, "incident", said, number=incident.pk)


def _page(request: Request, room: Room, form: _Form, errors: dict[str, str]) -> HttpResponse:
    names = {
        "room": room,
        "page": reading.page(staff(request), room),
        "values": form.values,
        "chosen": form.told,
        "owners": form.owners,
        "every": all_units(),
        "levels": LEVELS,
        "why": WHY,
        "ticked": ticked(request),
        "errors": errors,
    }
    return render(request, "staff/room_decide.html", names, status=400 if errors else 200)
