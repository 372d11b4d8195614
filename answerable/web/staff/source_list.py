"""Whom do we hear? Every source with its health: when it last answered, what is wrong, when we try again."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse

from answerable.store import drills, sources
from answerable.store.backlog import behind
from answerable.store.reading.quarantine import counts
from answerable.store.reading.sources import SourceLine, source_lines
from answerable.store.reading.units import visible_units
from answerable.web.export import Row, stream
from answerable.web.pages import render
from answerable.web.request import Request, staff

WELL = ("heard", "due", "file")


def source_list(request: Request) -> HttpResponse:
    """GET all sources, or with ?show=deaf those we do not hear; ?q= narrows to name, purpose and unit."""
    every = source_lines(request.now, exercise=request.exercise)
    deaf = request.GET.get("show") == "deaf"
    query = _query(request)
    heard, asked = sources.heard_of_all(request.now, request.exercise)
    names = {
        "lines": [line for line in every if (not deaf or line.state not in WELL) and _holds(line, query)],
        "all": len(every),
        "deaf": sum(line.state not in WELL for line in every),
        "show_deaf": deaf,
        "query": query,
        "heard": heard,
        "asked": asked,
        "behind": behind(request.now),
        "aside": sum(counts(exercise=request.exercise).values()),
        "drill": drills.current() if request.exercise else None,
    }
    return render(request, "staff/sources.html", names)


def sources_export(request: Request, kind: str) -> StreamingHttpResponse:
    """GET the same list as CSV or JSON lines."""
    query = _query(request)
    lines = [line for line in source_lines(request.now, exercise=request.exercise) if _holds(line, query)]
    return stream(request, kind, "sources", _rows(request, lines))


def _query(request: Request) -> str:
    return request.GET.get("q", "").strip()[:200]


def _holds(line: SourceLine, query: str) -> bool:
    source = line.source
    unit = source.unit.name if source.unit else ""
    said = f"{source.name} {source.purpose} {source.address} {unit}".casefold()
    return all(word in said for word in query.casefold().split())


def _rows(request: Request, lines: list[SourceLine]) -> Iterator[Row]:
    reads = set(visible_units(staff(request)).values_list("pk", flat=True))
    for line in lines:
        source = line.source
        yield {
            "id": source.pk,
            "name": source.name,
            "kind": source.kind,
            # What somebody called a file is their unit's; where we listen on the web is public.
            "address": source.address if source.kind != "files" or source.unit_id in reads else "",
            "source_class": source.source_class,
            "purpose": source.purpose,
            "unit": source.unit.name if source.unit else "",
            "licence": source.licence,
            "method": source.method,
            "gaps": source.gaps,
            "keep_days": source.keep_days,
            "state": line.state,
            "trouble": source.trouble,
            "last_answer_at": source.last_answer_at.isoformat() if source.last_answer_at else None,
            "last_item_at": source.last_item_at.isoformat() if source.last_item_at else None,
            "next_try_at": source.next_try_at.isoformat() if source.next_try_at else None,
            "usual_s": line.pace.usual_s,
            "delay_s": line.pace.delay_s,
            "items": source.items,
            "items_24_hours": line.day,
            "exercise": source.exercise,
        }
