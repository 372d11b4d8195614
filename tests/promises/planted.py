"""People who are planted in what comes in, and the search for what names them: in rows, files, archives and logs."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import psycopg
from django.db import connection

_LETTERS = "bcdfghjkmnpqrstvwxz"
# One look at what is kept for each kind of word, whatever the number of people.
_WORDS = re.compile(rb"canary[bcdfghjkmnpqrstvwxz]{11}[hmd]|\b07\d{3}[ -]?\d{6}|\d{5}[a-k] Mill")

_MARKERS = re.compile(rb"zyz[bcdfghjkmnpqrstvwxz]{9}")


@dataclass(frozen=True)
class Planted:
    """One private person, by everything that names them."""

    handle: str
    mail: str
    phone: str
    house: str
    did: str
    marker: str  # a word like any other, that nobody else says: it stays until what they said leaves

    def __str__(self) -> str:
        """What they say."""
        return (
            f"No water at {self.house} Mill Lane, {self.marker} asks @{self.handle}. Call {self.phone} or write to "
            f"{self.mail}, {self.did}"
        )

    @property
    def words(self) -> list[bytes]:
        """What may be found nowhere."""
        number = self.phone.replace(" ", "")
        named = [self.handle, self.mail.partition("@")[0], self.did.rpartition(":")[2], number]
        return [word.encode() for word in (*named, f"{self.house} Mill")]


@dataclass
class Crowd:
    """Makes people of a seed and remembers all of them."""

    rng: Random
    made: list[Planted] = field(default_factory=list)
    also: list[bytes] = field(default_factory=list)  # names that a server gave them

    def __call__(self, count: int) -> list[Planted]:
        """So many more."""
        people = [self._one() for _ in range(count)]
        self.made += people
        return people

    def _one(self) -> Planted:
        rng = self.rng
        name, mail, did = ("canary" + "".join(rng.choices(_LETTERS, k=11)) + kind for kind in "hmd")
        return Planted(
            handle=name,
            mail=f"{mail}@post.example",
            phone=f"07{rng.randrange(400, 499)} {rng.randrange(10**6):06}",
            house=f"{rng.randrange(10_000, 99_999)}{rng.choice('abcdefghk')}",
            did=f"did:plc:{did}",
            marker="zyz" + "".join(rng.choices(_LETTERS, k=9)),
        )

    def found_in(self, kept: bytes) -> list[bytes]:
        """Which of their words stand in what was kept, also as UTF-16."""
        seen = {word.replace(b" 0", b"0") for word in _WORDS.findall(kept)}
        seen |= {re.sub(rb"(\d{5})[ -](\d{6})", rb"\1\2", word) for word in seen}
        wide = kept.replace(b"\0", b"") if b"c\0a\0n\0a\0r\0y\0" in kept else b""
        seen |= set(_WORDS.findall(wide))
        named = [word for person in self.made for word in person.words if word in seen] if seen else []
        return named + [word for word in self.also if word in kept]

    def missing_in(self, kept: bytes) -> list[str]:
        """Whose words are not there."""
        heard = set(_MARKERS.findall(kept))
        return [one.marker for one in self.made if one.marker.encode() not in heard]


def rows(address: str = "") -> bytes:
    """Every value of every table, text as it is and bytes both raw and as hex; of the PostgreSQL database there."""
    if address:
        with psycopg.connect(address) as there:
            found = there.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            return _values(there.cursor(), [name for (name,) in found])
    with connection.cursor() as cursor:
        return _values(cursor, connection.introspection.table_names(cursor))


def _values(cursor: Any, tables: list[str]) -> bytes:
    out: list[bytes] = []
    for table in tables:
        cursor.execute(f'SELECT * FROM "{table}"')
        for row in cursor.fetchall():
            for value in row:
                raw = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                out += [raw, raw.hex().encode()] if isinstance(value, bytes | memoryview) else [raw]
    return b"\n".join(out)


def on_server(*, whole: bool) -> Iterator[bytes]:
    """The files of PostgreSQL where it keeps our rows, and if `whole` all it keeps: its logs, what it wrote ahead.

    Nothing on SQLite, or where the server is on another machine. What it compressed is in `rows`.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT current_setting('data_directory'), pg_relation_filepath('items')")
        folder, file = map(Path, cursor.fetchone())
    for path in sorted((folder if whole else (folder / file).parent).rglob("*")):
        with suppress(FileNotFoundError):  # it goes on meanwhile
            if path.is_file():
                yield path.read_bytes()


def read_beside(path: Path) -> bytes:
    """A file, read by another process: whoever closes a database's file here loses the locks SQLite holds on it."""
    return subprocess.run(["cat", "--", str(path)], capture_output=True, check=True).stdout


def files(*folders: Path) -> bytes:
    """Everything below these folders, archives unpacked: database, log, index, keys, exports, backups."""
    out = []
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        out.append(read_beside(path))
        if out[-1].startswith(b"PK"):
            with zipfile.ZipFile(path) as archive:
                out += [archive.read(name) for name in archive.namelist()]
    return b"\n".join(out)
