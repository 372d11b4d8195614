"""The process that parses: started by `workers`, limited by the kernel, without network.

It reads a job from its standard input (a socket), answers in JSON, and ends when that socket does.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import socket
import struct
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from answerable.collect import cage
from answerable.errors import BadInput, SourceTrouble

Jobs = Mapping[str, Callable[..., Sequence[Any]]]

_LENGTHS = struct.Struct("!II")
_LENGTH = struct.Struct("!I")
_GRACE_S = 0.5  # the parent kills at the limit; the kernel does it this much work later if the parent cannot


def main() -> None:
    """Serve jobs until the parent's end of the socket closes."""
    jobs, memory, seconds = importlib.import_module(sys.argv[1]).JOBS, int(sys.argv[2]), float(sys.argv[3])
    cage.die_with_parent()
    cage.default_signals()
    link = socket.socket(fileno=os.dup(0))
    cage.shut(memory)
    _send(link, b"{}")
    while request := _request(link):
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds + _GRACE_S)
        answer = _answer(jobs, *request)
        _send(link, answer)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _answer(jobs: Jobs, job: str, params: dict[str, Any], payload: bytes) -> bytes:
    try:
        return json.dumps({"found": jobs[job](payload, **params)}).encode("ascii")
    except SourceTrouble as trouble:
        return json.dumps({"trouble": trouble.code, "params": trouble.params}).encode("ascii")
    except BadInput:
        return b'{"trouble": "not_a_feed"}'
    except MemoryError:
        os._exit(cage.OUT_OF_MEMORY)
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
