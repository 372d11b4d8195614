"""Sends letters to subscribers: leased some at a time, over a few lines, each noted before the next."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import DatabaseError, connection

from answerable.errors import ChannelTrouble
from answerable.publish.notify.line import Line
from answerable.publish.notify.mail import Mail
from answerable.publish.notify.message import Target
from answerable.run.courier import AFTER_TROUBLE_S, TICK_S, mail_server
from answerable.settings import Settings
from answerable.store import mailings, subscriptions
from answerable.store.keyring import Keyring
from answerable.store.mailings import Taken
from answerable.web.subscription_text import Sheets

LOG = logging.getLogger(__name__)
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
        line = Line(self.mail) if self.mail else None
        try:
            for taken in share:
                self.deliver(taken, line, now)
        finally:
            if line is not None:
                line.close()

    def deliver(self, taken: Taken, line: Line | None, now: datetime) -> None:
        """Send one letter and write down how it went."""
        try:
            if line is None:
                raise ChannelTrouble("no_mail_server")
            line.send(self.sheets.message(taken.row), Target(taken.address), now)
        except ChannelTrouble as trouble:
            mailings.not_delivered(taken, trouble, now, self.luck())
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001 -- one letter must not hold up the others
            # A traceback may quote an address, so only the kind of error is written down.
            LOG.error("Letter %s met an error of ours (%s).", taken.row.pk, type(error).__name__)
            mailings.not_delivered(taken, ChannelTrouble("our_fault"), now, self.luck())
        else:
            mailings.delivered(taken, datetime.now(UTC))


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
    """Look for letters that are due until `stop`. A database error costs one line; no letter is lost."""
    trouble, looked = "", datetime.now(UTC)
    sending: Mailing | None = None
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="letter") as pool:
        while not stop.wait(every if not trouble else AFTER_TROUBLE_S):
            try:
                sending = sending or mailing(settings)
                now = datetime.now(UTC)
                if now - looked >= LOOK_EVERY:
                    looked = now
                    subscriptions.forget_due(now)
                    mailings.forget_due(now)
                while not stop.is_set() and send_some(sending, pool):
                    pass
                trouble = ""
            except Exception as error:  # noqa: BLE001 -- the thread must outlive what it cannot foresee
                said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
                if said != trouble:
                    LOG.warning("Letters to subscribers wait (%s); trying again, none is lost.", said)
                trouble = said
                connection.close()


def send_some(sending: Mailing, pool: ThreadPoolExecutor | None = None) -> int:
    """One round of letters; returns how many were taken."""
    now = datetime.now(UTC)
    taken = mailings.take(now, sending.keyring, limit=LEASED)
    shares = [share for n in range(AT_ONCE) if (share := taken[n::AT_ONCE])]
    if pool is None:
        for share in shares:
            sending.deliver_all(share, now)
    else:
        # All are awaited: none is taken before a thread is free to send it.
        list(pool.map(lambda share: _in_thread(sending, share, now), shares))
    mailings.count({one.row.delivery_id for one in taken if one.row.delivery_id is not None})
    return len(taken)


def _in_thread(sending: Mailing, share: Sequence[Taken], now: datetime) -> None:
    try:
        sending.deliver_all(share, now)
    finally:
        connection.close()
