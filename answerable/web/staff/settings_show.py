"""How is this desk set up? The settings as they are in force, and the reader's own language."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse

from answerable.settings import SETTINGS
from answerable.web.pages import render
from answerable.web.request import Request

SECRET = {"database_url", "smtp_password"}  # they hold passwords


def settings_page(request: Request) -> HttpResponse:
    """GET. Changing a setting is done in the file or the environment, so that it survives a restart."""
    rows = [
        (setting.name, "…" if setting.name in SECRET and value else _shown(value), setting.help)
        for setting in SETTINGS
        for value in [getattr(settings.ANSWERABLE, setting.name)]
    ]
    return render(request, "staff/settings.html", {"rows": rows, "home": str(settings.ANSWERABLE.home)})


def _shown(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)
