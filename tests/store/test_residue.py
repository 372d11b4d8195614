"""What was erased stands in no gap of a page: where rows grew, SQLite leaves copies of them behind."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from answerable.store.residue import empty_gaps

ROWS = 1500


def _grown(path: Path) -> tuple[list[str], list[tuple[int, str, str]]]:
    """A database whose rows grew, of which a third was deleted under `secure_delete`: their words, and what is left."""
    rng = random.Random(5)
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA secure_delete=ON; BEGIN;"
            "CREATE TABLE said (id INTEGER PRIMARY KEY, k TEXT, v TEXT); CREATE INDEX by_k ON said (k);"
        )
        for number in rng.sample(range(ROWS), ROWS):
            values = (number, f"k{number}q{rng.random()}", f"w{number}x" * rng.randint(1, 30))
            database.execute("INSERT INTO said VALUES (?, ?, ?)", values)
        for _ in range(3 * ROWS):
            number = rng.randrange(ROWS)
            database.execute(
                "UPDATE said SET v = ? WHERE id = ?", (f"w{number}x" * rng.randint(1, 60), number)
            )
        gone = rng.sample(range(ROWS), ROWS // 3)
        database.executemany("DELETE FROM said WHERE id = ?", [(one,) for one in gone])
        database.execute("COMMIT")
        left = database.execute("SELECT * FROM said ORDER BY id").fetchall()
    return [f"w{one}x" for one in gone], left


def test_no_gap_keeps_what_was_deleted(tmp_path: Path) -> None:
    """The words of deleted rows are in the file although it overwrites what it deletes; then nowhere, and all else stays."""
    path = tmp_path / "some.db"
    gone, left = _grown(path)
    assert [word for word in gone if word.encode() in path.read_bytes()], "nothing to prove"
    assert empty_gaps(path) > 0
    kept = path.read_bytes()
    assert [word for word in gone if word.encode() in kept] == []
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("SELECT * FROM said ORDER BY id").fetchall() == left
    assert empty_gaps(path) == 0


@settings(max_examples=40, deadline=None)
@example(data=b"SQLite format 3\0", headed=False)
@given(data=st.binary(max_size=3000), headed=st.booleans())
def test_no_file_breaks_it_and_none_is_cut(tmp_path_factory: object, data: bytes, headed: bool) -> None:
    """Whatever a file holds, it is as long as before, and what is no database is left as it is."""
    path = tmp_path_factory.mktemp("gaps") / "file"  # type: ignore[attr-defined]
    head = b"SQLite format 3\0" + (512).to_bytes(2, "big") + bytes(82)
    path.write_bytes(head + data if headed else data)
    empty_gaps(path)
    assert path.stat().st_size == len(data) + len(head) * headed
    assert headed or data.startswith(b"SQLite format 3") or path.read_bytes() == data
