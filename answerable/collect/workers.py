"""A pool of preloaded, killable processes that parse what strangers send.

A worker that works too long or takes too much memory is killed and replaced; the caller gets a SourceTrouble.
Time is that of its own work: what waits for a busy machine is not too slow. Workers die with us and answer in
JSON, so that nothing they say is executed.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import select
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

from answerable.collect.cage import OUT_OF_MEMORY
from answerable.errors import AnswerableError, SourceTrouble
from answerable.records import Json

_LENGTHS = struct.Struct("!II")  # header and payload
_LENGTH = struct.Struct("!I")
_MAX_ANSWER = 64 * 1024 * 1024
_START_S = 20.0  # a worker imports its libraries once; a loaded machine may take a while
_PATIENCE = 10  # times the limit that a worker may take by the clock while the machine does not let it work
_TICKS = os.sysconf("SC_CLK_TCK")
_MEMORY = 256 * 1024 * 1024  # bytes a worker may take beyond what its libraries need


class _GoneError(Exception):
    """The worker closed its end."""


class ParsePool:
    """`size` workers; `run` may be called from many threads and waits for a free one."""

    def __init__(
        self,
        size: int = 1,
        *,
        seconds: float = 2.0,
        memory: int = _MEMORY,
        jobs: str = "answerable.collect.parse_jobs",
    ) -> None:
        """`jobs` is the module whose JOBS the workers know; `memory` is bytes beyond its libraries."""
        self._seconds = seconds
        self._memory = memory
        self._jobs = jobs
        self._closed = False
        self._lock = threading.Lock()
        self._living: set[_Worker] = set()
        self._beside: dict[str, ParsePool] = {}
        self._free: queue.SimpleQueue[_Worker | None] = queue.SimpleQueue()
        # A worker dies with the thread that started it (PR_SET_PDEATHSIG), so one lasting thread starts all.
        self._starter = ThreadPoolExecutor(1, thread_name_prefix="parse-starter")
        for _ in range(max(1, size)):
            self._free.put(self._start())

    def run(self, job: str, payload: bytes, **params: str | int | float | bool) -> list[Json]:
        """Let a worker do `job` (a name in `parse_jobs.JOBS`) on `payload` and return its list.

        Raises SourceTrouble: what the job found wrong, or `too_slow`, `too_much_memory`, `parser_died`.
        """
        worker = self._take()
        try:
            answer = worker.ask(job, payload, params, self._seconds)
        except TimeoutError as error:
            worker = self._replaced(worker)
            raise SourceTrouble("too_slow", seconds=self._seconds) from error
        except (_GoneError, OSError) as error:
            code = worker.why_gone()
            worker = self._replaced(worker)
            raise SourceTrouble(code, seconds=self._seconds) from error
        except BaseException:
            worker = self._replaced(worker)  # an interrupt in the middle leaves half an answer in the pipe
            raise
        finally:
            self._free.put(worker)
        return self._read(answer)

    def _read(self, answer: Mapping[str, Json]) -> list[Json]:
        if isinstance(found := answer.get("found"), list):
            return found
        params = answer.get("params")
        kept = {
            str(name): value
            for name, value in (params.items() if isinstance(params, dict) else ())
            if isinstance(value, str | int | float)
        }
        raise SourceTrouble(str(answer.get("trouble", "parser_died")), permanent=False, **kept)

    def _take(self) -> _Worker:
        worker = self._free.get()
        if worker is None or self._closed:
            self._free.put(None)
            raise AnswerableError("The parse workers were stopped; start again.")
        return worker if worker.alive() else self._replaced(worker)

    def _start(self) -> _Worker:
        worker = self._starter.submit(_Worker, self._jobs, self._memory, self._seconds).result()
        with self._lock:
            self._living.add(worker)
        return worker

    def _replaced(self, worker: _Worker) -> _Worker:
        worker.kill()
        with self._lock:
            self._living.discard(worker)
        return worker if self._closed else self._start()

    def beside(self, jobs: str, *, seconds: float) -> ParsePool:
        """One worker with other jobs, started when it is first asked for and ended with this pool."""
        with self._lock:
            if jobs not in self._beside:
                self._beside[jobs] = ParsePool(1, seconds=seconds, memory=self._memory, jobs=jobs)
            return self._beside[jobs]

    def pids(self) -> list[int]:
        """Process ids of the workers that live now."""
        with self._lock:
            return [worker.pid for worker in self._living]

    def close(self) -> None:
        """Kill all workers; running jobs fail. Calling it twice is fine."""
        self._closed = True
        self._free.put(None)
        with self._lock:
            workers, self._living = self._living, set()
            others, self._beside = list(self._beside.values()), {}
        for other in others:
            other.close()
        for worker in workers:
            worker.kill()
        self._starter.shutdown(wait=False, cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Wait:
    """How long an answer is waited for: until the worker has worked for so many seconds, or does nothing."""

    def __init__(self, pid: int, seconds: float) -> None:
        self._pid, self._seconds = pid, seconds
        self._began = _work(pid)[1]
        self._rounds = _PATIENCE
        self.ends = time.monotonic() + seconds

    def go_on(self) -> None:
        """Wait on for a worker that had no chance to work so long. TimeoutError for every other."""
        idle, worked = _work(self._pid)
        left = self._seconds - (worked - self._began)
        self._rounds -= 1
        if idle or left <= 0 or not self._rounds:
            raise TimeoutError
        self.ends = time.monotonic() + max(left, self._seconds / 10)


def _work(pid: int) -> tuple[bool, float]:
    """Whether a process waits for something else than the machine, and the seconds that it worked so far."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return True, 0.0  # it is gone, or this system does not tell
    return fields[0] in "SZX", (int(fields[11]) + int(fields[12])) / _TICKS


class _Worker:
    """One process and the socket we talk through."""

    def __init__(self, jobs: str, memory: int, seconds: float) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
                [
                    sys.executable,
                    "-P",
                    "-m",
                    "answerable.collect.parse_worker",
                    jobs,
                    str(memory),
                    str(seconds),
                ],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                close_fds=True,
            )
        self._socket = ours
        self._ready = False

    @property
    def pid(self) -> int:
        return self._process.pid

    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, job: str, payload: bytes, params: Mapping[str, Json], seconds: float) -> dict[str, Json]:
        """Raises TimeoutError after `seconds` of work, _GoneError when the worker ended."""
        if not self._ready:
            self._receive(_Wait(self.pid, _START_S))
            self._ready = True
        wait = _Wait(self.pid, seconds)
        header = json.dumps({"job": job, "params": params}).encode("ascii")
        self._socket.settimeout(seconds * _PATIENCE)
        self._socket.sendall(_LENGTHS.pack(len(header), len(payload)) + header)
        self._socket.sendall(payload)
        answer = json.loads(self._receive(wait))
        if not isinstance(answer, dict):
            raise _GoneError
        return answer

    def _receive(self, wait: _Wait) -> bytes:
        size = _LENGTH.unpack(self._exactly(_LENGTH.size, wait))[0]
        if size > _MAX_ANSWER:
            raise _GoneError
        return self._exactly(size, wait)

    def _exactly(self, size: int, wait: _Wait) -> bytes:
        parts = bytearray()
        while len(parts) < size:
            if not select.select([self._socket], [], [], max(0.0, wait.ends - time.monotonic()))[0]:
                wait.go_on()
                continue
            part = self._socket.recv(min(size - len(parts), 1 << 20))
            if not part:
                raise _GoneError
            parts += part
        return bytes(parts)

    def why_gone(self) -> str:
        """The trouble that made the process end by itself."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            ended = self._process.wait(1)
            if ended == -signal.SIGVTALRM:
                return "too_slow"
            if ended == OUT_OF_MEMORY:
                return "too_much_memory"
        return "parser_died"

    def kill(self) -> None:
        """End the process now and reap it."""
        with contextlib.suppress(OSError):
            self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        self._socket.close()
