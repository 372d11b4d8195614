"""What needs somebody now, and what are people talking about? htmx fetches the part that changes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.core.cache import cache
from django.http import HttpResponse
from markupsafe import Markup

from answerable.permissions import Permission
from answerable.store import drills
from answerable.store.access import reach
from answerable.store.backlog import behind
from answerable.store.models import Call
from answerable.store.reading.alerts import alert_week
from answerable.store.reading.calls import facts_of
from answerable.store.reading.moment import reading_moment
from answerable.store.reading.needs import Need, Today, needs
from answerable.store.reading.notices import unanswered
from answerable.store.reading.quarantine import counts
from answerable.store.reading.sources import hearing
from answerable.store.reading.stories import live as live_stories
from answerable.store.reading.version import desk_version
from answerable.web.call_text import said
from answerable.web.clockface import face
from answerable.web.moments import end_of_day
from answerable.web.pages import fragment, render
from answerable.web.request import Request, staff

SHOWN = 12
MARK = "<!-- live -->"  # what stands after it decides whether the part has changed
UNSEEN = "UNSEEN"
KEPT_S = 60
FILTERS = ("all", "mine", "free")


def now(request: Request) -> HttpResponse:
    """GET /desk/ or /exercise/"""
    return render(request, "staff/now.html", {"live_part": Markup(_part(request)[0])})  # noqa: S704 (a template's)


def live(request: Request) -> HttpResponse:
    """GET the part that changes; 204 while it reads the same as what the browser shows."""
    part, seen = _part(request)
    return HttpResponse(status=204) if request.GET.get("seen") == seen else HttpResponse(part)


def _part(request: Request) -> tuple[str, str]:
    """The part that changes, and a short name for what it says.

    Everybody's page asks for it every ten seconds, so it is made anew only when something changed or a minute
    has passed; what is kept is one person's, and no older than what it shows.
    """
    key = _key(request)
    kept: tuple[str, str] | None = cache.get(key)
    if kept is None:
        part = fragment(request, "parts/now_live.html", _names(request))
        head, mark, said = part.partition(MARK)
        seen = hashlib.sha256(said.encode()).hexdigest()[:16]
        kept = (head.replace(UNSEEN, seen) + mark + said, seen)
        cache.set(key, kept, KEPT_S)
    return kept


def _key(request: Request) -> str:
    facts = (
        staff(request).pk,
        request.exercise,
        request.texts.language,
        request.texts.zone.key,
        request.GET.get("show", ""),
        bool(request.GET.get("every")),
        int(request.now.timestamp()) // KEPT_S,
        desk_version(),
    )
    return "now-" + hashlib.sha256(repr(facts).encode()).hexdigest()


def _names(request: Request) -> dict[str, Any]:
    person = staff(request)
    show = request.GET.get("show", "all")
    paths = reach(person, Permission.DESK_READ)
    today = Today(request.now, end_of_day(request.now, request.texts.zone))
    every = needs(person, exercise=request.exercise, paths=paths, today=today)
    shown = [need for need in every if _wanted(need, show, person.pk)]
    moment = reading_moment(request.exercise, request.now)
    ears = hearing(request.now, exercise=request.exercise)
    drill = drills.current() if request.exercise else None
    hour = [need for need in every if need.due and 0 <= (need.due - request.now).total_seconds() <= 3600]
    # What is left of a deadline is told by the minute, the same in every worker that keeps this part.
    minute = replace(request.texts, now=request.now.replace(second=0, microsecond=0))
    return {
        "t": minute,
        "now": minute.now,
        "face": partial(face, minute),
        "show": show if show in FILTERS else "all",
        "needs": shown if request.GET.get("every") else shown[:SHOWN],
        "more": 0 if request.GET.get("every") else max(0, len(shown) - SHOWN),
        "counts": {name: sum(_wanted(need, name, person.pk) for need in every) for name in FILTERS},
        "overdue": sum(need.due is not None and need.due < request.now for need in every),
        "within_hour": len(hour),
        "live": live_stories(person, moment, exercise=request.exercise),
        "moment": moment,
        "heard": ears.heard,
        "all_sources": ears.all,
        "deaf": ears.deaf,
        "behind": behind(request.now, among=None if request.exercise else ears.asked),
        "aside": sum(counts(exercise=request.exercise).values()),
        "week": alert_week(request.now, exercise=request.exercise),
        "calls": _calls(request, paths),
        "drill": drill,
        "drill_title": drills.title_of(drill) if drill else "",
        "drill_speed": drill.speed if drill else 0,
        "live_query": {
            "show": show if show in FILTERS[1:] else "",
            "every": "1" if request.GET.get("every") else "",
            "seen": UNSEEN,
        },
    }


def _calls(request: Request, paths: Sequence[str]) -> list[tuple[Call, list[str], str, str]]:
    """Calls nobody has answered, with whom they reached so far and what they are about."""
    waiting = unanswered(paths, exercise=request.exercise)
    facts = facts_of(call for call, _ in waiting)
    told = {pk: said(one, request.texts) for pk, one in facts.items()}
    return [(call, names, told[call.pk][0], told[call.pk][2]) for call, names in waiting]


def _wanted(need: Need, show: str, person: int) -> bool:
    if show == "mine":
        return need.owner_id == person
    if show == "free":
        return not need.owner and need.not_by != person and need.kind not in ("cases", "contested")
    return True
