"""Sends notices: takes what is due under a lease, sends it outside any transaction, writes the receipt.

A way that hangs costs one of a few threads for its time limit. A kill anywhere sends a notice at most once
more, under the same key.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime

from answerable.errors import ChannelTrouble, NotReady
from answerable.publish.notify.mail import Mail, MailServer, Security
from answerable.publish.notify.message import Message, Post, Sender
from answerable.publish.notify.ntfy import Ntfy
from answerable.publish.notify.webhook import Webhook
from answerable.publish.wording import is_mail_address
from answerable.run.postman import Postman
from answerable.run.sending import TICK_S, again, noted, shared
from answerable.settings import Settings
from answerable.store import notices
from answerable.store.keyring import Keyring
from answerable.store.models import Notice
from answerable.store.reading.calls import facts_of
from answerable.store.reading.frame import top_unit
from answerable.store.ways import MAIL, NTFY
from answerable.web.call_text import message
from answerable.web.texts import Texts, negotiate, zone_of

AT_ONCE = 4  # notices on their way at the same time
SECURITY: dict[str, Security] = {"starttls": "starttls", "tls": "tls", "none": "none"}
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Courier:
    """What sending takes: the settings, the keys, and the ways out."""

    settings: Settings
    keyring: Keyring
    post: Post
    mail: MailServer | None
    luck: Callable[[], float] = random.random

    def sender(self, notice: Notice) -> Sender:
        """The way of a notice. ChannelTrouble when this desk cannot use it."""
        if notice.way.kind == MAIL:
            if self.mail is None:
                raise ChannelTrouble("no_mail_server")
            return Mail(self.mail)
        if notice.way.kind == NTFY:
            return Ntfy(self.post)
        return Webhook(notice.way.shape, self.post)

    def deliver(self, taken: notices.Taken, now: datetime) -> None:
        """Send one notice and write down how it went."""

        def send() -> str:
            if taken.target is None:
                raise ChannelTrouble("unreadable", permanent=True)
            return self.sender(taken.notice).send(self.words(taken, now), taken.target, now)

        noted(
            f"Notice {taken.notice.pk}",
            send,
            lambda receipt: notices.delivered(taken, receipt, datetime.now(UTC)),
            lambda trouble: notices.not_delivered(taken, trouble, now, self.luck()),
        )

    def words(self, taken: notices.Taken, now: datetime) -> Message:
        """The notice in the person's language and on their clock."""
        notice, person = taken.notice, taken.notice.person
        top = top_unit()
        return message(
            facts_of([notice.call])[notice.call.pk] if notice.call else None,
            Texts(negotiate(person.language), zone_of(person.unit.timezone), now),
            key=notice.key,
            person=person.pk,
            body=top.name if top else self.settings.body_name,
            base=self.settings.address,
            # Whoever reads a shared room is not this person: there the page asks who they are.
            may_answer=notice.way.kind in (MAIL, NTFY),
            about=notice.about or "",
            repeat=taken.tries > 1,
        )


def mail_server(settings: Settings) -> MailServer | None:
    """The mail server of the settings; None without one. NotReady for settings that cannot be right."""
    if not settings.smtp_host:
        return None
    security = SECURITY.get(settings.smtp_security)
    if security is None:
        raise NotReady(
            f"The setting smtp_security is {settings.smtp_security!r}, but needs starttls, tls or none."
        )
    if security == "none" and settings.smtp_host not in LOOPBACK:
        raise NotReady(
            f"The mail server {settings.smtp_host} would get notices unencrypted: "
            "set smtp_security to starttls or tls; none is for a server on this machine."
        )
    if not is_mail_address(settings.mail_from):
        raise NotReady("The setting mail_from is no mail address: write one such as desk@answers.example.")
    return MailServer(
        settings.smtp_host,
        settings.smtp_port,
        security,
        settings.mail_from,
        settings.smtp_user,
        settings.smtp_password,
    )


def courier(settings: Settings) -> Courier:
    """The courier of this data folder."""
    from answerable.collect.fetch import Fetcher

    keyring = Keyring.open(settings.home)
    return Courier(
        settings, keyring, Fetcher(allow_private=settings.allow_private).post, mail_server(settings)
    )


def start(settings: Settings, stop: threading.Event) -> None:
    """Send in two threads beside the clock until `stop`. Raises NotReady for wrong settings, at once.

    Letters to people have a thread of their own, so that a thousand of them keep no alert waiting.
    """
    server = mail_server(settings)
    threading.Thread(target=run_courier, args=(settings, stop), daemon=True, name="courier").start()
    if server is not None:
        threading.Thread(
            target=run_postman, args=(settings, server, stop), daemon=True, name="postman"
        ).start()


def run_courier(settings: Settings, stop: threading.Event, every: float = TICK_S) -> None:
    """Look for due notices until `stop`. A database error costs one line; notices wait in their rows."""
    sender: Courier | None = None

    def send() -> None:
        nonlocal sender
        sender = sender or courier(settings)
        now = datetime.now(UTC)
        taken = notices.take(now, sender.keyring, limit=AT_ONCE)
        deliver = sender.deliver

        def each(share: Sequence[notices.Taken]) -> None:
            for one in share:
                deliver(one, now)

        shared(pool, taken, AT_ONCE, each)

    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="notice") as pool:
        again(send, "Notices", stop, every)


def run_postman(settings: Settings, server: MailServer, stop: threading.Event, every: float = TICK_S) -> None:
    """Look for due letters until `stop`, in the same way."""
    postman = Postman(settings, Keyring.open(settings.home), server)
    again(lambda: postman.round(datetime.now(UTC), stop), "Letters", stop, every)
