"""Store a document an answer rests on: kept as it is today, with its hash and the day."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.errors import BadInput
from answerable.store import answers
from answerable.store.models import Person
from answerable.web.request import Request
from answerable.web.staff.answer_show import act


def claim_document(request: Request, number: int) -> HttpResponse:
    """POST claims/<number>/document, title= file="""

    def store(actor: Person, _version: int) -> object:
        sent = request.FILES.get("file")
        if sent is None or (sent.size or 0) > answers.MOST_BYTES:
            raise BadInput("A document has between one byte and 10 MB: choose another one.")
        return answers.store_document(
            actor,
            number,
            title=request.POST.get("title", ""),
            name=sent.name or "",
            body=sent.read(),
            reason="evidence",
            now=request.now,
        )

    return act(
        request, number, store, request.texts.gettext("The document is stored with its hash and the day.")
    )
