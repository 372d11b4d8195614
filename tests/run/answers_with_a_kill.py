"""A courier of answers in a process of its own that ends itself without a word at a named point, as SIGKILL would."""

from __future__ import annotations

import os
import signal
import sys
import threading
from datetime import UTC, datetime

from answerable.run.start import django


def main(point: str) -> None:
    """Spread what is owed and send what is due; at `point` the process is gone. `run` goes on until it is killed."""
    settings = django()
    from answerable.run import answer_courier
    from answerable.store import answer_notices

    def end(*_: object, **__: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if point == "run":
        answer_courier.run(settings, threading.Event(), every=0.05)
    sender = answer_courier.courier(settings)
    if point == "spreading":
        answer_notices.spread(sender.keyring, datetime.now(UTC), rounds=1)
        end()
    answer_notices.spread(sender.keyring, datetime.now(UTC))
    if point == "leased":
        answer_notices.take(datetime.now(UTC), sender.keyring)
        end()
    if point == "sent":
        answer_notices.delivered = end
    answer_courier.send_some(sender)
    end()


if __name__ == "__main__":
    main(sys.argv[1])
