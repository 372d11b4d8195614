"""The link of a notice: it shows what was measured and asks; only the button says that somebody has it.

Mail scanners and previews open links, so a GET changes nothing.
"""

from __future__ import annotations

from django.http import HttpResponse

from answerable.errors import Conflict, NotAllowed
from answerable.store import calls
from answerable.store.models import Call
from answerable.store.reading.calls import facts_of, is_here, with_facts
from answerable.store.reading.frame import person_by_id
from answerable.web.call_text import read_token, said
from answerable.web.pages import render
from answerable.web.request import Request


def call_answer(request: Request, token: str) -> HttpResponse:
    """GET asks, POST answers in the name of the person who was called, and of nobody else."""
    known = read_token(token)
    person = person_by_id(known[1]) if known else None
    call = _call(known[0]) if known else None
    if person is None or call is None:
        return _kept_out(render(request, "entry/call.html", {"call": None}, status=410))
    trouble = ""
    if request.method == "POST":
        try:
            calls.answer(person, call.pk, request.now)
        except (Conflict, NotAllowed) as error:
            trouble = request.texts.gettext(str(error))
        call = _call(call.pk) or call
    title, lines, page = said(facts_of([call])[call.pk], request.texts)
    names = {
        "call": call,
        "called": person,
        "title": title,
        "lines": lines,
        "page": page,
        "trouble": trouble,
        "here": is_here(call, person),
    }
    return _kept_out(render(request, "entry/call.html", names, status=409 if trouble else 200))


def _call(number: int) -> Call | None:
    return with_facts(Call.objects.filter(pk=number)).select_related("answered_by").first()


def _kept_out(response: HttpResponse) -> HttpResponse:
    """Its address is a key: neither a cache nor another site's log may keep it."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
