"""Addresses of the staff pages, relative to /desk/ and /exercise/."""

from __future__ import annotations

from django.urls import URLPattern, path

from answerable.permissions import Permission
from answerable.web.guard import needs
from answerable.web.staff.now_show import live, now

READ = Permission.DESK_READ

ROUTES: tuple[URLPattern, ...] = (
    path("", needs(READ)(now), name="now"),
    path("now/live", needs(READ)(live), name="now_live"),
    path("search", needs(READ)(now), name="search"),
    path("settings", needs(READ)(now), name="settings"),
)
