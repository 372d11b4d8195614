"""`answerable verify-statement FILE SIGNATURE --key FILE`: checks a downloaded statement. Needs no desk."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from answerable.errors import BadInput
from answerable.publish.signing import FORMAT, holds, read_key, read_signature
from answerable.run.output import emit_json, say

LARGEST = 10_000_000


def main(args: argparse.Namespace) -> int:
    """Verify; exit 2 when the signature is not of these bytes and this key."""
    body = _read(args.file)
    signature = read_signature(_read(args.signature))
    ours = holds(body, signature, read_key(_read(args.key)))
    said = _facts(body) if ours else {}
    if args.json:
        emit_json({"holds": ours, **said})
    elif ours:
        say("The signature holds: {voice}, {unit}, version {version}: {title}".format(**said))
    else:
        say("The signature does not hold: these are not the bytes that the holder of this key signed.")
    return 0 if ours else 2


def _read(name: str) -> bytes:
    path = Path(name)
    if not path.is_file():
        raise BadInput(f"There is no file {name}: check the name.")
    if path.stat().st_size > LARGEST:
        raise BadInput(f"{name} is far too large for a statement: check the name.")
    return path.read_bytes()


def _facts(body: bytes) -> dict[str, str | int | bool]:
    try:
        found = json.loads(body)
        if found["format"] != FORMAT:
            raise KeyError("format")
        voice = f"{found['voice']['name']}, {found['voice']['role']}"
        return {
            "statement": int(found["statement"]),
            "version": int(found["version"]),
            "title": str(found["title"]),
            "voice": voice,
            "unit": str(found["unit"]),
            "approved": str(found["approved"]),
            "machine_help": str(found["machine_help"]),
            "published_at": str(found["published_at"]),
        }
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(
            "The signature holds, but this is no statement: download signed.json again."
        ) from error
