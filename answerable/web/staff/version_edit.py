"""Edit a draft while nobody reads it for approval; who edits becomes its writer."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.store import statements
from answerable.web.pages import go
from answerable.web.request import Request, staff
from answerable.web.staff import statement_form
from answerable.web.staff.statement_page import shown, version_found


def form(request: Request, number: int, version: int) -> HttpResponse:
    """GET statements/<number>/versions/<version>/edit shows the text, POST saves it."""
    row = version_found(request, number, version)
    _ = request.texts.gettext
    if row.submitted_at is not None:
        return shown(
            request, number, _("This text waits for approval or is out: it can no longer be edited."), 409
        )
    names = {"what": "edit", "version": row, "statement": row.statement}
    incident = row.statement.incident
    if request.method != "POST":
        typed = statement_form.typed_before(row, request)
        typed.values["language"] = row.statement.language
        return statement_form.show(request, typed, {}, incident=incident, names=names)
    typed = statement_form.typed_in(request)
    errors = statement_form.mistakes(typed, request, correcting=row.number > 1)
    if not errors:
        try:
            statements.edit(
                staff(request),
                row.pk,
                text_hash=request.POST.get("text_hash", "")[:64],
                change_note=typed.get("change_note"),
                reason="draft",
                now=request.now,
                **statement_form.words(typed, request),
            )
        except (BadInput, Conflict, NotAllowed) as error:
            errors["title"] = _(str(error))
        else:
            return go(request, "statement", _("The draft is saved."), number=number)
    return statement_form.show(request, typed, errors, incident=incident, names=names)
