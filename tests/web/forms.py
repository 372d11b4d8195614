"""Somebody at a public form, with a clock of their own: fills page after page, as a browser without scripts does."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from unittest.mock import patch

from django.core.files.base import File
from django.http import HttpResponse
from django.test import Client

from answerable.web.public import form_seal
from tests.cast import NOW

FIELD = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">')


@dataclass
class Writer:
    """Walks through the public form."""

    now: datetime = NOW
    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))
    seen: HttpResponse | None = None

    def get(self, path: str = "/tell-us", **headers: str) -> HttpResponse:
        with self.clock():
            self.seen = self.client.get(path, headers=headers)
        return self.seen

    def post(
        self, path: str = "/tell-us", *, headers: dict[str, str] | None = None, **typed: str | File
    ) -> HttpResponse:
        """Send the page in hand with what was typed; its hidden fields travel along."""
        assert self.seen is not None
        found = FIELD.findall(self.seen.content.decode())
        hidden = {name: html.unescape(value) for name, value in found}
        with self.clock():
            self.seen = self.client.post(path, hidden | typed, headers=headers)
        return self.seen

    def fill(
        self, text: str, *, kind: str = "report", place: str = "", contact: str = "", at: str = "/tell-us"
    ) -> None:
        """Up to the last page, on which everything is looked at before it is sent."""
        self.get(at)
        self.post(kind=kind)
        self.post(text=text)
        self.post(place=place)
        self.post(contact=contact)
        self.now += timedelta(seconds=40)

    def tell(self, text: str, **rest: str) -> str:
        """All pages, then send; the code."""
        self.fill(text, **rest)
        self.post()
        return code_of(self.seen)

    @contextmanager
    def clock(self) -> Iterator[None]:
        with patch("answerable.web.middleware.timezone.now", lambda: self.now):
            yield


def code_of(page: HttpResponse | None) -> str:
    assert page is not None
    found = re.search(r'id="code"[^>]*>([0-9A-Z-]{19})<', page.content.decode())
    assert found, page.content.decode()
    return found[1]


@contextmanager
def fresh_counts() -> Iterator[None]:
    """Counts of the limits begin anew, before and after."""
    form_seal.forget_counts()
    yield
    form_seal.forget_counts()
