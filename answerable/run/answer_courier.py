"""Sends letters to people who asked: leased some at a time, each noted once the server took it."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from answerable.errors import ChannelTrouble
from answerable.publish.notify.line import Line
from answerable.publish.notify.mail import Mail
from answerable.publish.notify.message import Message, Target
from answerable.run.courier import mail_server
from answerable.run.sending import TICK_S, again, noted, over_one_line, shared
from answerable.settings import Settings
from answerable.store import answer_disputes, answer_notices, answer_votes
from answerable.store.answer_notices import Taken
from answerable.store.keyring import Keyring
from answerable.store.reading.frame import top_unit
from answerable.web.answer_text import language_of, message
from answerable.web.texts import Texts, zone_of

LOG = logging.getLogger(__name__)
AT_ONCE = 4  # letters on their way at the same time
LOOK_EVERY = timedelta(minutes=1)
LEASED = 40  # letters of one round; a kill repeats at most those on their way


@dataclass(frozen=True, slots=True)
class AnswerCourier:
    """What a letter takes: the settings, the keys and the mail server."""

    settings: Settings
    keyring: Keyring
    mail: Mail | None
    luck: Callable[[], float] = random.random

    def deliver_all(self, share: Sequence[Taken], now: datetime) -> None:
        """Send letters over one conversation, each written down before the next."""
        over_one_line(self.mail, share, lambda taken, line: self.deliver(taken, line, now))

    def deliver(self, taken: Taken, line: Line | None, now: datetime) -> None:
        """Send one letter and write down how it went."""
        if not taken.address:
            answer_notices.no_contact(taken, now)
            return

        def send() -> None:
            if line is None:
                raise ChannelTrouble("no_mail_server")
            line.send(self._words(taken, now), Target(taken.address), now)

        noted(
            f"Letter {taken.notice.pk}",
            send,
            lambda _: answer_notices.delivered(taken, datetime.now(UTC)),
            lambda trouble: answer_notices.not_delivered(taken, trouble, now, self.luck()),
        )

    def _words(self, taken: Taken, now: datetime) -> Message:
        top = top_unit()
        t = Texts(language_of(taken.notice), zone_of(top.timezone if top else "UTC"), now)
        body = top.name if top else self.settings.body_name
        return message(taken.notice, t, body=body, base=self.settings.address, repeat=taken.tries > 1)


def courier(settings: Settings) -> AnswerCourier:
    """The courier of this data folder."""
    server = mail_server(settings)
    return AnswerCourier(settings, Keyring.open(settings.home), Mail(server) if server else None)


def start(settings: Settings, stop: threading.Event) -> threading.Thread:
    """Send in a thread beside the clock until `stop`."""
    thread = threading.Thread(target=run, args=(settings, stop), daemon=True, name="answer-courier")
    thread.start()
    return thread


def run(settings: Settings, stop: threading.Event, every: float = TICK_S) -> None:
    """Look for askers who are owed a notice and for letters that are due, until `stop`."""
    looked = datetime.now(UTC)
    sender: AnswerCourier | None = None

    def send() -> None:
        nonlocal sender, looked
        sender = sender or courier(settings)
        looked = look(datetime.now(UTC), looked)
        answer_notices.spread(sender.keyring, datetime.now(UTC))
        while not stop.is_set() and send_some(sender, pool):
            pass

    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="letter") as pool:
        again(send, "Letters to askers", stop, every)


def look(now: datetime, before: datetime) -> datetime:
    """Once a minute: one-sided help, disputes that wait too long, what is past its term."""
    if now - before < LOOK_EVERY:
        return before
    if rose := answer_votes.judge(now, before - LOOK_EVERY):
        LOG.info("%d answer%s opened again: one-sided help.", rose, "" if rose == 1 else "s")
    if passed := answer_disputes.tick(now):
        LOG.info("%d dispute%s of answers passed on.", passed, "" if passed == 1 else "s")
    answer_votes.forget_due(now)
    answer_notices.forget_due(now)
    return now


def send_some(sender: AnswerCourier, pool: ThreadPoolExecutor | None = None) -> int:
    """One round of letters; returns how many were taken."""
    now = datetime.now(UTC)
    taken = answer_notices.take(now, sender.keyring, limit=LEASED)
    shared(pool, taken, AT_ONCE, lambda share: sender.deliver_all(share, now))
    return len(taken)
