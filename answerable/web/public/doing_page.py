"""How are we doing? Three rates from published counts, what is overdue, whom we do not hear; checkable."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse

import answerable.report.recompute_rates as script
from answerable.report import open_cases
from answerable.store import open_days
from answerable.store.keyring import Keyring
from answerable.store.models import OpenDay
from answerable.store.reading.overdue import overdue
from answerable.store.submissions import DOORS
from answerable.web.own_places import suggestions
from answerable.web.pages import render
from answerable.web.request import Request

QUIET_SHOWN = 40
WAYS = (*DOORS, "mail")  # by which a case may come
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def page(request: Request) -> HttpResponse:
    """GET /doing/?year=2026"""
    found = open_days.latest()
    document: dict[str, Any] = found[1] if found else {}
    years = open_cases.years(document)
    asked = request.GET.get("year", "")
    year = int(asked) if asked in {str(one) for one in years} else (years[0] if years else request.now.year)
    rates = open_cases.rates(document, year)
    late, many = overdue()
    places = document.get("places", {})
    home = settings.ANSWERABLE.home
    names = {
        "day": found[0] if found else None,
        "days": open_days.days(),
        "year": year,
        "years": years,
        "all": rates["all"],
        "units": [(name[5:], of) for name, of in rates.items() if name != "all"],
        "left_out": {name: n for name, n in document.get("left_out", {}).items() if n},
        "overdue": late,
        "overdue_count": many,
        "channels": {name: n for name, n in document.get("channels", {}).items() if n},
        "heard": sorted((n, name) for name, n in places.items() if n),
        "quiet_ways": [code for code in WAYS if not document.get("channels", {}).get(code)] if found else [],
        "quiet": [name for name in suggestions(home) if not places.get(name)][:QUIET_SHOWN],
        "smallest": open_cases.SMALLEST,
        "sample": open_cases.SAMPLE,
        "public_key": Keyring.open(home).open_public_key,
    }
    return render(request, "public/doing.html", names)


def data(_request: Request, day: str) -> HttpResponse:
    """GET /doing/cases-<day>.json: the very bytes that were signed."""
    response = HttpResponse(_day(day).body, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="cases-{day}.json"'
    return response


def signature(_request: Request, day: str) -> HttpResponse:
    """GET /doing/cases-<day>.sig: Ed25519 over these bytes, base64."""
    return HttpResponse(_day(day).signature + "\n", content_type="text/plain; charset=utf-8")


def recompute(_request: Request) -> HttpResponse:
    """GET /doing/recompute_rates.py: reckons every rate of the page again from the data of a day."""
    response = HttpResponse(_source(), content_type="text/x-python; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="recompute_rates.py"'
    return response


def _day(day: str) -> OpenDay:
    try:
        wanted = date.fromisoformat(day) if _DAY.fullmatch(day) else None
    except ValueError:
        wanted = None
    row = OpenDay.objects.filter(day=wanted).first() if wanted else None
    if row is None:
        raise Http404
    return row


@cache
def _source() -> str:
    return Path(script.__file__).read_text("utf-8")
