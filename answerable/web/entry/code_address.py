"""The address that a code app reads from the picture (otpauth)."""

from __future__ import annotations

import pyotp


def code_address(secret: str, login: str, body: str) -> str:
    """otpauth://totp/… with the body as issuer."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=body)
