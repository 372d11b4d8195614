"""The bank of approved texts: what a unit may use, and what waits to be approved."""

from __future__ import annotations

from django.db.models import QuerySet

from answerable.permissions import Permission
from answerable.store.access import reach_filter
from answerable.store.models import Person, ReplyText, Unit


def usable(unit: Unit) -> list[ReplyText]:
    """Approved texts of the unit and those above it, by title."""
    above = [int(number) for number in unit.path.strip("/").split("/") if number]
    found = ReplyText.objects.filter(
        unit__in=above, invites=False, approved_at__isnull=False, retired_at=None
    )
    return list(found.order_by("title", "pk")[:200])


def listed(person: Person) -> QuerySet[ReplyText]:
    """Texts of the person's units that are not retired; those that wait for approval first."""
    mine = reach_filter(person, Permission.DESK_READ, "unit__path")
    rows = ReplyText.objects.filter(mine, retired_at=None)
    return rows.select_related("unit", "written_by", "approved_by").order_by("-approved_at", "title", "pk")
