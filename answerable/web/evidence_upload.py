"""A file that somebody stores as evidence: a picture is drawn anew, all else is taken as it is, or refused.

What is stored goes out to anybody who reads the answer. A picture's file says where and by whom it was taken.
"""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, cast

from answerable.collect.file_kind import kind_of
from answerable.collect.workers import ParsePool
from answerable.errors import BadInput, SourceTrouble
from answerable.store.answer_documents import MOST_BYTES
from answerable.web.request import Request

if TYPE_CHECKING:
    from answerable.collect.redrawn import Drawn


@dataclass(frozen=True, slots=True)
class Taken:
    """What is stored of a file."""

    name: str
    body: bytes
    given: str = ""  # hash of the file, where the body was drawn anew


def taken(request: Request) -> Taken:
    """The file in this request. BadInput when there is none, it is too long, or no picture comes of one."""
    sent = request.FILES.get("file")
    if sent is None or isinstance(sent, list) or (sent.size or 0) > MOST_BYTES:
        raise BadInput("A document has between one byte and 10 MB: choose another one.")
    body = sent.read()
    if kind_of(body) != "picture":
        return Taken(sent.name or "", body)
    try:
        with ParsePool(1) as pool:
            drawn = cast("list[Drawn]", pool.run("picture_redrawn", body))
    except SourceTrouble:  # it broke the worker
        drawn = []
    if not drawn:
        raise BadInput("This picture cannot be opened: save it as JPEG, or put it into a PDF.")
    return Taken("picture.jpg", b64decode(drawn[0]["jpeg"]), sha256(body).hexdigest())
