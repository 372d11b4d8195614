"""Sealing to a public key: whoever holds the private half opens it, and nobody else, not even who sealed it.

ECIES by standard parts, so that a browser (Web Crypto) opens it as well: P-256, HKDF-SHA256, AES-256-GCM.
A sealed box is one byte of version, the sender's one-time point, a nonce and the ciphertext.
"""

from __future__ import annotations

import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_pem_private_key,
    load_pem_public_key,
)

from answerable.errors import BadInput

CURVE = ec.SECP256R1()
INFO = b"answerable sealed report 1"
_VERSION, _POINT, _NONCE = b"\x01", 65, 12


def public_of(pem: str) -> bytes:
    """The point of a public key that somebody pasted. BadInput for everything else, private keys too."""
    try:
        key = load_pem_public_key(pem.strip().encode("ascii", "replace"))
    except ValueError as error:
        raise BadInput(
            "This is no key that fits: paste the whole text, from BEGIN PUBLIC KEY to END PUBLIC KEY."
        ) from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != CURVE.name:
        raise BadInput("The key is of another kind: it must be one on the curve P-256.")
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def private_of(pem: bytes) -> ec.EllipticCurvePrivateKey:
    """The private half from its file. BadInput when it is none, or is locked by a passphrase."""
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:
        raise BadInput("This file holds no private key that can be read.") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != CURVE.name:
        raise BadInput("The key is of another kind: it must be one on the curve P-256.")
    return key


def fingerprint(public: bytes) -> str:
    """What people compare: 8 groups of 4 hexadecimal digits."""
    digest = hashlib.sha256(public).hexdigest()[:32]
    return " ".join(digest[at : at + 4] for at in range(0, 32, 4))


def seal(public: bytes, text: str) -> bytes:
    """A box that only the private half of `public` opens."""
    once = ec.generate_private_key(CURVE)
    point = _point(once)
    shared = once.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, public))
    nonce = os.urandom(_NONCE)
    words = text.encode("utf-8", "replace")
    return _VERSION + point + nonce + AESGCM(_key(shared, point)).encrypt(nonce, words, point)


def unseal(private: ec.EllipticCurvePrivateKey, box: bytes) -> str:
    """The words of a box. BadInput when it was sealed to another key, or was changed."""
    point, rest = box[1 : 1 + _POINT], box[1 + _POINT :]
    try:
        if box[:1] != _VERSION:
            raise ValueError
        shared = private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point))
        words = AESGCM(_key(shared, point)).decrypt(rest[:_NONCE], rest[_NONCE:], point)
    except (ValueError, InvalidTag) as error:
        raise BadInput("This key does not open it: it was sealed to another one, or was changed.") from error
    return words.decode()


def reply_pair(code: str) -> tuple[bytes, bytes]:
    """(public, private sealed under the code): for answers to somebody known by a code alone."""
    made = ec.generate_private_key(CURVE)
    nonce = os.urandom(_NONCE)
    plain = made.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return _point(made), nonce + AESGCM(_under(code)).encrypt(nonce, plain, None)


def reply_private(code: str, sealed: bytes) -> ec.EllipticCurvePrivateKey | None:
    """The private half, by the code; None by a wrong one."""
    try:
        plain = AESGCM(_under(code)).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
    except InvalidTag:
        return None
    key = load_der_private_key(plain, password=None)
    return key if isinstance(key, ec.EllipticCurvePrivateKey) else None


def _point(private: ec.EllipticCurvePrivateKey) -> bytes:
    return private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _key(shared: bytes, point: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=point, info=INFO).derive(shared)


def _under(code: str) -> bytes:
    # 80 random bits: no slow hash is needed to keep them from being guessed.
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=INFO + b" code").derive(code.encode())
