"""A page of ours as PDF, by WeasyPrint: tagged (PDF/UA), the same bytes each time, with nothing loaded."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import Any

import weasyprint  # type: ignore[import-untyped]
from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]


class _Ours(URLFetcher):  # type: ignore[misc] # the package says nothing of its types
    """Gives the picture we drew; asks for nothing else, whatever a page says."""

    def __init__(self, address: str, picture: bytes) -> None:
        super().__init__(allowed_protocols=[])
        self._address, self._picture = address, picture

    def fetch(self, url: str, _headers: Any = None) -> URLFetcherResponse:
        """A picture, or an error that leaves its place empty."""
        if url != self._address:
            raise ValueError("a page of ours loads nothing")
        return URLFetcherResponse(url, self._picture, {"Content-Type": "image/svg+xml"})


@lru_cache(maxsize=16)
def printed(page: str, address: str, picture: bytes) -> bytes:
    """The PDF of an HTML page; `picture` is an SVG that the page has at `address`."""
    fetcher = _Ours(address, picture)
    made = weasyprint.HTML(string=page, url_fetcher=fetcher)
    identity = sha256(page.encode()).digest()[:16]
    found: bytes = made.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identity, pdf_tags=True)
    return found
