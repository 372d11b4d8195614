"""The process that parses: started by `workers`, limited by the kernel, without network.

It reads a job from its standard input (a socket), answers in JSON, and ends when that socket does.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import json
import os
import resource
import signal
import socket
import struct
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from answerable.errors import BadInput, SourceTrouble

Jobs = Mapping[str, Callable[..., Sequence[Any]]]

OUT_OF_MEMORY = 3  # exit code
_LENGTHS = struct.Struct("!II")
_LENGTH = struct.Struct("!I")
_PR_SET_PDEATHSIG = 1
_GRACE_S = 0.5  # the parent kills at the limit; the kernel does it this much later if the parent cannot
_NEVER = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn")


def main() -> None:
    """Serve jobs until the parent's end of the socket closes."""
    jobs, memory, seconds = importlib.import_module(sys.argv[1]).JOBS, int(sys.argv[2]), float(sys.argv[3])
    _die_with_parent()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)  # also where the desk was started with some of them ignored
    link = socket.socket(fileno=os.dup(0))
    _limit(memory)
    sys.addaudithook(_refuse)
    _send(link, b"{}")
    while request := _request(link):
        signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE_S)
        answer = _answer(jobs, *request)
        _send(link, answer)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _die_with_parent() -> None:
    parent = os.getppid()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)  # the parent went away before the line above
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    # Where there is no PR_SET_PDEATHSIG, an orphan notices by its new parent.
    pause = threading.Event()
    while os.getppid() == parent:
        pause.wait(0.5)
    os._exit(0)


def _limit(memory: int) -> None:
    statm = Path("/proc/self/statm")
    used = int(statm.read_text("ascii").split()[0]) * resource.getpagesize() if statm.exists() else 1 << 30
    limits = {resource.RLIMIT_AS: used + memory, resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: 0}
    for kind, limit in limits.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))


def _refuse(event: str, args: tuple[Any, ...]) -> None:  # noqa: ARG001 - the hook's signature
    if event.startswith(_NEVER):
        raise PermissionError(f"a parser may not {event}")


def _answer(jobs: Jobs, job: str, params: dict[str, Any], payload: bytes) -> bytes:
    try:
        return json.dumps({"found": jobs[job](payload, **params)}).encode("ascii")
    except SourceTrouble as trouble:
        return json.dumps({"trouble": trouble.code, "params": trouble.params}).encode("ascii")
    except BadInput:
        return b'{"trouble": "not_a_feed"}'
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Exception:  # noqa: BLE001 - whatever a parser raises on hostile bytes, the caller gets one sentence
        return b'{"trouble": "parser_died"}'


def _request(link: socket.socket) -> tuple[str, dict[str, Any], bytes] | None:
    lengths = _exactly(link, _LENGTHS.size)
    if not lengths:
        return None
    header, payload = _LENGTHS.unpack(lengths)
    asked = json.loads(_exactly(link, header))
    return str(asked["job"]), dict(asked["params"]), _exactly(link, payload)


def _exactly(link: socket.socket, size: int) -> bytes:
    parts = bytearray(size)
    view, filled = memoryview(parts), 0
    while filled < size:
        taken = link.recv_into(view[filled:])
        if not taken:
            if filled:
                os._exit(0)
            return b""
        filled += taken
    return bytes(parts)


def _send(link: socket.socket, answer: bytes) -> None:
    link.sendall(_LENGTH.pack(len(answer)) + answer)


if __name__ == "__main__":
    main()
