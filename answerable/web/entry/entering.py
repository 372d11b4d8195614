"""Somebody proved who they are: their session begins, and may be seen and ended on their own page."""

from __future__ import annotations

from django.contrib.auth import login

from answerable.store import desk_sessions
from answerable.store.models import Person
from answerable.web.backend import PATH
from answerable.web.request import Request

ENTERED, NUMBER, KEYED = "entered_at", "desk_session", "keyed_at"
FRESH_S = 15 * 60
_BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari", "curl")
_NAMES = {"Edg": "Edge", "OPR": "Opera"}
_SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac OS X", "CrOS", "Linux")


def enter(request: Request, person: Person, how: str) -> None:
    """Sign in with a fresh key, so that one somebody planted before is worth nothing."""
    login(request, person, backend=PATH)
    request.session.cycle_key()
    device = device_of(request.headers.get("User-Agent", ""))
    row = desk_sessions.begin(
        person, request.session.session_key or "", how=how, device=device, now=request.now
    )
    request.session[NUMBER] = row.pk
    request.session[ENTERED] = request.session[KEYED] = int(request.now.timestamp())


def fresh(request: Request) -> bool:
    """Whether the person proved who they are in the last quarter of an hour."""
    entered: float = request.session.get(ENTERED, 0)
    return request.now.timestamp() - entered < FRESH_S


def device_of(agent: str) -> str:
    """The kind of browser and system, as "Firefox, Linux"; no version, which would be a fingerprint."""
    browser = next((_NAMES.get(one, one) for one in _BROWSERS if f"{one}/" in agent), "")
    system = next((one for one in _SYSTEMS if one in agent), "")
    return ", ".join(part for part in (browser, system) if part)
