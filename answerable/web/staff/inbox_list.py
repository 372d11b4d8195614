"""What do people tell us, alike messages together: one decision for each group."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store.reading import inbox
from answerable.web.pages import link, render
from answerable.web.paging import Paging, page_number, pager
from answerable.web.request import Request, staff

_PAGE = 30


def page(request: Request) -> HttpResponse:
    """GET told/groups?q=words&state=open|decided&page=2"""
    state = "decided" if request.GET.get("state") == "decided" else "open"
    words = request.GET.get("q", "").strip()[:200]
    found = inbox.groups(staff(request), request.now, state=state, words=words)
    paging = Paging(len(found), page_number(request), _PAGE)

    def address(number: int) -> str:
        return link(request.exercise, "inbox", {"q": words, "state": state, "page": number})

    names = {
        "words": words,
        "state": state,
        "total": paging.total,
        "messages": sum(one.messages for one in found),
        "groups": inbox.with_items(found[paging.start : paging.end]),
        "pager": pager(paging, address),
    }
    return render(request, "staff/inbox.html", names)
