"""One message: what was said, where it stands, and what a colleague may do with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpResponse

from answerable.store import submission_work as work
from answerable.store.keyring import Keyring
from answerable.store.models import Person, Submission
from answerable.store.reading import submissions
from answerable.store.reading.submission_files import files_of
from answerable.web.pages import go, render
from answerable.web.request import Request, staff


def show(request: Request, number: int) -> HttpResponse:
    """GET told/<number>"""
    return _page(request, _row(request, number))


def contact(request: Request, number: int) -> HttpResponse:
    """POST; answers with the same page, now with what was sealed. It is never in an address or a log."""
    row = _row(request, number)
    ring = Keyring.open(settings.ANSWERABLE.home)
    opened = work.open_contact(staff(request), row, ring=ring, now=request.now)
    return _page(request, row, opened)


def read(request: Request, number: int) -> HttpResponse:
    """POST: somebody has read it."""
    said = request.texts.gettext("It is marked as read; the person sees that by their code.")
    return _do(request, number, lambda actor, row, now: work.mark_read(actor, row, now=now), said)


def shown(request: Request, number: int) -> HttpResponse:
    """POST: its words may be read in the public list of requests."""
    said = request.texts.gettext("Its words stand in the public list of requests now.")
    return _do(request, number, lambda actor, row, now: work.show(actor, row, now=now), said)


def unshown(request: Request, number: int) -> HttpResponse:
    """POST: its words leave the public list of requests."""
    said = request.texts.gettext("Its words no longer stand in the public list of requests.")
    return _do(request, number, lambda actor, row, now: work.unshow(actor, row, now=now), said)


def _do(
    request: Request, number: int, act: Callable[[Person, Submission, datetime], None], said: str
) -> HttpResponse:
    act(staff(request), _row(request, number), request.now)
    return go(request, "told_one", said, number=number)


def _row(request: Request, number: int) -> Submission:
    found = submissions.visible(staff(request)).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _page(request: Request, row: Submission, opened: tuple[str, str] | None = None) -> HttpResponse:
    names = {
        "row": row,
        "seen": submissions.followed(row),
        "story": submissions.with_stories([row])[0].story,
        "item": submissions.item_of(row),
        "sealed": submissions.has_contact(row) or row.sealed_place is not None,
        "opened": opened,
        "files": files_of(staff(request), [row.pk], Keyring.open(settings.ANSWERABLE.home)),
    }
    return render(request, "staff/told_one.html", names)
