"""How can you check that it is ours? The public key, what was signed, byte for byte, and the commands."""

from __future__ import annotations

from base64 import b64decode
from hashlib import sha256

from django.http import Http404, HttpResponse

from answerable.publish.signing import key_as_pem
from answerable.store import signatures
from answerable.store.models import StatementSignature
from answerable.store.reading.public_leaving import signed
from answerable.web.pages import render
from answerable.web.request import Request


def page(request: Request) -> HttpResponse:
    """GET /checking/"""
    pem = key_as_pem(signatures.public_key())
    names = {"pem": pem.decode(), "fingerprint": sha256(b64decode(signatures.public_key())).hexdigest()}
    return render(request, "public/checking.html", names)


def key(_request: Request) -> HttpResponse:
    """GET /signing-key.pem"""
    return HttpResponse(key_as_pem(signatures.public_key()), content_type="application/x-pem-file")


def body(_request: Request, number: int, version: int) -> HttpResponse:
    """GET /statements/<number>/versions/<version>/signed.json: the very bytes that were signed."""
    return HttpResponse(
        _signed(number, version).body.encode(), content_type="application/json; charset=utf-8"
    )


def signature(_request: Request, number: int, version: int) -> HttpResponse:
    """GET /statements/<number>/versions/<version>/signed.sig: the 64 bytes of the signature."""
    raw = b64decode(_signed(number, version).signature)
    return HttpResponse(raw, content_type="application/octet-stream")


def _signed(number: int, version: int) -> StatementSignature:
    row = signed(number, version)
    if row is None:
        raise Http404
    return row
