"""What must the desk answer for? The page of the overseer's office, and the finding about one issue."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpResponse

from answerable.errors import BadInput, Conflict
from answerable.store import supervision
from answerable.store.reading.oversight import flagged, issues, one_issue
from answerable.web.pages import go, render
from answerable.web.request import Request, staff


def page(request: Request) -> HttpResponse:
    """GET oversight"""
    person = staff(request)
    names = {"issues": issues(person, request.now), "flagged": flagged(person)}
    return render(request, "staff/oversight.html", names)


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
