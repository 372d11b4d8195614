"""Addresses of these pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from answerable.web.guard import open_to_all
from answerable.web.public import home_page

ROUTES: tuple[URLPattern, ...] = (path("", open_to_all()(home_page.page), name="home"),)
