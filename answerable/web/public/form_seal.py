"""Keeps a public form honest without a session: a signed seal that says when the form was made.

No cookie and no address is kept. How often one connection may send is counted in memory, under a key that is
thrown away every hour.
"""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.core import signing
from django.http import HttpRequest

from answerable.collect.addresses import is_public
from answerable.web.entry.caller import caller, read_address
from answerable.web.request import Request

SALT = "form"
LASTS_S = 24 * 3600  # a form that is older gets a new seal; the words in it stay
SLOWER_THAN_S = 3  # nobody reads, writes and sends in less
PER_HOUR = 20  # messages from one connection
BEHIND_PROXY = 600  # from a proxy that hides its callers from us: all of them share one count
_MOST = 100_000  # connections counted at once


@dataclass(frozen=True, slots=True)
class Seal:
    """What a form carries: its secret and its age."""

    secret: str
    age_s: int


def new_seal(request: Request) -> str:
    """For a hidden field: a fresh secret and the time, signed."""
    return signing.dumps([secrets.token_urlsafe(18), int(request.now.timestamp())], salt=SALT)


def read_seal(request: Request) -> Seal | None:
    """The seal of the form that was sent; None when it is not one of ours."""
    if not _from_here(request):
        return None
    try:
        secret, made = signing.loads(request.POST.get("seal", "")[:400], salt=SALT)
        return Seal(str(secret), int(request.now.timestamp()) - int(made))
    except (signing.BadSignature, TypeError, ValueError):
        return None


def _from_here(request: HttpRequest) -> bool:
    """A page of another site that sends our form is refused; browsers say where they come from."""
    origin = request.headers.get("Origin", "")
    if not origin or origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    return origin == f"{request.scheme}://{request.get_host()}"


class Patience:
    """Counts messages of each connection in the running hour. Not shared between processes, never stored."""

    def __init__(self, window_s: int = 3600) -> None:
        self._window_s = window_s
        self._lock = threading.Lock()
        self._until = 0.0
        self._key = b""
        self._counts: dict[bytes, int] = {}

    def wait(self, who: str, most: int, now: float) -> int:
        """Count one message; returns the seconds to wait when there were too many, else 0."""
        with self._lock:
            if now >= self._until or self._until - now > self._window_s:
                # A new key each hour: even in memory nothing can be followed further than this.
                self._key, self._counts = secrets.token_bytes(32), {}
                self._until = now + self._window_s
            mark = hmac.digest(self._key, who.encode(), "sha256")[:12]
            count = self._counts.get(mark, 0)
            if count >= most:
                return max(1, int(self._until - now))
            if mark in self._counts or len(self._counts) < _MOST:
                self._counts[mark] = count + 1
            return 0


@cache
def _patience(use: str) -> Patience:  # noqa: ARG001 (one counter for each use)
    return Patience()


def too_many(request: HttpRequest, use: str, most: int = PER_HOUR) -> int:
    """Minutes to wait before this connection may do that again; 0 when it may now."""
    who = caller(request)
    if _hidden(request, who):
        most *= BEHIND_PROXY // PER_HOUR
    return -(-_patience(use).wait(who, most, time.monotonic()) // 60)


def _hidden(request: HttpRequest, who: str) -> bool:
    """A proxy `trusted_proxies` does not name: its callers look like one, and must not block each other."""
    forwarded = request.headers.get("X-Forwarded-For") or request.headers.get("Forwarded")
    address = read_address(who.partition("/")[0])
    return bool(forwarded) and (address is None or not is_public(address))


def forget_counts() -> None:
    """Start counting anew, for tests."""
    _patience.cache_clear()
