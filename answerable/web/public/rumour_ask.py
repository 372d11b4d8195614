"""Tell me when this answer changes: an address, a letter that asks its owner, one click to leave."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from answerable.errors import BadInput
from answerable.store import answer_notices
from answerable.store.keyring import Keyring
from answerable.store.models import AnswerAsker, StatementVersion
from answerable.web.answer_text import CONFIRM, read_token
from answerable.web.errors import csrf_failed
from answerable.web.pages import render
from answerable.web.public import form_seal
from answerable.web.public.rumour_page import found, shown
from answerable.web.public.tell_us import private
from answerable.web.request import Request

PER_HOUR = 10


@csrf_exempt  # the seal of the page takes its place
def watch(request: Request, number: int) -> HttpResponse:
    """POST /rumours/<number>/watch, contact=<mail address>"""
    if form_seal.read_seal(request) is None:
        return csrf_failed(request)
    rumour, version = found(number)
    _ = request.texts.gettext
    address = request.POST.get("contact", "").strip()[:200]
    if request.POST.get("website"):
        trouble = _("A field that people do not see was filled in, as programs do. Send it once more.")
        return shown(request, number, trouble=trouble, typed=address, status=400)
    if form_seal.too_many(request, "watch", PER_HOUR):
        trouble = _("Many addresses came from your connection within the hour. Try again later.")
        return shown(request, number, trouble=trouble, typed=address, status=429)
    table = settings.ANSWERABLE
    row = StatementVersion.objects.get(statement=rumour.statement.id, number=version.number)
    try:
        answer_notices.watch(
            rumour.id,
            row,
            address,
            language=request.texts.language,
            days=table.contact_days,
            ring=Keyring.open(table.home),
            now=request.now,
        )
    except BadInput as error:
        return shown(request, number, trouble=_(str(error)), typed=address, status=400)
    return shown(
        request, number, said=_("A letter is on its way to you. Press the button in it, or nothing follows.")
    )


@csrf_exempt  # the signed link takes its place
def letter(request: Request, token: str) -> HttpResponse:
    """GET /rumours/letters/<token> asks, POST does it: tell me, or no more. The link alone does nothing."""
    read = read_token(token)
    asker = AnswerAsker.objects.filter(pk=read[1]).first() if read else None
    if read is None or asker is None:
        raise Http404
    use, done = read[0], request.GET.get("done") == "1"
    late = False
    if request.method == "POST":
        if use == CONFIRM:
            late = not answer_notices.confirm(asker.pk, request.now)
        else:
            answer_notices.leave(asker.pk, request.now)
            # A mail program of its own, which follows no redirect (RFC 8058).
            if request.POST.get("List-Unsubscribe") == "One-Click":
                return private(HttpResponse(status=200))
        if not late:
            return private(
                HttpResponseRedirect(reverse("public:rumour_letter", kwargs={"token": token}) + "?done=1")
            )
    names = {"use": use, "done": done, "late": late, "answer": asker.answer_id, "token": token}
    return private(render(request, "public/letter.html", names, status=410 if late else 200))
