"""Where statements of a walk go beside page and feeds: a network, a server of Bluesky's, and mail to a reader.

Mastodon is a stand-in written from its documentation; the other two are real servers. A newspaper has none: a
voice brings the text there and records the clipping.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from urllib.parse import urlsplit

from tests.browser.hands import Hands
from tests.browser.judged import findings
from tests.collect import pds_server
from tests.publish.mastodon_accounts import TOKEN, Town, town
from tests.publish.rooms import PostOffice, post_office
from tests.run.desks import until

HANDLE, APP_PASSWORD = "council.test", "app-password"
READER = "ines@example.org"
BY_HAND = "Estuary Post, page of the council"
_LINK = re.compile(r"https?://\S+")


@dataclass
class WaysOut:
    """The servers, and what each of them got."""

    town: Town
    office: PostOffice
    pds: pds_server.Pds | None  # None where none is installed

    @property
    def settings(self) -> dict[str, str]:
        """What the desk is told about them; `allowed` opens their addresses to it."""
        return {
            "ANSWERABLE_SMTP_HOST": "localhost",
            "ANSWERABLE_SMTP_PORT": str(self.office.port),
            "ANSWERABLE_SMTP_SECURITY": "none",
            "ANSWERABLE_MAIL_FROM": "desk@answers.example",
        }

    @property
    def allowed(self) -> list[str]:
        """Local addresses that the desk may speak to."""
        return [self.town.allowed, *([f"{pds_server.HOST}:{self.pds.port}"] if self.pds else [])]

    def add(self, ida: Hands) -> None:
        """Each is added by its form, which speaks to the server before it is kept."""
        _add(ida, "Mastodon", "Mastodon of the council", self.town.address, "@council", TOKEN)
        if self.pds:
            _add(ida, "Bluesky", "Bluesky of the council", self.pds.address, HANDLE, APP_PASSWORD)
        _add(ida, "Mail to subscribers", "Letters")
        _add(ida, "By hand", BY_HAND)
        assert findings(ida.reader.page) == []

    def subscribe(self, public: Hands) -> None:
        """A reader leaves an address, and says yes at the page that the letter leads to."""
        public.reader.go("/subscribe/")
        public.fill("Your mail address", READER)
        public.press("Send me the letter that asks")
        assert "Look into your mailbox" in public.reader.text()
        (question,) = self._letters(1)
        public.reader.go(urlsplit(_links(str(question.get_content()))[0]).path)
        public.press("Yes, send it to me")
        assert "You hear from us" in public.reader.text()

    def post_by_hand(self, voice: Hands, clipping: str) -> None:
        """What has no open interface waits for a voice; with a clipping it counts as delivered."""
        voice.reader.go("/desk/channels")
        voice.press("What did not arrive? (1)", "link")
        voice.press(voice.reader.page.get_by_role("main").locator("table a").first.inner_text(), "link")
        assert f"Did it arrive on {BY_HAND}?" in voice.reader.text()
        voice.fill("Or a clipping", clipping)
        voice.press("It was posted")
        assert clipping in voice.reader.text()

    def arrived(self, version: int, *said: str) -> list[str]:
        """Wait until this version is everywhere, once, in these words; the links people were given."""
        letter = self._letters(version + 1)[-1]
        assert letter["To"] == READER
        until(lambda: len(self.town.statuses) >= version, lambda: self.town.texts)
        posts = list(self.town.statuses.values())
        assert len(posts) == version
        words = [str(letter.get_content()), posts[-1]["text"]]
        links = [_page_of(one) for one in words]
        if self.pds:
            at = self.pds
            until(lambda: len(at.records(HANDLE)) >= version)
            records = sorted(at.records(HANDLE), key=lambda one: str(one["uri"]))
            assert len(records) == version
            words.append(records[-1]["value"]["text"])
            links.append(records[-1]["value"]["facets"][0]["features"][0]["uri"])
        for one in words:
            for part in said:
                assert part in one
        return links

    def corrections_answer_the_first(self) -> None:
        """On a network the correction stands under the first post."""
        first, second = self.town.statuses.values()
        assert second["in_reply_to_id"] == first["id"]
        if self.pds:
            older, newer = sorted(self.pds.records(HANDLE), key=lambda one: str(one["uri"]))
            assert newer["value"]["reply"]["root"]["uri"] == older["uri"]

    def _letters(self, count: int) -> list[EmailMessage]:
        until(lambda: len(self.office.letters) >= count, lambda: f"{len(self.office.letters)} letters")
        found = [email.message_from_bytes(one.content, policy=default) for one in self.office.letters]
        assert len(found) == count
        return found  # type: ignore[return-value]


@contextmanager
def ways_out() -> Iterator[WaysOut]:
    """Run the servers while a walk needs them."""
    with ExitStack() as held:
        pds = None if pds_server.missing() else held.enter_context(pds_server.pds())
        if pds:
            account = {"handle": HANDLE, "email": "council@mail.test", "password": APP_PASSWORD}
            pds.call("com.atproto.server.createAccount", account)
        yield WaysOut(held.enter_context(town()), held.enter_context(post_office()), pds)


def _add(ida: Hands, kind: str, name: str, address: str = "", account: str = "", secret: str = "") -> None:
    ida.reader.go("/desk/channels/new")
    ida.choose("Kind", kind)
    for label, value in (
        ("Name", name),
        ("Account", account),
        ("Address", address),
        ("Access token", secret),
    ):
        if value:
            ida.fill(label, value)
    ida.press("Try it and add it")
    assert f"{name} carries what is published from now on." in ida.reader.text()


def _links(text: str) -> list[str]:
    return _LINK.findall(text)


def _page_of(text: str) -> str:
    """The page that a text leads to; its evidence has links of its own."""
    return next(one for one in _links(text) if "/statements/" in one)
