"""Statements on Mastodon, by its public API (docs.joinmastodon.org): one post for each version.

Mastodon keeps an Idempotency-Key for an hour; a later try first looks for our own post by its link.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

from answerable.errors import ChannelTrouble
from answerable.publish.channels import refuse_wrong_side
from answerable.publish.networks.asking import Line, Numbers, asked, link_of, number_of, read, text_of
from answerable.publish.notify.http import post_json
from answerable.records import Json, Outgoing, Receipt

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

    def _post(self, outgoing: Outgoing, answers: str) -> Json:
        form: dict[str, Json] = {
            "status": outgoing.text,
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
