"""What do these messages say, and what becomes of all of them? One decision, which later ones join."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.errors import BadInput, Conflict
from answerable.permissions import Permission
from answerable.store import inbox as writing
from answerable.store.models import Unit
from answerable.store.reading import inbox
from answerable.web.pages import go, link, render
from answerable.web.paging import Paging, page_number, pager
from answerable.web.request import Request, staff

_PAGE = 30


def show(request: Request, number: int) -> HttpResponse:
    """GET told/groups/<thread>?page=2"""
    return _page(request, number)


def decide(request: Request, number: int) -> HttpResponse:
    """POST told/groups/<thread>/decide"""
    if inbox.one_group(staff(request), number) is None:
        raise Http404
    what, _, why = request.POST.get("what", "").partition(":")
    chosen = request.POST.get("unit", "")
    incident = request.POST.get("incident", "")
    try:
        made = writing.decide(
            staff(request),
            number,
            what=what,
            why=why,
            unit=Unit.objects.filter(pk=int(chosen)).first() if chosen.isdecimal() else None,
            incident=int(incident) if incident.isdecimal() else None,
            now=request.now,
        )
    except BadInput as error:
        return _page(request, number, errors={"what": request.texts.gettext(str(error))})
    except Conflict as error:
        return _page(request, number, trouble=request.texts.gettext(str(error)))
    said = request.texts.ngettext(
        "Decided for %(num)s message; later ones that say the same are treated alike.",
        "Decided for %(num)s messages; later ones that say the same are treated alike.",
        made.messages,
    )
    return go(request, "inbox_group", said, number=number)


def undo(request: Request, number: int) -> HttpResponse:
    """POST told/groups/<thread>/undo"""
    if inbox.one_group(staff(request), number) is None:
        raise Http404
    writing.undo(staff(request), number, now=request.now)
    said = request.texts.gettext("The decision is taken back: what comes from now on waits again.")
    return go(request, "inbox_group", said, number=number)


def _page(
    request: Request, number: int, *, errors: dict[str, str] | None = None, trouble: str = ""
) -> HttpResponse:
    person = staff(request)
    group = inbox.one_group(person, number)
    if group is None:
        raise Http404
    paging = Paging(group.messages, page_number(request), _PAGE)

    def address(page: int) -> str:
        return link(request.exercise, "inbox_group", {"page": page}, number=number)

    names = {
        "group": group,
        "lines": inbox.words_of(person, number, paging.start, paging.end),
        "pager": pager(paging, address),
        "units": [(unit.pk, unit.name) for unit in Unit.objects.order_by("path")],
        "incidents": list(inbox.incidents_for(person)),
        "whys": writing.WHYS,
        "typed": {"unit": request.POST.get("unit", ""), "incident": request.POST.get("incident", "")},
        "errors": errors or {},
        "trouble": trouble,
        "decides": Permission.SUBMISSION_CHANGE.value,
    }
    return render(request, "staff/inbox_group.html", names, status=400 if errors else 409 if trouble else 200)
