"""What a bomb costs the desk: how long until it is refused, and memory beyond that of an idle process.

`python -m tests.collect.bombed [WORD]` prints it for every bomb whose door or name holds WORD.
"""

from __future__ import annotations

import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from answerable.collect.fetch import Fetcher
from answerable.collect.files import FileCollector
from answerable.collect.framing import framed
from answerable.collect.pages.collector import JOBS as PAGE_JOBS
from answerable.collect.workers import ParsePool
from answerable.errors import BadInput, SourceTrouble
from answerable.records import SourceClass, SourceFacts
from tests.collect import bomb_files, bombs
from tests.collect.servers import reply, serving
from tests.collect.test_fuzz import ASKED

MB = 1 << 20


@dataclass(frozen=True, slots=True)
class Cost:
    """What one bomb cost."""

    said: str  # the code of the refusal, or how many things were read of it
    seconds: float
    work: float  # of it on the processor, in the process that parses: the rest is a busy machine's, or ours
    worker: int  # bytes of the process that parses, beyond what it holds when it is idle
    ours: int  # bytes by which our own process grew at most


class _Peak:
    """The most memory that processes hold while something is done. Those that come later count whole."""

    def __init__(self, pids: Callable[[], list[int]]) -> None:
        self._pids = pids
        self._idle = {pid: _memory(pid, "VmRSS") for pid in pids()}
        self.most = 0
        self._began = {pid: _worked(pid) for pid in self._idle}
        self._ended = dict(self._began)
        self._done = threading.Event()
        for pid in self._idle:
            _forget_peak(pid)
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        while not self._done.wait(0.001):
            self._look()

    def _look(self) -> None:
        for pid in self._pids():
            self.most = max(self.most, _memory(pid, "VmHWM") - self._idle.get(pid, 0))
            self._ended[pid] = max(self._ended.get(pid, 0.0), _worked(pid))

    @property
    def work(self) -> float:
        """Seconds on the processor of all of them."""
        return sum(self._ended.values()) - sum(self._began.values())

    def __enter__(self) -> _Peak:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()
        self._look()


def _memory(pid: int, name: str) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines():
            if line.startswith(name):
                return int(line.split()[1]) << 10
    return 0


def _worked(pid: int) -> float:
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/schedstat").read_text("ascii").split()[0]) / 1e9
    return 0.0


def _forget_peak(pid: int) -> None:
    with suppress(OSError):
        Path(f"/proc/{pid}/clear_refs").write_text("5", "ascii")


def _children() -> list[int]:
    found: list[int] = []
    with suppress(OSError):
        for task in Path("/proc/self/task").iterdir():
            found += map(int, (task / "children").read_text("ascii").split())
    return [pid for pid in found if _is_reader(pid)]


def _is_reader(pid: int) -> bool:
    """A child that has only just been begun is still ours, with all that we hold."""
    with suppress(OSError):
        return b"table_worker" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def _costs(work: Callable[[], object], pids: Callable[[], list[int]], idle: int = 0) -> Cost:
    """`idle` is what a process that `work` starts holds before it reads anything."""
    me = [_me()]
    with _Peak(lambda: me) as ours, _Peak(pids) as theirs:
        started = time.perf_counter()
        try:
            found = work()
            said = f"read {len(found)}" if isinstance(found, list | bytes) else str(found)
        except (SourceTrouble, BadInput) as trouble:
            said = getattr(trouble, "code", "refused")
        seconds = time.perf_counter() - started
    return Cost(said, seconds, theirs.work, max(0, theirs.most - idle), ours.most)


def _me() -> int:
    return int(Path("/proc/self").resolve().name)


def of_jobs(*words: str, seconds: float = 2.0) -> Iterator[tuple[str, str, Cost]]:
    """Door, bomb, cost: of what parse workers are given. The worker is a fresh one after each that ended it."""
    with ParsePool(1, seconds=seconds) as made:
        for job, cases in {**bombs.JOBS, **bombs.MESSAGES}.items():
            pool = made.beside(PAGE_JOBS, seconds=max(5.0, seconds)) if job == "page" else made
            for name, make in cases.items():
                if _asked(f"{job} {name}", words):
                    pool.run(*_sound(job))
                    data = framed([make()]) if job in bombs.MESSAGES else make()
                    yield job, name, _costs(lambda: pool.run(job, data, **ASKED.get(job, {})), pool.pids)  # noqa: B023


def _asked(name: str, words: tuple[str, ...]) -> bool:
    """Whether one of the words stands in it; without any, all are asked for."""
    return not words or any(word in name for word in words)


def _sound(job: str) -> tuple[str, bytes]:
    """Something that wakes the worker."""
    if job == "page":
        from tests.collect.test_pages import page

        return job, page(*["Water is off in Mill Lane until noon because of works."] * 9)
    return "feed", b"<rss><channel><item><title>x</title></item></channel></rss>"


def of_files(*words: str) -> Iterator[tuple[str, str, Cost]]:
    """Door, bomb, cost: of files that are brought in."""
    with tempfile.TemporaryDirectory() as folder:
        for kind, cases in bomb_files.FILES.items():
            chosen = {name: make for name, make in cases.items() if _asked(f"{kind} {name}", words)}
            idle = _brought(Path(folder), _good(kind), 0).worker if chosen and kind != "text" else 0
            for name, make in chosen.items():
                yield kind, name, _brought(Path(folder), make, idle)


def _good(kind: str) -> bombs.Bytes:
    import pyarrow as pa

    return (
        (lambda: bomb_files.parquet_of(pa.table({"text": ["x"]}))) if kind == "parquet" else bomb_files.book
    )


def _brought(folder: Path, make: bombs.Bytes, idle: int) -> Cost:
    path = bomb_files.written(folder, make)
    facts = SourceFacts(1, "files", str(path), SourceClass.PUBLIC)

    def read() -> str:
        rows, until = 0, time.monotonic() + 5
        for batch, _ in FileCollector(facts, path).collect({}):
            rows += len(batch)
            if time.monotonic() > until:
                return f"read {rows} so far"
        return f"read {rows}"

    return _costs(read, _children, idle)


def of_answers(word: str = "") -> Iterator[tuple[str, str, Cost]]:
    """Door, bomb, cost: of what a server answers."""
    one = bombs.gzip_of(1024)
    answers = {
        "gzip of 1 GB": ("gzip", one),
        "gzip of 1 GB in members": ("gzip", bombs.gzip_of(1) * 1024),
        "gzip of gzip": ("gzip", bombs.zlib.compress(one, 9, 31)),
        "deflate": ("deflate", bombs.zeros_deflated(1024)[0]),
        "br": ("br", b"\x5b\xff\xff\x1f\x00" * 1000),
        "twice gzip": ("gzip, gzip", one),
        "plain, 1 GB": ("", b"x" * MB),
    }
    with serving() as server:
        for name, (coding, body) in answers.items():
            if word in f"answer {name}":
                server.answers["/"] = lambda sock, _: _poured(sock, coding, body)  # noqa: B023
                fetcher = Fetcher(allow_private=server.allowed)
                yield "answer", name, _costs(lambda: fetcher.get(server.url()).body, list)  # noqa: B023


def _poured(sock: socket.socket, coding: str, body: bytes) -> None:
    """The body, and where it is plain, a thousand times."""
    sock.sendall(reply(b"", Content_Encoding=coding, Content_Length=""))
    for _ in range(1 if coding else 1024):
        sock.sendall(body)


def main(word: str) -> None:
    """One line for each."""
    print(f"{'door':18}{'bomb':40}{'said':24}{'s':>7}{'work s':>8}{'worker MB':>11}{'ours MB':>9}")
    for measured in (of_answers, of_jobs, of_files):
        for door, name, cost in measured(word):
            over = (cost.work or cost.seconds) > 1 or max(cost.worker, cost.ours) > 64 * MB
            print(
                f"{door:18}{name:40}{cost.said:24}{cost.seconds:7.2f}{cost.work:8.2f}{cost.worker / MB:11.0f}"
                f"{cost.ours / MB:9.0f}{'  over' if over else ''}",
                flush=True,
            )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
