"""When may the reader be called: quiet hours, urgent notices through them, part in drills."""

from __future__ import annotations

from datetime import time

from django.http import HttpResponse

from answerable.errors import BadInput
from answerable.store import ways
from answerable.web.pages import go
from answerable.web.request import Request, staff
from answerable.web.staff.reach_show import page


def hours_change(request: Request) -> HttpResponse:
    """POST quiet_from, quiet_until (HH:MM or empty), timezone, wake, drills."""
    given = request.POST
    try:
        hours = ways.Hours(
            _time(given.get("quiet_from", "")),
            _time(given.get("quiet_until", "")),
            given.get("timezone", "").strip()[:60],
            wake="wake" in given,
            drills="drills" in given,
        )
        ways.set_hours(staff(request), hours, now=request.now)
    except BadInput as error:
        field = "timezone" if "zone" in str(error) else "quiet_from"
        return page(request, {field: request.texts.gettext(str(error))})
    return go(request, "reach", request.texts.gettext("Saved: this is how you are called from now on."))


def _time(text: str) -> time | None:
    if not text.strip():
        return None
    try:
        return time.fromisoformat(text.strip()[:8]).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise BadInput("A time is written like 22:00.") from None
