"""A letter to somebody who asked us: it answers their mail, so that mail programs show one conversation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from answerable.publish.notify.headers import LETTER
from answerable.publish.notify.mail import on_one_line
from answerable.publish.wording import is_mail_address


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter. Every text is plain and already in the person's language."""

    mark: str  # begins its Message-ID; the same mark is the same letter
    sender: str  # the public body
    subject: str
    text: str
    language: str
    by_machine: bool  # nobody wrote these words for this person
    reply_to: str = ""  # where their answer is read, "" for the address it comes from
    answers: str = field(default="", repr=False)  # id of the mail it answers, "" when there is none


def written(letter: Letter, sender: str, to: str, now: datetime) -> EmailMessage:
    """The letter with its threading headers (RFC 5322) and the marks that keep machines from answering it."""
    mail = EmailMessage(policy=LETTER)
    name, domain = sender.rsplit("@", 1)
    mail["From"] = Address(on_one_line(letter.sender)[:100], name, domain)
    mail["To"] = to
    if letter.reply_to and letter.reply_to != sender and is_mail_address(letter.reply_to):
        mail["Reply-To"] = letter.reply_to
    mail["Subject"] = on_one_line(letter.subject)[:300]
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{letter.mark}@{domain}>"
    if letter.answers:
        mail["In-Reply-To"] = mail["References"] = letter.answers
    mail["Content-Language"] = letter.language
    if letter.by_machine:
        mail["Auto-Submitted"] = "auto-replied"  # RFC 3834
    mail["X-Auto-Response-Suppress"] = "All"
    mail["X-Loop"] = "answerable"  # a mailbox we listen to leaves our own letters out
    mail.set_content(letter.text, cte="quoted-printable")
    return mail
