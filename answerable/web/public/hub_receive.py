"""Where hubs (WebSub) reach us: they verify that we asked, and deliver what a feed has new.

No page: a program reads the answers. Only what is signed with the secret of this very address is kept.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from answerable.collect.feeds.hubs import is_signed
from answerable.store import hubs
from answerable.store.keyring import Keyring
from answerable.web.request import Request

_PLAIN = "text/plain; charset=utf-8"


@csrf_exempt  # a hub's signature takes its place: no cookie gives anybody a right here
def receive(request: Request, token: str) -> HttpResponse:
    """GET verifies, POST delivers."""
    return _deliver(request, token) if request.method == "POST" else _verify(request, token)


def _verify(request: Request, token: str) -> HttpResponse:
    mode, topic = request.GET.get("hub.mode", ""), request.GET.get("hub.topic", "")
    if mode == "denied":
        hubs.denied(token, topic, request.now)
        return HttpResponse(status=200, content_type=_PLAIN)
    lease = request.GET.get("hub.lease_seconds", "")
    seconds = int(lease) if lease.isascii() and lease.isdecimal() and len(lease) < 10 else 0
    if mode != "subscribe" or not hubs.verified(token, topic, seconds, request.now):
        return HttpResponse(status=404, content_type=_PLAIN)
    return HttpResponse(request.GET.get("hub.challenge", "")[:2000], content_type=_PLAIN)


def _deliver(request: Request, token: str) -> HttpResponse:
    source = hubs.listener(token)
    if source is None:
        return HttpResponse(status=410, content_type=_PLAIN)  # tells the hub to stop
    body = _body(request)
    if body is None:
        return HttpResponse(status=413, content_type=_PLAIN)
    ring = Keyring.open(settings.ANSWERABLE.home)
    # By the specification a wrong signature is answered like a right one, and nothing of it is used.
    if is_signed(hubs.secret(ring, token), body, request.headers.get("X-Hub-Signature", "")):
        home, kind = settings.ANSWERABLE.home, request.headers.get("Content-Type", "")
        if not hubs.keep(home, ring, source.pk, body, kind, request.now):
            return HttpResponse(status=503, headers={"Retry-After": "300"}, content_type=_PLAIN)
    return HttpResponse(status=202, content_type=_PLAIN)


def _body(request: HttpRequest) -> bytes | None:
    """What was sent, at most as much as a feed may hold."""
    found: bytes = request.read(hubs.MOST_BYTES + 1)
    return None if len(found) > hubs.MOST_BYTES else found
