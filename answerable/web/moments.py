"""Times that people type: in the zone of their unit, from and to the form of `datetime-local`."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from answerable.web.texts import Texts


def read_moment(text: str, t: Texts) -> datetime | None:
    """A moment such as 2026-11-17T14:00 on the unit's wall clock as UTC; None when it is no moment."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=t.zone)
    try:
        return at.astimezone(UTC)
    except OverflowError:
        return None


def written(at: datetime | None, t: Texts) -> str:
    """A moment as `datetime-local` takes it, on the unit's wall clock; "" for none."""
    return t.local(at).strftime("%Y-%m-%dT%H:%M") if at is not None else ""


def end_of_day(at: datetime, zone: ZoneInfo) -> datetime:
    """When the day of this moment ends on the wall clock of a place."""
    tomorrow = at.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), zone).astimezone(UTC)
