"""Files that came with a message: a picture as it was drawn anew, all else as a download that nothing shows.

Whatever a file is, it leaves as an attachment, in a sandbox with no rights.
"""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse

from answerable.collect.file_kind import BINARY
from answerable.store import submission_files
from answerable.store.keyring import Keyring
from answerable.store.submission_files import DRAWN, HELD
from answerable.web.download import download
from answerable.web.request import Request, staff


def picture(request: Request, number: int, file: int) -> HttpResponse:
    """GET told/<number>/files/<file>/picture"""
    ring = Keyring.open(settings.ANSWERABLE.home)
    row = submission_files.one(staff(request), number, file, DRAWN)
    if row is None:
        raise Http404
    return _given(submission_files.content(row, ring), "image/jpeg", f"picture-{file}.jpg")


def take(request: Request, number: int, file: int) -> HttpResponse:
    """POST told/<number>/files/<file>: the bytes as they came; taking them is written to the ledger."""
    ring = Keyring.open(settings.ANSWERABLE.home)
    if submission_files.one(staff(request), number, file, HELD) is None:
        raise Http404
    name, content = submission_files.hand_out(staff(request), number, file, ring=ring, now=request.now)
    return _given(content, BINARY, name)


def _given(content: bytes, kind: str, name: str) -> HttpResponse:
    response = download(content, kind, name)
    response.headers["Cache-Control"] = "private, no-store"
    return response
