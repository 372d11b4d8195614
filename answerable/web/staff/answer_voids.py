"""What do people ask that we have answered nowhere, and what will they ask about a draft?"""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse

from answerable.store.reading import voids
from answerable.store.reading.heard_claims import heard_claims
from answerable.web.export import Row, stream
from answerable.web.pages import render
from answerable.web.request import Request, staff

_LONGEST = 20_000
HEARD = 40


def voids_page(request: Request) -> HttpResponse:
    """GET claims/voids"""
    names = {
        "unowned": voids.unowned(staff(request)),
        "owned": voids.owned(staff(request)),
        "heard": heard_claims(staff(request), request.now, exercise=False)[:HEARD],
    }
    return render(request, "staff/voids.html", names)


def voids_export(request: Request, kind: str) -> StreamingHttpResponse:
    """GET the questions, owned and unowned, as CSV or JSON lines."""
    return stream(request, kind, "voids", _rows(request))


def _rows(request: Request) -> Iterator[Row]:
    for one in voids.owned(staff(request)):
        row = one.answer
        yield {
            "question": row.claim,
            "people": one.people,
            "owner": row.owner.name if row.owner else "",
            "due_at": row.due_at.isoformat() if row.due_at else "",
            "unit": row.unit.name,
        }
    for gap in voids.unowned(staff(request)):
        unit = gap.case.unit.name
        yield {"question": gap.question, "people": gap.people, "owner": "", "due_at": "", "unit": unit}


def foresee(request: Request) -> HttpResponse:
    """GET claims/foresee asks for a draft, POST says what to expect. The draft is not kept."""
    draft = request.POST.get("draft", "")[:_LONGEST]
    found = voids.to_expect(staff(request), draft) if request.method == "POST" else None
    errors = {}
    if request.method == "POST" and not draft.strip():
        errors["draft"] = request.texts.gettext(
            "Put the draft here: its words are what past questions are held to."
        )
    names = {"draft": draft, "found": found, "errors": errors}
    return render(request, "staff/foresee.html", names, status=400 if errors else 200)
