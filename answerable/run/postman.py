"""Sends letters to people in cases: taken under a lease, sent outside any transaction, receipt written.

A kill anywhere sends a letter at most once more, under the same Message-ID.
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from answerable.collect.mailbox.place import read_place
from answerable.publish.notify.letter import Letter, written
from answerable.publish.notify.mail import Mail, MailServer
from answerable.run.sending import noted
from answerable.settings import Settings
from answerable.store import letters
from answerable.store.keyring import Keyring
from answerable.store.reading.letters import facts_of
from answerable.web import letter_text
from answerable.web.texts import Texts, negotiate, zone_of

# Who writes more often in a day gets no more receipts, so that two machines never talk to each other.
RECEIPTS_A_DAY = 10


@dataclass(slots=True)
class Postman:
    """What sending takes, and how many receipts each address got today (in memory alone)."""

    settings: Settings
    keyring: Keyring
    server: MailServer
    luck: Callable[[], float] = random.random
    _day: date = date.min
    _receipts: Counter[str] = field(default_factory=Counter)

    def round(self, now: datetime, stop: threading.Event) -> int:
        """Send all that is due; returns how many letters went out."""
        letters.owe_due(self.keyring, now)
        sent = 0
        while not stop.is_set() and (taken := letters.take(datetime.now(UTC), self.keyring)):
            for one in taken:
                sent += self.deliver(one, datetime.now(UTC))
        return sent

    def deliver(self, taken: letters.Taken, now: datetime) -> bool:
        """Send one letter and write down how it went; False when it did not go out."""
        if taken.letter.what == "received" and self._too_often(taken.address, now):
            letters.drop(taken)
            return False

        def send() -> None:
            mail = written(self.words(taken, now), self.server.sender, taken.address, now)
            Mail(self.server).hand(mail, taken.address)

        return noted(
            f"Letter {taken.letter.pk}",
            send,
            lambda _: letters.delivered(taken, datetime.now(UTC)),
            lambda trouble: letters.not_delivered(taken, trouble, now, self.luck()),
        )

    def words(self, taken: letters.Taken, now: datetime) -> Letter:
        """The letter in the person's language and on the unit's clock."""
        facts = facts_of(taken)
        t = Texts(negotiate(facts.language), zone_of(facts.timezone), now)
        return Letter(
            mark=taken.letter.mark,
            sender=facts.body,
            subject=letter_text.subject(facts, t),
            text=letter_text.text(facts, t, base=self.settings.address),
            language=t.tag,
            by_machine=facts.what != "answered",
            reply_to=_read_at(taken),
            answers=taken.message_id,
        )

    def _too_often(self, address: str, now: datetime) -> bool:
        if now.date() != self._day:
            self._day = now.date()
            self._receipts.clear()
        self._receipts[address.casefold()] += 1
        return self._receipts[address.casefold()] > RECEIPTS_A_DAY


def _read_at(taken: letters.Taken) -> str:
    """The mailbox their mail came to, where its user name is its address."""
    told = taken.letter.message.submission
    return read_place(told.source.address).user if told is not None and told.source.makes_cases else ""
