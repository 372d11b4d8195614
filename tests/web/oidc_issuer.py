"""A stand-in for an organisation's sign-in, written from OpenID Connect Core 1.0, Discovery 1.0 and RFC 7636.

It signs with `cryptography` alone, so that what verifies its tokens is another implementation.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import secrets
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from django.conf import settings

from tests.cast import NOW
from tests.collect.servers import Server, reply, serving

CLIENT, SECRET = "the desk", "s3cret:/%"
Token = Callable[[dict[str, Any]], str]


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def made_key() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Issuer:
    """One issuer: its keys, and the codes it gave out. `claims` and `token` are what a test bends."""

    server: Server
    key: RSAPrivateKey
    kid: str = "first"
    claims: dict[str, Any] = field(default_factory=dict)  # over what is usual; None leaves one out
    token: Token | None = None  # makes another token of the claims
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return self.server.url("")

    def about(self, **bent: object) -> None:
        """What it publishes of itself."""
        said = {
            "issuer": self.address,
            "authorization_endpoint": self.server.url("/authorize"),
            "token_endpoint": self.server.url("/token"),
            "jwks_uri": self.server.url("/keys"),
            "authorization_response_iss_parameter_supported": True,
        }
        self.server.says("/.well-known/openid-configuration", json.dumps({**said, **bent}).encode())

    def publish_keys(self) -> None:
        numbers = self.key.public_key().public_numbers()
        jwk = {"kty": "RSA", "use": "sig", "kid": self.kid, "n": _number(numbers.n), "e": _number(numbers.e)}
        shared = {"kty": "oct", "kid": "shared", "k": b64(b"a secret that was published by mistake!!")}
        self.server.says("/keys", json.dumps({"keys": [shared, jwk]}).encode())

    def authorize(self, address: str, **bent: str) -> str:
        """The person signed in there: where the browser is sent back to. `bent` changes the answer."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert (asked["client_id"], asked["code_challenge_method"]) == (CLIENT, "S256")
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(12)
        self.codes[code] = asked
        answer = {"code": code, "state": asked["state"], "iss": self.address} | bent
        return urlsplit(asked["redirect_uri"]).path + "?" + urlencode(answer)

    def give_token(self, sock: socket.socket, request: str) -> None:
        """The token endpoint: a code once, for the client that knows its secret and the verifier."""
        head, _, body = request.partition("\r\n\r\n")
        lines = dict(
            line.lower().split(": ", 1) if ": " in line else (line, "") for line in head.split("\r\n")
        )
        while len(body) < int(lines["content-length"]):
            body += sock.recv(65_536).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        basic = next(line for line in head.split("\r\n") if line.lower().startswith("authorization: basic "))
        pair = base64.b64decode(basic.split(" ")[2]).decode().split(":")
        asked = self.codes.pop(form["code"], None)
        challenge = b64(hashlib.sha256(form["code_verifier"].encode()).digest())
        fits = (
            asked is not None
            and [unquote(one) for one in pair] == [CLIENT, SECRET]
            and form["grant_type"] == "authorization_code"
            and form["redirect_uri"] == asked["redirect_uri"]
            and challenge == asked["code_challenge"]
        )
        if not fits or asked is None:
            sock.sendall(reply(b'{"error": "invalid_grant"}', "400 Bad Request"))
            return
        now = int(NOW.timestamp())
        usual = {"iss": self.address, "aud": CLIENT, "sub": "248289", "nonce": asked["nonce"]}
        claims = {**usual, "iat": now, "exp": now + 300, "preferred_username": "carol", **self.claims}
        claims = {name: value for name, value in claims.items() if value is not None}
        token = self.token(claims) if self.token else self.signed(claims)
        sock.sendall(reply(json.dumps({"id_token": token, "token_type": "Bearer"}).encode()))

    def signed(self, claims: dict[str, Any], key: RSAPrivateKey | None = None, **header: str) -> str:
        said = encoded({"alg": "RS256", "kid": self.kid, **header}, claims)
        signature = (key or self.key).sign(said.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{said}.{b64(signature)}"


def encoded(header: dict[str, str], claims: dict[str, Any]) -> str:
    return ".".join(b64(json.dumps(part).encode()) for part in (header, claims))


def _number(value: int) -> str:
    return b64(value.to_bytes((value.bit_length() + 7) // 8, "big"))


@contextlib.contextmanager
def issuer(*, known: bool = True, **ours: str) -> Iterator[Issuer]:
    """Run one, with a desk that trusts it; `known` False: the fetcher is not told of its private address."""
    with serving() as server:
        made = Issuer(server, made_key())
        made.about()
        made.publish_keys()
        server.answers["/token"] = made.give_token
        table = replace(
            settings.ANSWERABLE,
            oidc_issuer=made.address,
            oidc_client_id=CLIENT,
            oidc_client_secret=SECRET,
            allow_private=tuple(server.allowed) if known else (),
            **ours,
        )
        with patch.object(settings, "ANSWERABLE", table):
            yield made
