"""Letters one after another over one conversation with the mail server; after trouble a new one begins."""

from __future__ import annotations

import smtplib
import sys
from contextlib import ExitStack
from datetime import datetime

from answerable.errors import ChannelTrouble
from answerable.publish.notify.mail import Mail, written
from answerable.publish.notify.message import Message, Target
from answerable.publish.wording import is_mail_address


class Line:
    """Not safe for threads; `close` it when there is nothing more to send."""

    def __init__(self, mail: Mail) -> None:
        self._mail, self._held = mail, ExitStack()
        self._smtp: smtplib.SMTP | None = None

    def send(self, message: Message, to: Target, now: datetime) -> str:
        """As `Mail.send`: the receipt is the message's own id. ChannelTrouble when it was not taken."""
        if not is_mail_address(to.address):
            raise ChannelTrouble("not_mail", permanent=True)
        sender = self._mail.server.sender
        letter = written(message, sender, to.address, now)
        smtp = self._smtp = self._smtp or self._held.enter_context(self._mail.spoken())
        try:
            smtp.send_message(letter, sender, [to.address])
        except BaseException:
            # The conversation's own way out turns the error into one that says whether a retry is useless.
            held, self._held, self._smtp = self._held, ExitStack(), None
            held.__exit__(*sys.exc_info())
            raise
        return str(letter["Message-ID"])

    def close(self) -> None:
        """End the conversation; one that broke is gone anyway."""
        held, self._held, self._smtp = self._held, ExitStack(), None
        try:
            held.close()
        except ChannelTrouble:
            return
