"""Which reports are there? The last days, each built when it is opened or kept when the day was over."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse

from answerable.store import reporting
from answerable.web.pages import link, render
from answerable.web.request import Request

DAYS = 14


def page(request: Request) -> HttpResponse:
    """GET reports"""
    today = request.now.astimezone(reporting.zone()).date()
    kept = set(reporting.kept_days(request.exercise, 400))
    recent = {today - timedelta(days=back) for back in range(DAYS)}
    days = sorted(recent | kept, reverse=True)
    return render(
        request,
        "staff/reports.html",
        {
            "rows": [
                (day, link(request.exercise, "report_daily", day=day.isoformat()), day in kept)
                for day in days
            ],
            "today": today,
        },
    )
