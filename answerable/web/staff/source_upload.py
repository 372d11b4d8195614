"""Add many feeds at once: a list (OPML) is read, shown row by row, and added with one class and one purpose.

The file is parsed in a worker that can be killed. Each feed is its own source with its own ledger row, so
that one that cannot be added stops no other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core import signing
from django.http import HttpResponse

from answerable.collect.workers import ParsePool
from answerable.errors import BadInput, Conflict, SourceTrouble
from answerable.permissions import Permission
from answerable.publish.wording import web_link
from answerable.records import SourceClass
from answerable.store import sources
from answerable.store.access import units_for
from answerable.store.models import Unit
from answerable.web.pages import render
from answerable.web.request import Request, staff

MOST_BYTES = 2_000_000
MOST_FEEDS = 400  # in one go
FIELDS = ("source_class", "purpose", "unit", "licence", "keep_days")


@dataclass(frozen=True, slots=True)
class Feed:
    """One row of the list."""

    address: str
    name: str
    state: str  # new, known (we listen to it already), bad (no address we may ask)


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one row."""

    feed: Feed
    source: int | None
    said: str  # why not, "" when it was added


def source_upload(request: Request) -> HttpResponse:
    """GET asks for the file; POST with a file shows its feeds; POST with the shown list adds those chosen."""
    units = list(units_for(staff(request), Permission.SOURCE_CHANGE))
    if request.method != "POST":
        return render(request, "staff/source_upload.html", {"errors": {}})
    if "feeds" in request.POST:
        return _add(request, units)
    try:
        feeds, more = _read(request)
    except BadInput as error:
        errors = {"file": request.texts.gettext(str(error))}
        return render(request, "staff/source_upload.html", {"errors": errors}, status=400)
    values = {"source_class": "outlet", "purpose": "", "licence": "", "keep_days": "90"}
    values["unit"] = str(units[0].pk) if units else ""
    chosen = {n for n, feed in enumerate(feeds) if feed.state == "new"}
    return _preview(request, units, feeds, chosen, values, {}, more=more)


def _read(request: Request) -> tuple[list[Feed], int]:
    """The feeds of the file, and how many were too many. BadInput in one sentence."""
    file = request.FILES.get("file")
    if file is None or isinstance(file, list):
        raise BadInput("Choose a file: the list of feeds that your reader exports (OPML).")
    if (file.size or 0) > MOST_BYTES:
        raise BadInput("The list is longer than 2 MB: divide it.")
    try:
        with ParsePool(1) as pool:
            found = pool.run("opml", file.read())
    except SourceTrouble as error:
        raise BadInput("This is no list of feeds: export it from your reader as OPML.") from error
    rows: list[Any] = list(found)
    if not rows:
        raise BadInput("The list names no feed.")
    known = set(sources.listening().filter(kind="feeds").values_list("address", flat=True))
    return [_feed(row["link"], row["title"], known) for row in rows[:MOST_FEEDS]], max(
        0, len(rows) - MOST_FEEDS
    )


def _feed(address: str, title: str, known: set[str]) -> Feed:
    name = " ".join(title.split())[:200] or (urlsplit(address).hostname or address).removeprefix("www.")
    try:
        place = web_link(address)
    except BadInput:
        return Feed(address, name, "bad")
    return Feed(place, name, "known" if place in known else "new")


def _preview(
    request: Request,
    units: list[Unit],
    feeds: list[Feed],
    chosen: set[int],
    values: dict[str, str],
    errors: dict[str, str],
    *,
    more: int = 0,
) -> HttpResponse:
    rows = [(feed.address, feed.name, feed.state) for feed in feeds]
    names = {
        "feeds": feeds,
        "signed": signing.dumps(rows, salt="feeds", compress=True),
        "chosen": chosen,
        "more": more,
        "units": [(unit.pk, unit.name) for unit in units],
        "values": values,
        "errors": errors,
    }
    return render(request, "staff/source_upload_preview.html", names, status=400 if errors else 200)


def _add(request: Request, units: list[Unit]) -> HttpResponse:
    try:
        rows = signing.loads(request.POST["feeds"], salt="feeds", max_age=24 * 3600)
    except signing.BadSignature as error:
        raise BadInput("The list is too old: choose the file again.") from error
    feeds = [Feed(*row) for row in rows]
    values = {name: request.POST.get(name, "").strip()[:2000] for name in FIELDS}
    taken = {int(n) for n in request.POST.getlist("take") if n.isascii() and n.isdecimal() and len(n) < 5}
    chosen = {n for n in taken if n < len(feeds) and feeds[n].state == "new"}
    errors = _mistakes(request, values, units, chosen)
    if errors:
        return _preview(request, units, feeds, chosen, values, errors)
    unit = next(unit for unit in units if str(unit.pk) == values["unit"])
    added = [_one(request, feeds[n], values, unit) for n in sorted(chosen)]
    left = [feed for n, feed in enumerate(feeds) if n not in chosen]
    return render(request, "staff/source_upload_done.html", {"added": added, "left": left})


def _mistakes(
    request: Request, values: dict[str, str], units: list[Unit], chosen: set[int]
) -> dict[str, str]:
    _ = request.texts.gettext
    errors: dict[str, str] = {}
    days = values["keep_days"]
    if not chosen:
        errors["feeds"] = _("Choose at least one feed.")
    if values["source_class"] not in set(SourceClass):
        errors["source_class"] = _("Choose who speaks there.")
    if not values["purpose"]:
        errors["purpose"] = _("Why do we listen there? Everybody can read the purpose: write it.")
    if values["unit"] not in {str(unit.pk) for unit in units}:
        errors["unit"] = _("Choose the unit that listens.")
    if not (days.isascii() and days.isdecimal() and len(days) < 6 and int(days) <= 36500):
        errors["keep_days"] = _("Write a number of days from 0 (keep) to 36500.")
    return errors


def _one(request: Request, feed: Feed, values: dict[str, str], unit: Unit) -> Added:
    try:
        made = sources.add(
            staff(request),
            kind="feeds",
            address=feed.address,
            name=feed.name,
            source_class=values["source_class"],
            purpose=values["purpose"],
            unit=unit,
            licence=values["licence"],
            keep_days=int(values["keep_days"]),
            reason="list",
            now=request.now,
        )
    except (BadInput, Conflict) as error:
        return Added(feed, None, request.texts.gettext(str(error)))
    return Added(feed, made.pk, "")
