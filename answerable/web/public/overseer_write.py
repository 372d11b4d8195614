"""Write to the overseer, past everybody who works here: one page, no account, sealed as it comes."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt

from answerable.errors import BadInput, Conflict
from answerable.store import sealed_reports, sealing
from answerable.store.keyring import Keyring
from answerable.web.errors import csrf_failed
from answerable.web.pages import render
from answerable.web.public import form_seal
from answerable.web.public.tell_us import private
from answerable.web.request import Request


@csrf_exempt  # the seal takes its place: Django's check would need a cookie
def page(request: Request) -> HttpResponse:
    """GET /overseer asks, POST seals what was written and shows the code."""
    if request.method != "POST":
        return _ask(request, "", form_seal.new_seal(request))
    seal = form_seal.read_seal(request)
    if seal is None:
        return csrf_failed(request)
    _ = request.texts.gettext
    text = request.POST.get("text", "").strip()
    if request.POST.get("website"):
        trouble = _("A field that people do not see was filled in, as programs do. Send it once more.")
        return _ask(request, text, form_seal.new_seal(request), trouble, 400)
    if len(text) > sealed_reports.MOST_WORDS:
        trouble = _("These are more characters than we can take in one message. Make it shorter.")
        return _ask(request, text, request.POST["seal"], trouble, 400)
    if form_seal.too_many(request, "overseer"):
        trouble = _(
            "Many messages came from your connection. Your words are still here: send them in an hour."
        )
        return _ask(request, text, form_seal.new_seal(request), trouble, 429)
    ring = Keyring.open(settings.ANSWERABLE.home)
    try:
        code = sealed_reports.receive(text, seal.secret, ring=ring, now=request.now)
    except (BadInput, Conflict) as error:
        status = 400 if isinstance(error, BadInput) else 409
        return _ask(request, text, form_seal.new_seal(request), _(str(error)), status)
    names = {"code": code, "follow": f"{settings.ANSWERABLE.address}/follow/{code}"}
    return private(render(request, "public/overseer_done.html", names))


def gone(request: Request) -> HttpResponse:
    """GET /overseer/gone: after somebody took it back."""
    return private(render(request, "public/overseer_gone.html", {}))


def _ask(request: Request, text: str, seal: str, trouble: str = "", status: int = 200) -> HttpResponse:
    key = sealed_reports.office_key()
    names = {
        "key": key,
        "fingerprint": sealing.fingerprint(bytes(key.public)) if key else "",
        "text": text,
        "most": sealed_reports.MOST_WORDS,
        "seal": seal,
        "trouble": trouble,
    }
    return private(render(request, "public/overseer.html", names, status=status))
