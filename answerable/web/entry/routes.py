"""Addresses of the way in."""

from __future__ import annotations

from django.urls import URLPattern, path

from answerable.web.entry.call_answer import call_answer
from answerable.web.entry.link_redeem import once
from answerable.web.entry.password_set import password
from answerable.web.entry.sign_in import sign_in
from answerable.web.entry.sign_out import sign_out
from answerable.web.entry.static_file import static_file
from answerable.web.guard import needs, open_to_all

ROUTES: tuple[URLPattern, ...] = (
    path("sign-in", open_to_all("GET", "POST")(sign_in), name="sign_in"),
    path("sign-in/once/<str:token>", open_to_all("GET", "POST")(once), name="once"),
    path("sign-in/password", needs(None, "GET", "POST")(password), name="password"),
    path("call/<str:token>", open_to_all("GET", "POST")(call_answer), name="call"),
    path("sign-out", open_to_all("POST")(sign_out), name="sign_out"),
    path("static/<str:digest>/<str:name>", open_to_all()(static_file), name="static"),
)
