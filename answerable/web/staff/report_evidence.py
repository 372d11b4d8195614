"""Everything that one sentence of a report counts, paged; each line opens."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.report.document import Kind
from answerable.store.reading import report_evidence as reading
from answerable.web import report_text
from answerable.web.pages import link, render
from answerable.web.paging import Paging, page_number, pager
from answerable.web.request import Request
from answerable.web.staff.report_day import asked_day, document_of, opens

SIZE = 50


def page(request: Request, day: str, code: str) -> HttpResponse:
    """GET reports/daily/2026-03-02/stories_new?page=2"""
    document = document_of(request, asked_day(day))
    sentence = document.sentence(code)
    if sentence is None:
        raise Http404
    paging = Paging(sentence.number, page_number(request), SIZE)
    ids = sentence.ids
    if sentence.kind is Kind.STORY:
        ids = tuple(reading.largest_stories(ids, len(ids)))
        ids += tuple(sorted(set(sentence.ids) - set(ids)))  # those that left stay counted, and say so

    def address(number: int) -> str:
        return link(request.exercise, "report_evidence", {"page": number}, day=day, code=code)

    t = request.texts
    return render(
        request,
        "staff/report_evidence.html",
        {
            "document": document,
            "day_address": link(request.exercise, "report_daily", day=document.day.isoformat()),
            "words": report_text.words(t, sentence, document),
            "total": sentence.number,
            "kind": sentence.kind.value,
            "lines": [
                (line, opens(request.exercise, line), report_text.beside(t, line))
                for line in reading.lines(sentence.kind, ids[paging.start : paging.end])
            ],
            "pager": pager(paging, address),
        },
    )
