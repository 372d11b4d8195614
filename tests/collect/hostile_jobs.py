"""Jobs that do what a hostile document might make a parser do."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from answerable.errors import SourceTrouble


def echo(payload: bytes, **params: Any) -> list[Any]:
    """Say what came in."""
    return [len(payload), params, os.getpid()]


def sleep(_: bytes, seconds: float = 60) -> list[Any]:
    """Wait without using the processor."""
    time.sleep(seconds)
    return []


def spin(_: bytes) -> list[Any]:
    """Never leave Python."""
    while True:
        pass


def backtrack(_: bytes) -> list[Any]:
    """Never leave a C function that holds the interpreter's lock."""
    return [bool(re.match("(a+)+$", "a" * 64 + "b"))]


def devour(_: bytes) -> list[Any]:
    """Take all memory."""
    kept = []
    while True:
        kept.append(bytearray(16 << 20))


def die(_: bytes) -> list[Any]:
    """End without a word."""
    os._exit(7)


def fail(_: bytes) -> list[Any]:
    """An error that no parser should make."""
    raise RuntimeError("secret text of a document")


def object_to(_: bytes) -> list[Any]:
    """A trouble with parameters."""
    raise SourceTrouble("not_a_feed", reason="none")


def reach_out(_: bytes) -> list[Any]:
    """Try the network and other programs; says what was possible."""
    possible = []
    for name, attempt in (
        ("connect", lambda: socket.create_connection(("127.0.0.1", 9), 1)),
        ("resolve", lambda: socket.getaddrinfo("localhost", 80)),
        ("run", lambda: subprocess.run(["/bin/true"], check=False)),
        ("system", lambda: os.system("true")),
        ("write", lambda: Path("/tmp/answerable-parser-wrote").write_text("x" * 9)),
    ):
        try:
            attempt()
            possible.append(name)
        except (PermissionError, OSError):
            pass
    return possible


JOBS: Mapping[str, Callable[..., list[Any]]] = {
    "echo": echo, "sleep": sleep, "spin": spin, "backtrack": backtrack, "devour": devour, "die": die,
    "fail": fail, "object_to": object_to, "reach_out": reach_out,
}  # fmt: skip
