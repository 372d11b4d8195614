"""How a file that was given to us leaves again: as an attachment under a name of ours, in a shut sandbox.

Nothing of it is ever shown on our pages, or can be used as a script, a style or a frame of them.
"""

from __future__ import annotations

from base64 import b64encode

from django.http import HttpResponse

from answerable.collect.file_kind import given_name, type_of
from answerable.store.models import AnswerDocument

SHUT = "sandbox; default-src 'none'"


def download(content: bytes, kind: str, name: str) -> HttpResponse:
    """`kind` is a content type told by the bytes, `name` one of `file_kind.given_name`."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SHUT
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def evidence(row: AnswerDocument) -> HttpResponse:
    """A stored document byte by byte, named by its hash, with the type that its bytes tell."""
    body = bytes(row.body)
    response = download(body, type_of(body), given_name(f"document-{row.pk[:16]}", body, row.name))
    digest = b64encode(bytes.fromhex(row.pk)).decode("ascii")
    response.headers["Repr-Digest"] = f"sha-256=:{digest}:"  # RFC 9530
    response.headers["ETag"] = f'"{row.pk}"'
    return response
