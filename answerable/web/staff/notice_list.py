"""Who was called about what, did it arrive, and what waits for an answer?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from answerable.permissions import Permission
from answerable.store.access import reach
from answerable.store.models import Notice
from answerable.store.reading import notices as reading
from answerable.store.reading.calls import facts_of
from answerable.web.call_text import said
from answerable.web.export import Row, stream
from answerable.web.pages import link, render
from answerable.web.paging import Paging, page_number, pager
from answerable.web.request import Request, staff

_PAGE = 50
_MOST = 100_000


def notices(request: Request) -> HttpResponse:
    """GET notices?q=words&state=waiting|sent|failed|dropped&page=2"""
    words, state = _asked(request)
    found = reading.notices_for(staff(request), exercise=request.exercise, words=words, state=state)
    paging = Paging(found.count(), page_number(request), _PAGE)

    def address(number: int) -> str:
        return link(request.exercise, "notices", {"q": words, "state": state, "page": number})

    rows = list(found[paging.start : paging.end])
    open_ = reading.unanswered(reach(staff(request), Permission.DESK_READ), exercise=request.exercise)
    facts = facts_of({row.call.pk: row.call for row in rows if row.call}.values())
    facts |= facts_of(call for call, _ in open_)
    return render(
        request,
        "staff/notices.html",
        {
            "words": words,
            "state": state,
            "states": reading.STATES,
            "total": paging.total,
            "pager": pager(paging, address),
            "rows": rows,
            "open": open_,
            "about": {pk: said(one, request.texts) for pk, one in facts.items()},
        },
    )


def notices_export(request: Request, kind: str) -> HttpResponseBase:
    """GET the same list as a file, without paging."""
    words, state = _asked(request)
    found = reading.notices_for(staff(request), exercise=request.exercise, words=words, state=state)
    return stream(request, kind, "notices", _rows(found[:_MOST].iterator(chunk_size=500)))


def _asked(request: Request) -> tuple[str, str]:
    state = request.GET.get("state", "")
    return request.GET.get("q", "").strip()[:200], state if state in reading.STATES else ""


def _rows(found: Iterable[Notice]) -> Iterator[Row]:
    for row in found:
        call = row.call
        yield {
            "id": row.pk,
            "call": call.pk if call else None,
            "alert": call.alert_id if call else None,
            "unit": call.unit.name if call else "",
            "person": row.person.name,
            "way": row.way.shape or row.way.kind,
            "place": row.way.hint,
            "made": row.made_at.isoformat(timespec="seconds"),
            "due": row.due_at.isoformat(timespec="seconds"),
            "state": row.state,
            "tries": row.tries,
            "sent": row.sent_at.isoformat(timespec="seconds") if row.sent_at else "",
            "receipt": row.receipt,
            "trouble": row.trouble,
            "key": row.key,
            "exercise": row.exercise,
        }
