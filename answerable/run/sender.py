"""Sends statements: takes what is due under a lease, sends it outside any transaction, writes the receipt.

A channel sends one text at a time, in order; one that hangs costs a thread and holds up no other channel.
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from django.db import connection

from answerable.collect.fetch import Fetcher
from answerable.errors import ChannelTrouble
from answerable.publish.channels import Channel
from answerable.publish.networks.asking import Line, Numbers
from answerable.publish.networks.bluesky import Bluesky
from answerable.publish.networks.loopback import Loopback
from answerable.publish.networks.mastodon import Mastodon
from answerable.records import Outgoing, Receipt
from answerable.run import inviting, mailing
from answerable.run.sending import TICK_S, again, noted
from answerable.run.start import django
from answerable.settings import Settings
from answerable.store import channels, invitations, mailings, outbox
from answerable.store.keyring import Keyring
from answerable.store.models import ChannelRow, Delivery
from answerable.store.real_channels import real_channel
from answerable.web.statement_words import outgoing_of

LOG = logging.getLogger(__name__)
AT_ONCE = 8  # channels that are sent to at the same time
COUNT_EVERY_S = 60.0


@dataclass
class Sender:
    """What sending takes, and which channels are busy."""

    settings: Settings
    keyring: Keyring
    line: Line
    luck: Callable[[], float] = random.random
    busy: set[int] = field(default_factory=set)

    def channel(self, row: ChannelRow, delivery: Delivery | None = None) -> Channel:
        """The channel of a row. A twin is a loopback, whatever it is the twin of."""
        if row.exercise:
            number = delivery.pk if delivery else 0
            return Loopback(f"{self.settings.address}/exercise/deliveries/{number}")
        return real_channel(row, channels.secret_of(self.keyring, row), self.line, self.settings.address)

    def deliver(self, taken: outbox.Taken, now: datetime) -> None:
        """Send one text and write down how it went."""
        row = taken.row

        def send() -> Receipt:
            words = outgoing_of(row, self.settings.address, again=taken.tries > 1)
            outbox.said(taken, words.text)
            if by_mail:
                return self._to_subscribers(row, words, now)
            return self.channel(row.channel, row).send(words, now)

        def delivered(receipt: Receipt) -> None:
            outbox.delivered(taken, receipt, datetime.now(UTC))
            if by_mail:
                mailings.count({row.pk})  # some letters may have gone before the last one was written

        by_mail = row.channel.kind == channels.MAIL and not row.exercise
        noted(
            f"Delivery {row.pk}",
            send,
            delivered,
            lambda trouble: outbox.not_delivered(taken, trouble, now, self.luck()),
        )

    def _to_subscribers(self, row: Delivery, words: Outgoing, now: datetime) -> Receipt:
        """A letter for each of them stands in its row; `mailing` sends them, and counts whom they reached."""
        if not self.settings.smtp_host:
            raise ChannelTrouble("no_mail_server")
        mailings.spread(row, now)
        return Receipt(channels.MAIL, words.key, now, words.extra["link"])

    def round(self, pool: ThreadPoolExecutor, now: datetime) -> int:
        """Hand what is due to free threads; returns how many."""
        taken = outbox.take(now, limit=AT_ONCE - len(self.busy), busy=tuple(self.busy))
        self.busy |= {one.row.channel_id for one in taken}
        asked = invitations.take(now, self.keyring, limit=AT_ONCE - len(self.busy), busy=tuple(self.busy))
        self.busy |= {one.row.channel_id for one in asked}
        for one in taken:
            pool.submit(self._in_thread, one, partial(self.deliver, one, now))
        for each in asked:
            pool.submit(self._in_thread, each, partial(inviting.deliver, self, each, now))
        return len(taken) + len(asked)

    def _in_thread(self, taken: outbox.Taken | invitations.Taken, deliver: Callable[[], None]) -> None:
        try:
            deliver()
        except Exception as error:  # noqa: BLE001 -- the lease runs out, and the text is taken again
            LOG.warning("%s %s waits (%s).", type(taken.row).__name__, taken.row.pk, type(error).__name__)
        finally:
            self.busy.discard(taken.row.channel_id)
            connection.close()

    def count(self, now: datetime) -> None:
        """Ask the networks how far our posts went. What they do not say stays unknown."""
        for row in outbox.to_count(now):
            numbers, audience = Numbers(), None
            asked = self.channel(row.channel)
            if isinstance(asked, Mastodon | Bluesky):
                try:
                    audience = asked.followers()
                    numbers = asked.numbers(row.remote)
                except ChannelTrouble as trouble:
                    LOG.info("The numbers of delivery %s are not told (%s).", row.pk, trouble)
            outbox.counted(row, audience, numbers.passed_on, now)
            if audience is not None:
                channels.note(row.channel_id, now, audience=audience)


def sender(settings: Settings) -> Sender:
    """The sender of this data folder."""
    fetcher = Fetcher(allow_private=settings.allow_private, authorities=settings.ca_file)
    return Sender(settings, Keyring.open(settings.home), Line(fetcher.post, fetcher.get))


def main(stop: threading.Event) -> None:
    """Send until `stop`."""
    settings = django()
    mailing.start(settings, stop)
    run_sender(settings, stop)


def run_sender(settings: Settings, stop: threading.Event, every: float = TICK_S) -> None:
    """Look for due texts until `stop`."""
    counted = 0.0
    sending: Sender | None = None

    def send() -> None:
        nonlocal sending, counted
        sending = sending or sender(settings)
        now = datetime.now(UTC)
        sending.round(pool, now)
        if now.timestamp() - counted >= COUNT_EVERY_S:
            counted = now.timestamp()
            sending.count(now)

    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="channel") as pool:
        again(send, "Statements", stop, every)
