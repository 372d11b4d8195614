"""One statement: the exact text, where it stands, who may do what next, and why not yet."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Permission
from answerable.store import departures
from answerable.store.drafts import read_draft
from answerable.store.models import Person, Statement, StatementVersion
from answerable.store.reading import desk_statements
from answerable.store.reading.desk_statements import StatementPage, VersionLine
from answerable.web.pages import go, render
from answerable.web.prose import prose
from answerable.web.request import Request, staff
from answerable.web.statement_forms import checked


def page(request: Request, number: int) -> HttpResponse:
    """GET statements/<number>"""
    return shown(request, number)


def shown(request: Request, number: int, trouble: str = "", status: int = 200) -> HttpResponse:
    """The newest state of a statement, below one sentence when something could not be done."""
    seen = desk_statements.page(staff(request), found(request, number))
    return render(
        request,
        "staff/statement.html",
        {
            "page": seen,
            "statement": seen.statement,
            "trouble": trouble,
            "prose": prose,
            "allowed": {permission.value for permission in seen.allowed},
            "not_yet": _why_not_yet(request, seen, seen.newest),
            **_leaving(request, seen),
        },
        status=status,
    )


def found(request: Request, number: int) -> Statement:
    """The statement in this space, for this person; Http404 for every other."""
    row = desk_statements.statement(staff(request), number, exercise=request.exercise)
    if row is None:
        raise Http404
    return row


def version_found(request: Request, number: int, version: int) -> StatementVersion:
    """One version of it by its number."""
    row = found(request, number).versions.filter(number=version).first()
    if row is None:
        raise Http404
    return row


def act(
    request: Request, number: int, version: int, change: Callable[[Person, int], object], said: str
) -> HttpResponse:
    """Change a version as this person; when somebody was faster or it is not theirs, say so and show it."""
    row = version_found(request, number, version)
    _ = request.texts.gettext
    try:
        change(staff(request), row.pk)
    except Conflict as error:
        return shown(request, number, _(str(error)), 409)
    except NotAllowed as error:
        return shown(request, number, _(str(error)), 403)
    except BadInput as error:
        return shown(request, number, _(str(error)), 400)
    return go(request, "statement", said, number=number)


def _why_not_yet(request: Request, seen: StatementPage, line: VersionLine) -> str:
    """Why this reader cannot approve the newest version yet, in one line; "" when they can or it is done."""
    _ = request.texts.gettext
    if line.stage in ("approved", "published"):
        return ""
    if line.stage == "draft":
        return _("You can approve once the draft is submitted and the text stands still.")
    if line.version.written_by_id == staff(request).pk:
        return _("You wrote it, so a second person approves it.")
    if Permission.STATEMENT_APPROVE not in seen.allowed:
        return _("Your roles do not include approving for %(unit)s.", unit=seen.statement.unit.name)
    return ""


def _leaving(request: Request, seen: StatementPage) -> dict[str, object]:
    """How the newest version leaves or left, and what is worth a second look in it."""
    version, statement = seen.newest.version, seen.statement
    done = seen.newest.stage == "published"
    stayed = "" if done else departures.last_trouble(version.pk)
    return {
        "departure": None if done else departures.open_departure(version.pk),
        "stayed": request.texts.gettext(stayed) if stayed else "",
        "owed": departures.owed_of(version.pk) if done else None,
        "findings": checked(read_draft(version), statement.kind, statement.language),
    }
