"""What will people read? The forms that come out of one fact sheet, before anybody approves them."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse

from answerable.publish.forms.card import card
from answerable.publish.forms.notice import can_print
from answerable.publish.forms.sheet import FactSheet, words
from answerable.publish.forms.written import MANNERS, for_channel, short
from answerable.store.drafts import read_draft
from answerable.store.models import StatementVersion
from answerable.web import statement_forms
from answerable.web.pages import body_name, render
from answerable.web.public.wording_page import drawn, on_paper, sections
from answerable.web.request import Request
from answerable.web.staff.statement_page import version_found


def page(request: Request, number: int, version: int) -> HttpResponse:
    """GET statements/<number>/versions/<version>/forms"""
    row = version_found(request, number, version)
    sheet = sheet_of_row(request, row)
    labels = statement_forms.labels(sheet.language)
    draft = read_draft(row)
    easy = next((one for one in draft.wordings if (one.form, one.language) == ("easy", sheet.language)), None)
    easy_sheet = statement_forms.worded(sheet, easy) if easy else sheet
    short_text = short(sheet, labels)
    names = {
        "statement": row.statement,
        "version": row,
        "card": card(sheet, labels),
        "short": short_text.split("\n\n"),
        "short_words": words(short_text),
        "easy": sections(easy_sheet, "easy", easy is not None),
        "easy_by_hand": easy is not None,
        "wordings": [one for one in draft.wordings if one is not easy],
        "can_print": can_print(),
        "channels": [
            (name, for_channel(sheet, manner, labels), manner.most) for name, manner in MANNERS.items()
        ],
    }
    return render(request, "staff/version_forms.html", names)


def picture(request: Request, number: int, version: int, place: int, kind: str) -> HttpResponse:
    """GET statements/<number>/versions/<version>/card-<1|2>.<svg|png>: as the public will get it."""
    sheet = sheet_of_row(request, version_found(request, number, version))
    return drawn(card(sheet, statement_forms.labels(sheet.language)), place, kind)


def notice(request: Request, number: int, version: int) -> HttpResponse:
    """GET statements/<number>/versions/<version>/notice.pdf: on paper, as the public will get it."""
    row = version_found(request, number, version)
    sheet = sheet_of_row(request, row)
    said = statement_forms.version_line(sheet.language, request.texts, row.number, row.published_at)
    return on_paper(sheet, said, f"statement-{number}-{version}.pdf")


def sheet_of_row(request: Request, row: StatementVersion) -> FactSheet:
    """The fact sheet of a stored version in its own language."""
    statement = row.statement
    voice = statement.voice
    return statement_forms.sheet(
        row,
        kind=statement.kind,
        language=statement.language,
        voice=f"{voice.name}, {voice.role}",
        unit=voice.unit.name,
        body=body_name(request),
        address=f"{settings.ANSWERABLE.address}/statements/{statement.pk}/",
        next_word=statement_forms.moment_in(statement.language, request.texts, row.next_word_at),
        evidence=[one.title or one.link or f"[{place}]" for place, one in enumerate(row.evidence.all(), 1)],
        one_person=bool(row.one_person_hash) and row.approved_by_id is None,
        exercise=statement.exercise,
    )
