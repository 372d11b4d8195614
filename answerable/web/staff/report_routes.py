"""Addresses of reports, relative to /desk/ and /exercise/."""

from __future__ import annotations

from django.urls import URLPattern, path

from answerable.permissions import Permission
from answerable.web.guard import needs
from answerable.web.staff import report_daily, report_evidence, report_list

_reads = needs(Permission.DESK_READ)
_exports = needs(Permission.REPORT_EXPORT)

ROUTES: tuple[URLPattern, ...] = (
    path("reports", _reads(report_list.page), name="reports"),
    path("reports/daily/<str:day>.md", _exports(report_daily.markdown), name="report_markdown"),
    path("reports/daily/<str:day>", _reads(report_daily.page), name="report_daily"),
    path("reports/daily/<str:day>/<slug:code>", _reads(report_evidence.page), name="report_evidence"),
)
