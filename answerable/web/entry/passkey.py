"""Passkeys (WebAuthn): what the browser is asked, and what the authenticator signed, verified.

A challenge lies in the session, counts once and for five minutes. The person is verified (fingerprint, PIN),
so that a passkey stands for both factors.
"""

from __future__ import annotations

import secrets
from typing import Any

import webauthn
from django.conf import settings
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from answerable.store import passkeys
from answerable.store.models import Passkey, Person
from answerable.web.request import Request

CHALLENGE = "passkey_challenge"
LASTS_S = 5 * 60
LONGEST = 20_000


def host(request: Request) -> str:
    """The name that passkeys are bound to: that of the desk's address."""
    if settings.ANSWERABLE.public_url:
        return str(_public().hostname)
    return request.get_host().partition(":")[0]


def origin(request: Request) -> str:
    """Where the browser must have been when it signed."""
    if settings.ANSWERABLE.public_url:
        return f"{_public().scheme}://{_public().netloc}"
    return f"{request.scheme}://{request.get_host()}"


def creation(request: Request, person: Person) -> str:
    """What a browser is asked when a passkey is made, as JSON."""
    known = [PublicKeyCredentialDescriptor(base64url_to_bytes(one.credential)) for one in passkeys.of(person)]
    options = webauthn.generate_registration_options(
        rp_id=host(request),
        rp_name=settings.ANSWERABLE.body_name,
        user_id=f"person-{person.pk}".encode(),
        user_name=person.login,
        user_display_name=person.name,
        challenge=_fresh(request),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=known,
    )
    return webauthn.options_to_json(options)


def created(request: Request, said: str) -> tuple[str, bytes, int] | None:
    """(credential id, public key, counter) of a passkey that was made for us just now; None otherwise."""
    challenge = _spent(request)
    try:
        seen = webauthn.verify_registration_response(
            credential=said[:LONGEST],
            expected_challenge=challenge,
            expected_rp_id=host(request),
            expected_origin=origin(request),
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None
    return bytes_to_base64url(seen.credential_id), seen.credential_public_key, seen.sign_count


def asking(request: Request) -> str:
    """What a browser is asked at sign-in, as JSON. It names no passkey, so it tells nobody who works here."""
    options = webauthn.generate_authentication_options(
        rp_id=host(request),
        challenge=_fresh(request),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return webauthn.options_to_json(options)


def proven(request: Request, said: str) -> Person | None:
    """Whose passkey signed our challenge just now; None for anything else."""
    challenge = _spent(request)
    row = _named(said)
    if row is None:
        return None
    try:
        seen = webauthn.verify_authentication_response(
            credential=said[:LONGEST],
            expected_challenge=challenge,
            expected_rp_id=host(request),
            expected_origin=origin(request),
            credential_public_key=bytes(row.public_key),
            credential_current_sign_count=row.count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None
    return row.person if passkeys.used(row, seen.new_sign_count, request.now) else None


def _named(said: str) -> Passkey | None:
    try:
        credential = webauthn.helpers.parse_authentication_credential_json(said[:LONGEST])
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None
    return passkeys.known(bytes_to_base64url(credential.raw_id))


def _fresh(request: Request) -> bytes:
    challenge = secrets.token_bytes(32)
    request.session[CHALLENGE] = [bytes_to_base64url(challenge), int(request.now.timestamp())]
    return challenge


def _spent(request: Request) -> bytes:
    """The challenge of this session, which is worth nothing afterwards; a random one when there is none."""
    held: Any = request.session.pop(CHALLENGE, None)
    if not isinstance(held, list) or request.now.timestamp() - held[1] > LASTS_S:
        return secrets.token_bytes(32)
    return base64url_to_bytes(held[0])


def _public() -> Any:
    return settings.PUBLIC
