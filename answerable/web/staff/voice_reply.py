"""Answer in a conversation elsewhere: the labelled text to post, then the address where it stands."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.publish.forms.written import MANNERS, for_channel
from answerable.store import voice_replies
from answerable.web import statement_forms
from answerable.web.moments import read_moment, written
from answerable.web.pages import go, render
from answerable.web.request import Request, staff
from answerable.web.staff.statement_page import found
from answerable.web.staff.version_forms import sheet_of_row


def form(request: Request, number: int) -> HttpResponse:
    """GET statements/<number>/replies/new shows what to post, POST notes where it stands."""
    row = found(request, number)
    values = {name: request.POST.get(name, "").strip()[:600] for name in ("link", "said_at")}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            said_at = read_moment(values["said_at"], request.texts) or request.now
            voice_replies.note(
                staff(request), number, link=values["link"], said_at=said_at, reason="reply", now=request.now
            )
        except (BadInput, Conflict, NotAllowed) as error:
            errors["link"] = request.texts.gettext(str(error))
        else:
            said = request.texts.gettext("It stands in the public register now.")
            return go(request, "statement", said, number=number)
    else:
        values["said_at"] = written(request.now, request.texts)
    sheet = sheet_of_row(request, row.published) if row.published else None
    labels = statement_forms.labels(row.language)
    names = {
        "statement": row,
        "version": row.published,
        "voice": row.voice,
        "values": values,
        "errors": errors,
        "texts": [
            (name, for_channel(sheet, MANNERS[name], labels)) for name in ("mastodon", "bluesky", "weibo")
        ]
        if sheet
        else [],
    }
    return render(request, "staff/voice_reply.html", names, status=400 if errors else 200)
