"""Reads a file and takes its rows through the door in a process of its own, a batch ahead of the engine.

Reading, masking and what a text says on its own take a third of an import; a second core does them while
the engine finds out what belongs together.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any, BinaryIO, cast

from answerable.collect import door
from answerable.collect.files import FileCollector
from answerable.collect.files import Mapping as Columns
from answerable.collect.keys import SourceKeys
from answerable.errors import AnswerableError, NotReady
from answerable.records import Incoming, Item, Json, Rejected, SourceFacts
from answerable.run.meaning_process import widened
from answerable.understand import language
from answerable.understand.readings import Reading, read_all

# By its own name, so that what it sends is of the same classes here and there.
_CHILD = [sys.executable, "-c", "from answerable.run.admitting import main; main()"]
BEHIND = 5  # steps of niceness: it is a batch ahead, and what the engine waits for goes first
_ENDED = (
    "The process that reads the file ended by itself. What was stored stays and nothing is lost: "
    "import the file again, and it goes on where it stopped."
)


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read, from where, and what its items are sealed with."""

    source: SourceFacts
    keys: SourceKeys
    path: Path
    columns: Columns
    zone: tzinfo
    cursor: dict[str, Json]


@dataclass(frozen=True, slots=True)
class Admitted:
    """One batch: what may be stored, what was rejected, and where reading goes on."""

    items: tuple[Item, ...]
    readings: tuple[Reading, ...]  # one of each item
    rejected: tuple[Rejected, ...]
    cursor: Mapping[str, Json]


class Reader:
    """The process, which gets ready while the desk does."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 -- our own words only
            _CHILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        widened(cast("BinaryIO", self._process.stdout))

    def admitted(self, job: Job) -> Iterator[Admitted]:
        """The batches of a file in order; the process ends with them.

        Raises what reading the file raises, NotReady when the process is killed.
        """
        told, heard = cast("BinaryIO", self._process.stdin), cast("BinaryIO", self._process.stdout)
        try:
            pickle.dump(job, told)
            told.close()
            while (batch := _next(heard)) is not None:
                yield batch
        except OSError as error:
            raise NotReady(_ENDED) from error
        finally:
            self.close()

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # a job that was not taken any more
                cast("BinaryIO", pipe).close()


def _next(heard: BinaryIO) -> Admitted | None:
    try:
        said = pickle.load(heard)  # noqa: S301 -- written by our own process
    except (EOFError, pickle.UnpicklingError) as error:
        raise NotReady(_ENDED) from error
    if isinstance(said, tuple):
        raise _again(*said)
    return cast("Admitted | None", said)


def _again(kind: type[AnswerableError], args: tuple[Any, ...], facts: dict[str, Any]) -> AnswerableError:
    """The trouble as it was raised there: its own words are made by its class, so they are not made twice."""
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(facts)
    return error


def _batches(job: Job) -> Iterator[Admitted]:
    collector = FileCollector(job.source, job.path, job.columns, zone=job.zone)
    for batch, cursor in collector.collect(job.cursor):
        heard = datetime.now(UTC)
        taken = [
            door.admit(found, job.source, job.keys, heard=heard) if isinstance(found, Incoming) else found
            for found in batch
        ]
        items = tuple(one for one in taken if isinstance(one, Item))
        yield Admitted(
            items,
            tuple(read_all(items, names=True)),
            tuple(one for one in taken if isinstance(one, Rejected)),
            cursor,
        )


def main() -> None:
    """Answer one job."""
    # Stopping is the parent's business, and this process ends with its pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    os.nice(BEHIND)
    language.load()
    job: Job = pickle.load(sys.stdin.buffer)  # noqa: S301 -- written by our own process
    out = sys.stdout.buffer
    try:
        for batch in _batches(job):
            pickle.dump(batch, out, pickle.HIGHEST_PROTOCOL)
            out.flush()
        pickle.dump(None, out)
    except AnswerableError as error:
        pickle.dump((type(error), error.args, vars(error)), out)
    out.flush()
