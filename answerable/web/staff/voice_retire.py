"""Retire a voice: it says nothing new from now on; what it said stays under its name."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.store import voices
from answerable.store.models import Voice
from answerable.store.reading.units import visible_units
from answerable.web.pages import go
from answerable.web.request import Request, staff


def voice_retire(request: Request, number: int) -> HttpResponse:
    """POST."""
    voice = (
        Voice.objects.filter(pk=number, unit__in=visible_units(staff(request))).select_related("unit").first()
    )
    if voice is None:
        raise Http404
    voices.retire(staff(request), voice, reason="retire", now=request.now)
    said = request.texts.gettext(
        "%(name)s no longer speaks for %(unit)s.", name=voice.name, unit=voice.unit.name
    )
    return go(request, "units", said, anchor=f"unit-{voice.unit_id}")
