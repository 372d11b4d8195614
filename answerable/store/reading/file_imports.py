"""Imports as pages show them."""

from __future__ import annotations

from answerable.permissions import Permission
from answerable.store.access import units_for
from answerable.store.models import FileImport, Person, Source


def one_import(number: int) -> FileImport | None:
    """One import with its source, None when there is none."""
    return FileImport.objects.select_related("source", "source__unit", "asked_by").filter(pk=number).first()


def imports_of(source: int, limit: int = 20) -> list[FileImport]:
    """The imports into a source, newest first."""
    return list(FileImport.objects.filter(source=source).select_related("asked_by").order_by("-id")[:limit])


def open_imports() -> list[FileImport]:
    """What is on its way in or waits for it, in order."""
    found = FileImport.objects.filter(state__in=("waiting", "running")).select_related("source")
    return list(found.order_by("state", "id"))


def earlier(person: Person, limit: int = 100) -> list[Source]:
    """Sources into which this person may bring another file, newest first."""
    units = units_for(person, Permission.SOURCE_CHANGE)
    found = Source.objects.filter(kind="files", exercise=False, removed_at=None, unit__in=units)
    return list(found.filter(imports__isnull=False).distinct().order_by("-id")[:limit])
