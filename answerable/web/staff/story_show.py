"""One story: how fast it grows, in whose words, from whom we hear it, and why it is one story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect

from answerable.store.reading import story as reading
from answerable.store.reading.heard_claims import claims_of, doubt_of
from answerable.store.reading.matters import matters_of
from answerable.store.reading.moment import HOUR_MS, Moment, reading_moment
from answerable.store.reading.moods import mood_of
from answerable.store.reading.notices import call_of_story
from answerable.store.reading.rooms import room_of_story
from answerable.store.reading.stories import lines
from answerable.store.reading.told import outlets_of, told_of
from answerable.web import charts
from answerable.web.pages import link, render
from answerable.web.request import Request, staff
from answerable.web.staff.story_news import news
from answerable.web.story_forecast import ahead

MINUTE_MS = 60_000
MOST_BARS = 60


@dataclass(frozen=True, slots=True)
class Bucket:
    """One bar of the chart and one row of its table."""

    start: int  # ms
    items: int
    low: float | None  # expected, where it was measured
    high: float | None
    alert: bool


def show(request: Request, number: int) -> HttpResponse:
    """GET one story. A story that was merged leads to the one that stands, for good."""
    seen = reading.story(number, request.exercise)
    if seen is None:
        raise Http404
    if seen.merged_into is not None:
        return HttpResponsePermanentRedirect(link(request.exercise, "story", number=seen.merged_into))
    moment = reading_moment(request.exercise, request.now)
    alerts = reading.alerts_of(number)
    width, buckets = _buckets(seen, alerts, moment)
    merges, merge_count = reading.merges_of(number)
    threads, thread_count = reading.threads_of(number)
    line = lines([number], staff(request), moment)[0]
    told, outlets = told_of(number), outlets_of(number)
    return render(
        request,
        "staff/story.html",
        {
            "story": seen,
            "line": line,
            "moment": moment,
            "alerts": alerts,
            "waiting": next((alert for alert in alerts if alert.state in ("open", "acknowledged")), None),
            "decide_within": timedelta(minutes=30),
            "buckets": buckets,
            "width_ms": width,
            "chart": _chart(buckets),
            "quoted": reading.in_their_words(seen),
            "sources": reading.sources_of(number),
            "told": told,
            "mood": mood_of(number),
            "outlets": outlets,
            "checkable": claims_of(number),
            "doubt": doubt_of(number),
            "news": news(staff(request), seen, told, outlets, request.now),
            "ahead": ahead(number, moment),
            "merges": merges,
            "merge_count": merge_count,
            # Both are about alerts, and most stories have none.
            "called": call_of_story(number) if alerts else None,
            "room": room_of_story(number) if alerts else None,
            "threads": threads,
            "thread_count": thread_count,
            "matter": matters_of([number]).get(number),
            "edits": reading.edits_of(number),
        },
    )


def _buckets(
    seen: reading.StorySeen, alerts: list[reading.AlertSeen], moment: Moment
) -> tuple[int, list[Bucket]]:
    """The spans of the chart. With an alert, a bar is as wide as its window: band and bars compare."""
    measured = alerts[0] if alerts else None
    end = min(seen.last_seen, moment.ms) + 1
    if measured:
        width = measured.window_s * 1000
        # One bar ends exactly where the window of the alert ended.
        after = min(MOST_BARS * 2 // 3, max(0, -((measured.at + 1 - end) // width)))
        last = measured.at + 1 + after * width
        span = min(MOST_BARS, max(12, -((seen.first_seen - last) // width) + 2))
        first = last - span * width
    else:
        width = _width(end - seen.first_seen)
        last = -(-end // width) * width
        first = last - max(min(MOST_BARS, -((seen.first_seen - last) // width)), 12) * width
    size = (last - first) // width
    counts = reading.counts(seen.id, first, width, size)
    marks = {(alert.at - first) // width for alert in alerts}
    low, high = (measured.low, measured.high) if measured else (None, None)
    return width, [Bucket(first + n * width, items, low, high, n in marks) for n, items in enumerate(counts)]


def _width(span: int) -> int:
    """The width of a bar in ms: the smallest of these that needs at most 60 bars, else whole days."""
    for minutes in (5, 15, 60, 180, 360):
        if span <= minutes * MINUTE_MS * (MOST_BARS - 2):
            return minutes * MINUTE_MS
    return 24 * HOUR_MS


def _chart(buckets: list[Bucket]) -> charts.Growth:
    expected = [(b.low, b.high) if b.low is not None and b.high is not None else None for b in buckets]
    marks = [(n + 0.5) / len(buckets) for n, bucket in enumerate(buckets) if bucket.alert]
    return charts.growth([bucket.items for bucket in buckets], expected, marks)
