"""Open an incident from a story or an alert: its title, level and owner unit decide which clocks run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse

from answerable.errors import BadInput, Conflict
from answerable.permissions import Permission
from answerable.respond.levels import LEVELS
from answerable.store import incidents
from answerable.store.access import units_for
from answerable.store.calls import unit_of_story
from answerable.store.models import Unit
from answerable.store.reading import desk_incidents
from answerable.store.reading.desk_incidents import StoryLine
from answerable.web.pages import go, render
from answerable.web.request import Request, staff
from answerable.web.staff.level_form import BY_RULE, level_of, ticked

_TITLE = 120  # characters of the story's words that fill the title


@dataclass(frozen=True, slots=True)
class _From:
    story: StoryLine
    alert: int | None
    heard_at: datetime  # the clocks would count from here


def form(request: Request) -> HttpResponse:
    """GET incidents/new?story=7 or ?alert=3; POST opens."""
    origin = _origin(request)
    units = list(units_for(staff(request), Permission.INCIDENT_OPEN))
    if request.method != "POST":
        values = {
            "title": " ".join(origin.story.heading.split())[:_TITLE],
            "level": BY_RULE,
            "unit": _unit_concerned(origin, units),
            "public": "1",
        }
        return _render(request, origin, units, values, {})
    values = {name: request.POST.get(name, "") for name in ("title", "level", "unit", "public")}
    errors = _mistakes(request, values, units)
    if not errors:
        try:
            incident = _open(request, origin, values, units)
        except (BadInput, Conflict) as error:
            errors["title"] = request.texts.gettext(str(error))
        else:
            return go(
                request,
                "incident",
                request.texts.gettext("The incident is open. Its clocks run."),
                number=incident,
            )
    return _render(request, origin, units, values, errors)


def _origin(request: Request) -> _From:
    asked = request.POST if request.method == "POST" else request.GET
    alert, story = _number(asked.get("alert", "")), _number(asked.get("story", ""))
    if alert is not None:
        with_alert = desk_incidents.alert_to_open(alert, exercise=request.exercise)
        if with_alert is not None:
            row, line = with_alert
            return _From(line, row.pk, desk_incidents.heard_at(line.id, request.now))
    line_or_none = (
        desk_incidents.story_to_open(story, exercise=request.exercise) if story is not None else None
    )
    if line_or_none is None:
        raise Http404
    return _From(line_or_none, line_or_none.alert, desk_incidents.heard_at(line_or_none.id, request.now))


def _mistakes(request: Request, values: dict[str, str], units: list[Unit]) -> dict[str, str]:
    _ = request.texts.gettext
    errors: dict[str, str] = {}
    if not values["title"].strip():
        errors["title"] = _("What is it about? Write a title.")
    if level_of(request) is None:
        errors["level"] = _("Choose a level: it decides by when we have to answer.")
    if values["unit"] not in {str(unit.pk) for unit in units}:
        errors["unit"] = _("Choose the unit that answers for it.")
    return errors


def _open(request: Request, origin: _From, values: dict[str, str], units: list[Unit]) -> int:
    level, basis = level_of(request) or (0, incidents.BY_HAND)
    incident = incidents.open_incident(
        staff(request),
        title=values["title"],
        level=level,
        basis=basis,
        unit=next(unit for unit in units if str(unit.pk) == values["unit"]),
        story_ids=[origin.story.id],
        alert_id=origin.alert,
        public=values["public"] == "1",
        reason="from_alert" if origin.alert is not None else "from_story",
        now=request.now,
    )
    return incident.pk


def _render(
    request: Request, origin: _From, units: list[Unit], values: dict[str, str], errors: dict[str, str]
) -> HttpResponse:
    names = {
        "origin": origin,
        "units": units,
        "values": values,
        "errors": errors,
        "levels": LEVELS,
        "ticked": ticked(request),
        "concerned": _unit_concerned(origin, units),
    }
    return render(request, "staff/incident_open.html", names, status=400 if errors else 200)


def _unit_concerned(origin: _From, units: list[Unit]) -> str:
    """The unit that answers first: of the sources it was heard from, or the one above them all."""
    if len(units) == 1:
        return str(units[0].pk)
    unit = unit_of_story(origin.story.id)
    return str(unit.pk) if unit is not None and unit in units else ""


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None
