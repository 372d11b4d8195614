"""An embedder that works in a process of its own, so that a second core is of use while the engine goes on.

Texts that will be asked for are sent ahead; asking then waits for what is not ready. The process ends when
its pipe does, so it outlives nobody.
"""

from __future__ import annotations

import fcntl
import signal
import struct
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import BinaryIO, cast

import numpy as np

from answerable.errors import NotReady
from answerable.understand.embed import Sentences, Vectors

CHUNK = 8  # texts sent at once: enough for the model to work well, few enough to begin early
ROOM = 1 << 20  # bytes asked for between the process and us: rows of a few hundred texts
LEAST_ROOM = 1 << 16  # what a pipe holds where more cannot be had
AHEAD = 4096  # rows kept for texts that were sent ahead and nobody asked for yet
_ENDED = (
    "The process that finds the meaning of texts ended twice. Nothing is lost: what was heard is stored. "
    "Start again; if it goes on, the machine may be short of memory."
)
_HEAD = struct.Struct("<I")


class FarSentences:
    """See Embedder; what `Sentences` gives, from another process. Not safe for threads."""

    size = Sentences.size

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._waiting: list[str] = []  # expected, not sent
        self._sent: list[list[str]] = []  # sent, not answered, the oldest first
        self._ready: dict[str, Vectors] = {}
        self._unread = 1  # chunks that may be sent while their rows are not read back

    def start(self) -> None:
        """Begin to load the model, so that the first text does not wait for it."""
        self._running()

    def expect(self, text: str) -> None:
        """See Embedder."""
        self._waiting.append(text)
        if len(self._waiting) >= CHUNK:
            self._send_waiting()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See Embedder. Raises NotReady when the process ends twice in a row."""
        if not texts:
            return np.zeros((0, self.size), dtype=np.float32)
        known = set(self._waiting).union(self._ready, *self._sent)
        self._waiting += [text for text in dict.fromkeys(texts) if text not in known]
        self._send_waiting()
        while self._sent:
            self._receive()
        rows = np.stack([self._ready[text] for text in texts])
        for text in texts:
            self._ready.pop(text, None)
        while len(self._ready) > AHEAD:
            del self._ready[next(iter(self._ready))]
        return rows

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _send_waiting(self) -> None:
        while self._waiting:
            texts, self._waiting = self._waiting[:CHUNK], self._waiting[CHUNK:]
            # What is sent and not yet read back stays below what a pipe holds: nobody waits for the other.
            if len(self._sent) >= self._unread:
                self._receive()
            self._sent.append(texts)
            self._write(texts)

    def _write(self, texts: list[str]) -> None:
        try:
            _put(cast("BinaryIO", self._running().stdin), texts)
        except OSError:
            self._start_again()

    def _receive(self) -> None:
        texts = self._sent[0]
        want = 4 * self.size * len(texts)
        got = self._read(want)
        if len(got) < want:
            self._start_again()
            got = self._read(want)
        if len(got) < want:
            raise NotReady(_ENDED)
        self._sent.pop(0)
        rows = np.frombuffer(got, dtype=np.float32).reshape(len(texts), self.size)
        self._ready.update(zip(texts, rows, strict=True))

    def _read(self, want: int) -> bytes:
        return cast("BinaryIO", self._running().stdout).read(want)

    def _start_again(self) -> None:
        """The process ended: a new one gets all that was not answered. Raises NotReady when it ends too."""
        self.close()
        try:
            for texts in self._sent:
                _put(cast("BinaryIO", self._running().stdin), texts)
        except OSError as error:
            raise NotReady(_ENDED) from error

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "answerable.run.meaning_process"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            room = widened(cast("BinaryIO", self._process.stdout))
            self._unread = room // (4 * self.size * CHUNK) - 1
        return self._process


def widened(pipe: BinaryIO) -> int:
    """Let a pipe hold more where the system can; returns the bytes it holds."""
    with suppress(AttributeError, OSError):
        return fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, ROOM)
    return LEAST_ROOM


def _put(pipe: BinaryIO, texts: Sequence[str]) -> None:
    """Write texts: their number, the length of each, their bytes."""
    written = [text.encode("utf-8") for text in texts]
    head = struct.pack(f"<I{len(written)}I", len(written), *map(len, written))
    pipe.write(head + b"".join(written))
    pipe.flush()


def _texts(pipe: BinaryIO) -> list[str] | None:
    """Read what `_put` wrote; None at the end."""
    head = pipe.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    (count,) = _HEAD.unpack(head)
    lengths = struct.unpack(f"<{count}I", pipe.read(4 * count))
    return [pipe.read(length).decode("utf-8") for length in lengths]


def main() -> None:
    """Answer until the pipe ends."""
    # Stopping is the parent's business: it still asks while it stops, and its pipe ends with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    model = Sentences(threads=1)
    model.embed(["ready"])
    while (texts := _texts(sys.stdin.buffer)) is not None:
        try:
            sys.stdout.buffer.write(model.embed(texts).astype(np.float32).tobytes())
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            return


if __name__ == "__main__":
    main()
