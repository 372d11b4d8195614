"""Shall we invite whoever wrote this to bring it to us? One public reply below one post, never a list."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse

from answerable.errors import BadInput, Conflict
from answerable.permissions import Permission
from answerable.store import invitations, voices
from answerable.store.access import may
from answerable.store.keyring import Keyring
from answerable.store.models import ItemRow, Unit
from answerable.store.reading.items import one_item
from answerable.store.submissions import KINDS
from answerable.web.pages import go, render
from answerable.web.request import Request, staff


def form(request: Request, number: int) -> HttpResponse:
    """GET items/<number>/invite shows the choices, POST sends one."""
    seen, row = one_item(number, exercise=False), invitations.post_of(number)
    if seen is None or row is None or not invitations.can_be_answered(row):
        raise Http404
    unit = _unit(request, row)
    texts, ways = list(invitations.usable(unit)), invitations.ways(row, unit)
    values = {name: request.POST.get(name, "") for name in ("why", "text", "channel")}
    errors: dict[str, str] = {}
    if request.method == "POST":
        text = next((one for one in texts if str(one.pk) == values["text"]), None)
        channel = next((one for one in ways if str(one.pk) == values["channel"]), None)
        try:
            if text is None or channel is None:
                raise BadInput(
                    "Choose an approved invitation, and an account of ours on the post's own network."
                )
            invitations.invite(
                staff(request),
                number,
                unit=unit,
                text=text,
                channel=channel,
                why=values["why"],
                ring=Keyring.open(settings.ANSWERABLE.home),
                desk=settings.ANSWERABLE.address,
                reason=f"post_{values['why']}",
                now=request.now,
            )
        except BadInput as error:
            errors["text" if values["why"] in KINDS else "why"] = request.texts.gettext(str(error))
        except Conflict as error:
            return go(request, "item", request.texts.gettext(str(error)), number=number)
        else:
            return go(request, "item", request.texts.gettext("The invitation goes out now."), number=number)
    names = {
        "item": seen,
        "unit": unit,
        "voice": voices.nearest(staff(request), unit),
        "texts": texts,
        "ways": ways,
        "kinds": KINDS,
        "values": values,
        "errors": errors,
        "invitation": invitations.of_item(number),
    }
    return render(request, "staff/post_invite.html", names, status=400 if errors else 200)


def _unit(request: Request, row: ItemRow) -> Unit:
    """The unit that listens there, where this person works on its cases; else their own."""
    of = row.source.unit
    if of is not None and may(staff(request), Permission.CASE_WORK, of):
        return of
    return staff(request).unit
