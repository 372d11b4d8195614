"""Letters to subscribers in words: the question whether it was them, and each text with one click to leave.

What everybody gets alike is made once for each text; only the address to leave differs.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from django.core import signing

from answerable.publish.notify.message import Message
from answerable.store import channels, signatures
from answerable.store.models import Delivery, SubscriptionLetter
from answerable.web.statement_words import link_of, sheet_of, spoken, words_of
from answerable.web.texts import Texts, zone_of

LEAVE, CONFIRM = "leave", "confirm"  # what a link may do
_SALT = "subscription"


@dataclass
class Sheets:
    """The letters of this desk; `base` is its address as people reach it."""

    base: str
    _made: dict[int, Message] = field(default_factory=dict)  # by delivery, some of them

    def message(self, letter: SubscriptionLetter) -> Message:
        """What goes out to one of them."""
        number = letter.subscription_id or 0
        if letter.delivery is None:
            language = letter.subscription.language if letter.subscription else "en"
            return self._asking(number, letter.key, language)
        made = self._made.get(letter.delivery.pk)
        if made is None:
            if len(self._made) > 20:
                self._made.clear()
            made = self._made[letter.delivery.pk] = self._said(letter.delivery)
        leave = self.page(LEAVE, number)
        return replace(made, key=letter.key, answer=leave, leave=leave)

    def page(self, use: str, number: int) -> str:
        """The page that a link of a letter leads to."""
        return f"{self.base}/subscribe/{token(use, number)}"

    def _said(self, row: Delivery) -> Message:
        link = link_of(self.base, row)
        sheet = sheet_of(row, link)
        t = Texts(spoken(row.language), zone_of("UTC"), datetime.now(UTC))
        return Message(
            key="",
            sender=sheet.body,
            title=sheet.title,
            lines=(words_of(channels.MAIL, sheet),),
            link=link,
            link_words=t.gettext("The page with the evidence and every version"),
            answer="",
            answer_words=t.gettext("No more letters"),
            foot=t.gettext(
                "A machine sent this approved text for %(body)s. Nobody reads replies to it.", body=sheet.body
            ),
            language=sheet.language,
        )

    def _asking(self, number: int, key: str, language: str) -> Message:
        t = Texts(spoken(language), zone_of("UTC"), datetime.now(UTC))
        body = signatures.body()
        return Message(
            key=key,
            sender=body,
            title=t.gettext("Do you want what %(body)s publishes by mail?", body=body),
            lines=(
                t.gettext("Somebody gave this address on our page. Without your yes nothing more is sent."),
            ),
            link=self.page(CONFIRM, number),
            link_words=t.gettext("Yes, send it to me"),
            answer="",
            answer_words="",
            foot=t.gettext("A machine sent this for %(body)s. Nobody reads replies to it.", body=body),
            language=t.tag,
        )


def token(use: str, number: int) -> str:
    """What a link proves: this letter was sent for this subscription."""
    return signing.dumps([use, number], salt=_SALT, compress=False)


def read_token(text: str) -> tuple[str, int] | None:
    """(what it may do, subscription) of a link that is ours; None otherwise."""
    try:
        found: Any = signing.loads(text, salt=_SALT)
        use, number = found
        return (str(use), int(number)) if use in (LEAVE, CONFIRM) else None
    except (signing.BadSignature, ValueError, TypeError):
        return None
