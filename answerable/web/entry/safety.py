"""Who can sign in as me? The reader's own sessions, code app and passkeys, each to be ended or removed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from answerable.errors import BadInput, Conflict
from answerable.store import code_apps, desk_sessions, identities, passkeys
from answerable.store.keyring import Keyring
from answerable.web.entry import passkey
from answerable.web.entry.code_address import code_address
from answerable.web.entry.entering import NUMBER, fresh
from answerable.web.pages import go, render
from answerable.web.qr import qr_svg
from answerable.web.request import Request, staff


def safety(request: Request) -> HttpResponse:
    """GET sign-in/safety"""
    return _page(request)


def session_end(request: Request, number: int) -> HttpResponse:
    """POST: one of one's own sessions, at once."""
    _ = request.texts.gettext
    return _done(
        request,
        lambda: desk_sessions.end(staff(request), number, now=request.now),
        _("The session is ended."),
    )


def sessions_end(request: Request) -> HttpResponse:
    """POST: every other session of the reader."""
    key = request.session.session_key or ""
    said = request.texts.gettext("Every other session is ended.")
    return _done(request, lambda: desk_sessions.end_others(staff(request), key, now=request.now), said)


def code_begin(request: Request) -> HttpResponse:
    """GET shows the secret that waits, POST makes a fresh one or takes its first code."""
    if not fresh(request):
        return _page(request, stale=True, status=409)
    person, keyring = staff(request), Keyring.open(settings.ANSWERABLE.home)
    trouble = ""
    if request.method == "POST":
        try:
            if "code" in request.POST:
                typed = request.POST["code"][:40]
                spare = code_apps.confirm(person, typed, keyring=keyring, now=request.now)
                return render(request, "entry/spare_codes.html", {"spare": spare})
            code_apps.begin(person, keyring=keyring, now=request.now)
        except (BadInput, Conflict) as error:
            trouble = request.texts.gettext(str(error))
    secret = code_apps.waiting_secret(person, keyring=keyring)
    if not secret:
        return _page(request, trouble, status=409 if trouble else 200)
    address = code_address(secret, person.login, settings.ANSWERABLE.body_name)
    names = {"secret": secret, "qr": qr_svg.__wrapped__(address), "address": address, "trouble": trouble}
    return render(request, "entry/code_app.html", names, status=400 if trouble else 200)


def code_remove(request: Request) -> HttpResponse:
    """POST: sign-in asks for no code any more."""
    said = request.texts.gettext("The code app is removed.")
    return _done(request, lambda: code_apps.remove(staff(request), now=request.now), said, asks_fresh=True)


def passkey_add(request: Request) -> HttpResponse:
    """POST: what the browser made goes to the reader's passkeys."""
    _ = request.texts.gettext

    def change() -> object:
        made = passkey.created(request, request.POST.get("credential", ""))
        if made is None:
            raise BadInput("The passkey was not made: try again, and confirm it on your device.")
        credential, key, count = made
        name = request.POST.get("name", "")[:60]
        return passkeys.add(
            staff(request), credential=credential, public_key=key, count=count, name=name, now=request.now
        )

    return _done(request, change, _("The passkey is added."), asks_fresh=True)


def passkey_remove(request: Request, number: int) -> HttpResponse:
    """POST: one of one's own passkeys."""
    said = request.texts.gettext("The passkey is removed.")
    return _done(
        request, lambda: passkeys.remove(staff(request), number, now=request.now), said, asks_fresh=True
    )


def identity_part(request: Request) -> HttpResponse:
    """POST: the organisation's sign-in opens the desk for the reader no more."""
    said = request.texts.gettext("It is removed: the next sign-in by it begins anew.")
    return _done(request, lambda: identities.part(staff(request), now=request.now), said, asks_fresh=True)


def _done(
    request: Request, change: Callable[[], object], said: str, *, asks_fresh: bool = False
) -> HttpResponse:
    if asks_fresh and not fresh(request):
        return _page(request, stale=True, status=409)
    try:
        change()
    except (BadInput, Conflict) as error:
        status = 400 if isinstance(error, BadInput) else 409
        return _page(request, request.texts.gettext(str(error)), status=status)
    response: HttpResponse = go(request, "entry:safety", said)
    return response


def _page(request: Request, trouble: str = "", *, stale: bool = False, status: int = 200) -> HttpResponse:
    person, is_fresh = staff(request), fresh(request)
    names: Mapping[str, Any] = {
        "trouble": trouble,
        "stale": stale,
        "fresh": is_fresh,
        "sessions": desk_sessions.running(person, request.now),
        "mine": request.session.get(NUMBER),
        "code_app": code_apps.in_use(person),
        "spare_left": code_apps.spare_left(person),
        "passkeys": passkeys.of(person),
        "identity": identities.of(person),
        "options": passkey.creation(request, person) if is_fresh else "",
    }
    return render(request, "entry/safety.html", names, status=status)
