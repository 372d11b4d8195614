"""Keys live in one file beside the database, mode 0600, never in a row, a log or a backup.

Passwords of mailboxes lie there too. Each source has three keys: a lasting one (duplicates, deletion), one
that seals links, one for pseudonyms that rotates every 90 days. Without them its links are unreadable.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from answerable.collect.keys import SourceKeys
from answerable.errors import NotReady

ROTATE_AFTER = timedelta(days=90)
KEY_BYTES = 32


class Keyring:
    """Opens or creates the key file of a data folder."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._data: dict[str, Any] = {}

    @classmethod
    def open(cls, home: Path) -> Keyring:
        """Return the keyring of a data folder, creating the file when there is none.

        Raises NotReady when the file cannot be read: starting with fresh keys would orphan every sealed link.
        """
        ring = cls(home / "keys.json")
        with ring._locked():
            ring._read()
            if not ring._data:
                ring._data = {
                    "secret_key": secrets.token_urlsafe(48),
                    "ipc_key": secrets.token_urlsafe(32),
                    "sources": {},
                }
                ring._write()
        return ring

    @property
    def secret_key(self) -> str:
        """Signs sessions and forms."""
        return str(self._data["secret_key"])

    @property
    def ipc_key(self) -> bytes:
        """Proves to the engine that a caller may read this data folder."""
        return str(self._data["ipc_key"]).encode()

    @property
    def contact_key(self) -> bytes:
        """Seals the addresses by which staff are reached, made at first use."""
        return self._made("contact_key")

    @property
    def _open_key(self) -> Ed25519PrivateKey:
        """Signs the open data of a day, made at first use."""
        return Ed25519PrivateKey.from_private_bytes(self._made("open_key"))

    def _made(self, name: str) -> bytes:
        """A key that older folders lack, made once however many processes ask."""
        if name not in self._data:
            with self._locked():
                self._read()
                if name not in self._data:
                    self._data[name] = _fresh()
                    self._write()
        return b64decode(self._data[name])

    def sign(self, body: bytes) -> str:
        """The Ed25519 signature of these bytes, base64."""
        return b64encode(self._open_key.sign(body)).decode()

    @property
    def open_public_key(self) -> str:
        """What anybody checks a signature with: 32 bytes, base64."""
        return b64encode(self._open_key.public_key().public_bytes_raw()).decode()

    @property
    def _statement_key(self) -> Ed25519PrivateKey:
        """Signs statements as they go out, made at first use."""
        return Ed25519PrivateKey.from_private_bytes(self._made("statement_key"))

    def sign_statement(self, body: bytes) -> str:
        """The Ed25519 signature of a statement, base64."""
        return b64encode(self._statement_key.sign(body)).decode()

    @property
    def statement_public_key(self) -> str:
        """What anybody checks a statement with: 32 bytes, base64."""
        return b64encode(self._statement_key.public_key().public_bytes_raw()).decode()

    def cap_identity(self, name: str) -> tuple[str, str]:
        """The key and certificate (PEM) of our warnings, made at first use under this name."""
        if "cap" not in self._data:
            from answerable.store import certificates  # a heavy import that few processes need

            with self._locked():
                self._read()
                if "cap" not in self._data:
                    self._data["cap"] = list(certificates.made(name))
                    self._write()
        key, certificate = self._data["cap"]
        return str(key), str(certificate)

    def for_source(self, source: int, now: datetime | None = None) -> SourceKeys:
        """The keys of a source, made at first use; the pseudonym key is replaced when it is 90 days old."""
        now = now or datetime.now(UTC)
        held = self._data["sources"].get(str(source))
        if held is None or now - datetime.fromisoformat(held["author_since"]) >= ROTATE_AFTER:
            with self._locked():
                self._read()
                held = self._renewed(self._data["sources"].get(str(source)), now)
                self._data["sources"][str(source)] = held
                self._write()
        return SourceKeys(
            lasting=b64decode(held["lasting"]), seal=b64decode(held["seal"]), author=b64decode(held["author"])
        )

    def password(self, place: str) -> str:
        """The password of a mailbox, "" when none was given. Read anew: another process may have set it."""
        with self._locked():
            self._read()
        return str(self._data.get("passwords", {}).get(place, ""))

    def keep_password(self, place: str, password: str) -> None:
        """Remember the password of a mailbox; an empty one forgets it."""
        with self._locked():
            self._read()
            held = self._data.setdefault("passwords", {})
            held.pop(place, None)
            if password:
                held[place] = password
            self._write()

    def rotate(self, now: datetime) -> int:
        """Replace every pseudonym key now; returns how many. Distinct counts start anew from here."""
        with self._locked():
            self._read()
            for held in self._data["sources"].values():
                held.update(author=_fresh(), author_since=now.isoformat())
            self._write()
        return len(self._data["sources"])

    def forget_source(self, source: int) -> None:
        """Remove a source's keys; what was sealed under them can never be opened again."""
        with self._locked():
            self._read()
            self._data["sources"].pop(str(source), None)
            self._write()

    @staticmethod
    def _renewed(held: dict[str, str] | None, now: datetime) -> dict[str, str]:
        if held is None:
            return {
                "lasting": _fresh(),
                "seal": _fresh(),
                "author": _fresh(),
                "author_since": now.isoformat(),
            }
        if now - datetime.fromisoformat(held["author_since"]) >= ROTATE_AFTER:
            return {**held, "author": _fresh(), "author_since": now.isoformat()}
        return held

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Two processes may meet a new source at once; one makes its keys, the other reads them."""
        descriptor = os.open(self._path.with_suffix(".lock"), os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _read(self) -> None:
        try:
            self._data = json.loads(self._path.read_text("utf-8"))
        except FileNotFoundError:
            self._data = {}
        except (OSError, ValueError) as error:
            raise NotReady(
                f"The key file {self._path} cannot be read ({error}): put back the copy you keep of it; "
                "without it pseudonyms and links of private posts are lost."
            ) from error

    def _write(self) -> None:
        # Written beside and renamed, so that a crash leaves the old file or the new one, never half of it.
        fresh = self._path.with_suffix(".new")
        descriptor = os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(self._data, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)


def _fresh() -> str:
    return b64encode(secrets.token_bytes(KEY_BYTES)).decode()
