"""Who speaks for us: the register of voices, and the numbers to call."""

from __future__ import annotations

from django.http import HttpResponse

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
