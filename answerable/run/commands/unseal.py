"""`answerable unseal FILE --key KEY`: open a report to the overseer, on the overseer's own computer."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from answerable.errors import BadInput
from answerable.store import sealing


def main(arguments: Namespace) -> int:
    """Print the words. Touches no data folder. Raises BadInput for a file or a key that does not fit."""
    try:
        box, key = Path(arguments.file).read_bytes(), Path(arguments.key).read_bytes()
    except OSError as error:
        raise BadInput(f"{error.filename} cannot be read: {error.strerror}.") from error
    sys.stdout.write(sealing.unseal(sealing.private_of(key), box).rstrip() + "\n")
    return 0
