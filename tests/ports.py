"""Ports for servers that want to be told theirs.

A port the kernel gave once may go to any connection of any process before a server takes it. So these lie
below the range the kernel gives from, and every process of a run of tests walks through them from a place of its own.
"""

from __future__ import annotations

import contextlib
import itertools
import random
import socket
from collections.abc import Iterator
from pathlib import Path

_LOWEST = 10_000
_RANGE = Path("/proc/sys/net/ipv4/ip_local_port_range")


def below() -> int:
    """The first port the kernel gives by itself; 32,768 where it does not say."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(_RANGE.read_text("ascii").split()[0])
    return 32_768


def _walk() -> Iterator[int]:
    ports = range(_LOWEST, max(below(), _LOWEST + 1_000))
    starts = random.SystemRandom().randrange(len(ports))  # never the seed's: processes share it
    return (ports[(starts + step) % len(ports)] for step in itertools.count())


_PORTS = _walk()


def free_port() -> int:
    """A port nobody listens on now, on any address, and that is given to nobody by chance."""
    for port in itertools.islice(_PORTS, 1_000):
        with contextlib.suppress(OSError), socket.create_server(("", port)):
            return port
    raise AssertionError("a thousand ports in a row are taken")
