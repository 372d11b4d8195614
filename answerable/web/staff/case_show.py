"""One case: what was asked, where it stands, what may be done with it, and what happened so far."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpResponse

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.respond.case_rules import OPEN, OUTCOMES, PAUSES
from answerable.store.keyring import Keyring
from answerable.store.models import Case, Person
from answerable.store.reading import cases, reply_texts
from answerable.store.reading.submission_files import files_of
from answerable.web.pages import go, render
from answerable.web.request import Request, staff


def page(request: Request, number: int) -> HttpResponse:
    """GET cases/<number>?text=<number of an approved text>"""
    return shown(request, number)


def shown(
    request: Request, number: int, trouble: str = "", status: int = 200, typed: str = ""
) -> HttpResponse:
    """The newest state of a case, below one sentence when something could not be done."""
    row = found(request, number)
    seen = cases.page(staff(request), row)
    texts = reply_texts.usable(row.unit) if row.stage in OPEN else []
    asked = request.GET.get("text", "")
    chosen = next((one for one in texts if str(one.pk) == asked), None)
    text = typed or (chosen.text if chosen else seen.draft.text if seen.draft else "")
    told = [one.submission for one in seen.words if one.submission]
    names = {
        "one": seen,
        "files": files_of(staff(request), told, Keyring.open(settings.ANSWERABLE.home)),
        "case": row,
        "open": row.stage in OPEN,
        "trouble": trouble,
        "text": text,
        "chosen": chosen,
        "texts": texts,
        "outcomes": OUTCOMES,
        "pauses": PAUSES,
        "deadline": datetime.fromisoformat,
    }
    return render(request, "staff/case.html", names, status=status)


def found(request: Request, number: int) -> Case:
    """The case, for this person; Http404 for every other."""
    row = cases.one(staff(request), number)
    if row is None:
        raise Http404
    return row


def act(
    request: Request, number: int, change: Callable[[Person, int], object], said: str, typed: str = ""
) -> HttpResponse:
    """Change a case as this person, naming the version they saw; what cannot be done is said there."""
    row = found(request, number)
    asked = request.POST.get("version", "")
    version = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 0
    try:
        change(staff(request), version)
    except Conflict as error:
        return shown(request, row.pk, request.texts.gettext(str(error)), 409, typed)
    except BadInput as error:
        return shown(request, row.pk, request.texts.gettext(str(error)), 400, typed)
    except NotAllowed as error:
        if cases.one(staff(request), number) is None:
            raise
        return shown(request, row.pk, request.texts.gettext(str(error)), 403, typed)
    if cases.one(staff(request), number) is None:  # it went to a unit this person does not see
        return go(request, "cases", said)
    return go(request, "case", said, number=row.pk)
