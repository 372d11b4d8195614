"""Decides whether somebody may try to sign in: few tries for each login, device and address in a window.

Known and unknown logins are counted alike, so a lock tells nobody who works here. A device that signed in
before is counted apart: strangers who lock a login do not lock its owner out.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import connection, transaction

from answerable.store.models import SignInTry
from answerable.store.stream import to_ms

WINDOW = timedelta(minutes=15)
OF_A_LOGIN = 10  # wrong tries in a window
OF_AN_ADDRESS = 100  # an office of people may share one
KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Door:
    """What one try is counted under."""

    login: str
    address: str
    device: str = ""  # a device that signed in with this very login before, "" for every other

    @property
    def keys(self) -> tuple[tuple[str, int], ...]:
        """(salted hash, most tries)."""
        name = _folded(self.login)
        mine = _key("device", name, self.device) if self.device else _key("login", name)
        return ((mine, OF_A_LOGIN), (_key("address", self.address), OF_AN_ADDRESS))


def admit(door: Door, now: datetime) -> timedelta:
    """Count one try, before the password is looked at; how long to wait when there were too many."""
    at = to_ms(now)
    wait = _locked(door, at)
    if wait:
        return wait  # nothing is written for a try that is refused anyhow
    with transaction.atomic(), connection.cursor() as cursor:
        for key, _ in door.keys:
            cursor.execute(
                "INSERT INTO sign_in_tries AS t (key, since, tries) VALUES (%s, %s, 1) "
                "ON CONFLICT (key) DO UPDATE SET "
                "tries = CASE WHEN t.since <= %s THEN 1 ELSE t.tries + 1 END, "
                "since = CASE WHEN t.since <= %s THEN excluded.since ELSE t.since END",
                [key, at, at - _ms(WINDOW), at - _ms(WINDOW)],
            )
        cursor.execute("DELETE FROM sign_in_tries WHERE since < %s", [at - _ms(KEPT)])
    return _locked(door, at, more=1)  # many may have tried at the same moment


def succeeded(door: Door) -> None:
    """The pair was right: the login starts anew, the address gets this one try back."""
    (mine, _), (address, _) = door.keys
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM sign_in_tries WHERE key = %s", [mine])
        cursor.execute("UPDATE sign_in_tries SET tries = tries - 1 WHERE key = %s AND tries > 0", [address])


def device_of(login: str, nonce: str) -> str:
    """The mark of a device that signed in with this login; kept in its cookie and nowhere else."""
    return ".".join([nonce, _key("mark", _folded(login), nonce)])


def known_device(login: str, mark: str) -> str:
    """The device's nonce when the mark is ours and of this login, else ""."""
    nonce, _, _ = mark.partition(".")
    genuine = hmac.compare_digest(mark.encode(), device_of(login, nonce).encode())
    return nonce if nonce and genuine else ""


def _locked(door: Door, at: int, *, more: int = 0) -> timedelta:
    limits = dict(door.keys)
    rows: Sequence[SignInTry] = list(
        SignInTry.objects.filter(key__in=list(limits), since__gt=at - _ms(WINDOW))
    )
    ends = [row.since + _ms(WINDOW) for row in rows if row.tries >= limits[row.key] + more]
    return timedelta(milliseconds=max(ends) - at) if ends else timedelta()


def _folded(login: str) -> str:
    return login.strip().casefold()


def _key(*parts: str) -> str:
    said = "\n".join(("sign-in", *parts)).encode("utf-8", "replace")
    return hmac.new(str(settings.SECRET_KEY).encode(), said, sha256).hexdigest()[:32]


def _ms(span: timedelta) -> int:
    return span // timedelta(milliseconds=1)
