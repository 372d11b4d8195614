"""What every report page needs: the day in the address, its document for this reader, its evidence."""

from __future__ import annotations

from datetime import date

from django.http import Http404
from django.urls import NoReverseMatch

from answerable.errors import BadInput
from answerable.report.document import Document, Kind, Sentence
from answerable.store import reporting
from answerable.store.reading import report_evidence
from answerable.store.reading.report_evidence import EvidenceLine
from answerable.web.pages import link
from answerable.web.report_text import QUOTED
from answerable.web.request import Request, staff

QUOTES = 5  # pieces of evidence that stand below a sentence


def asked_day(text: str) -> date:
    """The day of an address. Http404 when it is none."""
    try:
        return reporting.day_of(text)
    except BadInput as error:
        raise Http404 from error


def document_of(request: Request, day: date) -> Document:
    """The report of a day for this reader. Http404 for a day that has not begun."""
    zone = reporting.zone()
    if reporting.bounds(day, zone)[0] > request.now:
        raise Http404
    document = reporting.daily(day, zone, request.exercise, request.now)
    return reporting.seen_by(staff(request), document)


def quotes(sentence: Sentence) -> list[EvidenceLine]:
    """The first pieces of evidence of a sentence, the largest stories first; none where they say little."""
    if sentence.code not in QUOTED:
        return []
    ids = sentence.ids[:QUOTES]
    if sentence.kind is Kind.STORY:
        ids = tuple(report_evidence.largest_stories(sentence.ids, QUOTES))
    return report_evidence.lines(sentence.kind, ids)


def opens(exercise: bool, line: EvidenceLine) -> str:
    """The address of the page that a piece of evidence opens; "" when it left."""
    if not line.page:
        return ""
    try:
        return link(exercise, line.page, number=line.number)
    except NoReverseMatch:
        return ""


def evidence_address(document: Document, sentence: Sentence) -> str:
    """The address of the list of everything a sentence counts."""
    return link(document.exercise, "report_evidence", day=document.day.isoformat(), code=sentence.code)
