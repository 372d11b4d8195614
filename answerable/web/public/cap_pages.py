"""Warnings for machines: each as a signed CAP 1.2 message, and a feed of those in force."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase

from answerable.publish import cap, feeds
from answerable.store.keyring import Keyring
from answerable.store.reading import warnings
from answerable.web.pages import body_name
from answerable.web.public.feed_pages import answered
from answerable.web.request import Request
from answerable.web.texts import catalogue

_MOST = 60


def message(request: Request, number: int, version: int) -> HttpResponse:
    """GET statements/<number>/versions/<version>/cap.xml; below /exercise/ its status is Exercise."""
    base = _base()
    found = warnings.warned(number, version, base, exercise=request.exercise)
    if found is None:
        raise Http404
    body = cap.signed(cap.alert(found, _sender(base)), identity(str(settings.ANSWERABLE.home)))
    response = HttpResponse(body, content_type=cap.TYPE)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def feed(request: Request) -> HttpResponseBase:
    """GET /cap.atom: one entry for each warning, of its last version, which leads to its message."""
    head = feeds.Head(
        title=catalogue("en").gettext("Warnings of %(body)s") % {"body": body_name(request)},
        base=_base(),
        path="/cap.atom",
        author=body_name(request),
    )
    entries = []
    for statement in warnings.warnings(exercise=False)[:_MOST]:
        version = statement.published
        if version is None or version.published_at is None:
            continue
        entries.append(
            feeds.Entry(
                id=f"{head.base}/statements/{statement.pk}/versions/{version.number}/cap.xml",
                title=version.title,
                link=f"{head.base}/statements/{statement.pk}/versions/{version.number}/cap.xml",
                link_type="application/cap+xml",
                published=version.published_at,
                updated=version.published_at,
                author=f"{statement.voice.name}, {statement.voice.role}, {statement.unit.name}",
                language=statement.language,
                paragraphs=(version.title,),
            )
        )
    return answered(request, feeds.atom(entries, head), entries, head, feeds.ATOM_TYPE)


def certificate(_request: Request) -> HttpResponse:
    """GET /cap-certificate.pem: what our warnings are verified with."""
    body = identity(str(settings.ANSWERABLE.home)).certificate
    return HttpResponse(body, content_type="application/x-pem-file")


@lru_cache(maxsize=4)
def identity(home: str) -> cap.Identity:
    """The key and certificate of this data folder, made at first use."""
    key, certificate = Keyring.open(Path(home)).cap_identity(_sender(_base()))
    return cap.Identity(certificate.encode(), key.encode())


def _base() -> str:
    return str(settings.ANSWERABLE.address)


def _sender(base: str) -> str:
    return urlsplit(base).hostname or "localhost"
