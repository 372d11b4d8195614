"""Files that people upload: each lies in a folder of its own, readable by the desk only, until it is read.

What nobody went on with is swept away by the process that reads files (run/file_imports).
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from answerable.collect.file_name import file_name
from answerable.errors import BadInput
from answerable.store.file_imports import Upload

MOST_BYTES = 200 << 20
_FOLDER = re.compile(r"[0-9a-f]{32}")
_ODD = re.compile(r"[^\w.()+,&= -]+")


def root() -> Path:
    """Where uploads lie."""
    home: Path = settings.ANSWERABLE.home
    return home / "uploads"


def keep(name: str, parts: Iterable[bytes]) -> Upload:
    """Write an upload down. BadInput when it is longer than `MOST_BYTES` or empty."""
    # A folder's entry has at most 255 bytes.
    called = _ODD.sub("_", file_name(name)).encode()[-200:].decode(errors="ignore").strip("_. ") or "file"
    folder = secrets.token_hex(16)
    place = root() / folder
    place.mkdir(parents=True, mode=0o700)
    size, digest = 0, sha256()
    try:
        with os.fdopen(os.open(place / called, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for part in parts:
                size += len(part)
                if size > MOST_BYTES:
                    raise BadInput("The file is longer than 200 MB: divide it, or use `answerable import`.")
                digest.update(part)
                file.write(part)
        if not size:
            raise BadInput("The file is empty: choose another one.")
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    return Upload(folder, called, digest.hexdigest())


def path_of(upload: Upload) -> Path:
    """The file itself. BadInput when it was swept away, or the name was never given by us."""
    path = root() / upload.folder / upload.name
    if not _FOLDER.fullmatch(upload.folder) or Path(upload.name).name != upload.name or not path.is_file():
        raise BadInput("The file is not here any more: choose it again.")
    return path


def drop(upload: Upload) -> None:
    """Remove a file that nobody goes on with."""
    if _FOLDER.fullmatch(upload.folder):
        shutil.rmtree(root() / upload.folder, ignore_errors=True)
