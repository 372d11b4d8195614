"""Bring in a file: it is shown, a person says which column means what, then it is read in the background.

Nothing of it is stored before that. The messages that the page shows went through the door as all others do.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing
from django.http import HttpResponse

from answerable.collect import door
from answerable.collect.files import Mapping, columns
from answerable.collect.files.mapping import NOTHING, message
from answerable.collect.files.preview import Preview, preview
from answerable.collect.files.times import Reading, read_zone
from answerable.collect.files.trouble import FileTrouble
from answerable.collect.keys import SourceKeys
from answerable.errors import BadInput, Conflict
from answerable.permissions import Permission
from answerable.records import Incoming, Item, Rejected, SourceClass, SourceFacts
from answerable.store import file_imports
from answerable.store.access import units_for
from answerable.store.file_imports import Told, Upload
from answerable.store.models import FileImport, Source, Unit
from answerable.store.reading.file_imports import earlier
from answerable.web import uploads
from answerable.web.pages import go, render
from answerable.web.request import Request, staff

WORDS = ("name", "source_class", "purpose", "unit", "licence", "method", "gaps", "keep_days", "zone", "into")
SHOWN = 6  # rows of the file, and messages made of them


@dataclass(frozen=True, slots=True)
class Sample:
    """One row as it would be heard."""

    item: Item | None
    why_not: str  # code, "" when it is heard


def import_start(request: Request) -> HttpResponse:
    """GET asks for the file; POST with a file shows it; POST with the mapping shows it again or begins."""
    units = list(units_for(staff(request), Permission.SOURCE_CHANGE))
    if request.method != "POST":
        return _ask(request, {})
    if "upload" not in request.POST:
        return _received(request, units)
    upload = _signed(request.POST["upload"])
    values = {name: request.POST.get(name, "").strip()[:500] for name in WORDS}
    seen = preview(uploads.path_of(upload))
    mapping = _mapping(request, seen)
    errors = _mistakes(request, values, units, mapping)
    if errors or request.POST.get("do") != "import":
        return _show(request, units, upload, seen, mapping, values, errors)
    try:
        made = _begin(request, upload, values, units, mapping)
    except (BadInput, Conflict) as error:
        return _show(
            request, units, upload, seen, mapping, values, {"name": request.texts.gettext(str(error))}
        )
    return go(request, "import_show", "", number=made.pk)


def _received(request: Request, units: list[Unit]) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None or isinstance(file, list):
        return _ask(request, {"file": request.texts.gettext("Choose a file.")})
    try:
        upload = uploads.keep(file.name or "", file.chunks())
    except BadInput as error:
        return _ask(request, {"file": request.texts.gettext(str(error))})
    try:
        seen = preview(uploads.path_of(upload))
    except FileTrouble as trouble:
        uploads.drop(upload)
        return _ask(request, {"file": request.texts.trouble(trouble.code, trouble.params)})
    values = dict.fromkeys(WORDS, "") | {"source_class": "public", "keep_days": "90", "name": upload.name}
    values["unit"] = str(units[0].pk) if units else ""
    values["zone"] = (units[0].timezone if units else "") or "UTC"
    mapping = Mapping(**{field: column or NOTHING for field, column in seen.mapping.items()})
    return _show(request, units, upload, seen, mapping, values, {})


def _ask(request: Request, errors: dict[str, str]) -> HttpResponse:
    return render(request, "staff/import_start.html", {"errors": errors}, status=400 if errors else 200)


def _signed(written: str) -> Upload:
    try:
        return Upload(**signing.loads(written, salt="upload", max_age=24 * 3600))
    except (signing.BadSignature, TypeError) as error:
        raise BadInput("The file is not here any more: choose it again.") from error


def _mapping(request: Request, seen: Preview) -> Mapping:
    """Columns come back by their number, because their names are a stranger's."""
    chosen: dict[str, str] = {}
    for field in columns.FIELDS:
        number = request.POST.get(f"field-{field}", "")
        known = (
            number.isascii() and number.isdecimal() and len(number) < 4 and int(number) < len(seen.columns)
        )
        chosen[field] = seen.columns[int(number)] if known else NOTHING
    return Mapping(**chosen)


def _mistakes(
    request: Request, values: dict[str, str], units: list[Unit], mapping: Mapping
) -> dict[str, str]:
    _ = request.texts.gettext
    errors: dict[str, str] = {}
    if {mapping.text, mapping.title, mapping.link} == {NOTHING}:
        errors["field-text"] = _("Say which column holds the text; a title or a link will do.")
    try:
        read_zone(values["zone"])
    except BadInput:
        errors["zone"] = _("Write a time zone like +08:00 or Asia/Shanghai.")
    if request.POST.get("do") != "import":
        return errors
    if values["into"] and _into(request, values["into"]) is None:
        errors["into"] = _("Choose a source that is there.")
    return errors if values["into"] else errors | _untold(request, values, units)


def _untold(request: Request, values: dict[str, str], units: list[Unit]) -> dict[str, str]:
    """What must be said of a new source."""
    _ = request.texts.gettext
    errors: dict[str, str] = {}
    days = values["keep_days"]
    if not values["name"]:
        errors["name"] = _("What is the source called? Write a name.")
    if values["source_class"] not in set(SourceClass):
        errors["source_class"] = _("Choose who speaks there.")
    if not values["purpose"]:
        errors["purpose"] = _("Why do we listen there? Everybody can read the purpose: write it.")
    if values["unit"] not in {str(unit.pk) for unit in units}:
        errors["unit"] = _("Choose the unit that listens.")
    if not (days.isascii() and days.isdecimal() and len(days) < 6 and int(days) <= 36500):
        errors["keep_days"] = _("Write a number of days from 0 (keep) to 36500.")
    return errors


def _into(request: Request, number: str) -> Source | None:
    return next((source for source in earlier(staff(request)) if str(source.pk) == number), None)


def _begin(
    request: Request, upload: Upload, values: dict[str, str], units: list[Unit], mapping: Mapping
) -> FileImport:
    chosen = asdict(mapping)
    into = _into(request, values["into"]) if values["into"] else None
    if into is not None:
        return file_imports.again(staff(request), into, upload, chosen, values["zone"], now=request.now)
    told = Told(
        name=values["name"],
        source_class=values["source_class"],
        purpose=values["purpose"],
        licence=values["licence"],
        method=values["method"],
        gaps=values["gaps"],
        keep_days=int(values["keep_days"]),
        unit=next(unit for unit in units if str(unit.pk) == values["unit"]),
    )
    return file_imports.begin(staff(request), upload, told, chosen, values["zone"], now=request.now)


def _show(
    request: Request,
    units: list[Unit],
    upload: Upload,
    seen: Preview,
    mapping: Mapping,
    values: dict[str, str],
    errors: dict[str, str],
) -> HttpResponse:
    chosen = {
        field: str(seen.columns.index(column)) if column in seen.columns else ""
        for field, column in asdict(mapping).items()
    }
    names: dict[str, Any] = {
        "upload": upload,
        "signed": signing.dumps(asdict(upload), salt="upload"),
        "seen": seen,
        "rows": seen.rows[:SHOWN],
        "samples": [] if "zone" in errors else _samples(request, seen, mapping, values),
        "options": [("", "–"), *((str(n), column[:60]) for n, column in enumerate(seen.columns))],
        "chosen": chosen,
        "values": values,
        "units": [(unit.pk, unit.name) for unit in units],
        "earlier": [
            ("", request.texts.gettext("a new source")),
            *((one.pk, one.name) for one in earlier(staff(request))),
        ],
        "errors": errors,
    }
    return render(request, "staff/import_map.html", names, status=400 if errors else 200)


def _samples(request: Request, seen: Preview, mapping: Mapping, values: dict[str, str]) -> list[Sample]:
    """The first rows as they would be heard, masked and cut like all others; keys are thrown away."""
    known = values["source_class"] in set(SourceClass)
    facts = SourceFacts(0, "files", "", SourceClass(values["source_class"]) if known else SourceClass.PUBLIC)
    reading, keys = Reading(read_zone(values["zone"])), SourceKeys.throwaway()
    names = mapping.among(list(seen.columns))
    found: list[Sample] = []
    for row in seen.rows[:SHOWN]:
        told: Incoming | Item | Rejected = message(
            dict(zip(seen.columns, row, strict=True)), names, "", reading
        )
        if isinstance(told, Incoming):
            told = door.admit(told, facts, keys, heard=request.now)
        found.append(Sample(told, "") if isinstance(told, Item) else Sample(None, told.code))
    return found
