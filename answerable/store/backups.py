"""Backups: one file with everything the database holds, taken while the desk runs, checked before it is used.

Left out on purpose: keys (keys.json is kept apart) and sessions (a stolen copy signs nobody in).
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from django.db import connection

from answerable.errors import BadInput, NotReady
from answerable.store.keyring import Keyring
from answerable.store.residue import empty_gaps
from answerable.store.tables import Progress, dump_tables, load_tables, silent

FORMAT = 1
MANIFEST = "manifest.json"
SQLITE_FILE = "database.sqlite"
LEFT_OUT = "django_session"
_CHUNK = 1 << 20
_SEAL = 64  # last bytes of the file: sha256, in hex, of all before them


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself; everything else in the file is held against it."""

    format: int
    made_at: str  # UTC, ISO 8601
    vendor: str  # sqlite or postgresql
    migrations: tuple[str, ...]  # "app.name" of every migration the database had
    keys: str  # which key file belongs to it; says nothing about the keys
    rows: Mapping[str, int]  # rows by table
    ledger_entries: int
    ledger_head: str  # hash of the newest entry, "" while there is none
    files: Mapping[str, str]  # sha256 by name in the archive


def write(path: Path, home: Path, now: datetime, progress: Progress = silent) -> Manifest:
    """Write a backup to `path`; a reader never sees half of one. Raises BadInput when `path` exists."""
    if path.exists():
        raise BadInput(f"{path} exists: name another file. Nothing was written.")
    beside = path.with_name(path.name + ".part")
    try:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            hashes: dict[str, str] = {}
            dump = _dump_sqlite if connection.vendor == "sqlite" else dump_tables
            rows, facts = dump(_Adding(archive, hashes, path), progress)
            manifest = Manifest(
                FORMAT, now.astimezone(UTC).isoformat(), connection.vendor, tuple(facts["migrations"]),
                fingerprint(home), rows, facts["ledger"][0], facts["ledger"][1], hashes,
            )  # fmt: skip
            archive.writestr(MANIFEST, json.dumps(asdict(manifest), sort_keys=True))
            archive.comment = b"0" * _SEAL  # its place; the frame of the archive has no hash of its own
        _seal(beside)
        beside.chmod(0o600)
        _to_disk(beside)
        beside.replace(path)
        _to_disk(path.parent)
    finally:
        beside.unlink(missing_ok=True)
    return manifest


class _Adding:
    """Adds files to an archive and remembers their hashes."""

    def __init__(self, archive: zipfile.ZipFile, hashes: dict[str, str], path: Path) -> None:
        self._archive, self._hashes, self.path = archive, hashes, path

    @contextmanager
    def __call__(self, name: str) -> Iterator[Callable[[bytes | bytearray | memoryview], object]]:
        """A function that writes into the file `name`."""
        digest = hashlib.sha256()
        with self._archive.open(name, "w", force_zip64=True) as file:

            def put(data: bytes | bytearray | memoryview) -> None:
                digest.update(data)
                file.write(data)

            yield put
        self._hashes[name] = digest.hexdigest()


def _dump_sqlite(add: _Adding, progress: Progress) -> tuple[dict[str, int], dict[str, Any]]:
    """A compact copy of one moment, while others write; freed pages with old words stay behind."""
    copy = add.path.with_name(add.path.name + ".copy")
    copy.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=60)) as source:
            source.execute("VACUUM INTO ?", (str(copy),))
        copy.chmod(0o600)
        with closing(sqlite3.connect(copy, isolation_level=None)) as taken:
            taken.execute("PRAGMA secure_delete=ON")
            taken.execute(f"DELETE FROM {LEFT_OUT}")  # noqa: S608 -- our own constant
            rows, facts = _counted(taken), _facts(taken.execute)
        empty_gaps(copy)
        with add(SQLITE_FILE) as put, copy.open("rb") as file:
            size, done = copy.stat().st_size, 0
            while chunk := file.read(_CHUNK):
                put(chunk)
                done += len(chunk)
                progress(done * 100 // size)
    finally:
        copy.unlink(missing_ok=True)
    return rows, facts


def _counted(database: sqlite3.Connection) -> dict[str, int]:
    listed = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    names = [name for (name,) in listed if not name.startswith(("sqlite_", "item_search"))]
    return {name: database.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608 -- names of our own tables


def _facts(execute: Callable[[str], Any]) -> dict[str, Any]:
    found = execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1").fetchall()
    newest = execute("SELECT id, hash FROM ledger ORDER BY id DESC LIMIT 1").fetchone()
    return {"migrations": [name for (name,) in found], "ledger": tuple(newest) if newest else (0, "")}


def fingerprint(home: Path) -> str:
    """Tells key files apart without saying anything about a key."""
    secret = Keyring.open(home).secret_key
    return hashlib.sha256(b"answerable key file " + secret.encode()).hexdigest()[:16]


def checked(path: Path) -> Manifest:
    """The manifest of a backup whose every byte is as it was written. Raises BadInput naming what is not."""
    try:
        whole = _sealed(path)
        with zipfile.ZipFile(path) as archive:
            said = json.loads(_read(archive, MANIFEST))
            manifest = Manifest(**said)
            if manifest.format != FORMAT:
                raise BadInput(
                    f"{path.name} is a backup of another format ({manifest.format}): use a newer Answerable."
                )
            if set(archive.namelist()) != {MANIFEST, *manifest.files}:
                raise BadInput(f"{path.name} does not hold the files it names: use another backup.")
            for name, wanted in manifest.files.items():
                digest = hashlib.sha256()
                with archive.open(name) as file:
                    for chunk in iter(lambda file=file: file.read(_CHUNK), b""):  # type: ignore[misc]
                        digest.update(chunk)
                if digest.hexdigest() != wanted:
                    raise ValueError(f"{name} is damaged")
            if not whole:
                raise ValueError("its frame is damaged")
    except (
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        TypeError,
        ValueError,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        if isinstance(error, FileNotFoundError):
            raise BadInput(f"There is no file {path}: check the name.") from error
        said = " ".join(str(error).split())[:160]
        raise BadInput(
            f"{path.name} is no whole backup ({said}): use another one. Nothing was changed."
        ) from error
    return manifest


def _seal(path: Path) -> None:
    digest = _digest(path)
    with path.open("r+b") as file:
        file.seek(-_SEAL, os.SEEK_END)
        file.write(digest)


def _sealed(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-_SEAL, os.SEEK_END)
        return file.read() == _digest(path)


def _digest(path: Path) -> bytes:
    """sha256 in hex of all but the seal."""
    digest, left = hashlib.sha256(), path.stat().st_size - _SEAL
    with path.open("rb") as file:
        while left > 0 and (chunk := file.read(min(_CHUNK, left))):
            digest.update(chunk)
            left -= len(chunk)
    return digest.hexdigest().encode()


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > _CHUNK * 8:
        raise ValueError("its manifest is too large")
    return archive.read(name)


def place_sqlite(path: Path, home: Path, progress: Progress = silent) -> None:
    """Put the database of a checked backup into a folder that has none. Raises NotReady when there is one."""
    target = home / "answerable.db"
    if target.exists():
        raise NotReady(
            f"{home} already holds a desk: name an empty folder in ANSWERABLE_HOME. Nothing was changed."
        )
    beside = home / "answerable.db.restoring"
    with zipfile.ZipFile(path) as archive, archive.open(SQLITE_FILE) as file, beside.open("wb") as out:
        size, done = archive.getinfo(SQLITE_FILE).file_size, 0
        while chunk := file.read(_CHUNK):
            out.write(chunk)
            done += len(chunk)
            progress(done * 100 // size)
        out.flush()
        os.fsync(out.fileno())
    empty_gaps(beside)  # of a backup written before backups were free of them
    with closing(sqlite3.connect(beside)) as database:
        (said,) = database.execute("PRAGMA integrity_check").fetchone()
    if said != "ok":
        beside.unlink()
        raise BadInput(
            f"{path.name} holds a damaged database ({said}): use another backup. Nothing was changed."
        )
    beside.replace(target)
    _to_disk(home)


def place_postgres(path: Path, manifest: Manifest, progress: Progress = silent) -> None:
    """Fill an empty database of the same migrations. Raises NotReady when it holds a desk."""
    with zipfile.ZipFile(path) as archive:

        def read(name: str) -> IO[bytes]:
            return archive.open(name)

        load_tables(read, manifest.rows, progress)


def equal(manifest: Manifest) -> list[str]:
    """What differs between the stored rows and what a backup says it held; nothing when all came back."""
    with connection.cursor() as cursor:
        wrong = []
        # A newer version may have added migrations, and tables of its own, since.
        there = set(connection.introspection.table_names(cursor)) - {LEFT_OUT, "django_migrations"}
        for table, wanted in manifest.rows.items():
            if table not in there:
                continue
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608 -- of a manifest whose tables exist
            if (found := cursor.fetchone()[0]) != wanted:
                wrong.append(f"{table}: {found} rows of {wanted}")
        cursor.execute("SELECT hash FROM ledger ORDER BY id DESC LIMIT 1")
        head = (cursor.fetchone() or ("",))[0]
    return wrong if head == manifest.ledger_head else [*wrong, "the ledger's head differs"]


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
