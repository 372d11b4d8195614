"""Empties what erased words leave in a SQLite file in use: gaps of pages, and words that divide the index.

Only for a process of its own: whoever closes a file loses all locks that its process holds on it (POSIX),
SQLite's among them. A kill leaves a whole database: what is written is zeros where nothing stands.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from answerable.store.residue import FIRST, gap, readable_pages

PAGES_AT_ONCE = 200  # under one lock: a few milliseconds
PAUSE_S = 0.01  # between locks, so that other writers get their turn
ROUNDS = 8  # tries for pages that stand in the write-ahead log just then
LOCK_MS = 100  # how long a reader of the log may keep writers waiting for us
READ_AT_ONCE = 256  # pages
WORDS_AT_ONCE = 500
LONGEST_LOG = 64 << 20  # bytes; what stands in a longer one is not looked for while others wait
_LOG_HEAD, _FRAME_HEAD = 32, 24


@dataclass(frozen=True, slots=True)
class Emptied:
    """What one round did."""

    pages: int  # whose gaps held something
    words: int  # that divided pages of the index, and stood in no message any more
    left: int  # pages that were in use all the time, for the next round
    log: bool  # whether the write-ahead log is empty, too


def empty_live(path: Path) -> Emptied:
    """Empty the gaps of a database while others read and write it. It has to exist."""
    file = os.open(path, os.O_RDWR)
    try:
        with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as database:
            for pragma in ("synchronous=FULL", "secure_delete=ON", "cache_size=-4000"):
                database.execute(f"PRAGMA {pragma}")
            words = _shorten_index(database)
            pages, left = _Gaps(path, file, database).empty()
            os.fsync(file)
            return Emptied(pages, words, left, _shorten_log(database))
    finally:
        os.close(file)  # after SQLite's, and nobody else in this process has any


class _Gaps:
    """One database file, read beside SQLite and written under SQLite's lock of writers."""

    def __init__(self, path: Path, file: int, database: sqlite3.Connection) -> None:
        self._file, self._database = file, database
        self._log = path.with_name(path.name + "-wal")
        _shorten_log(database)  # or the newest pages are not in the file yet
        self._size, self._usable, self._pages = readable_pages(os.pread(file, FIRST, 0), path.stat().st_size)

    def empty(self) -> tuple[int, int]:
        """(pages that were emptied, pages that could not be)."""
        found, emptied = list(self._look()), 0
        for attempt in range(ROUNDS):
            if not found:
                break
            _shorten_log(self._database)
            busy: list[int] = []
            for at in range(0, len(found), PAGES_AT_ONCE):
                done, later = self._empty_some(found[at : at + PAGES_AT_ONCE])
                emptied += done
                busy += later
                time.sleep(PAUSE_S)
            found = busy
            time.sleep(PAUSE_S * attempt)
        return emptied, len(found)

    def _look(self) -> Iterator[int]:
        """Numbers, from 0, of pages that seem to hold something in a gap; others may write meanwhile."""
        for start in range(0, self._pages, READ_AT_ONCE):
            block = os.pread(self._file, READ_AT_ONCE * self._size, start * self._size)
            for at in range(len(block) // self._size):
                if self._held(block[at * self._size : (at + 1) * self._size], start + at):
                    yield start + at

    def _held(self, page: bytes, number: int) -> tuple[int, int] | None:
        first, last = gap(page, FIRST if number == 0 else 0, self._usable)
        return (first, last) if page[first:last].strip(b"\0") else None

    def _empty_some(self, numbers: Sequence[int]) -> tuple[int, list[int]]:
        """Under the lock of writers no page changes but those that a checkpoint brings from the log."""
        done, later = 0, []
        try:
            self._database.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return 0, list(numbers)
        try:
            logged = self._logged()
            (pages,) = self._database.execute("PRAGMA page_count").fetchone()
            for number in numbers:
                if logged is None or number + 1 in logged:
                    later.append(number)
                elif number < pages:
                    done += self._empty_one(number)
            # A change makes everybody forget the pages they remember, which hold what was emptied here.
            (said,) = self._database.execute("PRAGMA user_version").fetchone()
            self._database.execute(f"PRAGMA user_version={said:d}")
            self._database.execute("COMMIT")
        finally:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
        return done, later

    def _empty_one(self, number: int) -> bool:
        page = os.pread(self._file, self._size, number * self._size)
        held = self._held(page, number) if len(page) == self._size else None
        if held is None:
            return False
        os.pwrite(self._file, bytes(held[1] - held[0]), number * self._size + held[0])
        return True

    def _logged(self) -> set[int] | None:
        """Pages, from 1, in the write-ahead log, which a checkpoint may write any time; None if too many."""
        found: set[int] = set()
        with suppress(FileNotFoundError), self._log.open("rb", buffering=0) as log:
            if self._log.stat().st_size > LONGEST_LOG:
                return None
            salt = log.read(_LOG_HEAD)[16:24]
            while len(head := log.read(_FRAME_HEAD)) == _FRAME_HEAD and head[8:16] == salt:
                found.add(int.from_bytes(head[:4], "big"))
                log.seek(self._size, os.SEEK_CUR)
        return found


def _shorten_log(database: sqlite3.Connection) -> bool:
    """Bring the write-ahead log into the file and empty it; False while somebody reads from it."""
    database.execute("PRAGMA wal_checkpoint(PASSIVE)")  # most of it without a lock
    database.execute(f"PRAGMA busy_timeout={LOCK_MS:d}")
    try:
        return not database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError:
        return False
    finally:
        database.execute("PRAGMA busy_timeout=30000")


def _shorten_index(database: sqlite3.Connection) -> int:
    """Replace words between pages of the full-text index that begin no word any more; returns how many.

    FTS5 divides the pages of a segment by beginnings of words, and keeps them when the word leaves. Any word
    does that lies behind all words before the page and not behind the page's first: the next one that stands.
    Format: sqlite.org/fts5.html#fts5_data_structures; terms of the main index begin with a "0".
    """
    there = "SELECT 1 FROM sqlite_master WHERE name = 'item_search'"
    if database.execute(there).fetchone() is None:
        return 0
    database.execute("CREATE VIRTUAL TABLE temp.words_left USING fts5vocab('main', 'item_search', 'row')")
    replaced, after = 0, (-1, b"")
    page = "SELECT segid, term FROM item_search_idx WHERE (segid, term) > (?, ?) ORDER BY segid, term LIMIT ?"
    while rows := database.execute(page, (*after, WORDS_AT_ONCE)).fetchall():
        after = rows[-1]
        gone = [row for row in rows if len(row[1]) > 1 and not _stands(database, row[1])]
        if not gone:
            continue
        database.execute("BEGIN IMMEDIATE")
        try:
            replaced += sum(_replace(database, segment, term) for segment, term in gone)
            database.execute("COMMIT")
        finally:
            if database.in_transaction:
                database.execute("ROLLBACK")
        time.sleep(PAUSE_S)
    return replaced


def _next(database: sqlite3.Connection, term: bytes) -> bytes | None:
    found = database.execute(
        "SELECT CAST(term AS BLOB) FROM temp.words_left WHERE term >= CAST(? AS TEXT) LIMIT 1", (term[1:],)
    ).fetchone()
    return None if found is None else term[:1] + found[0]


def _stands(database: sqlite3.Connection, term: bytes) -> bool:
    """Whether a word that is still in the index begins so."""
    following = _next(database, term)
    return following is None or following.startswith(term)


def _replace(database: sqlite3.Connection, segment: int, term: bytes) -> int:
    following = _next(database, term)
    if following is None or following.startswith(term):
        return 0
    return database.execute(
        "UPDATE item_search_idx SET term = ? WHERE segid = ? AND term = ?", (following, segment, term)
    ).rowcount
