"""One claim: where it is heard, what we answer, who was told, who disputes it, and what to do next."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpResponse

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.store.answers import HARMS
from answerable.store.models import Answer, Person
from answerable.store.reading import answers
from answerable.store.reading.answer_arrival import arrival
from answerable.store.reading.heard_claims import doubts_of
from answerable.store.submissions import KINDS as MESSAGES
from answerable.web import helpful_text
from answerable.web.moments import written
from answerable.web.pages import go, render
from answerable.web.request import Request, staff


def claim(request: Request, number: int) -> HttpResponse:
    """GET claims/<number>"""
    return shown(request, number)


def found(request: Request, number: int) -> Answer:
    """The claim in this space, for this person; Http404 for every other."""
    row = answers.one(staff(request), number, exercise=request.exercise)
    if row is None:
        raise Http404
    return row


def shown(request: Request, number: int, trouble: str = "", status: int = 200) -> HttpResponse:
    """The newest state of a claim, below one sentence when something could not be done."""
    row = found(request, number)
    seen = answers.page(staff(request), row, request.now)
    names = {
        "page": seen,
        "answer": row,
        "line": seen.line,
        "trouble": trouble,
        "harms": HARMS,
        "messages": MESSAGES,
        "arrival": arrival(row, own_links(row), request.now),
        "doubts": doubts_of([one.link.story_id for one in seen.where if one.link.story_id]),
        "helped": helpful_text.said_of(number, request.texts),
        "due": written(row.due_at, request.texts),
        "again": written(row.look_again_at, request.texts),
    }
    return render(request, "staff/claim.html", names, status=status)


def own_links(row: Answer) -> tuple[str, ...]:
    """How a message that leads to this answer is known."""
    base = settings.ANSWERABLE.address
    return (f"{base}/rumours/{row.pk}/", f"{base}/statements/{row.statement_id}/") if row.statement_id else ()


def act(request: Request, number: int, change: Callable[[Person, int], object], said: str) -> HttpResponse:
    """Change a claim as this person, naming the version they saw; when that fails, say why and show it."""
    found(request, number)
    _ = request.texts.gettext
    sent = request.POST.get("version", "")
    try:
        change(staff(request), int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 9 else 0)
    except Conflict as error:
        return shown(request, number, _(str(error)), 409)
    except NotAllowed as error:
        return shown(request, number, _(str(error)), 403)
    except BadInput as error:
        return shown(request, number, _(str(error)), 400)
    return go(request, "claim", said, number=number)
