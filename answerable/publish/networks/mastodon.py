"""Statements on Mastodon, by its public API (docs.joinmastodon.org): one post for each version.

Mastodon keeps an Idempotency-Key for an hour; a later try first looks for our own post by its link.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote, urlencode

from answerable.errors import ChannelTrouble
from answerable.publish.channels import refuse_wrong_side
from answerable.publish.networks.asking import Line, Numbers, asked, link_of, number_of, read, text_of
from answerable.publish.notify.http import post_json
from answerable.records import Json, Outgoing, Receipt

_ACCT = re.compile(r"[\w.-]{1,100}(?:@[\w.:-]{1,200})?")
_LAST = 40  # of our own posts that are looked through


@dataclass(frozen=True, slots=True)
class Mastodon:
    """One account of ours."""

    server: str  # https://town.example
    line: Line
    token: str = field(repr=False)
    name: str = "mastodon"
    exercise: bool = False

    def send(self, outgoing: Outgoing, now: datetime) -> Receipt:
        """The post's address. A correction answers the first post, so that its readers see it."""
        refuse_wrong_side(self, outgoing)
        if outgoing.extra.get("again") and (found := self._found(outgoing.extra.get("link", ""))):
            return self._receipt(found, outgoing, now)
        if post := outgoing.extra.get("post", ""):
            return self._receipt(self._below(post, outgoing), outgoing, now)
        answers = outgoing.extra.get("first", "")
        try:
            made = self._post(outgoing, answers)
        except ChannelTrouble as trouble:
            # The first post is gone there: nothing was made, so the key is still free.
            if not answers or str(trouble) not in ("HTTP 404", "HTTP 422"):
                raise
            made = self._post(outgoing, "")
        return self._receipt(made, outgoing, now)

    def followers(self) -> int | None:
        """How many follow the account; ChannelTrouble when the token does not work."""
        return number_of(self._account(), "followers_count")

    def numbers(self, remote: str) -> Numbers:
        """What became of a post."""
        found = asked(self.line.get, f"{self.server}/api/v1/statuses/{quote(remote, safe='')}", self.token)
        return Numbers(None, number_of(found, "reblogs_count"))

    def _below(self, link: str, outgoing: Outgoing) -> Json:
        """Answer somebody's public post, which must still be there. Never a post that stands by itself."""
        query = urlencode({"q": link, "type": "statuses", "resolve": "true", "limit": "1"})
        found = asked(self.line.get, f"{self.server}/api/v2/search?{query}", self.token)
        listed = found.get("statuses") if isinstance(found, dict) else None
        posts = listed if isinstance(listed, list) else []
        post = next((one for one in posts if isinstance(one, dict) and _is(one, link)), None)
        if post is None:
            raise ChannelTrouble("post_gone", permanent=True)
        if post.get("visibility") not in ("public", "unlisted"):
            raise ChannelTrouble("post_not_public", permanent=True)
        try:
            return self._post(outgoing, text_of(post, "id"), _called(post))
        except ChannelTrouble as trouble:
            if str(trouble) == "HTTP 404":  # it went a moment ago
                raise ChannelTrouble("post_gone", permanent=True) from None
            raise

    def _post(self, outgoing: Outgoing, answers: str, called: str = "") -> Json:
        form: dict[str, Json] = {
            "status": f"{called}{outgoing.text}",
            "language": outgoing.language.partition("-")[0],
            "visibility": "public",
        }
        if answers:
            form["in_reply_to_id"] = answers
        headers = self._signed() | {"Idempotency-Key": outgoing.key}
        return read(post_json(self.line.post, f"{self.server}/api/v1/statuses", form, headers))

    def _receipt(self, made: Json, outgoing: Outgoing, now: datetime) -> Receipt:
        return Receipt(self.name, outgoing.key, now, link_of(made, "url"), text_of(made, "id"))

    def _account(self) -> Json:
        return asked(self.line.get, f"{self.server}/api/v1/accounts/verify_credentials", self.token)

    def _found(self, link: str) -> Json:
        """Our own post with this link among the last ones; None when there is none."""
        number = quote(text_of(self._account(), "id"), safe="")
        listed = asked(
            self.line.get, f"{self.server}/api/v1/accounts/{number}/statuses?limit={_LAST}", self.token
        )
        for post in listed if isinstance(listed, list) else []:
            content = post.get("content") if isinstance(post, dict) else None
            if link and isinstance(content, str) and f'"{link}"' in content.replace("&amp;", "&"):
                return post
        return None

    def _signed(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def _is(post: dict[str, Json], link: str) -> bool:
    return link in (post.get("url"), post.get("uri"))


def _called(post: dict[str, Json]) -> str:
    """Whom an answer calls, as the network's own answers do: without it nobody is told. Kept nowhere."""
    account = post.get("account")
    name = account.get("acct") if isinstance(account, dict) else None
    return f"@{name} " if isinstance(name, str) and _ACCT.fullmatch(name) else ""
