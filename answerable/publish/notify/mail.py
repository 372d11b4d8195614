"""Notices by mail: one plain text to one person, over a connection whose certificate was checked.

The server is the operator's own word in the settings, so it may stand in a private network.
"""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Literal

from answerable.errors import ChannelTrouble
from answerable.publish.notify.headers import LETTER
from answerable.publish.notify.http import said
from answerable.publish.notify.message import Message, Target
from answerable.publish.wording import is_mail_address, plain

Security = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, slots=True)
class MailServer:
    """Whom we hand mail to, from the settings."""

    host: str
    port: int
    security: Security
    sender: str  # the address in From
    user: str = ""
    password: str = field(default="", repr=False)
    seconds: float = 20.0  # for each step of the conversation


@dataclass(frozen=True, slots=True)
class Mail:
    """Mail through one server. `tls` is for tests that bring their own authority."""

    server: MailServer
    tls: ssl.SSLContext | None = None

    def send(self, message: Message, to: Target, now: datetime) -> str:
        """The receipt is the message's own id; a repeat of the same key bears the same one."""
        if not is_mail_address(to.address):
            raise ChannelTrouble("not_mail", permanent=True)
        return self.hand(written(message, self.server.sender, to.address, now), to.address)

    def hand(self, letter: EmailMessage, to: str) -> str:
        """Hand one letter to the server; its own id is the receipt. Raises ChannelTrouble."""
        with self.spoken() as smtp:
            smtp.send_message(letter, self.server.sender, [to])
        return str(letter["Message-ID"])

    @contextmanager
    def spoken(self) -> Iterator[smtplib.SMTP]:
        """A conversation that is encrypted, signed in, and whose errors say whether they will last."""
        try:
            with self._connected() as smtp:
                if self.server.user:
                    smtp.login(self.server.user, self.server.password)
                yield smtp
        except smtplib.SMTPRecipientsRefused as error:
            code, why = next(iter(error.recipients.values()))
            raise ChannelTrouble(f"{code} {said(why)}", permanent=code >= 500) from None
        except smtplib.SMTPAuthenticationError:
            # Our own password is wrong: no person's address is, so the notice waits for the operator.
            raise ChannelTrouble("sign_in") from None
        except smtplib.SMTPResponseException as error:
            why = error.smtp_error if isinstance(error.smtp_error, bytes) else str(error.smtp_error).encode()
            raise ChannelTrouble(f"{error.smtp_code} {said(why)}", permanent=error.smtp_code >= 550) from None
        except ssl.SSLError as error:
            raise ChannelTrouble("tls") from error
        except smtplib.SMTPNotSupportedError as error:
            raise ChannelTrouble("no_encryption") from error
        except (smtplib.SMTPException, OSError) as error:
            raise ChannelTrouble("mail_away") from error

    def _connected(self) -> smtplib.SMTP:
        server = self.server
        if server.security == "tls":
            return smtplib.SMTP_SSL(server.host, server.port, timeout=server.seconds, context=self._context())
        smtp = smtplib.SMTP(server.host, server.port, timeout=server.seconds)
        if server.security == "starttls":
            try:
                smtp.starttls(context=self._context())
                smtp.ehlo()
            except BaseException:
                smtp.close()
                raise
        return smtp

    def _context(self) -> ssl.SSLContext:
        return self.tls or ssl.create_default_context()


def written(message: Message, sender: str, to: str, now: datetime) -> EmailMessage:
    """The letter. Its id is made from the key, so that a mail program shows a repeat once."""
    letter = EmailMessage(policy=LETTER)
    name, domain = sender.rsplit("@", 1)
    letter["From"] = Address(on_one_line(message.sender)[:100], name, domain)
    letter["To"] = to
    letter["Subject"] = on_one_line(message.title)
    letter["Date"] = format_datetime(now)
    letter["Message-ID"] = f"<{mark_of(message.key)}@{domain}>"
    letter["Content-Language"] = message.language
    letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answering machine answers it
    letter["X-Auto-Response-Suppress"] = "All"
    letter["X-Loop"] = "answerable"  # a mailbox we listen to leaves our own letters out
    if message.leave:
        letter["List-Unsubscribe"] = f"<{message.leave}>"
        letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
        letter["Precedence"] = "list"
    if message.urgent and not message.exercise:
        letter["Importance"] = "high"
    letter.set_content(message.text, cte="quoted-printable")
    return letter


def mark_of(key: str) -> str:
    """What stands in a Message-ID before the @: the same for each try."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def on_one_line(text: str) -> str:
    """A text that may stand in a header: plain, on one line."""
    return " ".join(plain(text).split())
