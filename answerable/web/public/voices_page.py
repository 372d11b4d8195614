"""Who speaks for us: the register of voices, and the numbers to call."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.store.reading import public_register
from answerable.web.pages import render
from answerable.web.request import Request


def page(request: Request) -> HttpResponse:
    """GET /voices/"""
    voices = public_register.voices()
    return render(
        request,
        "public/voices.html",
        {
            "speaking": [voice for voice in voices if voice.retired_at is None],
            "retired": [voice for voice in voices if voice.retired_at is not None],
            "duty_numbers": public_register.duty_numbers(),
        },
    )


def voice(request: Request, number: int) -> HttpResponse:
    """GET /voices/<number>/: who this is, from where they speak, and what they answered elsewhere."""
    found = public_register.voice(number)
    if found is None:
        raise Http404
    return render(request, "public/voice.html", {"page": found, "voice": found.voice})
