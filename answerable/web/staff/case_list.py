"""Which cases wait for us, and which is due first? To be searched, narrowed, ordered and exported."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase

from answerable.permissions import Permission
from answerable.store.access import units_for
from answerable.store.models import Case
from answerable.store.reading import cases
from answerable.store.reading.units import unit_for
from answerable.store.submissions import KINDS
from answerable.web.export import Row, stream
from answerable.web.moments import end_of_day
from answerable.web.pages import link, render
from answerable.web.paging import Paging, page_number, pager
from answerable.web.request import Request, staff

_PAGE = 30


def page(request: Request) -> HttpResponse:
    """GET cases?q=words&state=open&kind=complaint&unit=4&order=due|hot|new"""
    asked = _asked(request)
    asked_page = page_number(request)

    def chosen(total: int) -> slice:
        shown = Paging(total, asked_page, _PAGE)
        return slice(shown.start, shown.end)

    total, rows = cases.part(_found(request), chosen, searched=bool(asked["q"]))
    paging = Paging(total, asked_page, _PAGE)

    def address(number: int) -> str:
        return link(request.exercise, "cases", {**asked, "page": number})

    wrong = unit_for(staff(request), int(asked["wrong"])) if asked["wrong"] else None
    moved = cases.wrong_desks(request.now, [wrong.pk]).get(wrong.pk, 0) if wrong else 0
    names = {
        **asked,
        "wrong_unit": wrong,
        "elsewhere": 0 if asked["q"] or asked["kind"] or asked["unit"] else moved - total,
        "asked": asked,
        "states": cases.STATES,
        "orders": cases.ORDERS,
        "kinds": KINDS,
        "units": units_for(staff(request), Permission.DESK_READ),
        "total": paging.total,
        "lines": cases.lines(rows),
        "pager": pager(paging, address),
    }
    return render(request, "staff/cases.html", names)


def export(request: Request, kind: str) -> HttpResponseBase:
    """GET cases.csv or cases.jsonl: the same list, whole."""
    return stream(request, kind, "cases", _rows(_found(request)))


def _rows(found: QuerySet[Case]) -> Iterator[Row]:
    rows = found.iterator(chunk_size=200)
    while batch := list(islice(rows, 200)):
        for line in cases.lines(batch):
            one = line.case
            stamps = {
                name: moment.isoformat() if (moment := getattr(one, name)) else ""
                for name in (
                    "collected_at", "classified_at", "assigned_at", "supervised_at", "fed_back_at", "due_at",
                    "missed_at",
                )
            }  # fmt: skip
            yield {
                "id": one.pk,
                "stage": one.stage,
                "kind": one.kind,
                "came_by": one.came_by,
                "unit": one.unit.name,
                "handler": one.handler.name if one.handler else "",
                "people": one.people,
                "copies": one.copies,
                "likes": one.likes,
                "place": one.place,
                "text": line.words.heading if line.words else "",
                **stamps,
                "outcome": one.outcome,
                "contested": one.contested,
                "left_out": one.left_out,
            }


def _found(request: Request) -> QuerySet[Case]:
    asked = _asked(request)
    unit, wrong = asked["unit"], asked["wrong"]
    return cases.listed(
        staff(request),
        words=asked["q"],
        state=asked["state"],
        kind=asked["kind"],
        unit=int(unit) if unit else 0,
        order=asked["order"],
        wrong=int(wrong) if wrong else 0,
        now=request.now,
        tonight=end_of_day(request.now, request.texts.zone),
    )


def _asked(request: Request) -> dict[str, str]:
    given = request.GET
    state, order, kind = given.get("state", "open"), given.get("order", "due"), given.get("kind", "")
    return {
        "q": given.get("q", "").strip()[:200],
        "state": state if state in cases.STATES else "open",
        "order": order if order in cases.ORDERS else "due",
        "kind": kind if kind in KINDS else "",
        "unit": _number(given.get("unit", "")),
        "wrong": _number(given.get("wrong", "")),  # the unit that was the wrong desk
    }


def _number(given: str) -> str:
    return given if given.isascii() and given.isdecimal() and len(given) < 9 else ""
