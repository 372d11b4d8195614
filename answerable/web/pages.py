"""How a page is made: one Jinja2 environment for each language, one set of names every template can use.

Views return `render(...)` or `go(...)`; both read the request that `web.middleware.Frame` prepared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.urls import NoReverseMatch, reverse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from answerable.permissions import Permission
from answerable.store import drills
from answerable.store.access import permissions_of
from answerable.store.models import Unit
from answerable.store.reading.frame import last_ledger_entry, roles_held
from answerable.web import charts, clockface
from answerable.web.request import Request, person_of
from answerable.web.texts import LANGUAGES, TAGS, Texts, catalogue, marked, written

HERE = Path(__file__).parent
STATIC = HERE / "static"
SAID_COOKIE: Final = "said"

# Name of the route, what the reader reads, whether phones drop it from the bar (it stays in the foot), and
# the permission without which nobody sees it.
NAV: tuple[tuple[str, str, bool, Permission | None], ...] = (
    ("now", marked("Now"), False, Permission.DESK_READ),
    ("stories", marked("Stories"), False, Permission.DESK_READ),
    ("told", marked("Told to us"), True, Permission.DESK_READ),
    ("cases", marked("Cases"), False, Permission.DESK_READ),
    ("matters", marked("Matters"), True, Permission.DESK_READ),
    ("questions", marked("Questions"), True, Permission.DESK_READ),
    ("incidents", marked("Incidents"), False, Permission.DESK_READ),
    ("claims", marked("Claims"), False, Permission.DESK_READ),
    ("statements", marked("Statements"), True, Permission.DESK_READ),
    ("reports", marked("Reports"), True, Permission.DESK_READ),
    ("duty", marked("Duty"), True, Permission.DESK_READ),
    ("sources", marked("Sources"), True, Permission.DESK_READ),
    ("oversight", marked("Oversight"), True, Permission.OVERSIGHT_READ),
    ("units", marked("Units and people"), True, Permission.DESK_READ),
    ("settings", marked("Settings"), True, None),
)
# Pages that have an address of their own and belong to an entry of the bar.
_BELOW: dict[str, tuple[str, ...]] = {
    "stories": ("alerts", "rooms"),
    "cases": ("contests", "reply-texts"),
    "statements": ("channels", "deliveries", "press"),
    "units": ("people", "voices"),
}


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One entry of the bar."""

    url: str
    label: str
    low: bool
    here: bool


@cache
def environment(language: str) -> Environment:
    """Templates with the words of one language; compiled once for each worker."""
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    gettext, ngettext = _words(language)
    env.globals.update(_=gettext, gettext=gettext, ngettext=ngettext)
    env.filters["clip"] = clip
    env.globals.update(
        static=static,
        spark=charts.spark_paths,
        strip=charts.strip,
        languages=tuple((code, TAGS[code], name) for code, name in LANGUAGES.items()),
        htmx_config='{"includeIndicatorStyles":false,"allowEval":false,"selfRequestsOnly":true,"historyCacheSize":0}',
    )
    return env


def _words(language: str) -> tuple[Callable[..., Markup], Callable[..., Markup]]:
    """Messages for templates, as Jinja2's own new style has them and quicker: values are escaped."""
    words = catalogue(language)

    @cache
    def plain(message: str) -> Markup:
        return Markup(words.gettext(message)) % {}  # noqa: S704 (our own sentence)

    def gettext(message: str, **values: Any) -> Markup:
        return Markup(words.gettext(message)) % values if values else plain(message)  # noqa: S704

    def ngettext(one: str, many: str, n: int, **values: Any) -> Markup:
        return Markup(words.ngettext(one, many, n)) % {"num": written(n, language), **values}  # noqa: S704

    return gettext, ngettext


def clip(text: str, most: int = 180) -> str:
    """The beginning of a text in one line, cut between words where there are any."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > most // 2 else cut).rstrip(" ,.;:，。；：") + "…"


@cache
def static(name: str) -> str:
    """The address of a file of ours; it holds a hash of the content, so that it may be kept for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{digest}/{name}"


@lru_cache(maxsize=8192)
def _reverse(exercise: bool, name: str, values: tuple[tuple[str, Any], ...]) -> str:
    if ":" in name:
        return reverse(name, kwargs=dict(values))
    here, there = ("exercise", "desk") if exercise else ("desk", "exercise")
    try:
        return reverse(f"{here}:{name}", kwargs=dict(values))
    except NoReverseMatch:
        # Units, people and settings stand only on the real side, the drill's own pages only on the other.
        return reverse(f"{there}:{name}", kwargs=dict(values))


def link(exercise: bool, name: str, query: Mapping[str, Any] | None = None, **values: Any) -> str:
    """The address of a page; a name without a namespace is a staff page of the same space."""
    address = _reverse(exercise, name, tuple(sorted(values.items())))
    kept = {key: value for key, value in (query or {}).items() if value not in (None, "", False)}
    return f"{address}?{urlencode(kept)}" if kept else address


def permitted(request: Request) -> Callable[..., bool]:
    """`may("incident.open")` or `may("incident.change", unit)` for the reader, from one query."""
    if request.may is not None:
        return request.may
    person = person_of(request)
    held: list[tuple[frozenset[Permission], str]] = []

    def may(permission: str, unit: Unit | None = None) -> bool:
        if person is not None and not held:
            held.extend((permissions_of(role), path) for role, path in roles_held(person))
        wanted = Permission(permission)
        return any(wanted in given and (unit is None or unit.path.startswith(path)) for given, path in held)

    request.may = may
    return may


def render(
    request: Request, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """The page of a template. The context may hold anything; the names of `frame` are always there."""
    response = HttpResponse(fragment(request, template, context or {}), status=status)
    if SAID_COOKIE in request.COOKIES:
        response.delete_cookie(SAID_COOKIE, samesite="Lax")
    return response


def fragment(request: Request, template: str, context: Mapping[str, Any]) -> str:
    """The text of a part of a page, with the same names as a whole one."""
    names = frame(request)
    names.update(context)
    return environment(request.texts.language).get_template(template).render(names)


def frame(request: Request) -> dict[str, Any]:
    """The names every template can use."""
    t = request.texts
    person = person_of(request)
    exercise = request.exercise

    def url(name: str, query: Mapping[str, Any] | None = None, **values: Any) -> str:
        return link(exercise, name, query, **values)

    def face(*args: Any, **kwargs: Any) -> clockface.Face:
        return clockface.face(t, *args, **kwargs)

    return {
        "t": t,
        "now": request.now,
        "near": drill_now(request) if exercise else None,
        "person": person,
        "unit": request.unit,
        "body_name": body_name(request),
        "exercise": exercise,
        "space": "exercise" if exercise else "desk",
        "path": request.path,
        "url": url,
        "may": permitted(request),
        "face": face,
        "wedge": clockface.wedge,
        "nav": _nav(request, t) if person else (),
        "first": first_page(request, exercise=exercise),
        "csrf": cache(
            lambda: Markup('<input type="hidden" name="csrfmiddlewaretoken" value="%s">') % get_token(request)
        ),
        "said": _said(request),
        "last_ledger_entry": last_ledger_entry,
    }


def first_page(request: Request, *, exercise: bool) -> str:
    """Where this reader's desk begins: Now, or for somebody outside the desk the page of their office."""
    may = permitted(request)
    outside = not may(Permission.DESK_READ) and may(Permission.OVERSIGHT_READ)
    return link(exercise, "oversight" if outside else "now")


def drill_now(request: Request) -> datetime | None:
    """Exercise time: what "today" means for the items of a drill; None without one."""
    drill = drills.current()
    # A day that is over stands at its midnight, which is the next day already.
    return drills.exercise_now(drill, request.now) - timedelta(seconds=1) if drill else None


def body_name(request: Request) -> str:
    """The public body: the name in the settings, or the top unit's."""
    table = getattr(settings, "ANSWERABLE", None)
    if request.unit is not None and request.unit.parent_id is None:
        return request.unit.name
    return str(table.body_name) if table else ""


def go(
    request: Request, name: str, said: str = "", *, anchor: str = "", **values: Any
) -> HttpResponseRedirect:
    """After a POST: to a page of the same space, which then says `said` once."""
    address = link(request.exercise, name, **values)
    response = HttpResponseRedirect(address + (f"#{anchor}" if anchor else ""))
    if said:
        response.set_cookie(
            SAID_COOKIE, signing.dumps(said[:500], salt="said"), max_age=60, httponly=True, samesite="Lax"
        )
    return response


def _said(request: Request) -> str:
    raw = request.COOKIES.get(SAID_COOKIE, "")
    if not raw:
        return ""
    try:
        return str(signing.loads(raw, salt="said", max_age=60))
    except signing.BadSignature:
        return ""


def _nav(request: Request, t: Texts) -> tuple[NavEntry, ...]:
    entries = []
    may = permitted(request)
    for name, label, low, permission in NAV:
        if permission is not None and not may(permission):
            continue
        address = link(request.exercise, name)
        begins = tuple(f"{address.rpartition('/')[0]}/{part}" for part in _BELOW.get(name, ()))
        here = request.path == address or (
            name != "now" and request.path.startswith((f"{address}/", *begins))
        )
        entries.append(NavEntry(address, t.gettext(label), low and not here, here))
    return tuple(entries)
