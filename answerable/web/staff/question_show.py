"""What did this question find? Its items newest first, by the hour, and the stories they stand in."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse, StreamingHttpResponse

from answerable.errors import BadInput
from answerable.store.models import Question
from answerable.store.reading import questions as reading
from answerable.store.reading.moment import HOUR_MS, Moment, reading_moment
from answerable.store.reading.stories import lines
from answerable.understand.questions.query import Node, parse
from answerable.web import charts
from answerable.web.export import item_rows, stream
from answerable.web.pages import link, render
from answerable.web.paging import Paging, page_number, pager
from answerable.web.request import Request, staff

SIZE = 20
MOST_STORIES = 8
BY_HOUR = 48  # hours that are drawn one by one
DAYS = 30


@dataclass(frozen=True, slots=True)
class Bucket:
    """One bar of the chart and one row of its table."""

    start: int  # ms
    items: int


def question_of(request: Request, number: int) -> Question:
    """The question of this space, or 404."""
    found = reading.one_question(number, request.exercise)
    if found is None:
        raise Http404
    return found


def question(request: Request, number: int) -> HttpResponse:
    """GET one question; ?q= searches in what it found, ?days=30 draws days instead of hours."""
    seen = question_of(request, number)
    query = request.GET.get("q", "").strip()[:200]
    by_day = request.GET.get("days") == str(DAYS)
    _, total = reading.found_items(seen, query, limit=0, offset=0)
    paging = Paging(total, page_number(request), SIZE)
    items, _ = reading.found_items(seen, query, limit=SIZE, offset=paging.start)
    moment = reading_moment(request.exercise, request.now)
    buckets = _buckets(seen, moment, by_day=by_day)
    stories, story_count = reading.stories_of(number, MOST_STORIES)
    found_in = dict(stories)

    def address(page: int) -> str:
        return link(request.exercise, "question", {"q": query, "page": page}, number=number)

    names = {
        "question": seen,
        "tree": read(seen.words),
        "learned": reading.learned_words(seen),
        "items": items,
        "total": total,
        "counted": reading.total_of(number),
        "query": query,
        "by_day": by_day,
        "buckets": buckets,
        "chart": charts.growth([bucket.items for bucket in buckets], [None] * len(buckets), []),
        "stories": [(line, found_in[line.id]) for line in lines(list(found_in), staff(request), moment)],
        "story_count": story_count,
        "samples": reading.samples_of(number),
        "pager": pager(paging, address),
    }
    return render(request, "staff/question.html", names)


def question_export(request: Request, number: int, kind: str) -> StreamingHttpResponse:
    """GET all it found, as CSV or JSON lines. Links of private posts never leave this way."""
    seen = question_of(request, number)
    query = request.GET.get("q", "").strip()[:200]
    return stream(request, kind, f"question-{number}-items", item_rows(reading.all_found(seen, query)))


def read(words: str) -> Node | None:
    """How the words are understood; None for a question of examples, or for words that cannot be asked."""
    try:
        return parse(words) if words else None
    except BadInput:
        return None


def _buckets(seen: Question, moment: Moment, *, by_day: bool) -> list[Bucket]:
    hours = 24 if by_day else 1
    count = DAYS if by_day else BY_HOUR
    first = moment.hour + 1 - hours * count
    counts = reading.hours_of([seen.pk], first, hours * count)[seen.pk]
    return [
        Bucket((first + n * hours) * HOUR_MS, sum(counts[n * hours : (n + 1) * hours])) for n in range(count)
    ]
