"""What do we make of it? One room: the evidence, what each wrote before reading the others, the decision."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.errors import BadInput, Conflict
from answerable.respond.judgement import DECIDE_WITHIN, HUMAN_WITHIN, PROPOSALS
from answerable.store import rooms as writing
from answerable.store.models import Room
from answerable.store.reading import rooms as reading
from answerable.store.reading import story as stories
from answerable.store.reading.moment import reading_moment
from answerable.store.reading.moods import mood_of
from answerable.store.reading.stories import lines
from answerable.store.reading.told import outlets_of, told_of
from answerable.web.pages import go, link, render
from answerable.web.paging import Paging, page_number, pager
from answerable.web.request import Request, staff
from answerable.web.story_forecast import ahead

_PAGE = 25


def room_list(request: Request) -> HttpResponse:
    """GET rooms?page=2"""
    found = reading.rooms(staff(request), exercise=request.exercise)
    paging = Paging(found.count(), page_number(request), _PAGE)

    def address(number: int) -> str:
        return link(request.exercise, "rooms", {"page": number})

    names = {
        "rooms": list(found[paging.start : paging.end]),
        "total": paging.total,
        "pager": pager(paging, address),
        "human": HUMAN_WITHIN,
        "decide": DECIDE_WITHIN,
    }
    return render(request, "staff/rooms.html", names)


def room_page(request: Request, number: int) -> HttpResponse:
    """GET rooms/<number>"""
    return shown(request, number)


def room_open(request: Request, number: int) -> HttpResponse:
    """POST alerts/<number>/judge: call the people on duty together."""
    if stories.alert_items(number, request.exercise) is None:
        raise Http404
    there = reading.room_of_alert(number)
    if there is not None:
        return go(request, "room", number=there.pk)
    room = writing.open_room(staff(request), number, reason="judge", now=request.now)
    said = request.texts.gettext("Everybody on duty is called. Write down what you see first.")
    return go(request, "room", said, number=room.pk)


def room_come(request: Request, number: int) -> HttpResponse:
    """POST rooms/<number>/here"""
    row = found(request, number)
    writing.come(staff(request), row.pk, now=request.now)
    return go(request, "room", request.texts.gettext("The others see that you are there."), number=row.pk)


def room_assess(request: Request, number: int) -> HttpResponse:
    """POST rooms/<number>/assess"""
    row = found(request, number)
    typed = {"level": request.POST.get("level", ""), "text": request.POST.get("text", "")[:10_000]}
    level = int(typed["level"]) if typed["level"] in {str(one) for one in PROPOSALS} else -1
    try:
        writing.assess(
            staff(request), row.pk, level=level, text=typed["text"], reason="judge", now=request.now
        )
    except BadInput as error:
        field = "text" if level in PROPOSALS else "level"
        return shown(request, number, errors={field: request.texts.gettext(str(error))}, typed=typed)
    except Conflict as error:
        return shown(request, number, trouble=request.texts.gettext(str(error)), typed=typed)
    said = request.texts.gettext("It is written down. Now you read the others.")
    return go(request, "room", said, number=row.pk, anchor="said")


def found(request: Request, number: int) -> Room:
    """The room in this space, for this person; Http404 for every other."""
    row = reading.one_room(staff(request), number, exercise=request.exercise)
    if row is None:
        raise Http404
    return row


def shown(
    request: Request,
    number: int,
    *,
    errors: dict[str, str] | None = None,
    trouble: str = "",
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    """The room with its evidence as it stands now, below one sentence when something could not be done."""
    row = found(request, number)
    seen = reading.page(staff(request), row)
    names = {
        "page": seen,
        "room": row,
        "errors": errors or {},
        "trouble": trouble,
        "typed": typed or {"level": "", "text": ""},
        "levels": [one for one in PROPOSALS if one],
        **_evidence(request, row),
    }
    return render(request, "staff/room.html", names, status=400 if errors else 409 if trouble else 200)


def _evidence(request: Request, room: Room) -> dict[str, object]:
    """The story as its own page tells it, as far as facts exist."""
    story = stories.story(room.alert.story.merged_into_id or room.alert.story_id, request.exercise)
    if story is None:
        return {"story": None}
    moment = reading_moment(request.exercise, request.now)
    return {
        "story": story,
        "line": lines([story.id], staff(request), moment)[0],
        "alert": next((one for one in stories.alerts_of(story.id) if one.id == room.alert_id), None),
        "told": told_of(story.id),
        "mood": mood_of(story.id),
        "outlets": outlets_of(story.id),
        "quoted": stories.in_their_words(story, 4),
        "news": None,
        "ahead": ahead(story.id, moment),
        "moment": moment,
    }
