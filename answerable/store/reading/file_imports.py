"""Imports as pages show them."""

from __future__ import annotations

from django.db.models import Q

from answerable.permissions import Permission
from answerable.store.access import reach_filter, units_for
from answerable.store.models import FileImport, Person, Source


def one_import(person: Person, number: int) -> FileImport | None:
    """One import of a unit the person reads, with its source; None for every other."""
    found = FileImport.objects.filter(_read_by(person), pk=number)
    return found.select_related("source", "source__unit", "asked_by").first()


def _read_by(person: Person) -> Q:
    """Which places we listen to is public; what somebody called a file is their unit's."""
    return Q(source__unit=None) | reach_filter(person, Permission.DESK_READ, "source__unit__path")


def earlier(person: Person, limit: int = 100) -> list[Source]:
    """Sources into which this person may bring another file, newest first."""
    units = units_for(person, Permission.SOURCE_CHANGE)
    found = Source.objects.filter(kind="files", exercise=False, removed_at=None, unit__in=units)
    return list(found.filter(imports__isnull=False).distinct().order_by("-id")[:limit])
