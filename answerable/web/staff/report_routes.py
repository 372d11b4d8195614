"""Addresses of these pages."""

from __future__ import annotations

from django.urls import URLPattern

ROUTES: tuple[URLPattern, ...] = ()
