"""The one door: every message from every collector becomes an Item here, or is refused.

Decides what is kept of a person: no name, no handle, no readable address of a private post.
"""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from hashlib import sha256

from answerable.collect.clean import language_tag, one_line, plain, refusal, web_link
from answerable.collect.keys import SourceKeys, digest, seal
from answerable.collect.private.mask import masked
from answerable.records import Gone, Incoming, Item, Rejected, SourceClass, SourceFacts

_MAX_ID = 500  # characters; a longer external id is replaced by its hash
_MAX_PLACE = 60  # characters; what is longer is an address or a sentence
HASH = 16  # bytes of a picture's hash
MOST_PICTURES = 6  # of one message that are looked at
MOST_LIKES = 2**31 - 1  # what a row holds
LAST_VERSION = 2**63 - 1
_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)


def admit(
    found: Incoming,
    source: SourceFacts,
    keys: SourceKeys,
    *,
    heard: datetime,
    kept_names: frozenset[str] = frozenset(),
    where: str = "",
    keep_empty: bool = False,
) -> Item | Rejected:
    """Clean, mask and pseudonymise one message.

    `heard` is the aware time of receipt; `kept_names` are handles of outlets, institutions and our own
    accounts (case folded, without @), whose mentions stay readable. Rejected codes: `no_id`, `nul`,
    `surrogate`, `no_text`. A message with neither text, title nor link is refused unless `keep_empty`.
    """
    for part in (found.text, found.title, found.external_id, found.link):
        if code := refusal(part):
            return Rejected(where, code)
    external_id = lasting_id(found.external_id)
    if not external_id:
        return Rejected(where, "no_id")
    text = masked(plain(found.text), kept_names)
    title = masked(one_line(found.title), kept_names)
    link = web_link(found.link)
    if not (text or title or link or keep_empty):
        return Rejected(where, "no_text")
    private = source.source_class is SourceClass.PUBLIC
    return Item(
        source=source.id,
        key=digest(keys.lasting, external_id),
        text=text,
        title=title,
        published=_published(found.published, heard),
        heard=heard,
        language=language_tag(found.language),
        link="" if private else link,
        link_key=digest(keys.lasting, link) if link else None,
        author=pseudonym(keys, found.author),
        sealed=seal(keys, external_id, link),
        exercise=source.exercise,
        likes=min(max(found.likes, 0), MOST_LIKES),
        place=region(found.place),
        version=None if found.version is None else min(max(found.version, 0), LAST_VERSION),
        pictures=tuple(dict.fromkeys(one for one in found.pictures if len(one) == HASH))[:MOST_PICTURES],
    )


def departed(found: Gone, keys: SourceKeys) -> bytes | None:
    """The key of an item that its source took back, None when nothing names it."""
    external_id = lasting_id(found.external_id)
    return digest(keys.lasting, external_id) if external_id else None


def lasting_id(external_id: str) -> str:
    """The external id as it is hashed: trimmed, and a hash itself where it is absurdly long."""
    external_id = external_id.strip()
    if len(external_id) > _MAX_ID:
        return "sha256:" + sha256(external_id.encode("utf-8", "surrogatepass")).hexdigest()
    return external_id


def pseudonym(keys: SourceKeys, author: str) -> bytes | None:
    """The 16 bytes that stand for an author in distinct counts, None when nobody is named."""
    name = unicodedata.normalize("NFKC", author).strip().lstrip("@").casefold()
    return digest(keys.author, name) if name else None


def region(place: str) -> str:
    """A province or town as it was written; "" for what is none: an address, coordinates, a number."""
    name = one_line(place, _MAX_PLACE * 4)
    if refusal(name) or len(name) > _MAX_PLACE or masked(name, frozenset()) != name:
        return ""
    return "" if sum(char.isdigit() for char in name) > 2 else name


def _published(published: datetime | None, heard: datetime) -> datetime:
    if published is None:
        return heard
    if published.tzinfo is None:
        published = published.replace(tzinfo=UTC)
    try:
        published = published.astimezone(UTC)
    except OverflowError:
        return heard
    # Nobody publishes in the future: such a post would stay on top of every page for years.
    return published if _EARLIEST <= published <= heard else heard
