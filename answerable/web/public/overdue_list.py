"""Which promises have we not kept? The public list, with the explanation of the unit that owed each."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse, StreamingHttpResponse

from answerable.store.reading.public_overdue import Overdue, overdue
from answerable.web.export import Row, stream
from answerable.web.pages import render
from answerable.web.request import Request


def page(request: Request) -> HttpResponse:
    """GET /overdue/"""
    return render(request, "public/overdue.html", {"list": overdue(request.now)})


def export(request: Request, kind: str) -> StreamingHttpResponse:
    """GET /overdue/list.csv or .jsonl: what is owed first, then what came late."""
    seen = overdue(request.now)
    return stream(request, kind, "overdue", (_row(one) for one in (*seen.owed, *seen.late)))


def _row(one: Overdue) -> Row:
    return {
        "incident": one.incident,
        "title": one.title,
        "unit": one.unit,
        "promise": one.kind,
        "started_at": _stamp(one.started_at),
        "due_at": _stamp(one.due_at),
        "kept_at": _stamp(one.met_at),
        "explanation": one.explanation,
    }


def _stamp(at: datetime | None) -> str:
    return at.isoformat() if at is not None else ""
