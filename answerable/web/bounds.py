"""How much anybody may send at once. What is longer is read past and refused in a sentence, and never kept.

Only a file of rows that a colleague brings in may be larger; what it may hold is bounded where it is read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from answerable.web import uploads
from answerable.web.errors import too_long
from answerable.web.request import STAFF_PATHS, Request

MOST_BYTES = 11_000_000  # a document or picture of 10 MB with the words of its form
FRAME_BYTES = 1_000_000  # of the form around a file
IMPORT = "/imports/new"
_READ_PAST = 64 << 20  # so that a browser hears why; who sends more is cut off
_CHUNK = 1 << 16


class Bounds:
    """Behind the gate of the desk, and before anything reads what was sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, plain: HttpRequest) -> HttpResponseBase:
        length = str(plain.META.get("CONTENT_LENGTH") or "")
        # Without a length nothing is read at all: Django takes it for an empty body.
        sent = int(length[:30]) if length.isascii() and length.isdecimal() else 0
        most = uploads.MOST_BYTES + FRAME_BYTES if _brings_in(plain) else MOST_BYTES
        if sent <= most:
            return self.get_response(plain)
        left = min(sent, _READ_PAST)
        while left > 0 and (part := plain.read(min(left, _CHUNK))):
            left -= len(part)
        return too_long(cast("Request", plain), most)


def _brings_in(request: HttpRequest) -> bool:
    return request.path.startswith(STAFF_PATHS) and request.path.endswith(IMPORT)
