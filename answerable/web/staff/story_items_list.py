"""All items of a story, or those of an alert, a point, a place, a day: paged, searched, exported."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

from django.http import Http404, HttpResponse, StreamingHttpResponse

from answerable.store.reading import story as reading
from answerable.store.reading.heard_claims import DoubtSeen, claims_of, doubt_of
from answerable.store.reading.items import items_by_id
from answerable.store.reading.moment import HOUR_MS
from answerable.store.reading.moods import mood_of
from answerable.store.reading.story_items import Narrowed, all_story_items, story_items
from answerable.store.reading.told import Told, hours_of, told_of
from answerable.store.stream import to_ms
from answerable.web.export import item_rows, stream
from answerable.web.pages import link, render
from answerable.web.paging import Paging, page_number, pager
from answerable.web.request import Request
from answerable.web.texts import Texts

SIZE = 50
MOST_DAYS = 62  # offered for choice; older days are reached by paging
KEPT = (
    *("q", "source_class", "language", "day", "once"),
    *("source", "alert", "point", "place", "copies", "after", "mood", "claim", "doubt"),
)


def story_items_page(request: Request, number: int) -> HttpResponse:
    """GET a page of the list."""
    seen = reading.story(number, request.exercise)
    if seen is None or seen.merged_into is not None:
        raise Http404
    kept = _kept(request)
    told = told_of(number) if kept.keys() & {"point", "place"} else None
    narrowed = _narrowed(request, number, told)
    _, total = story_items(number, narrowed, exercise=request.exercise, limit=0, offset=0)
    paging = Paging(total, page_number(request), SIZE)
    items, _ = story_items(number, narrowed, exercise=request.exercise, limit=SIZE, offset=paging.start)

    def address(page: int) -> str:
        return link(request.exercise, "story_items", {**kept, "page": page}, number=number)

    copied = items_by_id([int(kept["copies"])]) if _number(kept.get("copies", "")) else {}
    names = {
        "story": seen,
        "items": items,
        "total": total,
        "kept": kept,
        "chosen": {name: kept.get(name, "") for name in KEPT},
        "alert": kept.get("alert", ""),
        "point": told.point(kept.get("point", "")) if told else None,
        "place": told.place(kept.get("place", "")) if told else None,
        "copied": next(iter(copied.values()), None),
        "days": _days(number, request.texts),
        "pager": pager(paging, address),
    }
    return render(request, "staff/story_items.html", names)


def story_items_export(request: Request, number: int, kind: str) -> StreamingHttpResponse:
    """GET the same list whole, as CSV or JSON lines. Links of private posts never leave this way."""
    if reading.story(number, request.exercise) is None:
        raise Http404
    told = told_of(number) if _kept(request).keys() & {"point", "place"} else None
    items = all_story_items(number, _narrowed(request, number, told), exercise=request.exercise)
    return stream(request, kind, f"story-{number}-items", item_rows(items))


def _kept(request: Request) -> dict[str, str]:
    return {name: request.GET[name][:200] for name in KEPT if request.GET.get(name)}


def _narrowed(request: Request, story: int, told: Told | None) -> Narrowed:
    kept = _kept(request)
    only: tuple[int, ...] | None = None
    if _number(kept.get("alert", "")) is not None:
        counted = reading.alert_items(int(kept["alert"]), request.exercise)
        if counted is None:
            raise Http404
        only = tuple(counted[1])
    since, until = _day(kept.get("day", ""), request.texts)
    return Narrowed(
        query=kept.get("q", ""),
        language=kept.get("language", ""),
        source_class=kept.get("source_class", ""),
        source=_number(kept.get("source", "")),
        only=only,
        heads=_heads(story, kept, told),
        once="once" in kept,
        after=_number(kept.get("after", "")),
        since=since,
        until=until,
    )


def _heads(story: int, kept: dict[str, str], told: Told | None) -> tuple[int, ...] | None:
    """The different items of a point, a place or a group of copies; nothing for one that is not there."""
    wanted: list[set[int]] = []
    if "mood" in kept:
        mood = mood_of(story)
        guessed = mood.share(kept["mood"]) if mood else None
        wanted.append(set(guessed.heads if guessed else ()))
    if "point" in kept:
        point = told.point(kept["point"]) if told else None
        alone = told.alone if told and kept["point"] == "none" else ()
        wanted.append(set(point.heads if point else alone))
    if "place" in kept:
        place = told.place(kept["place"]) if told else None
        wanted.append(set(place.heads if place else ()))
    if "claim" in kept:
        carried = next((one.heads for one in claims_of(story) if one.key == kept["claim"]), ())
        wanted.append(set(carried))
    if "doubt" in kept:
        doubt = doubt_of(story)
        wanted.append(_doubting(doubt, kept["doubt"]) if doubt else set())
    if "copies" in kept:
        wanted.append({_number(kept["copies"]) or 0})
    return tuple(sorted(set.intersection(*wanted))) if wanted else None


def _doubting(doubt: DoubtSeen, which: str) -> set[int]:
    return set({"denies": doubt.denying, "asks": doubt.asking}.get(which, doubt.heads))


def _day(text: str, t: Texts) -> tuple[int | None, int | None]:
    """The first and the last moment of a day on the unit's wall clock, ms; none for what is no day."""
    try:
        on = date.fromisoformat(text)
        first = datetime(on.year, on.month, on.day, tzinfo=t.zone)
        return to_ms(first), to_ms(first + timedelta(days=1))
    except (ValueError, OverflowError):
        return None, None


def _days(story: int, t: Texts) -> list[tuple[date, int]]:
    """(day, items) of the newest days on which the story was heard, newest first."""
    counts: Counter[date] = Counter()
    for hour, items in hours_of(story):
        counts[t.local(hour * HOUR_MS).date()] += items
    return sorted(counts.items(), reverse=True)[:MOST_DAYS]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None
