"""How far is this import, and what became of its rows?"""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.store.reading.file_imports import one_import
from answerable.web.pages import fragment, render
from answerable.web.request import Request, staff


def import_show(request: Request, number: int) -> HttpResponse:
    """GET one import; asked for by its own page it answers with the part that changes."""
    work = one_import(staff(request), number)
    if work is None:
        raise Http404
    left_out: dict[str, list[str]] = {}
    for where, code in work.examples:
        left_out.setdefault(code, []).append(where)
    names = {"work": work, "is_open": work.state in ("waiting", "running"), "left_out": left_out}
    if request.headers.get("HX-Request"):
        return HttpResponse(fragment(request, "parts/import_state.html", names))
    return render(request, "staff/import_show.html", names)
