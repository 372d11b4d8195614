"""What did not arrive? Every delivery of every statement, those that did not arrive first of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from answerable.store.models import Delivery
from answerable.store.reading import channels as reading
from answerable.web.export import Row, stream
from answerable.web.pages import link, render
from answerable.web.paging import Paging, page_number, pager
from answerable.web.request import Request, staff

_PAGE = 50
_MOST = 100_000
ALL = "all"


def delivery_list(request: Request) -> HttpResponse:
    """GET deliveries?q=words&state=open|asked|waiting|failed|sent|overtaken|all&channel=1&page=2"""
    words, state, channel = _asked(request)
    found = reading.deliveries_for(
        staff(request), exercise=request.exercise, words=words, state="" if state == ALL else state,
        channel=channel,
    )  # fmt: skip
    paging = Paging(found.count(), page_number(request), _PAGE)

    def address(number: int) -> str:
        query = {"q": words, "state": state, "channel": channel, "page": number}
        return link(request.exercise, "deliveries", query)

    return render(
        request,
        "staff/deliveries.html",
        {
            "words": words,
            "state": state,
            "channel": channel,
            "states": (*reading.STATES, ALL),
            "total": paging.total,
            "pager": pager(paging, address),
            "rows": list(found[paging.start : paging.end]),
        },
    )


def deliveries_export(request: Request, kind: str) -> HttpResponseBase:
    """GET the same list as a file, without paging."""
    words, state, channel = _asked(request)
    found = reading.deliveries_for(
        staff(request), exercise=request.exercise, words=words, state="" if state == ALL else state,
        channel=channel,
    )  # fmt: skip
    return stream(request, kind, "deliveries", _rows(found[:_MOST].iterator(chunk_size=500)))


def _asked(request: Request) -> tuple[str, str, int]:
    state, channel = request.GET.get("state", ""), request.GET.get("channel", "")
    number = int(channel) if channel.isascii() and channel.isdecimal() and len(channel) < 10 else 0
    known = state if state in (*reading.STATES, ALL) else "open"
    return request.GET.get("q", "").strip()[:200], known, number


def _rows(found: Iterable[Delivery]) -> Iterator[Row]:
    for row in found:
        yield {
            "id": row.pk,
            "statement": row.version.statement_id,
            "version": row.version.number,
            "title": row.version.title,
            "language": row.language,
            "voice": row.voice.name,
            "channel": row.channel.name,
            "kind": row.channel.kind,
            "state": row.state,
            "made": row.made_at.isoformat(timespec="seconds"),
            "tries": row.tries,
            "sent": row.sent_at.isoformat(timespec="seconds") if row.sent_at else "",
            "address": row.address,
            "audience": row.audience,
            "passed_on": row.passed_on,
            "trouble": row.trouble,
            "key": row.key,
            "exercise": row.exercise,
        }
