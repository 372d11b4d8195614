"""The WSGI application for granian: `answerable.run.wsgi:app`."""

from __future__ import annotations

from django.core.handlers.wsgi import WSGIHandler

from answerable.run.start import django

django()
app = WSGIHandler()
