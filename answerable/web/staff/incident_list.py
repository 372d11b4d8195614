"""Which incidents are open, and which clock of theirs runs out first? Also as CSV."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.report.tables import csv_lines
from answerable.respond.levels import roman
from answerable.store.reading import desk_incidents
from answerable.web.pages import link, render
from answerable.web.paging import Paging, page_number, pager
from answerable.web.request import Request, staff

_PAGE = 25
_STATES = ("open", "resolved", "all")
_COLUMNS = (
    "id",
    "title",
    "level",
    "state",
    "unit",
    "owner",
    "public",
    "exercise",
    "first_heard",
    "opened",
    "resolved",
    "next_due",
    "clocks_missed",
)


def page(request: Request) -> HttpResponse:
    """GET incidents?q=words&state=open|resolved|all&page=2"""
    words, state = _asked(request)
    found = desk_incidents.incidents(
        staff(request), exercise=request.exercise, words=words, state="" if state == "all" else state
    )
    paging = Paging(found.count(), page_number(request), _PAGE)

    def address(number: int) -> str:
        return link(request.exercise, "incidents", {"q": words, "state": state, "page": number})

    return render(
        request,
        "staff/incidents.html",
        {
            "words": words,
            "state": state,
            "states": _STATES,
            "total": paging.total,
            "pager": pager(paging, address),
            "lines": desk_incidents.lines(list(found[paging.start : paging.end])),
        },
    )


def export(request: Request) -> HttpResponse:
    """GET incidents.csv: the same list, whole; cells that a spreadsheet would compute are made harmless."""
    words, state = _asked(request)
    found = desk_incidents.incidents(
        staff(request), exercise=request.exercise, words=words, state="" if state == "all" else state
    )
    rows = (_row(line) for line in desk_incidents.lines(list(found)))
    response = HttpResponse("".join(csv_lines(_COLUMNS, rows)), content_type="text/csv; charset=utf-8")
    name = "incidents-exercise.csv" if request.exercise else "incidents.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _asked(request: Request) -> tuple[str, str]:
    state = request.GET.get("state", "open")
    return request.GET.get("q", "").strip()[:200], state if state in _STATES else "open"


def _row(line: desk_incidents.IncidentLine) -> list[str]:
    one = line.incident
    return [
        str(one.pk),
        one.title,
        roman(one.level),
        one.state,
        one.unit.name,
        one.owner.name if one.owner else "",
        "yes" if one.public else "no",
        "exercise" if one.exercise else "",
        one.heard_at.isoformat(),
        one.opened_at.isoformat(),
        one.resolved_at.isoformat() if one.resolved_at else "",
        line.next_clock.due_at.isoformat() if line.next_clock else "",
        str(line.missed),
    ]
