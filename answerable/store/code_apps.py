"""Codes of six digits from a person's app (TOTP, RFC 6238), asked for after the password, and spare codes.

The secret is sealed under a key that stands outside the database. A code counts once.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from datetime import datetime

import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction

from answerable.errors import BadInput, Conflict
from answerable.store import ledger
from answerable.store.keyring import Keyring
from answerable.store.models import CodeApp, Person, SpareCode

STEP_S = 30
SPARE = 8
_NONCE = 12
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another


def begin(person: Person, *, keyring: Keyring, now: datetime) -> str:
    """A fresh secret (base32) for the person's app; it counts only once a code of it was typed."""
    secret = pyotp.random_base32()
    with transaction.atomic():
        fresh = {"sealed": _sealed(keyring, person, secret), "made_at": now, "last_step": 0}
        if CodeApp.objects.filter(person=person, confirmed_at__isnull=False).exists():
            raise Conflict("A code app is in use already: remove it first.")
        CodeApp.objects.update_or_create(person=person, defaults=fresh)
    return secret


def waiting_secret(person: Person, *, keyring: Keyring) -> str:
    """The secret that waits for its first code; "" when none does."""
    row = CodeApp.objects.filter(person=person, confirmed_at=None).first()
    return _opened(keyring, person, bytes(row.sealed)) if row else ""


def confirm(person: Person, code: str, *, keyring: Keyring, now: datetime) -> list[str]:
    """The first code from the app: from now on sign-in asks for one. Returns spare codes, shown once."""
    with transaction.atomic():
        ledger.serialise()
        row = CodeApp.objects.filter(person=person, confirmed_at=None).first()
        step = _step(_opened(keyring, person, bytes(row.sealed)), code, now) if row else None
        if step is None:
            raise BadInput(
                "This code does not fit: see that the clock of your phone is right, and try the next."
            )
        CodeApp.objects.filter(person=person).update(confirmed_at=now, last_step=step)
        SpareCode.objects.filter(person=person).delete()
        spare = [
            "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in "12") for _ in range(SPARE)
        ]
        SpareCode.objects.bulk_create(SpareCode(person=person, hash=_hash(person, one)) for one in spare)
        ledger.append(person, "code_app.add", "person", person.pk, "", "", now)
    return spare


def remove(person: Person, *, now: datetime) -> None:
    """Sign-in asks for no code any more; the secret and the spare codes are forgotten."""
    with transaction.atomic():
        ledger.serialise()
        if not CodeApp.objects.filter(person=person).delete()[0]:
            raise Conflict("There is no code app to remove.")
        SpareCode.objects.filter(person=person).delete()
        ledger.append(person, "code_app.remove", "person", person.pk, "", "", now)


def in_use(person: Person) -> bool:
    """Whether sign-in asks this person for a code after the password."""
    return CodeApp.objects.filter(person=person, confirmed_at__isnull=False).exists()


def spare_left(person: Person) -> int:
    return SpareCode.objects.filter(person=person, used_at=None).count()


def proves(person: Person, code: str, *, keyring: Keyring, now: datetime) -> bool:
    """Whether this is a code of the app that was not used yet, or an unused spare code. It counts once."""
    row = CodeApp.objects.filter(person=person, confirmed_at__isnull=False).first()
    if row is None:
        return False
    step = _step(_opened(keyring, person, bytes(row.sealed)), code, now)
    with transaction.atomic():
        if step is not None:
            fresh = CodeApp.objects.filter(person=person, last_step__lt=step)
            return bool(fresh.update(last_step=step))
        unused = SpareCode.objects.filter(person=person, hash=_hash(person, code), used_at=None)
        return bool(unused.update(used_at=now))


def _step(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is, one step of tolerance either way; None for no code of the app."""
    typed = "".join(code.split())
    if not secret or len(typed) != 6 or not (typed.isascii() and typed.isdecimal()):
        return None
    app, present = pyotp.TOTP(secret), int(now.timestamp()) // STEP_S
    fitting = [
        one
        for one in (present - 1, present, present + 1)
        if hmac.compare_digest(app.generate_otp(one), typed)
    ]
    return max(fitting, default=None)


def _hash(person: Person, code: str) -> str:
    said = "".join(code.lower().split()).replace("-", "")
    return hashlib.sha256(f"{person.pk}:{said}".encode("utf-8", "replace")).hexdigest()


def _sealed(keyring: Keyring, person: Person, secret: str) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(keyring.contact_key).encrypt(nonce, secret.encode(), _bound(person))


def _opened(keyring: Keyring, person: Person, sealed: bytes) -> str:
    try:
        return AESGCM(keyring.contact_key).decrypt(sealed[:_NONCE], sealed[_NONCE:], _bound(person)).decode()
    except InvalidTag:
        return ""  # sealed under a key that is gone: only spare codes and links open the desk


def _bound(person: Person) -> bytes:
    return f"code-app:{person.pk}".encode()
