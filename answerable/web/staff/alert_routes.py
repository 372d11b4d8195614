"""Addresses of alerts, the same for real and drill; how many may be false is set once for both."""

from __future__ import annotations

from django.urls import URLPattern, path

from answerable.permissions import Permission
from answerable.web.guard import needs
from answerable.web.staff.alert_budget import alert_budget
from answerable.web.staff.alert_list import alerts_export, alerts_page

ROUTES: tuple[URLPattern, ...] = (
    path("alerts", needs(Permission.DESK_READ)(alerts_page), name="alerts"),
    path("alerts.<str:kind>", needs(Permission.REPORT_EXPORT)(alerts_export), name="alerts_export"),
)
REAL: tuple[URLPattern, ...] = (
    path("settings/alerts", needs(Permission.ALERT_RULE, "GET", "POST")(alert_budget), name="alert_budget"),
)
