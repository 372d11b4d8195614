"""Where the password of a mailbox comes from: the environment or settings first, then the key file."""

from __future__ import annotations

import json

from answerable.errors import NotReady
from answerable.settings import Settings
from answerable.store.keyring import Keyring


def password_of(address: str, settings: Settings, keyring: Keyring) -> str:
    """The password, "" when nobody gave one. NotReady when the setting cannot be read."""
    return given(settings).get(address) or keyring.password(address)


def given(settings: Settings) -> dict[str, str]:
    """Passwords by address, as the operator set them. NotReady in one line for what is no such table."""
    if not settings.mailbox_passwords.strip():
        return {}
    try:
        found = json.loads(settings.mailbox_passwords)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        # Its value is a secret, so it is not repeated.
        raise NotReady("The setting mailbox_passwords is no JSON of the form {address: password}: mend it.")
    return dict(found)
