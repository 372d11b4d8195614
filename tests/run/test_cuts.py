"""F7 for channels: the network between the desk and a channel is cut, before a text leaves and while it is answered.

The server stands in a network of its own behind a cable that is pulled; that needs root, so it is a deep run.
"""

from __future__ import annotations

import ctypes
import os
import random
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from answerable.run import sender
from answerable.store.models import Delivery
from tests.cast import Desk
from tests.publish.mastodon_accounts import Town, town
from tests.run.test_sender import on_mastodon, settings_of
from tests.store.scene import draft, publish

OURS, THEIRS = "10.231.7.1", "10.231.7.2"
CLONE_NEWNET = 0x40000000
DRAINED_S = 120.0


@dataclass
class Cable:
    """A network of its own, named so, behind a pair of ends."""

    name: str

    def pull(self) -> None:
        """Nothing comes through, and nobody is told."""
        _ip("-n", self.name, "link", "set", f"{self.name}b", "down")

    def plug(self) -> None:
        _ip("-n", self.name, "link", "set", f"{self.name}b", "up")

    def within(self, make: Callable[[], Any]) -> Any:
        """Call something in a thread that stands in that network: sockets stay where they are made."""
        with ThreadPoolExecutor(1) as one:
            return one.submit(self._entered, make).result()

    def _entered(self, make: Callable[[], Any]) -> Any:
        with Path(f"/var/run/netns/{self.name}").open(encoding="ascii") as place:
            if ctypes.CDLL(None, use_errno=True).setns(place.fileno(), CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), "setns")
        return make()


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


@contextmanager
def cable() -> Iterator[Cable]:
    """Lay it, and take it away."""
    name = f"ans{os.getpid() % 10_000}"
    _ip("netns", "add", name)
    try:
        _ip("link", "add", f"{name}a", "type", "veth", "peer", "name", f"{name}b", "netns", name)
        _ip("addr", "add", f"{OURS}/30", "dev", f"{name}a")
        _ip("link", "set", f"{name}a", "up")
        _ip("-n", name, "addr", "add", f"{THEIRS}/30", "dev", f"{name}b")
        laid = Cable(name)
        laid.plug()
        yield laid
    finally:
        _ip("netns", "del", name)


@pytest.mark.deep
@pytest.mark.timeout(1800)
@pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("ip"), reason="a network of its own needs root and ip"
)
def test_a_cut_network_makes_no_wrong_receipt(desk: Desk, seed: int) -> None:
    """While it is cut nothing is said to have been published; afterwards each text is there once, in two minutes."""
    rng = random.Random(seed)
    slowest = 0.0
    with cable() as laid, town(THEIRS, laid.within) as server:
        on_mastodon(desk, server)
        stop = threading.Event()
        settings = settings_of(desk, server.allowed)
        sending = threading.Thread(target=sender.run_sender, args=(settings, stop, 0.1))
        sending.start()
        try:
            for number in range(6):
                server.after = laid.pull if number % 2 else None
                if server.after is None:
                    laid.pull()
                version = publish(
                    desk, draft(desk, title=f"Number {number} of some: the pumps run"), datetime.now(UTC)
                )
                row = Delivery.objects.get(version=version)
                _nothing_wrong(row, server, until=time.monotonic() + rng.uniform(2, 12))
                server.after = None
                laid.plug()
                began = time.monotonic()
                while _nothing_wrong(row, server) != "sent":
                    assert time.monotonic() - began < DRAINED_S, row.trouble
                    time.sleep(0.1)
                slowest = max(slowest, time.monotonic() - began)
        finally:
            stop.set()
            sending.join(60)
        assert len(server.statuses) == Delivery.objects.filter(state="sent").count() == 6
    print(f"slowest after the cut: {slowest:.1f} s")


def _nothing_wrong(row: Delivery, server: Town, until: float = 0.0) -> str:
    """The state of a delivery, never `sent` before the server has the text, nor while its answer is cut off."""
    while True:
        row.refresh_from_db()
        assert row.state != "sent" or row.key in server.keys
        assert until == 0.0 or row.state != "sent", "nobody can know it while the network is cut"
        if time.monotonic() >= until:
            return row.state
        time.sleep(0.1)
