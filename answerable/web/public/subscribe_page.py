"""What we publish, by mail: kinds and an area, a letter that asks its owner, one click to leave."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from answerable.errors import BadInput
from answerable.store import subscriptions
from answerable.store.keyring import Keyring
from answerable.store.models import Unit
from answerable.store.statements import KINDS
from answerable.web.errors import csrf_failed
from answerable.web.pages import render
from answerable.web.public import form_seal
from answerable.web.public.tell_us import private
from answerable.web.request import Request
from answerable.web.subscription_text import CONFIRM, read_token

PER_HOUR = 10


@csrf_exempt  # the seal of the page takes its place
def page(request: Request) -> HttpResponse:
    """GET /subscribe/ the form, POST contact, kind (several) and unit."""
    if request.method != "POST":
        return _form(request)
    if form_seal.read_seal(request) is None:
        return csrf_failed(request)
    if not subscriptions.offered():
        return _form(request)
    _ = request.texts.gettext
    if request.POST.get("website"):
        said = _("A field that people do not see was filled in, as programs do. Send it once more.")
        return _form(request, {"contact": said})
    if form_seal.too_many(request, "subscribe", PER_HOUR):
        said = _("Many addresses came from your connection within the hour. Try again later.")
        return _form(request, {"contact": said}, 429)
    table = settings.ANSWERABLE
    try:
        subscriptions.ask(
            request.POST.get("contact", "")[:200],
            request.POST.getlist("kind"),
            _area(request.POST.get("unit", "")),
            language=request.texts.language,
            ring=Keyring.open(table.home),
            now=request.now,
        )
    except BadInput as error:
        return _form(request, {"contact": _(str(error))})
    return HttpResponseRedirect(reverse("public:subscribe") + "?done=1")


@csrf_exempt  # the signed link takes its place, as the one click of mail programs needs it (RFC 8058)
def letter(request: Request, token: str) -> HttpResponse:
    """GET /subscribe/<token> asks, POST does it: send it to me, or no more. The link alone does nothing."""
    read = read_token(token)
    if read is None:
        raise Http404
    use, number = read
    done, late = request.GET.get("done") == "1", False
    if request.method == "POST":
        if use == CONFIRM:
            late = not subscriptions.confirm(number, Keyring.open(settings.ANSWERABLE.home), request.now)
        else:
            subscriptions.leave(number)
        if not late:
            there = reverse("public:subscription", kwargs={"token": token})
            return private(HttpResponseRedirect(f"{there}?done=1"))
    names = {"use": use, "done": done, "late": late, "token": token}
    return private(render(request, "public/subscription.html", names, status=410 if late else 200))


def _form(request: Request, errors: dict[str, str] | None = None, status: int = 400) -> HttpResponse:
    chosen = request.POST.getlist("kind") if request.method == "POST" else list(KINDS)
    names = {
        "offered": subscriptions.offered(),
        "done": request.GET.get("done") == "1",
        "kinds": KINDS,
        "chosen": [kind for kind in chosen if kind in KINDS],
        "units": [(unit.pk, unit.name) for unit in Unit.objects.order_by("path")],
        "values": {name: request.POST.get(name, "")[:200] for name in ("contact", "unit")},
        "errors": errors or {},
        "seal": form_seal.new_seal(request),
    }
    return render(request, "public/subscribe.html", names, status=status if errors else 200)


def _area(given: str) -> Unit | None:
    return Unit.objects.filter(pk=int(given)).first() if given.isdecimal() and len(given) < 16 else None
