"""A sender in a process of its own that ends itself without a word at a named point, as SIGKILL would."""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime

from answerable.run.start import django


def main(point: str) -> None:
    """Deliver what is due; at `point` (due, leased, worded, sent, received) the process is gone."""
    settings = django()
    from answerable.run import sender as running
    from answerable.store import outbox

    def end(*_: object, **__: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    sending = running.sender(settings)
    if point == "due":
        end()
    taken = outbox.take(datetime.now(UTC))
    if point == "leased":
        end()
    if point == "worded":
        running.Sender.channel = end  # type: ignore[assignment,method-assign]
    if point == "sent":
        outbox.delivered = end
    for one in taken:
        sending.deliver(one, datetime.now(UTC))
    if point == "received":
        end()


if __name__ == "__main__":
    main(sys.argv[1])
