"""Write the answer: explanation first, verdict, evidence. A second person approves the statement."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.store import answers, voices
from answerable.store.drafts import VERDICTS
from answerable.store.models import Answer, AnswerDocument, AnswerLink, Voice
from answerable.store.reading.desk_statements import citable
from answerable.store.reading.story import in_their_words, story
from answerable.web.pages import go, render
from answerable.web.request import Request, staff
from answerable.web.staff import statement_form
from answerable.web.staff.answer_show import found, shown
from answerable.web.staff.statement_form import DOCUMENTS, Typed

_ITEMS = 6  # of each story that a form offers as evidence


def claim_write(request: Request, number: int) -> HttpResponse:
    """GET claims/<number>/write shows the form, POST saves the first draft."""
    row = found(request, number)
    _ = request.texts.gettext
    if row.statement_id is not None:
        return shown(request, number, _("This claim has an answer already: correct that one."), 409)
    speaking = list(voices.choices(staff(request), row.unit))
    if request.method != "POST":
        return _show(request, _begun(row, speaking), {}, row, speaking)
    typed = statement_form.typed_in(request)
    typed.values["claim"] = row.claim
    errors = statement_form.mistakes(typed, request, correcting=False)
    if not typed.get("verdict"):
        errors["verdict"] = _("What is our verdict? Choose one; not known yet is one too.")
        errors.pop("claim", None)
    if typed.get("voice") not in {str(voice.pk) for voice in speaking}:
        errors["voice"] = _("Choose who says it. Nothing goes out without a registered voice.")
    if not errors:
        try:
            words = statement_form.words(typed, request)
            version = answers.write(
                staff(request),
                number,
                voice_id=int(typed.get("voice")),
                reason="draft",
                now=request.now,
                **words,
            )
        except (BadInput, Conflict, NotAllowed) as error:
            errors["title"] = _(str(error))
        else:
            return go(request, "statement", _("The draft is saved."), number=version.statement_id)
    return _show(request, typed, errors, row, speaking)


def _begun(row: Answer, speaking: list[Voice]) -> Typed:
    """Stored documents are cited from the start; a single voice is chosen."""
    base = settings.ANSWERABLE.address
    standing = AnswerDocument.objects.filter(answer=row, erased_at=None)
    stored = standing.order_by("stored_at").values_list("title", "sha256")
    documents = [(title, f"{base}/documents/{digest}") for title, digest in stored]
    only = str(speaking[0].pk) if len(speaking) == 1 else ""
    return Typed({"voice": only}, [], documents)


def _show(
    request: Request, typed: Typed, errors: dict[str, str], row: Answer, speaking: list[Voice]
) -> HttpResponse:
    names: dict[str, Any] = {
        "answer": row,
        "typed": typed,
        "errors": errors,
        "voice_pairs": [(voice.pk, f"{voice.name}, {voice.role} ({voice.unit.name})") for voice in speaking],
        "voices": speaking,
        "verdicts": VERDICTS,
        "citable": citable(None, (*typed.items, *_heard(row, request))),
        "documents": [*typed.documents, *[("", "")] * max(1, DOCUMENTS - len(typed.documents))],
    }
    return render(request, "staff/claim_write.html", names, status=400 if errors else 200)


def _heard(row: Answer, request: Request) -> tuple[int, ...]:
    """The most telling items of the stories in which it was heard."""
    linked = AnswerLink.objects.filter(answer=row, story__isnull=False, undone_at=None)
    linked = linked.exclude(how="proposed")
    numbers: list[int] = []
    for number in linked.values_list("story", flat=True)[:3]:
        seen = story(int(number or 0), request.exercise)
        if seen is not None:
            numbers += [quoted.item.id for quoted in in_their_words(seen, _ITEMS)]
    return tuple(numbers)
