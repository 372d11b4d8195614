"""The bytes that are signed when a statement goes out, and the check that anybody can repeat.

Ed25519 (RFC 8032) over JSON with sorted keys in UTF-8. What is signed is served byte for byte.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from answerable.errors import BadInput
from answerable.records import Json

FORMAT = "answerable statement 1"
TWO_PEOPLE, ONE_PERSON = "two people", "one person, emergency rule"
SIGNATURE_BYTES = 64


def signed_body(facts: Mapping[str, Json]) -> bytes:
    """The document of one version: the same facts always give the same bytes."""
    document = {"format": FORMAT, **facts}
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def key_as_pem(key: str) -> bytes:
    """A public key, 32 bytes in base64, as openssl reads it."""
    public = Ed25519PublicKey.from_public_bytes(b64decode(key))
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def read_key(pem: bytes) -> Ed25519PublicKey:
    """The public key of a PEM file. BadInput when it is none of ours."""
    try:
        key = load_pem_public_key(pem)
    except ValueError as error:
        raise BadInput(
            "This is no public key: download it from the page that explains signatures."
        ) from error
    if not isinstance(key, Ed25519PublicKey):
        raise BadInput("This is not a key for Ed25519: download it from the page that explains signatures.")
    return key


def read_signature(data: bytes) -> bytes:
    """64 bytes, given as they are or in base64. BadInput otherwise."""
    if len(data) == SIGNATURE_BYTES:
        return data
    try:
        decoded = b64decode(data.strip(), validate=True)
    except ValueError:
        decoded = b""
    if len(decoded) != SIGNATURE_BYTES:
        raise BadInput("This is no signature: it has 64 bytes, or the same in base64.")
    return decoded


def holds(body: bytes, signature: bytes, key: Ed25519PublicKey) -> bool:
    """Whether the holder of this key signed exactly these bytes."""
    try:
        key.verify(signature, body)
    except InvalidSignature:
        return False
    return True
