"""Which timeline an address names. The address is the one that people see in their browser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from answerable.errors import BadInput

_TAG = re.compile(r"[\w·・]{1,100}")


@dataclass(frozen=True, slots=True)
class Timeline:
    """One public timeline of one server."""

    server: str  # scheme and host, without a slash at the end
    path: str  # as people see it: public, public/local, public/remote, tags/water
    listing: str  # path and query of its REST listing
    stream: str  # query of its stream

    @property
    def address(self) -> str:
        return f"{self.server}/{self.path}"


def timeline(address: str) -> Timeline:
    """Read an address; a server alone means what is posted there. Raises BadInput with what to write."""
    parts = urlsplit(address if "://" in address else f"https://{address}")
    words = [unquote(word) for word in parts.path.split("/") if word]
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or "@" in parts.netloc:
        raise _refused()
    server = f"{parts.scheme}://{parts.netloc}"
    if words in ([], ["public", "local"]):
        return Timeline(server, "public/local", "/api/v1/timelines/public?local=true", "stream=public:local")
    if words == ["public"]:
        return Timeline(server, "public", "/api/v1/timelines/public?", "stream=public")
    if words == ["public", "remote"]:
        return Timeline(
            server, "public/remote", "/api/v1/timelines/public?remote=true", "stream=public:remote"
        )
    if len(words) == 2 and words[0] in ("tags", "tag") and _TAG.fullmatch(words[1]):
        tag = quote(words[1], safe="")
        return Timeline(server, f"tags/{tag}", f"/api/v1/timelines/tag/{tag}?", f"stream=hashtag&tag={tag}")
    raise _refused()


def _refused() -> BadInput:
    return BadInput(
        "Write the address of a timeline as the browser shows it: https://town.example/public/local for what "
        "is posted on that server, https://town.example/public for all it hears, or https://town.example/tags/water."
    )
