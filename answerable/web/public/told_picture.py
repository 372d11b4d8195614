"""A picture that comes with a message: looked at in a parse worker, known again by 128 bits, never kept.

What travels on in the form are those bits; the file with all that its metadata says is gone with the request.
"""

from __future__ import annotations

from answerable.collect.workers import ParsePool
from answerable.errors import BadInput, SourceTrouble
from answerable.web.public import form_seal
from answerable.web.request import Request

MOST_BYTES = 10_000_000
PER_HOUR = 20
DIGITS = 32  # of a hash in hex


def sent(request: Request) -> str | None:
    """The hash in hex of the picture in this request, None without one. BadInput where it cannot be used."""
    file = request.FILES.get("file")
    if file is None or isinstance(file, list) or not file.size:
        return None
    if file.size > MOST_BYTES:
        raise BadInput("The picture is larger than 10 MB: send a smaller copy, or go on without it.")
    if form_seal.too_many(request, "picture", PER_HOUR):
        raise BadInput("Many pictures came from your connection within the hour. Go on without one.")
    try:
        with ParsePool(1) as pool:
            found = list(pool.run("picture", file.read()))
    except SourceTrouble:  # it broke the worker
        found = []
    if not found:
        raise BadInput(
            "This picture cannot be used: JPEG, PNG, WebP or GIF, at least 96 pixels on each side, and more "
            "than one plain area. Choose another, or go on without it."
        )
    return str(found[0])


def hashed(carried: str) -> bytes:
    """The bits that a form carried on; b"" where there are none, or where they are no hash."""
    try:
        return bytes.fromhex(carried) if len(carried) == DIGITS else b""
    except ValueError:
        return b""
