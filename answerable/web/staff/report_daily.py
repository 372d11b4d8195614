"""What happened on this day, in sentences that open their evidence? As a page and as Markdown."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse

from answerable.report.document import Document, Sentence
from answerable.web import report_text
from answerable.web.pages import link, render
from answerable.web.request import Request
from answerable.web.staff.report_day import asked_day, document_of, evidence_address, opens, quotes
from answerable.web.texts import Texts


def page(request: Request, day: str) -> HttpResponse:
    """GET reports/daily/2026-03-02"""
    on = asked_day(day)
    document = document_of(request, on)
    over = document.end <= request.now
    names = {
        "document": document,
        "lead": report_text.lead(request.texts, document),
        "sections": sections_of(request.texts, document),
        "before": _address(request, on - timedelta(days=1)),
        "after": _address(request, on + timedelta(days=1)) if over else "",
    }
    return render(request, "staff/report.html", names)


def _address(request: Request, day: date) -> str:
    return link(request.exercise, "report_daily", day=day.isoformat())


def sections_of(t: Texts, document: Document, site: str = "") -> list[dict[str, Any]]:
    """The report ready for a template. `site` stands before every address, for files that leave the desk."""
    return [
        {
            "code": section.code,
            "heading": report_text.heading(t, section),
            "sentences": [_sentence(t, document, one, site) for one in report_text.shown(section)],
        }
        for section in document.sections
    ]


def _sentence(t: Texts, document: Document, one: Sentence, site: str) -> dict[str, Any]:
    def whole(address: str) -> str:
        return site + address if address else ""

    return {
        "code": one.code,
        "number": one.number,
        "words": report_text.words(t, one, document),
        "evidence": whole(evidence_address(document, one)) if one.number else "",
        "lines": [
            (line, whole(opens(document.exercise, line)), report_text.beside(t, line)) for line in quotes(one)
        ],
    }


def markdown(request: Request, day: str) -> HttpResponse:
    """GET reports/daily/2026-03-02.md, with whole addresses, so that it can be sent to a colleague."""
    document = document_of(request, asked_day(day))

    def whole(address: str) -> str:
        return request.build_absolute_uri(address)

    text = report_text.markdown(
        request.texts,
        document,
        quotes,
        lambda one: whole(evidence_address(document, one)),
        lambda line: whole(opens(request.exercise, line)),
    )
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    mark = "-exercise" if request.exercise else ""
    response.headers["Content-Disposition"] = f'attachment; filename="report-{document.day}{mark}.md"'
    return response
