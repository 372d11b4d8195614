"""While somebody works, the key of their session is replaced every quarter of an hour."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from answerable.store import desk_sessions
from answerable.web.entry.entering import ENTERED, KEYED, NUMBER
from answerable.web.request import STAFF_PATHS

REPLACE_AFTER_S = 15 * 60


class SessionKeys:
    """After authentication. A live part of a page or a form under way keeps the key it has."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        page = request.method == "GET" and not request.headers.get("HX-Request")
        if page and request.path.startswith(STAFF_PATHS):
            replace_key(request)
        return self.get_response(request)


def replace_key(request: HttpRequest) -> None:
    """Give an old session a new key. The old one dies within a minute: other tabs may still be sending it."""
    old, now = request.session, timezone.now()
    keyed = old.get(KEYED)
    if keyed is None or now.timestamp() - keyed < REPLACE_AFTER_S:
        return
    store = cast("type[SessionBase]", import_module(settings.SESSION_ENGINE).SessionStore)
    fresh = store()
    for name, value in old.items():
        fresh[name] = value
    fresh[KEYED] = int(now.timestamp())
    # The hours of a session count from signing in, however often its key is replaced.
    ends = old[ENTERED] + settings.SESSION_COOKIE_AGE
    fresh.set_expiry(max(1, int(ends - now.timestamp())))
    fresh.create()
    if desk_sessions.replaced(old[NUMBER], old.session_key or "", fresh.session_key or "", now):
        request.session = fresh
    else:  # another tab was faster, or the session was ended meanwhile
        fresh.delete()
