"""A record of Bluesky as a plain post, and whether we listen for it. Runs in a parse worker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypedDict

from answerable.collect.bluesky.place import POSTS
from answerable.collect.clean import refusal

_RKEY = re.compile(r"[A-Za-z0-9._:~-]{1,512}")
_DID = re.compile(r"did:[a-z]+:[A-Za-z0-9._:%-]{1,250}")
_TID = "234567abcdefghijklmnopqrstuvwxyz"  # https://atproto.com/specs/tid
# Scripts without spaces between words: there a word is found inside others.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_MOST_LINKS = 8
_MOST_TAGS = 8  # as many as a post's own list may hold
_LONGEST_TAG = 640  # bytes
_MOST_FACETS = 1_000  # a text has 3,000 bytes
_LONGEST_NAME = 640  # bytes, as of a display name; what is longer names nobody
_HANDLE = re.compile(r"@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_MENTIONED = "@…"  # as the door writes it


class Post(TypedDict):
    """One post, or one that was taken back."""

    id: str  # at://did/app.bsky.feed.post/key
    gone: bool
    text: str
    link: str
    author: str
    language: str
    published: str  # ISO 8601, "" when unknown
    version: int  # the revision of its author's repository; grows with each change


@dataclass(frozen=True, slots=True)
class Wanted:
    """What we listen for; empty means everything."""

    words: tuple[str, ...] = ()
    accounts: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()

    @classmethod
    def read(cls, words: str = "", accounts: str = "", languages: str = "") -> Wanted:
        """From values with one entry on each line."""
        return cls(
            tuple(words.split("\n")) if words else (),
            frozenset(accounts.split("\n") if accounts else ()),
            frozenset(languages.split("\n") if languages else ()),
        )


def is_account(did: str) -> bool:
    """Whether this is the lasting name of an account."""
    return bool(_DID.fullmatch(did))


def change(did: Any, rkey: Any, operation: Any, record: Any, rev: Any, wanted: Wanted) -> Post | None:
    """What a change of a post means for us; None when it does not concern us.

    An edit that leaves our words is as good as a deletion: what we hold is not said any more.
    """
    if not (isinstance(did, str) and isinstance(rkey, str) and _DID.fullmatch(did) and _RKEY.fullmatch(rkey)):
        return None
    if wanted.accounts and did not in wanted.accounts:
        return None
    name = f"at://{did}/{POSTS}/{rkey}"
    if operation == "delete":
        return _gone(name)
    if operation not in ("create", "update") or not isinstance(record, dict):
        return None
    post = _post(name, did, rkey, record, tid(rev))
    if _concerns(post, record, wanted):
        return post
    return _gone(name) if operation == "update" else None


def tid(rev: Any) -> int:
    """A revision as a number that grows with time, 0 when it is none."""
    if not isinstance(rev, str) or len(rev) != 13 or any(char not in _TID for char in rev):
        return 0
    number = 0
    for char in rev:
        number = number << 5 | _TID.index(char)
    return number & (1 << 63) - 1


def _gone(name: str) -> Post:
    return {
        "id": name, "gone": True, "text": "", "link": "", "author": "", "language": "", "published": "",
        "version": 0,
    }  # fmt: skip


def _post(name: str, did: str, rkey: str, record: dict[str, Any], version: int) -> Post:
    text = _without_names(_text(record.get("text"), 20_000), record)
    added = [link for link in _links(record) if link not in text]
    said = text.casefold()
    tags = " ".join(f"#{tag}" for tag in _tags(record) if not _says(said, f"#{tag.casefold()}"))
    return {
        "id": name,
        "gone": False,
        "text": "\n".join([text, *added, tags]).strip(),
        "link": f"https://bsky.app/profile/{did}/post/{rkey}",
        "author": did,
        "language": next(iter(_languages(record)), ""),
        "published": _text(record.get("createdAt"), 40),
        "version": version,
    }


def _without_names(text: str, record: dict[str, Any]) -> str:
    """The text without what a mention calls somebody, where the door would not know it for a mention.

    Places are counted in bytes of UTF-8 and are a stranger's: a letter that they cut goes as a whole.
    https://docs.bsky.app/docs/advanced-guides/post-richtext
    """
    said = text.encode("utf-8", "surrogatepass")
    kept, after = [], 0
    for start, end in _merged(_whole(said, start, end) for start, end in _mentions(record, len(said))):
        name = said[start:end]
        is_handle = _HANDLE.fullmatch(name.decode("utf-8", "surrogatepass"))
        kept += [said[after:start], name if is_handle else _MENTIONED.encode()]
        after = end
    return b"".join([*kept, said[after:]]).decode("utf-8", "surrogatepass")


def _whole(said: bytes, start: int, end: int) -> tuple[int, int]:
    while start > 0 and start < len(said) and said[start] & 0xC0 == 0x80:
        start -= 1
    while end < len(said) and said[end] & 0xC0 == 0x80:
        end += 1
    return start, end


def _merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same places in order; what overlaps is one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged


def _mentions(record: dict[str, Any], length: int) -> set[tuple[int, int]]:
    """Where the text names accounts: (first byte, byte after the last), inside the text."""
    found = set()
    for index, features in _facets(record, _MOST_FACETS):
        if not _names_somebody(features):
            continue
        start, end = _of(index, "byteStart"), _of(index, "byteEnd")
        if type(start) is int and type(end) is int and 0 <= start < end:
            start, end = min(start, length), min(end, length)
            if end - start <= _LONGEST_NAME:
                found.add((start, end))
    return found


def _tags(record: dict[str, Any]) -> list[str]:
    """Hashtags that no word of the text need show: of the post's own list, and laid over other words.

    Where the same facet names an account, its tag may be that name and is left out.
    """
    own = record.get("tags")
    found = own[:_MOST_TAGS] if isinstance(own, list) else []
    for _, features in _facets(record, _MOST_FACETS):
        if not _names_somebody(features):
            found += [_of(one, "tag") for one in features if str(_of(one, "$type")).endswith("#tag")]
    said = [" ".join(tag.split()).lstrip("#＃ ") for tag in found if isinstance(tag, str)]
    # The door refuses a post for what is no text; a tag is not worth that.
    kept = [tag for tag in said if tag and not refusal(tag) and len(tag.encode()) <= _LONGEST_TAG]
    return [*{tag.casefold(): tag for tag in kept}.values()][:_MOST_TAGS]


def _facets(record: dict[str, Any], most: int) -> Iterator[tuple[Any, list[Any]]]:
    """(place, what it says of that place) of what is laid over the text: at most five things each."""
    facets = record.get("facets")
    for facet in facets[:most] if isinstance(facets, list) else []:
        features = _of(facet, "features")
        yield _of(facet, "index"), features[:5] if isinstance(features, list) else []


def _names_somebody(features: list[Any]) -> bool:
    return any(_of(one, "did") or str(_of(one, "$type")).endswith("#mention") for one in features)


def _links(record: dict[str, Any]) -> list[str]:
    """Addresses the post shows shortened, or as a card: those of its words and of what it embeds."""
    found: list[str] = []
    for _, features in _facets(record, 50):
        found += [_text(_of(feature, "uri"), 2_000) for feature in features]
    found.append(_text(_of(_of(record.get("embed"), "external"), "uri"), 2_000))
    media = _of(record.get("embed"), "media")
    found.append(_text(_of(_of(media, "external"), "uri"), 2_000))
    kept = [link for link in found if link.startswith(("https://", "http://"))]
    return [*dict.fromkeys(kept)][:_MOST_LINKS]


def _concerns(post: Post, record: dict[str, Any], wanted: Wanted) -> bool:
    if not post["text"]:
        return False
    languages = _languages(record)
    if wanted.languages and not wanted.languages.intersection(one.split("-")[0].lower() for one in languages):
        return False
    said = post["text"].casefold()
    return not wanted.words or any(_says(said, word) for word in wanted.words)


def _says(said: str, word: str) -> bool:
    at = said.find(word)
    if at < 0 or _UNSPACED.search(word):
        return at >= 0
    while at >= 0:
        end = at + len(word)
        if not (said[at - 1 : at].isalnum() and word[0].isalnum()) and not (
            said[end : end + 1].isalnum() and word[-1].isalnum()
        ):
            return True
        at = said.find(word, at + 1)
    return False


def _languages(record: dict[str, Any]) -> list[str]:
    langs = record.get("langs")
    return [one[:35] for one in langs[:10] if isinstance(one, str)] if isinstance(langs, list) else []


def _of(found: Any, name: str) -> Any:
    return found.get(name) if isinstance(found, dict) else None


def _text(value: Any, limit: int) -> str:
    return value[:limit] if isinstance(value, str) else ""
