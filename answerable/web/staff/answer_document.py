"""Documents an answer rests on: stored as they are today with hash and day, read before the answer is out."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.store import answer_documents
from answerable.store.models import AnswerDocument, Person
from answerable.web import evidence_upload
from answerable.web.download import evidence
from answerable.web.errors import gone
from answerable.web.request import Request
from answerable.web.staff.answer_show import act, found


def claim_document(request: Request, number: int) -> HttpResponse:
    """POST claims/<number>/document, title= file="""

    def store(actor: Person, _version: int) -> object:
        taken = evidence_upload.taken(request)
        return answer_documents.store(
            actor,
            number,
            title=request.POST.get("title", ""),
            name=taken.name,
            body=taken.body,
            given=taken.given,
            reason="evidence",
            now=request.now,
        )

    return act(
        request, number, store, request.texts.gettext("The document is stored with its hash and the day.")
    )


def claim_evidence(request: Request, number: int, sha256: str) -> HttpResponse:
    """GET claims/<number>/documents/<sha256>: whoever approves the answer opens what it rests on."""
    row = AnswerDocument.objects.filter(answer=found(request, number), pk=sha256).first()
    if row is None:
        raise Http404
    return gone(request) if row.erased_at else evidence(row)
