"""What is to be done, in the first hour and the first day? And what will people ask?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse

from answerable.errors import BadInput, Conflict
from answerable.permissions import Permission
from answerable.respond.checklists import PHASES, checklist, due
from answerable.store import people, tasks
from answerable.store.models import Incident, IncidentTask
from answerable.store.reading.desk_incidents import allowed, stories_of
from answerable.store.reading.items import ItemSeen, items_by_id
from answerable.store.reading.moods import mood_of
from answerable.web.pages import go, render
from answerable.web.request import Request, staff
from answerable.web.staff.incident_page import found

MOST_ASKED = 6


@dataclass(frozen=True, slots=True)
class Phase:
    """One part of the list."""

    code: str
    due_at: datetime
    listed: tuple[
        tuple[str, IncidentTask | None], ...
    ]  # (code of the checklist, its row once it was touched)
    added: tuple[IncidentTask, ...]

    @property
    def left(self) -> int:
        """How many are not done."""
        rows = [row for _, row in self.listed] + list(self.added)
        return sum(row is None or row.done_at is None for row in rows)


def task_list(request: Request, number: int) -> HttpResponse:
    """GET incidents/<number>/tasks"""
    return _page(request, found(request, number))


def task_add(request: Request, number: int) -> HttpResponse:
    """POST incidents/<number>/tasks/add"""
    incident = found(request, number)
    holders = {str(one.pk): one for one in people.holders(Permission.DESK_READ, incident.unit)}
    try:
        tasks.add(
            staff(request),
            incident.pk,
            text=request.POST.get("text", ""),
            phase=request.POST.get("phase", ""),
            person=holders.get(request.POST.get("person", "")),
            reason="task",
            now=request.now,
        )
    except BadInput as error:
        return _page(request, incident, {"text": request.texts.gettext(str(error))})
    return go(request, "task_list", request.texts.gettext("The task is added."), number=incident.pk)


def task_tick(request: Request, number: int) -> HttpResponse:
    """POST incidents/<number>/tasks/tick: code=… of the checklist, or task=… of a row; open=1 undoes it."""
    incident = found(request, number)
    actor, asked = staff(request), request.POST.get("task", "")
    pk = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None
    if pk is not None and not incident.tasks.filter(pk=pk).exists():
        raise Http404
    try:
        if pk is None:
            code = request.POST.get("code", "")[:40]
            tasks.tick(actor, incident.pk, code=code, reason="task", now=request.now)
        elif request.POST.get("open") == "1":
            tasks.reopen(actor, pk, reason="task", now=request.now)
        else:
            tasks.finish(actor, pk, reason="task", now=request.now)
    except (Conflict, BadInput) as error:
        return _page(request, incident, trouble=request.texts.gettext(str(error)))
    return go(request, "task_list", number=incident.pk)


def _page(
    request: Request, incident: Incident, errors: dict[str, str] | None = None, trouble: str = ""
) -> HttpResponse:
    rows = list(incident.tasks.select_related("person", "done_by").order_by("pk"))
    by_code = {row.code: row for row in rows if row.code}
    phases = [
        Phase(
            phase,
            due(phase, incident.heard_at),
            tuple((code, by_code.get(code)) for code in checklist(incident.level, phase)),
            tuple(row for row in rows if not row.code and row.phase == phase),
        )
        for phase in PHASES
    ]
    names = {
        "incident": incident,
        "phases": phases,
        "asked": asked_in(incident),
        "changes": Permission.INCIDENT_CHANGE in allowed(staff(request), incident),
        "holders": people.holders(Permission.DESK_READ, incident.unit),
        "errors": errors or {},
        "trouble": trouble,
        "typed": request.POST.get("text", "")[:300] if errors else "",
    }
    return render(request, "staff/tasks.html", names, status=400 if errors else 409 if trouble else 200)


def asked_in(incident: Incident) -> list[tuple[int, int, list[ItemSeen]]]:
    """(story, how many ask, some of them) for each story of the incident in which people ask something."""
    asked = []
    for story in stories_of(incident):
        mood = mood_of(story.id)
        share = mood.share("asks") if mood else None
        if share is not None and share.heads:
            items = items_by_id(list(share.heads[:MOST_ASKED]))
            asked.append((story.id, share.items, list(items.values())))
    return asked
