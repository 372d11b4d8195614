"""One statement, and each of its versions at its own address: what was said is never taken back unseen."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.publish.forms.notice import can_print
from answerable.store.reading import public_statements
from answerable.store.reading.public_statements import StatementSeen, VersionSeen
from answerable.web import statement_marks
from answerable.web.pages import render
from answerable.web.prose import Part, differences, prose
from answerable.web.public.wording_page import card_of
from answerable.web.request import Request


def page(request: Request, number: int) -> HttpResponse:
    """GET /statements/<number>/: the version that stands."""
    statement = _found(number)
    version = statement.version(statement.current)
    if version is None:
        raise Http404
    return _render(request, statement, version)


def version_page(request: Request, number: int, version: int) -> HttpResponse:
    """GET /statements/<number>/versions/<version>/: the exact text of one version."""
    statement = _found(number)
    chosen = statement.version(version)
    if chosen is None:
        raise Http404
    return _render(request, statement, chosen)


def _found(number: int) -> StatementSeen:
    statement = public_statements.statement(number)
    if statement is None:
        raise Http404
    return statement


def _render(request: Request, statement: StatementSeen, version: VersionSeen) -> HttpResponse:
    cited = len(version.evidence)
    return render(
        request,
        "public/statement.html",
        {
            "statement": statement,
            "version": version,
            "text": prose(version.text, cited),
            "what_to_do": prose(version.what_to_do, cited),
            "not_known": prose(version.not_known, cited),
            "changes": _changes(statement),
            "stands": version.number == statement.current,
            "card": card_of(request, statement, version),
            "can_print": can_print(),
            **statement_marks.marks(request, statement, version),
        },
    )


def _changes(statement: StatementSeen) -> dict[int, tuple[Part, ...]]:
    """For each corrected version, what it changed in title and text; () when too long to compare."""
    pairs = zip(statement.versions, statement.versions[1:], strict=False)
    return {
        newer.number: differences(f"{older.title}\n\n{older.text}", f"{newer.title}\n\n{newer.text}")
        for newer, older in pairs
    }
