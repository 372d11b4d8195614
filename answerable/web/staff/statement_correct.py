"""Correct what is published: the draft of a new version, beside the old one, which stays readable."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.store import statements
from answerable.web.pages import go
from answerable.web.request import Request, staff
from answerable.web.staff import statement_form
from answerable.web.staff.statement_page import found, shown


def form(request: Request, number: int) -> HttpResponse:
    """GET statements/<number>/correct shows the published text, POST saves the new version as a draft."""
    row = found(request, number)
    _ = request.texts.gettext
    latest = row.versions.order_by("-number").first()
    if latest is None or latest.published_at is None:
        said = _("A version of this statement is not published yet: work on that one.")
        return shown(request, number, said, 409)
    names = {"what": "correct", "version": latest, "statement": row}
    if request.method != "POST":
        typed = statement_form.typed_before(latest, request)
        typed.values |= {"change_note": "", "change": "correct", "language": row.language}
        return statement_form.show(request, typed, {}, incident=row.incident, names=names)
    typed = statement_form.typed_in(request)
    errors = statement_form.mistakes(typed, request, correcting=True)
    if not errors:
        try:
            statements.revise(
                staff(request),
                number,
                change_note=typed.get("change_note"),
                change=typed.get("change") or "correct",
                reason="correction",
                now=request.now,
                **statement_form.words(typed, request),
            )
        except (BadInput, Conflict, NotAllowed) as error:
            errors["title"] = _(str(error))
        else:
            return go(request, "statement", _("The new version is saved as a draft."), number=number)
    return statement_form.show(request, typed, errors, incident=row.incident, names=names)
