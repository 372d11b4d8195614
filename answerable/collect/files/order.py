"""Puts messages into the order of their time, because stories grow in the order in which things happened.

Bounded: what does not fit is sorted in parts, kept in files without a name, and merged. Those leave no trace.
"""

from __future__ import annotations

import heapq
import pickle
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import IO

from answerable.records import Incoming

MOST = 20_000  # messages held at once
MOST_CHARACTERS = 24_000_000
MOST_RUNS = 64  # files open at once

Key = tuple[datetime, int]
Entry = tuple[Key, Incoming]
_LAST = datetime.max.replace(tzinfo=UTC)


def key_of(message: Incoming, number: int) -> Key:
    """By time, then as the file has them; what has no time is heard now, so it comes last."""
    return (message.published or _LAST, number)


def in_order(messages: Iterable[tuple[int, Incoming]], *, most: int = MOST) -> Iterator[Incoming]:
    """All messages by `key_of`, in memory for `most` of them."""
    runs: list[IO[bytes]] = []
    held: list[Entry] = []
    size = 0
    for number, message in messages:
        held.append((key_of(message, number), message))
        size += len(message.text) + len(message.title)
        if len(held) >= most or size >= MOST_CHARACTERS:
            runs.append(_written(sorted(held, key=_first)))
            held, size = [], 0
            if len(runs) >= MOST_RUNS:
                runs = [_written(_merged(runs))]
    held.sort(key=_first)
    yield from (message for _, message in heapq.merge(*map(_read, runs), held, key=_first))
    for run in runs:
        run.close()


def _first(entry: Entry) -> Key:
    return entry[0]


def _merged(runs: list[IO[bytes]]) -> Iterator[Entry]:
    yield from heapq.merge(*map(_read, runs), key=_first)
    for run in runs:
        run.close()


def _written(entries: Iterable[Entry]) -> IO[bytes]:
    run = tempfile.TemporaryFile()  # noqa: SIM115 - read and closed by the merge
    for entry in entries:
        pickle.dump(entry, run)
    return run


def _read(run: IO[bytes]) -> Iterator[Entry]:
    run.seek(0)
    while True:
        try:
            yield pickle.load(run)  # noqa: S301 - written above, into a file that has no name
        except EOFError:
            return
