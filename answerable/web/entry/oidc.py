"""The organisation's own sign-in (OpenID Connect Core 1.0): the code flow with PKCE, state and nonce.

What it says of a person is believed only when it is signed by a key that the issuer publishes, and was made
for this desk, now, and for this very browser. What the person may do is no business of the issuer.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from answerable.collect.fetch import Fetcher
from answerable.errors import NotAllowed

ALGORITHMS = ("RS256", "PS256", "ES256", "ES384", "Ed25519", "EdDSA")  # never a shared secret, never "none"
KEY_KINDS = ("RSA", "EC", "OKP")
LEEWAY_S = 60  # between their clock and ours
OLDEST_S = 10 * 60  # a token is made while we wait for it
KEEP_S = 3600  # what the issuer publishes of itself
AGAIN_S = 30  # its keys are read anew no sooner, however many unknown ones come
MOST_BYTES = 256 * 1024
PATIENCE_S = 10.0
LONGEST = 255  # of a subject or a login
JSON = "application/json"


class Unproven(NotAllowed):
    """What the issuer said proves nothing; the text is for the log alone, in English."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What waits in the session of one browser for the answer."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def fresh(cls) -> Asked:
        return cls(*(secrets.token_urlsafe(32) for _ in range(3)))


@dataclass(frozen=True, slots=True)
class Told:
    """What the issuer says of the person, believed."""

    subject: str
    login: str  # "" when the claim is missing, or is an address that was not verified


class Provider:
    """The issuer of the settings. One object serves all threads of a worker."""

    def __init__(self, issuer: str, client: str, secret: str, claim: str, fetcher: Fetcher) -> None:
        self.issuer, self._client, self._secret, self._claim = issuer, client, secret, claim
        self._fetcher = fetcher
        self._lock = threading.Lock()
        self._about: dict[str, Any] = {}
        self._about_until = 0.0
        self._keys = KeySet([])
        self._keys_at = float("-inf")

    def address(self, asked: Asked, back: str) -> str:
        """Where the browser goes. SourceTrouble, Unproven when the issuer is not as it should be."""
        challenge = base64.urlsafe_b64encode(hashlib.sha256(asked.verifier.encode()).digest())
        query = {
            "response_type": "code",
            "client_id": self._client,
            "redirect_uri": back,
            "scope": "openid profile email",
            "state": asked.state,
            "nonce": asked.nonce,
            "code_challenge": challenge.rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        place = str(self._known()["authorization_endpoint"])
        return place + ("&" if "?" in place else "?") + urlencode(query)

    def told(self, asked: Asked, answer: Mapping[str, str], back: str, now: float) -> Told:
        """Who came back. Unproven when anything does not fit, SourceTrouble without an issuer."""
        about = self._known()
        if not hmac.compare_digest(answer.get("state", "").encode(), asked.state.encode()):
            raise Unproven("the answer belongs to another browser or an older try")
        # RFC 9207: an answer of another issuer must not be taken for this one's.
        named = answer.get("iss", "")
        if (named or about.get("authorization_response_iss_parameter_supported")) and named != self.issuer:
            raise Unproven("the answer names another issuer")
        if not answer.get("code"):
            raise Unproven(f"the issuer refused: {answer.get('error', '')[:60]!r}")
        token = self._token(about, answer["code"], asked.verifier, back)
        return self._believed(self._claims(token), asked.nonce, now)

    def _token(self, about: Mapping[str, Any], code: str, verifier: str, back: str) -> str:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": verifier,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": JSON}
        ways = about.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        if self._secret and "client_secret_basic" in ways:
            pair = f"{quote(self._client, safe='')}:{quote(self._secret, safe='')}"
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        else:
            form |= {"client_id": self._client} | ({"client_secret": self._secret} if self._secret else {})
        answer = self._fetcher.post(str(about["token_endpoint"]), urlencode(form).encode(), headers)
        token = _read(answer.body).get("id_token") if answer.status == 200 else None
        if not isinstance(token, str):
            raise Unproven(f"the issuer gave no token (status {answer.status})")
        return token

    def _claims(self, token: str) -> dict[str, Any]:
        """The claims of a token that one of the published keys signed; new keys are looked for once."""
        for anew in (False, True):
            try:
                return dict(jwt.decode(token, self._published(anew=anew), algorithms=ALGORITHMS).claims)
            except (JoseError, ValueError, TypeError, KeyError) as error:
                trouble = error
        raise Unproven(f"the token is not signed as it should be ({type(trouble).__name__})")

    def _believed(self, claims: Mapping[str, Any], nonce: str, now: float) -> Told:
        heard = claims.get("aud")
        audience = [heard] if isinstance(heard, str) else heard if isinstance(heard, list) else []
        party = claims.get("azp", self._client if len(audience) == 1 else None)
        subject = claims.get("sub")
        wrong = {
            "iss": claims.get("iss") != self.issuer,
            "aud": self._client not in audience,
            "azp": party != self._client,
            "exp": not _number(claims.get("exp")) or claims["exp"] <= now - LEEWAY_S,
            "iat": not _number(claims.get("iat")) or not -LEEWAY_S <= now - claims["iat"] <= OLDEST_S,
            "nbf": "nbf" in claims and (not _number(claims["nbf"]) or claims["nbf"] > now + LEEWAY_S),
            "nonce": not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()),
            "sub": not isinstance(subject, str) or not 0 < len(subject) <= LONGEST,
        }
        if any(wrong.values()):
            raise Unproven("the token does not fit: " + ", ".join(name for name, bad in wrong.items() if bad))
        login = claims.get(self._claim)
        if not isinstance(login, str) or len(login) > LONGEST:
            login = ""
        if self._claim == "email" and claims.get("email_verified") is not True:
            login = ""
        return Told(str(subject), login)

    def _known(self) -> dict[str, Any]:
        """What the issuer publishes of itself (OpenID Connect Discovery 1.0), for an hour."""
        with self._lock:
            if time.monotonic() >= self._about_until:
                place = self.issuer.rstrip("/") + "/.well-known/openid-configuration"
                about = _read(self._fetcher.get(place, accept=JSON).body)
                if about.get("issuer") != self.issuer:
                    raise Unproven("the issuer calls itself by another name than in the settings")
                for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                    if not _as_safe_as(self.issuer, about.get(name)):
                        raise Unproven(f"the issuer has no usable {name}")
                self._about, self._about_until = about, time.monotonic() + KEEP_S
            return self._about

    def _published(self, *, anew: bool) -> KeySet:
        about = self._known()
        with self._lock:
            age = time.monotonic() - self._keys_at
            if age > KEEP_S or (anew and age > AGAIN_S):
                found = _read(self._fetcher.get(str(about["jwks_uri"]), accept=JSON).body).get("keys")
                usable = [one for one in found if _signs(one)] if isinstance(found, list) else []
                self._keys = KeySet.import_key_set({"keys": usable})
                self._keys_at = time.monotonic()
            return self._keys


def provider() -> Provider | None:
    """The sign-in of the settings; None when none is named."""
    ours = settings.ANSWERABLE
    if not ours.oidc_issuer or not ours.oidc_client_id:
        return None
    facts = (ours.oidc_issuer, ours.oidc_client_id, ours.oidc_client_secret, ours.oidc_login_claim)
    return _provider(facts, ours.allow_private, ours.ca_file)


@cache
def _provider(facts: tuple[str, str, str, str], allowed: tuple[str, ...], authorities: str) -> Provider:
    reach = Fetcher(allowed, seconds=PATIENCE_S, max_bytes=MOST_BYTES, redirects=0, authorities=authorities)
    return Provider(*facts, reach)


def _read(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Unproven("the issuer answered with something that is no JSON object")
    return found


def _signs(key: object) -> bool:
    """A public key for signatures: never a shared secret that somebody published by mistake."""
    return isinstance(key, dict) and key.get("kty") in KEY_KINDS and key.get("use", "sig") == "sig"


def _as_safe_as(issuer: str, place: object) -> bool:
    """Its addresses are encrypted, unless the issuer itself is not (one inside the house, for a trial)."""
    if not isinstance(place, str):
        return False
    scheme = urlsplit(place).scheme
    return scheme == "https" or (scheme == "http" and urlsplit(issuer).scheme == "http")


def _number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
