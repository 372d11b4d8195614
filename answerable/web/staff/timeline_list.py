"""Everything that happened in one incident, and who did it: to read, and as a file that can be filed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from answerable.store.reading import timeline
from answerable.web.export import Row, stream
from answerable.web.pages import link, render
from answerable.web.paging import Paging, page_number, pager
from answerable.web.request import Request
from answerable.web.staff.incident_page import found

_PAGE = 200


def timeline_list(request: Request, number: int) -> HttpResponse:
    """GET incidents/<number>/timeline?page=2"""
    incident = found(request, number)
    paging = Paging(timeline.count(incident.pk), page_number(request), _PAGE)

    def address(page: int) -> str:
        return link(request.exercise, "timeline", {"page": page}, number=incident.pk)

    names = {
        "incident": incident,
        "total": paging.total,
        "entries": timeline.newest(incident.pk, _PAGE, paging.start),
        "pager": pager(paging, address),
        "deadline": datetime.fromisoformat,
    }
    return render(request, "staff/timeline.html", names)


def timeline_export(request: Request, number: int, kind: str) -> HttpResponseBase:
    """GET incidents/<number>/timeline.<kind>: oldest first, as the steps were taken."""
    incident = found(request, number)
    rows = _rows(timeline.oldest_first(incident.pk), request.exercise)
    return stream(request, kind, f"incident-{incident.pk:03d}-timeline", rows)


def _rows(entries: Iterable[timeline.Line], exercise: bool) -> Iterator[Row]:
    for entry in entries:
        yield {
            "id": entry.id,
            "incident": entry.incident_id,
            "at": entry.at.isoformat(timespec="seconds"),
            "who": entry.who,
            "kind": entry.kind,
            "what": json.dumps(entry.params, ensure_ascii=False, sort_keys=True),
            "exercise": exercise,
        }
