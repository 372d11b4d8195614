"""What all who send something out do alike: they go on for ever, note how each one went, and share a round.

What is sent stands in rows that are taken under a lease, so that whatever ends a sender loses nothing.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import DatabaseError, connection

from answerable.errors import ChannelTrouble
from answerable.publish.notify.line import Line
from answerable.publish.notify.mail import Mail

LOG = logging.getLogger(__name__)
TICK_S = 1.0
AFTER_TROUBLE_S = 5.0
T = TypeVar("T")
R = TypeVar("R")


def again(send: Callable[[], object], what: str, stop: threading.Event, every: float = TICK_S) -> None:
    """Send what is due until `stop`. A database error costs one line; what waits stays in its rows."""
    trouble = ""
    while not stop.wait(every if not trouble else AFTER_TROUBLE_S):
        try:
            send()
            trouble = ""
        except Exception as error:  # noqa: BLE001 -- the thread must outlive what it cannot foresee
            said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            if said != trouble:
                LOG.warning("%s wait (%s); trying again, none is lost.", what, said)
            trouble = said
            connection.close()


def noted(
    what: str,
    send: Callable[[], R],
    delivered: Callable[[R], object],
    failed: Callable[[ChannelTrouble], object],
) -> bool:
    """Send one and write down how it went; False when it did not go out. Raises DatabaseError."""
    try:
        receipt = send()
    except ChannelTrouble as trouble:
        failed(trouble)
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001 -- one must not hold up the others
        # A traceback may quote an address or a secret, so only the kind of error is written down.
        LOG.error("%s met an error of ours (%s).", what, type(error).__name__)
        failed(ChannelTrouble("our_fault"))
    else:
        delivered(receipt)
        return True
    return False


def shared(
    pool: ThreadPoolExecutor | None,
    taken: Sequence[T],
    at_once: int,
    deliver: Callable[[Sequence[T]], object],
) -> None:
    """Deliver a round over a few threads, or in this one, a share each.

    All are awaited: none is taken before a thread is free to send it.
    """
    shares = [share for n in range(at_once) if (share := taken[n::at_once])]

    def in_thread(share: Sequence[T]) -> None:
        try:
            deliver(share)
        finally:
            connection.close()

    if pool is None:
        for share in shares:
            deliver(share)
    else:
        list(pool.map(in_thread, shares))


def over_one_line(mail: Mail | None, share: Sequence[T], deliver: Callable[[T, Line | None], object]) -> None:
    """Deliver letters over one conversation with the mail server, each noted before the next."""
    line = Line(mail) if mail else None
    try:
        for one in share:
            deliver(one, line)
    finally:
        if line is not None:
            line.close()
