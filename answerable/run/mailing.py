"""Sends letters to subscribers: leased some at a time, over a few lines, each noted before the next."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from answerable.errors import ChannelTrouble
from answerable.publish.notify.line import Line
from answerable.publish.notify.mail import Mail
from answerable.publish.notify.message import Target
from answerable.run.courier import mail_server
from answerable.run.sending import TICK_S, again, noted, over_one_line, shared
from answerable.settings import Settings
from answerable.store import mailings, subscriptions
from answerable.store.keyring import Keyring
from answerable.store.mailings import Taken
from answerable.web.subscription_text import Sheets

AT_ONCE = 4  # conversations with the mail server at the same time
LEASED = 200  # letters of one round; a kill repeats at most those on their way
LOOK_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Mailing:
    """What sending takes: the settings, the keys, the mail server, and the words of each text."""

    settings: Settings
    keyring: Keyring
    mail: Mail | None
    sheets: Sheets
    luck: Callable[[], float] = random.random

    def deliver_all(self, share: Sequence[Taken], now: datetime) -> None:
        """Send letters over one conversation, each written down before the next."""
        over_one_line(self.mail, share, lambda taken, line: self.deliver(taken, line, now))

    def deliver(self, taken: Taken, line: Line | None, now: datetime) -> None:
        """Send one letter and write down how it went."""

        def send() -> None:
            if line is None:
                raise ChannelTrouble("no_mail_server")
            line.send(self.sheets.message(taken.row), Target(taken.address), now)

        noted(
            f"Letter {taken.row.pk}",
            send,
            lambda _: mailings.delivered(taken, datetime.now(UTC)),
            lambda trouble: mailings.not_delivered(taken, trouble, now, self.luck()),
        )


def mailing(settings: Settings) -> Mailing:
    """The letters of this data folder."""
    server = mail_server(settings)
    ring = Keyring.open(settings.home)
    return Mailing(settings, ring, Mail(server) if server else None, Sheets(settings.address))


def start(settings: Settings, stop: threading.Event) -> threading.Thread:
    """Send in a thread beside the channels until `stop`."""
    thread = threading.Thread(target=run, args=(settings, stop), daemon=True, name="mailing")
    thread.start()
    return thread


def run(settings: Settings, stop: threading.Event, every: float = TICK_S) -> None:
    """Look for letters that are due until `stop`."""
    looked = datetime.now(UTC)
    sending: Mailing | None = None

    def send() -> None:
        nonlocal sending, looked
        sending = sending or mailing(settings)
        now = datetime.now(UTC)
        if now - looked >= LOOK_EVERY:
            looked = now
            subscriptions.forget_due(now)
            mailings.forget_due(now)
        while not stop.is_set() and send_some(sending, pool):
            pass

    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="letter") as pool:
        again(send, "Letters to subscribers", stop, every)


def send_some(sending: Mailing, pool: ThreadPoolExecutor | None = None) -> int:
    """One round of letters; returns how many were taken."""
    now = datetime.now(UTC)
    taken = mailings.take(now, sending.keyring, limit=LEASED)
    shared(pool, taken, AT_ONCE, lambda share: sending.deliver_all(share, now))
    mailings.count({one.row.delivery_id for one in taken if one.row.delivery_id is not None})
    return len(taken)
