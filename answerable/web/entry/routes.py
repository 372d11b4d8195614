"""Addresses of the way in."""

from __future__ import annotations

from django.urls import URLPattern, path

from answerable.web.entry import safety
from answerable.web.entry.call_answer import call_answer
from answerable.web.entry.link_redeem import once
from answerable.web.entry.oidc_sign_in import oidc_back, oidc_begin
from answerable.web.entry.passkey_sign_in import passkey_sign_in
from answerable.web.entry.password_set import password
from answerable.web.entry.second_step import second_step
from answerable.web.entry.sign_in import sign_in
from answerable.web.entry.sign_out import sign_out
from answerable.web.entry.static_file import static_file
from answerable.web.guard import needs, open_to_all

_mine = needs(None, "POST")

ROUTES: tuple[URLPattern, ...] = (
    path("sign-in", open_to_all("GET", "POST")(sign_in), name="sign_in"),
    path("sign-in/once/<str:token>", open_to_all("GET", "POST")(once), name="once"),
    path("sign-in/password", needs(None, "GET", "POST")(password), name="password"),
    path("sign-in/code", open_to_all("GET", "POST")(second_step), name="second_step"),
    path("sign-in/passkey", open_to_all("GET", "POST")(passkey_sign_in), name="passkey_sign_in"),
    path("sign-in/organisation", open_to_all()(oidc_begin), name="oidc_begin"),
    path("sign-in/organisation/back", open_to_all()(oidc_back), name="oidc_back"),
    path("sign-in/safety", needs(None)(safety.safety), name="safety"),
    path("sign-in/safety/sessions", _mine(safety.sessions_end), name="sessions_end"),
    path("sign-in/safety/sessions/<int:number>", _mine(safety.session_end), name="session_end"),
    path("sign-in/safety/code", needs(None, "GET", "POST")(safety.code_begin), name="code_begin"),
    path("sign-in/safety/code/remove", _mine(safety.code_remove), name="code_remove"),
    path("sign-in/safety/passkeys", _mine(safety.passkey_add), name="passkey_add"),
    path("sign-in/safety/passkeys/<int:number>", _mine(safety.passkey_remove), name="passkey_remove"),
    path("sign-in/safety/organisation", _mine(safety.identity_part), name="identity_part"),
    path("call/<str:token>", open_to_all("GET", "POST")(call_answer), name="call"),
    path("sign-out", open_to_all("POST")(sign_out), name="sign_out"),
    path("static/<str:digest>/<str:name>", open_to_all()(static_file), name="static"),
)
