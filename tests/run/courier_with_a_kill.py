"""A courier in a process of its own that ends itself without a word at a named point, as SIGKILL would."""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime

from answerable.run.start import django


def main(point: str) -> None:
    """Deliver what is due; at `point` (leased, sent, received) the process is gone."""
    settings = django()
    from answerable.run import courier as running
    from answerable.store import notices

    def end(*_: object, **__: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    sender = running.courier(settings)
    taken = notices.take(datetime.now(UTC), sender.keyring)
    if point == "leased":
        end()
    if point == "sent":
        notices.delivered = end
    for one in taken:
        sender.deliver(one, datetime.now(UTC))
    if point == "received":
        end()


if __name__ == "__main__":
    main(sys.argv[1])
