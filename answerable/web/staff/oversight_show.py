"""What must the desk answer for? The page of the overseer's office, and the finding about one issue."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpResponse, StreamingHttpResponse

from answerable.errors import BadInput, Conflict
from answerable.store import supervision
from answerable.store.reading.oversight import STATES, Issue, flagged, one_issue, searched
from answerable.web.export import Row, stream
from answerable.web.pages import go, render
from answerable.web.request import Request, staff


def page(request: Request) -> HttpResponse:
    """GET oversight"""
    person = staff(request)
    words, state = _asked(request)
    names = {
        "issues": searched(person, request.now, words=words, state=state),
        "words": words,
        "state": state,
        "states": STATES,
        "flagged": flagged(person),
    }
    return render(request, "staff/oversight.html", names)


def export(request: Request) -> StreamingHttpResponse:
    """GET oversight.csv: the same list as a file."""
    words, state = _asked(request)
    found = searched(staff(request), request.now, words=words, state=state)
    return stream(request, "csv", "supervision", (_row(one) for one in found))


def _asked(request: Request) -> tuple[str, str]:
    state = request.GET.get("state", "all")
    return request.GET.get("q", "").strip()[:200], state if state in STATES else "all"


def _row(one: Issue) -> Row:
    return {
        "incident": one.incident.pk if one.incident else None,
        "case": one.case,
        "statement": one.statement,
        "title": one.incident.title if one.incident else "",
        "unit": one.unit.name,
        "kind": one.kind,
        "what": one.what,
        "due_at": one.due_at.isoformat(),
        "kept_at": one.kept_at.isoformat() if one.kept_at else "",
        "explanation": one.explanation,
        "explained_by": one.explained_by,
        "finding": one.finding,
        "finding_text": one.watched.text if one.watched else "",
    }


def finding(request: Request, kind: str, number: int) -> HttpResponse:
    """GET oversight/<clock|told>/<number> asks, POST records."""
    seen = one_issue(staff(request), kind, number, request.now)
    if seen is None:
        raise Http404
    values = {name: request.POST.get(name, "").strip()[:5000] for name in ("finding", "text")}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            supervision.record_finding(
                staff(request),
                cast("supervision.Kind", kind),
                number,
                finding=values["finding"],
                text=values["text"],
                reason="finding",
                now=request.now,
            )
        except (BadInput, Conflict) as error:
            errors["text" if values["finding"] else "finding"] = request.texts.gettext(str(error))
        else:
            return go(
                request, "oversight", request.texts.gettext("The finding is recorded; the unit reads it.")
            )
    names = {"one": seen, "values": values, "errors": errors, "findings": supervision.FINDINGS}
    return render(request, "staff/finding.html", names, status=400 if errors else 200)
