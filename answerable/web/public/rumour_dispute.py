"""Dispute an answer in one's own words. What came of it stands at an address that only its sender has."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from answerable.errors import BadInput
from answerable.store import answer_disputes
from answerable.store.answer_disputes import DECIDE_WITHIN, MOST_WORDS
from answerable.store.keyring import Keyring
from answerable.store.models import AnswerDispute
from answerable.web.errors import csrf_failed
from answerable.web.pages import render
from answerable.web.public import form_seal
from answerable.web.public.rumour_page import found
from answerable.web.public.tell_us import private
from answerable.web.request import Request

PER_HOUR = 10


@csrf_exempt  # the seal of the page takes its place
def dispute(request: Request, number: int) -> HttpResponse:
    """GET /rumours/<number>/dispute asks, POST keeps it and leads to its page."""
    seal = form_seal.read_seal(request) if request.method == "POST" else None
    if request.method == "POST" and seal is None:
        return csrf_failed(request)
    rumour, version = found(number)
    typed, trouble, status = request.POST.get("text", "").strip()[:MOST_WORDS], "", 200
    if seal is not None:
        _ = request.texts.gettext
        if request.POST.get("website"):
            trouble, status = (
                _("A field that people do not see was filled in, as programs do. Send it once more."),
                400,
            )
        elif form_seal.too_many(request, "dispute", PER_HOUR):
            trouble, status = (
                _("Many disputes came from your connection within the hour. Try again later."),
                429,
            )
        else:
            try:
                made = answer_disputes.dispute(
                    rumour.id,
                    version.number,
                    text=typed,
                    form=seal.secret,
                    language=request.texts.language,
                    ring=Keyring.open(settings.ANSWERABLE.home),
                    now=request.now,
                )
            except BadInput as error:
                trouble, status = _(str(error)), 400
            else:
                return private(HttpResponseRedirect(reverse("public:dispute", kwargs={"number": made.pk})))
    names = {
        "rumour": rumour,
        "version": version,
        "typed": typed,
        "most": MOST_WORDS,
        "days": DECIDE_WITHIN.days,
        "trouble": trouble,
        "seal": form_seal.new_seal(request),
    }
    return private(render(request, "public/rumour_dispute.html", names, status=status))


def outcome(request: Request, number: int) -> HttpResponse:
    """GET /rumours/disputes/<number>: where it stands. Its words are not shown."""
    row = AnswerDispute.objects.filter(pk=number).first()
    if row is None:
        raise Http404
    names = {"dispute": row, "address": f"{settings.ANSWERABLE.address}/rumours/disputes/{number}"}
    return private(render(request, "public/dispute.html", names))
