"""Are the alerts worth it? Weeks against the budget, what the bar means, every alert with its decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.http import HttpResponse, StreamingHttpResponse

from answerable.alert import judging
from answerable.store import search
from answerable.store.reading.alert_list import STATES, AlertLine, Asked, count, listed
from answerable.store.reading.alert_weeks import alert_record, bar_now, monday, span
from answerable.store.reading.stories import stories_of_items
from answerable.store.stream import from_ms
from answerable.web import charts
from answerable.web.export import Row, stream
from answerable.web.pages import link, render
from answerable.web.paging import Paging, page_number, pager
from answerable.web.request import Request

SIZE = 25
EXPORT_PAGE = 200
MOST_HITS = 1000  # items a search looks at before it names their stories
SEVEN_DAYS = "7-days"  # the span that the page Now counts


def alerts_page(request: Request) -> HttpResponse:
    """GET a page of the list, with the weeks above it."""
    kept = _kept(request)
    asked = _asked(request, kept)
    total = count(asked)
    paging = Paging(total, page_number(request), SIZE)
    bar = bar_now(request.now, exercise=request.exercise)
    record = alert_record(
        request.now, request.texts.zone, exercise=request.exercise, listened=min(bar.weeks, 12.0)
    )

    def address(page: int) -> str:
        return link(request.exercise, "alerts", {**kept, "page": page})

    names = {
        "lines": listed(asked, limit=SIZE, offset=paging.start),
        "total": total,
        "query": kept.get("q", ""),
        "state": kept.get("state", ""),
        "week": kept.get("week", ""),
        "week_day": _day(kept.get("week", "")),
        "kept": kept,
        "states": tuple(STATES),
        "record": record,
        "bar": bar,
        "most": {"surprise": judging.SURE, "concern": judging.WEIGHT},
        "chart": charts.weeks([(week.alerts, week.false, week.budget) for week in record.weeks]),
        "pager": pager(paging, address),
    }
    return render(request, "staff/alerts.html", names)


def alerts_export(request: Request, kind: str) -> StreamingHttpResponse:
    """GET the whole list as CSV or JSON lines."""
    return stream(request, kind, "alerts", _rows(request))


def _rows(request: Request) -> Iterator[Row]:
    asked, start = _asked(request, _kept(request)), 0
    while some := listed(asked, limit=EXPORT_PAGE, offset=start):
        for one in some:
            yield _row(one, exercise=request.exercise)
        start += EXPORT_PAGE


def _row(one: AlertLine, *, exercise: bool) -> Row:
    return {
        "id": one.id,
        "story": one.story,
        "heading": one.heading.headline if one.heading else "",
        "raised_at": one.raised_at.isoformat(),
        "state": one.state,
        "dismissed_as": one.dismissed_as,
        "decided_by": one.decided_by,
        "decided_at": one.decided_at.isoformat() if one.decided_at else "",
        "kind": one.kind,
        "part": one.part,
        "window_ends": from_ms(one.at).isoformat(),
        "window_seconds": one.window_s,
        "observed": one.observed,
        "expected": one.expected,
        "expected_low": one.low,
        "expected_high": one.high,
        "p": one.p,
        "test": one.test,
        "score": one.score,
        "bar": one.bar,
        "concern": one.concern,
        "concern_group": one.matter,
        "nearest_line": one.resembles,
        "other_stories": one.grown,
        "exercise": exercise,
    }


def _kept(request: Request) -> dict[str, str]:
    """What the address narrows by, without what makes no sense."""
    found = {"q": request.GET.get("q", "").strip()[:200]}
    state, week = request.GET.get("state", ""), request.GET.get("week", "")
    found["state"] = state if state in STATES else ""
    found["week"] = week if week == SEVEN_DAYS or _day(week) else ""
    return {name: value for name, value in found.items() if value}


def _asked(request: Request, kept: dict[str, str]) -> Asked:
    query, week = kept.get("q", ""), kept.get("week", "")
    since = until = None
    if week == SEVEN_DAYS:
        since = request.now - timedelta(days=7)
    elif (first := _day(week)) is not None:
        since, until = span(monday(first), request.texts.zone)
    plain = query.isascii() and query.isdecimal() and len(query) < 10
    return Asked(
        exercise=request.exercise,
        state=kept.get("state", ""),
        since=since,
        until=until,
        stories=_stories(request, query) if query else None,
        alert=int(query) if plain else None,
    )


def _stories(request: Request, query: str) -> list[int]:
    return stories_of_items(search.find(query, exercise=request.exercise, limit=MOST_HITS))[:900]


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 9000 else None
