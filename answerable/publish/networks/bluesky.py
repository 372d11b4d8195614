"""Statements on Bluesky, by the AT Protocol: one record for each version, under a name made from its key.

Putting the same record under the same name again changes nothing, so a repeat is no second post.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlencode

from answerable.errors import ChannelTrouble
from answerable.publish.channels import refuse_wrong_side
from answerable.publish.networks.asking import Line, Numbers, asked, number_of, read, text_of
from answerable.publish.notify.http import post_json
from answerable.records import Json, Outgoing, Receipt

POSTS = "app.bsky.feed.post"
PAGES = "https://bsky.app"
PUBLIC_API = "https://public.api.bsky.app"
_SORTABLE = "234567abcdefghijklmnopqrstuvwxyz"
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


@dataclass(frozen=True, slots=True)
class Session:
    """Signed in: who we are there, and a token for some minutes."""

    did: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Bluesky:
    """One account of ours on its server."""

    server: str
    account: str  # handle or DID
    line: Line
    password: str = field(repr=False)  # an app password
    name: str = "bluesky"
    exercise: bool = False

    def send(self, outgoing: Outgoing, now: datetime) -> Receipt:
        """The post's address. A correction answers the first post, so that its readers see it."""
        refuse_wrong_side(self, outgoing)
        session = self.signed_in()
        rkey = record_key(outgoing.key, _said_at(outgoing, now))
        record = self._record(outgoing, _said_at(outgoing, now))
        place = f"{PAGES}/profile/{session.did}/post/{rkey}"
        if post := outgoing.extra.get("post", ""):
            # A try that died may have been taken; the post can have gone since, our reply stands.
            if outgoing.extra.get("again") and (ours := self._standing(session.did, POSTS, rkey)):
                return _receipt(self.name, outgoing, now, place, ours)
            record["reply"] = self._below(post)
        made = self._call(
            "com.atproto.repo.putRecord",
            {
                "repo": session.did,
                "collection": POSTS,
                "rkey": rkey,
                "record": record,
            },
            {"Authorization": f"Bearer {session.token}"},
        )
        return _receipt(self.name, outgoing, now, place, made)

    def _standing(self, repo: str, collection: str, rkey: str) -> Json:
        """A record of anybody, None when it is not there."""
        query = urlencode({"repo": repo, "collection": collection, "rkey": rkey})
        try:
            return asked(self.line.get, f"{self.server}/xrpc/com.atproto.repo.getRecord?{query}")
        except ChannelTrouble as trouble:
            if str(trouble) in ("HTTP 400", "HTTP 404"):  # RecordNotFound, or an account that left
                return None
            raise

    def _below(self, post: str) -> Json:
        """The place below somebody's post, which must still be there."""
        repo, collection, rkey = [*post.removeprefix("at://").split("/"), "", ""][:3]
        found = self._standing(repo, collection, rkey)
        if found is None:
            raise ChannelTrouble("post_gone", permanent=True)
        parent: dict[str, Json] = {"uri": text_of(found, "uri"), "cid": text_of(found, "cid")}
        root: Json = found
        for name in ("value", "reply", "root"):
            root = root.get(name) if isinstance(root, dict) else None
        return {"root": root or parent, "parent": parent}

    def signed_in(self) -> Session:
        """A session; ChannelTrouble when the server does not take the password."""
        found = self._call(
            "com.atproto.server.createSession", {"identifier": self.account, "password": self.password}, {}
        )
        return Session(text_of(found, "did"), text_of(found, "accessJwt"))

    def followers(self) -> int | None:
        """How many follow the account, as the network as a whole knows; the password is proved first."""
        did = self.signed_in().did
        try:
            query = urlencode({"actor": did})
            return number_of(
                asked(self.line.get, f"{PUBLIC_API}/xrpc/app.bsky.actor.getProfile?{query}"), "followersCount"
            )
        except ChannelTrouble:
            return None

    def numbers(self, remote: str) -> Numbers:
        """What became of a post."""
        query = urlencode({"uris": remote.partition(" ")[0]})
        found = asked(self.line.get, f"{PUBLIC_API}/xrpc/app.bsky.feed.getPosts?{query}")
        posts = found.get("posts") if isinstance(found, dict) else None
        return Numbers(
            None, number_of(posts[0], "repostCount") if isinstance(posts, list) and posts else None
        )

    def _record(self, outgoing: Outgoing, at: datetime) -> dict[str, Json]:
        record: dict[str, Json] = {
            "$type": POSTS,
            "text": outgoing.text,
            "langs": [outgoing.language],
            "createdAt": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }
        if link := outgoing.extra.get("link", ""):
            record["facets"] = _facets(outgoing.text, link)
            record["embed"] = {
                "$type": "app.bsky.embed.external",
                "external": {"uri": link, "title": outgoing.title, "description": outgoing.unit},
            }
        uri, _, cid = outgoing.extra.get("first", "").partition(" ")
        if uri and cid:
            first: dict[str, Json] = {"uri": uri, "cid": cid}
            record["reply"] = {"root": first, "parent": first}
        return record

    def _call(self, method: str, values: Mapping[str, Json], headers: Mapping[str, str]) -> Json:
        return read(post_json(self.line.post, f"{self.server}/xrpc/{method}", values, headers))


def _receipt(channel: str, outgoing: Outgoing, now: datetime, place: str, record: Json) -> Receipt:
    """That a record of ours stands there."""
    return Receipt(channel, outgoing.key, now, place, f"{text_of(record, 'uri')} {text_of(record, 'cid')}")


def record_key(key: str, at: datetime) -> str:
    """A timestamp identifier (TID), as posts there are named: the moment, and ten bits of our key."""
    micros = (at - _EPOCH) // timedelta(microseconds=1)
    # The digits below a second come from the key: two channels of one moment do not meet.
    digest = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    number = (((micros // 1_000_000) * 1_000_000 + digest % 1_000_000) << 10) | (digest >> 32) % 1024
    return "".join(_SORTABLE[(number >> shift) & 31] for shift in range(60, -1, -5))


def _said_at(outgoing: Outgoing, now: datetime) -> datetime:
    """When the text was published: the same for each try, so that a repeat is the same record."""
    said = outgoing.extra.get("published", "")
    return datetime.fromisoformat(said) if said else now


def _facets(text: str, link: str) -> list[Json]:
    """Where in the text the link stands, in bytes of UTF-8."""
    start = text.encode().find(link.encode())
    if start < 0:
        return []
    return [
        {
            "index": {"byteStart": start, "byteEnd": start + len(link.encode())},
            "features": [{"$type": "app.bsky.richtext.facet#link", "uri": link}],
        }
    ]
