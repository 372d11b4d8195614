"""Every write about signing in, and what the clock does by itself, for the test of promise 9."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pyotp
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from answerable.permissions import Role
from answerable.store import code_apps, desk_sessions, escalations, identities, passkeys, sealed_reports
from answerable.store.keyring import Keyring
from answerable.store.models import Clock, DeskSession, Passkey, SealedReport
from tests.cast import Desk
from tests.store.scene import incident
from tests.web.stage import person


def changes(desk: Desk, secret: str) -> dict[str, Callable[[], Any]]:
    """The writes in an order in which each can happen."""
    ring = Keyring.open(desk.home)
    app = code_apps.begin(desk.carol, keyring=ring, now=desk.now)
    for number in range(3):
        desk_sessions.begin(desk.carol, f"key-{number}", how="password", device=secret, now=desk.now)
    made = incident(desk, raised=desk.now)
    overseer = person("oscar", Role.OVERSEER, desk.top)
    half = ec.generate_private_key(ec.SECP256R1()).public_key()
    public = half.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    Clock.objects.exclude(incident=made).update(escalate_at=None)
    return {
        "code_apps.confirm": lambda: code_apps.confirm(
            desk.carol, pyotp.TOTP(app).at(desk.now), keyring=ring, now=desk.now
        ),
        "code_apps.remove": lambda: code_apps.remove(desk.carol, now=desk.now),
        "passkeys.add": lambda: passkeys.add(
            desk.carol, credential="abc", public_key=b"key", count=0, name=secret, now=desk.now
        ),
        "passkeys.remove": lambda: passkeys.remove(desk.carol, Passkey.objects.get().pk, now=desk.now),
        "identities.person_of": lambda: identities.person_of("https://id.example", secret, "carol", desk.now),
        "identities.part": lambda: identities.part(desk.carol, now=desk.now),
        "sealed_reports.set_key": lambda: sealed_reports.set_key(overseer, public, now=desk.now),
        "sealed_reports.receive": lambda: sealed_reports.receive(secret, "form", ring=ring, now=desk.now),
        "sealed_reports.answer": lambda: sealed_reports.answer(
            overseer, SealedReport.objects.get().pk, text=secret, now=desk.now
        ),
        "sealed_reports.take_back": lambda: sealed_reports.take_back(SealedReport.objects.get(), desk.now),
        "desk_sessions.end": lambda: desk_sessions.end(
            desk.carol, DeskSession.objects.order_by("pk")[0].pk, now=desk.now
        ),
        "desk_sessions.end_others": lambda: desk_sessions.end_others(desk.carol, "key-2", now=desk.now),
        "escalations.tick": lambda: escalations.tick(desk.now + timedelta(hours=1)),
    }
