"""Files of the look. Their address holds a hash of the content, so a browser never asks twice."""

from __future__ import annotations

import gzip
import mimetypes
from functools import cache

from django.http import Http404, HttpRequest, HttpResponse

from answerable.web.pages import STATIC, static


@cache
def _file(name: str) -> tuple[bytes, bytes, str]:
    data = (STATIC / name).read_bytes()
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return data, gzip.compress(data, mtime=0), kind + ("; charset=utf-8" if kind.startswith("text/") else "")


def static_file(request: HttpRequest, digest: str, name: str) -> HttpResponse:
    """GET one file; an old address answers 404, because its content is gone."""
    if (
        "/" in name
        or name.startswith(".")
        or not (STATIC / name).is_file()
        or static(name) != f"/static/{digest}/{name}"
    ):
        raise Http404(name)
    plain, packed, kind = _file(name)
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(packed if zipped else plain, content_type=kind)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Vary"] = "Accept-Encoding"
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    return response
