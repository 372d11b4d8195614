"""Keyed hashes and seals: what may be kept of ids, addresses and authors.

The keys come from outside (the key file, never the database); nothing here reads or stores them.
"""

from __future__ import annotations

import hmac
import json
import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_VERSION = b"\x01"  # first byte of every sealed blob, so that the format can change
_NONCE = 12  # bytes, NIST SP 800-38D


@dataclass(frozen=True, slots=True)
class SourceKeys:
    """The keys of one source. None of them ever shows in a log or a traceback."""

    lasting: bytes = field(repr=False)  # hashes ids and links; stays as long as the source
    seal: bytes = field(repr=False)  # 16, 24 or 32 bytes; encrypts id and link
    author: bytes = field(repr=False)  # hashes authors; rotates every 90 days

    @classmethod
    def throwaway(cls) -> SourceKeys:
        """Random keys for output that is only shown on screen and never kept."""
        return cls(os.urandom(32), os.urandom(32), os.urandom(32))


def digest(key: bytes, text: str) -> bytes:
    """HMAC-SHA256 of `text` under `key`, cut to 16 bytes (RFC 2104, section 5)."""
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256")[:16]


def seal(keys: SourceKeys, external_id: str, link: str) -> bytes:
    """Encrypt id and link together (AES-GCM, random nonce)."""
    plain = json.dumps([external_id, link], separators=(",", ":")).encode("ascii")
    nonce = os.urandom(_NONCE)
    return _VERSION + nonce + AESGCM(keys.seal).encrypt(nonce, plain, _VERSION)


def unseal(keys: SourceKeys, blob: bytes) -> tuple[str, str]:
    """Give back (external id, link). Raises ValueError when the blob is not ours or was altered."""
    if len(blob) <= 1 + _NONCE or blob[:1] != _VERSION:
        raise ValueError("this is not a sealed link")
    try:
        plain = AESGCM(keys.seal).decrypt(blob[1 : 1 + _NONCE], blob[1 + _NONCE :], _VERSION)
    except InvalidTag as error:
        raise ValueError("this sealed link was made with another key, or altered") from error
    external_id, link = json.loads(plain)
    return str(external_id), str(link)
