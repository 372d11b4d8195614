"""A statement in easy words, in 200 words, in another language, on paper; and the pictures of its card."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse

from answerable.publish.forms.card import Card, card
from answerable.publish.forms.drawn import png, svg
from answerable.publish.forms.notice import pdf
from answerable.publish.forms.sheet import FactSheet
from answerable.publish.forms.written import Section, easy, full, short
from answerable.store.reading import public_statements
from answerable.store.reading.public_statements import StatementSeen, VersionSeen
from answerable.web import statement_forms
from answerable.web.pages import body_name, render
from answerable.web.request import Request


def page(request: Request, number: int, form: str, language: str) -> HttpResponse:
    """GET /statements/<number>/in/<full|easy|short>/<language>/: always of the version that stands."""
    statement = public_statements.statement(number)
    version = statement.version(statement.current) if statement else None
    if statement is None or version is None:
        raise Http404
    sheet, by_hand = _sheet(request, statement, version, form, language)
    names = {
        "statement": statement,
        "version": version,
        "sheet": sheet,
        "form": form,
        "by_hand": by_hand,
        "pieces": sections(sheet, form, by_hand),
    }
    return render(request, "public/wording.html", names)


def picture(request: Request, number: int, version: int, place: int, kind: str) -> HttpResponse:
    """GET /statements/<number>/versions/<version>/card-<1|2>.<svg|png>"""
    statement = public_statements.statement(number)
    chosen = statement.version(version) if statement else None
    if statement is None or chosen is None:
        raise Http404
    response = drawn(card_of(request, statement, chosen), place, kind)
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def notice(request: Request, number: int, version: int) -> HttpResponse:
    """GET /statements/<number>/versions/<version>/notice.pdf"""
    statement = public_statements.statement(number)
    chosen = statement.version(version) if statement else None
    if statement is None or chosen is None:
        raise Http404
    sheet = sheet_of(request, statement, chosen)
    said = statement_forms.version_line(sheet.language, request.texts, chosen.number, chosen.published_at)
    response = on_paper(sheet, said, f"statement-{number}-{version}.pdf")
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def on_paper(sheet: FactSheet, said: str, name: str) -> HttpResponse:
    """A notice to print. 404 where this machine draws none."""
    made = pdf(sheet, said, statement_forms.labels(sheet.language))
    if made is None:
        raise Http404
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def card_of(request: Request, statement: StatementSeen, version: VersionSeen) -> Card:
    """The card of a version in its own language."""
    of = sheet_of(request, statement, version)
    return card(of, statement_forms.labels(of.language))


def drawn(made: Card, place: int, kind: str) -> HttpResponse:
    """One picture of a card. 404 for a third one, and for a PNG that this machine has no font for."""
    if place not in (1, 2) or kind not in ("svg", "png"):
        raise Http404
    plan = made.pictures[place - 1]
    data = svg(plan).encode() if kind == "svg" else png(plan)
    if data is None:
        raise Http404
    response = HttpResponse(data, content_type="image/svg+xml" if kind == "svg" else "image/png")
    # Opened by itself, an SVG is a document: nothing in it may run or load.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def sections(sheet: FactSheet, form: str, by_hand: bool) -> tuple[Section, ...]:
    """A form as headings and lines; easy words that somebody wrote are shown as they wrote them."""
    labels = statement_forms.labels(sheet.language)
    if form == "short":
        return (Section("", tuple(short(sheet, labels).split("\n\n"))),)
    if form == "easy" and not by_hand:
        return easy(sheet, labels)
    return full(sheet, labels)


def sheet_of(request: Request, statement: StatementSeen, version: VersionSeen) -> FactSheet:
    """The fact sheet of a public version in its own language."""
    owed = version.beside.owed
    return statement_forms.sheet(
        version,
        kind=statement.kind,
        language=statement.language,
        voice=f"{statement.voice.name}, {statement.voice.role}",
        unit=statement.unit,
        body=body_name(request),
        address=f"{settings.ANSWERABLE.address}/statements/{statement.id}/",
        next_word=statement_forms.moment_in(statement.language, request.texts, version.next_word_at),
        evidence=[one.title or one.link or f"[{one.number}]" for one in version.evidence],
        one_person=owed is not None and owed.outcome != "approved",
    )


def _sheet(
    request: Request, statement: StatementSeen, version: VersionSeen, form: str, language: str
) -> tuple[FactSheet, bool]:
    """The sheet in these words, and whether a person wrote them in this form."""
    of = sheet_of(request, statement, version)
    written = {(one.form, one.language): one for one in version.beside.wordings}
    wanted = "full" if form == "short" else form
    if wording := written.get((wanted, language)):
        return statement_forms.worded(of, wording), True
    if form not in ("full", "easy", "short") or language != statement.language:
        raise Http404
    return of, form == "full"
