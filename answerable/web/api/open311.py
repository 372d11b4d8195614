"""Serves Open311 GeoReport v2: what can be told, requests with their state, and requests that come in.

Listed is what came by Open311, and what an officer showed. Words appear only once an officer showed them.
"""

from __future__ import annotations

import hmac
import math
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from answerable.errors import BadInput, Conflict
from answerable.store import submissions
from answerable.store.keyring import Keyring
from answerable.store.models import Submission
from answerable.store.reading.open311 import Listed, listed, numbered
from answerable.store.submissions import KINDS, MOST_CONTACT, MOST_PLACE, MOST_WORDS, Told
from answerable.web.api import geo_report
from answerable.web.own_places import known_place
from answerable.web.pages import body_name
from answerable.web.public import form_seal
from answerable.web.request import Request
from answerable.web.texts import Texts

WINDOW = timedelta(days=90)  # and
MOST = 1000  # requests in one answer, both as the standard says
PER_HOUR = 60  # requests of one connection without a key
_CONTACT = ("first_name", "last_name", "email", "phone")
_CHANGED = "2026-11-26T00:00:00Z"


class WrongRequest(BadInput):
    """What a program sent does not follow the standard; told in the standard's own names, in English."""


def discovery(request: Request, form: str) -> HttpResponse:
    """GET open311/discovery.xml"""
    address = f"{settings.ANSWERABLE.address}/open311/v2"
    facts = {"changeset": _CHANGED, "contact": body_name(request), "key_service": ""}
    return geo_report.discovery(
        form,
        facts,
        {
            "specification": "http://wiki.open311.org/GeoReport_v2",
            "url": address,
            "changeset": _CHANGED,
            "type": "production",
        },
    )


def services(request: Request, form: str) -> HttpResponse:
    """GET services.xml"""
    rows: list[geo_report.Row] = [
        {
            "service_code": code,
            "service_name": name_of(code, request.texts),
            "description": _about(code, request.texts),
            "metadata": False,
            "type": "realtime",
            "keywords": "",
            "group": body_name(request),
        }
        for code in KINDS
    ]
    return geo_report.answer(form, geo_report.SERVICES, rows)


def service(request: Request, code: str, form: str) -> HttpResponse:  # noqa: ARG001 (every view takes it)
    """GET services/<code>.xml"""
    if code not in KINDS:
        return geo_report.trouble(form, 404, "service_code was not found.")
    return geo_report.definition(form, code)


@csrf_exempt  # no cookie gives anybody a right here
def requests(request: Request, form: str) -> HttpResponse:
    """GET requests.xml lists, POST takes one in."""
    if form not in geo_report.KINDS:
        return geo_report.trouble(form, 404, "The format is xml or json.")
    if request.method == "POST":
        return _take(request, form)
    try:
        found = _asked(request)
    except WrongRequest as error:
        return geo_report.trouble(form, 400, str(error))
    return geo_report.answer(form, geo_report.REQUESTS, [_row(one, request.texts) for one in found])


def one_request(request: Request, number: str, form: str) -> HttpResponse:
    """GET requests/<id>.xml; several ids with commas between them."""
    found = numbered(_numbers(number))
    if not found:
        return geo_report.trouble(form, 404, "service_request_id was not found.")
    return geo_report.answer(form, geo_report.REQUESTS, [_row(one, request.texts) for one in found])


def token(request: Request, token: str, form: str) -> HttpResponse:  # noqa: ARG001
    """GET tokens/<id>.xml: an id is known at once here, so a token is its own id."""
    found = numbered(_numbers(token))
    if not found:
        return geo_report.trouble(form, 404, "token was not found.")
    row: geo_report.Row = {"service_request_id": str(found[0].row.pk), "token": token}
    return geo_report.answer(form, geo_report.REQUESTS, [row])


def _take(request: Request, form: str) -> HttpResponse:
    keyed = _has_key(request)
    if settings.ANSWERABLE.open311_keys and not keyed:
        return geo_report.trouble(form, 403, "api_key is missing or not valid.")
    if not keyed and form_seal.too_many(request, "open311", PER_HOUR):
        return geo_report.trouble(form, 429, "Too many requests from this connection; wait within the hour.")
    table = settings.ANSWERABLE
    try:
        told = _told(request)
        got = submissions.receive(
            told,
            f"open311:{secrets.token_urlsafe(18)}",
            ring=Keyring.open(table.home),
            desk=table.address,
            contact_days=table.contact_days,
            now=request.now,
        )
    except (BadInput, Conflict) as error:
        status = 400 if isinstance(error, BadInput) else 503
        return geo_report.trouble(form, status, request.texts.gettext(str(error)))
    notice = request.texts.gettext(
        "Follow it with the code %(code)s at %(address)s. The code is told only now.",
        code=got.code,
        address=f"{table.address}/follow/",
    )
    row: geo_report.Row = {"service_request_id": str(got.id), "service_notice": notice, "account_id": None}
    return geo_report.answer(form, geo_report.REQUESTS, [row], status=201)


def _told(request: Request) -> Told:
    """The request as it came. BadInput in the words of the standard."""
    given = {name: str(value).strip() for name, value in request.POST.items()}
    code = given.get("service_code", "")
    if not code:
        raise WrongRequest("service_code is missing.")
    if code not in KINDS:
        raise WrongRequest("service_code is not known: see GET services.")
    lat, long = _degrees(given.get("lat", ""), 90), _degrees(given.get("long", ""), 180)
    place = given.get("address_string", "")[:MOST_PLACE]
    if (lat is None or long is None) and not place:
        raise WrongRequest("Where is it? Send lat and long, or address_string; address_id is not known here.")
    text = given.get("description", "")
    if not text:
        raise WrongRequest("description is missing.")
    if len(text) > MOST_WORDS:
        raise WrongRequest("description is longer than 5,000 characters.")
    return Told(
        came_by="open311",
        kind=code,
        text=text,
        place=place,
        contact=", ".join(given[name] for name in _CONTACT if given.get(name))[:MOST_CONTACT],
        language=request.texts.language,
        known_place=known_place(settings.ANSWERABLE.home, place),
        lat=lat if long is not None else None,
        long=long if lat is not None else None,
        picture_link=given.get("media_url", ""),
    )


def _asked(request: Request) -> list[Listed]:
    """The requests a query names. BadInput for a time or a state that cannot be read."""
    given = request.GET
    if given.get("service_request_id"):
        return numbered(_numbers(given["service_request_id"]))
    until = _time(given.get("end_date", "")) or request.now
    since = max(_time(given.get("start_date", "")) or until - WINDOW, until - WINDOW)
    states = set(filter(None, given.get("status", "").split(",")))
    if not states <= {"open", "closed"}:
        raise WrongRequest("status is open or closed.")
    codes = [code for code in given.get("service_code", "").split(",") if code]
    return listed(since, until, kinds=codes, states=states, limit=MOST)


def _row(one: Listed, texts: Texts) -> geo_report.Row:
    row: Submission = one.row
    shown = row.shown_at is not None
    return {
        "service_request_id": str(row.pk),
        "status": "closed" if one.answered_at else "open",
        "status_notes": texts.gettext("Answered in public") if one.answered_at else None,
        "service_name": name_of(row.kind, texts),
        "service_code": row.kind,
        "description": row.text if shown else None,
        "agency_responsible": row.unit.name,
        "service_notice": None,
        "requested_datetime": geo_report.moment(row.said_at or row.received_at),
        "updated_datetime": geo_report.moment(max(row.updated_at, one.answered_at or row.updated_at)),
        "expected_datetime": None,
        "address": (row.place if shown else row.known_place) or None,
        "address_id": None,
        "zipcode": None,
        "lat": row.lat,
        "long": row.long,
        "media_url": None,
    }


def name_of(code: str, texts: Texts) -> str:
    """A kind as a service's name."""
    return {
        "question": texts.gettext("Question"),
        "complaint": texts.gettext("Complaint"),
        "suggestion": texts.gettext("Suggestion"),
    }.get(code, texts.gettext("Report"))


def _about(code: str, texts: Texts) -> str:
    return {
        "question": texts.gettext("I want to know something."),
        "complaint": texts.gettext("Something was done badly, or not at all."),
        "suggestion": texts.gettext("I have an idea how it could be better."),
    }.get(code, texts.gettext("Something is broken, blocked or dangerous."))


def _has_key(request: HttpRequest) -> bool:
    given = (request.POST.get("api_key") or request.GET.get("api_key") or "").encode()
    keys = settings.ANSWERABLE.open311_keys
    return any(hmac.compare_digest(given, key.encode()) for key in keys)


def _numbers(given: str) -> list[int]:
    parts = [part.strip() for part in given.split(",")[:MOST]]
    return [int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) < 18]


def _degrees(given: str, most: float) -> float | None:
    try:
        value = float(given)
    except ValueError:
        if given:
            raise WrongRequest("lat and long are degrees such as 51.4545.") from None
        return None
    if not math.isfinite(value) or abs(value) > most:
        raise WrongRequest("lat and long are degrees such as 51.4545.")
    return round(value, 6)


def _time(given: str) -> datetime | None:
    if not given:
        return None
    try:
        at = datetime.fromisoformat(given[:40].replace(" ", "+"))
    except ValueError:
        raise WrongRequest("Times are written like 2026-03-14T09:30:00Z.") from None
    if at.tzinfo is None:
        raise WrongRequest("Times need a zone, like 2026-03-14T09:30:00Z.")
    return at
