"""Which questions stand? Each with its purpose, who asked it, and what it found in the last 24 hours."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse

from answerable.store.reading.moment import reading_moment
from answerable.store.reading.questions import QuestionLine, question_lines
from answerable.web.export import Row, stream
from answerable.web.pages import render
from answerable.web.request import Request


def questions(request: Request) -> HttpResponse:
    """GET all questions, or those that hold the words of ?q=."""
    query = request.GET.get("q", "").strip()[:200]
    moment = reading_moment(request.exercise, request.now)
    names = {"lines": question_lines(request.exercise, moment, query), "query": query, "moment": moment}
    return render(request, "staff/questions.html", names)


def questions_export(request: Request, kind: str) -> StreamingHttpResponse:
    """GET the same list as CSV or JSON lines."""
    query = request.GET.get("q", "").strip()[:200]
    lines = question_lines(request.exercise, reading_moment(request.exercise, request.now), query)
    return stream(request, kind, "questions", _rows(lines))


def _rows(lines: list[QuestionLine]) -> Iterator[Row]:
    for line in lines:
        question = line.question
        yield {
            "id": question.pk,
            "name": question.name,
            "purpose": question.purpose,
            "purpose_text": question.purpose_text,
            "words": question.words,
            "examples": len(question.examples),
            "unit": question.unit.name,
            "asked_at": question.created_at.isoformat(),
            "paused": question.paused,
            "flag": question.flag,
            "items": line.total,
            "items_24_hours": line.recent,
            "exercise": question.exercise,
        }
