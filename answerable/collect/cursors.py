"""What a cursor remembers of messages (ids, prints, addresses) names people: only its numbers stay readable.

Everything else is sealed with the source's key before it becomes a row.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode

from answerable.collect.collector import Cursor
from answerable.collect.keys import SourceKeys, seal, unseal

_SEALED = "sealed"


def closed(cursor: Cursor, keys: SourceKeys) -> Cursor:
    """The cursor as a row may hold it."""
    plain: Cursor = {name: value for name, value in cursor.items() if isinstance(value, int | float)}
    if len(plain) < len(cursor):
        rest = {name: value for name, value in cursor.items() if name not in plain}
        plain[_SEALED] = b64encode(seal(keys, json.dumps(rest), "")).decode("ascii")
    return plain


def opened(kept: Cursor, keys: SourceKeys) -> Cursor:
    """The cursor as its collector gave it; what was sealed under lost keys is read anew by the collector."""
    held = dict(kept)
    blob = held.pop(_SEALED, None)
    if isinstance(blob, str):
        try:
            held |= json.loads(unseal(keys, b64decode(blob))[0])
        except ValueError:
            return {}
    return held
