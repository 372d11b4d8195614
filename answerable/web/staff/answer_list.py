"""Which claims and questions wait for our answer? In the order of harm, spread and void."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.http import HttpResponse, StreamingHttpResponse

from answerable.store import claim_weights
from answerable.store.answers import KINDS
from answerable.store.reading import answers
from answerable.store.reading.answers import STATES, Line
from answerable.store.reading.heard_claims import heard_claims
from answerable.web.export import Row, stream
from answerable.web.pages import link, render
from answerable.web.paging import Paging, page_number, pager
from answerable.web.request import Request, staff

_PAGE = 25
HEARD = 5  # sentences nothing covers yet that stand below the list; the rest on the page of voids


def claims(request: Request) -> HttpResponse:
    """GET claims?q=words&state=owed|draft|out|open_again|old|aside|all&kind=claim|question&page=2"""
    asked = _asked(request)
    lines = _lines(request, asked)
    paging = Paging(len(lines), page_number(request), _PAGE)

    def address(number: int) -> str:
        return link(request.exercise, "claims", {**asked, "page": number})

    names = {
        "lines": lines[paging.start : paging.end],
        "total": paging.total,
        "asked": asked,
        "states": STATES,
        "kinds": KINDS,
        "weights": claim_weights.held(),
        "pager": pager(paging, address),
        "heard": heard_claims(staff(request), request.now, exercise=request.exercise)[:HEARD],
    }
    return render(request, "staff/claims.html", names)


def claims_export(request: Request, kind: str) -> StreamingHttpResponse:
    """GET the same list as CSV or JSON lines."""
    return stream(request, kind, "claims", _rows(_lines(request, _asked(request)), exercise=request.exercise))


def _asked(request: Request) -> dict[str, str]:
    state, kind = request.GET.get("state", "owed"), request.GET.get("kind", "")
    return {
        "q": request.GET.get("q", "").strip()[:200],
        "state": state if state in STATES else "owed",
        "kind": kind if kind in KINDS else "",
    }


def _lines(request: Request, asked: dict[str, str]) -> list[Line]:
    found = answers.listed(
        staff(request), exercise=request.exercise, words=asked["q"], state=asked["state"], kind=asked["kind"]
    )
    return answers.in_order(found, request.now, state=asked["state"])


def _rows(lines: Iterable[Line], *, exercise: bool) -> Iterator[Row]:
    for line in lines:
        row, newest = line.answer, line.newest
        yield {
            "id": row.pk,
            "kind": row.kind,
            "claim": row.claim,
            "language": row.language,
            "state": line.state,
            "verdict": newest.verdict if newest else "",
            "answer": newest.title if newest else "",
            "version": newest.number if newest else None,
            "unit": row.unit.name,
            "owner": row.owner.name if row.owner else "",
            "opened_at": row.opened_at.isoformat(),
            "due_at": row.due_at.isoformat() if row.due_at else "",
            "harm": row.harm,
            "items": line.rank.items,
            "people": line.rank.people,
            "score": round(line.rank.score, 4),
            "exercise": exercise,
        }
