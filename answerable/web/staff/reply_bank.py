"""Which answers come again? Texts for them: written, approved by a second person, retired."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.errors import BadInput, Conflict
from answerable.permissions import Permission
from answerable.store import reply_bank
from answerable.store.access import units_for
from answerable.store.reading import reply_texts
from answerable.web.pages import go, render
from answerable.web.request import Request, staff

_FIELDS = ("title", "text", "unit", "language", "invites")


def page(request: Request) -> HttpResponse:
    """GET reply-texts lists, POST writes one."""
    values = {name: request.POST.get(name, "") for name in _FIELDS}
    errors: dict[str, str] = {}
    units = list(units_for(staff(request), Permission.CASE_WORK))
    if request.method == "POST":
        unit = next((one for one in units if str(one.pk) == values["unit"]), None)
        try:
            if unit is None:
                raise BadInput("Whose text is it? Choose a unit.")
            reply_bank.write(
                staff(request),
                unit=unit,
                title=values["title"],
                text=values["text"],
                language=values["language"] or request.texts.language,
                invites=values["invites"] == "1",
                reason="reply_text",
                now=request.now,
            )
        except BadInput as error:
            field = "title" if not values["title"].strip() else "text"
            errors[field] = request.texts.gettext(str(error))
        else:
            said = request.texts.gettext("The text waits for a second person to approve it.")
            return go(request, "reply_texts", said)
    names = {
        "rows": reply_texts.listed(staff(request))[:200],
        "units": units,
        "values": values,
        "errors": errors,
    }
    return render(request, "staff/reply_texts.html", names, status=400 if errors else 200)


def approve(request: Request, number: int) -> HttpResponse:
    """POST reply-texts/<number>/approve"""
    _known(request, number)
    reply_bank.approve(staff(request), number, reason="looked_at", now=request.now)
    return go(request, "reply_texts", request.texts.gettext("The text may be used from now on."))


def retire(request: Request, number: int) -> HttpResponse:
    """POST reply-texts/<number>/retire"""
    _known(request, number)
    try:
        reply_bank.retire(staff(request), number, reason="no_longer_holds", now=request.now)
    except Conflict as error:
        return go(request, "reply_texts", request.texts.gettext(str(error)))
    return go(request, "reply_texts", request.texts.gettext("Nobody uses this text any more."))


def _known(request: Request, number: int) -> None:
    """Http404 for a text that this person does not see."""
    if not reply_texts.listed(staff(request)).filter(pk=number).exists():
        raise Http404
