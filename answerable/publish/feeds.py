"""Feeds as bytes: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1, from the same entries. Safe for hostile text.

A correction is the same entry with the same id, a later `updated` and a link to the version before.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime
from typing import Protocol
from urllib.parse import urlsplit
from xml.etree import ElementTree

from answerable.publish.wording import plain, web_link

ATOM_TYPE = "application/atom+xml; charset=utf-8"
RSS_TYPE = "application/rss+xml; charset=utf-8"
JSON_TYPE = "application/feed+json; charset=utf-8"

_ATOM = "http://www.w3.org/2005/Atom"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the entries."""

    title: str
    base: str  # the desk's address without a trailing slash
    path: str  # of this feed, from /
    language: str = "en"
    author: str = ""  # the public body
    hubs: tuple[str, ...] = ()  # WebSub hubs that tell subscribers of this feed


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a feed. Texts are plain; the builders escape them."""

    id: str  # an IRI that never changes
    title: str
    link: str  # absolute
    published: datetime  # when its first version went out
    updated: datetime  # when this version went out
    author: str
    language: str
    paragraphs: tuple[str, ...]
    link_type: str = "text/html"
    before: str = ""  # absolute address of the version before, "" for a first version


class Worded(Protocol):
    """What is said in one version."""

    @property
    def number(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def claim(self) -> str: ...
    @property
    def verdict(self) -> str: ...
    @property
    def what_to_do(self) -> str: ...
    @property
    def not_known(self) -> str: ...
    @property
    def machine_help(self) -> str: ...
    @property
    def change_note(self) -> str: ...
    @property
    def change(self) -> str: ...
    @property
    def alone(self) -> bool: ...


class StatementLike(Worded, Protocol):
    """What an entry needs of a published statement."""

    @property
    def id(self) -> int: ...
    @property
    def language(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def first_at(self) -> datetime: ...
    @property
    def published_at(self) -> datetime: ...


# Sentences of an entry, by name; the web passes translated ones in the statement's language.
SENTENCES: Mapping[str, str] = {
    "true": "True: {claim}",
    "false": "False: {claim}",
    "misleading": "Misleading: {claim}",
    "not_known": "Not known yet: {claim}",
    "out_of_scope": "Out of scope: {claim}",
    "what_to_do": "What you can do: {text}",
    "open": "What we do not know yet: {text}",
    "machine_help": "Machine help: {text}",
    "correction": "Version {number} corrects: {text}",
    "update": "Version {number} updates: {text}",
    "cancel": "Version {number} cancels this statement: {text}",
    "alone": "One person, emergency rule: a second person has not approved this text yet.",
    "head_title": "Ledger head of {day}",
    "head": "Entry {row} of our ledger has the hash {hash}.",
}


def statement_entry(
    statement: StatementLike, voice: str, base: str, sentences: Mapping[str, str] = SENTENCES
) -> Entry:
    """The entry of a published statement. `voice` is the registered voice's public name and title."""
    page = f"{base}/statements/{statement.id}/"
    return Entry(
        id=_tag(base, statement.first_at.astimezone(UTC).date(), f"statement/{statement.id}"),
        title=statement.title,
        link=page,
        published=statement.first_at,
        updated=statement.published_at,
        author=f"{voice}, {statement.unit}",
        language=statement.language,
        paragraphs=paragraphs_of(statement, sentences),
        before=f"{page}versions/{statement.number - 1}/" if statement.number > 1 else "",
    )


def paragraphs_of(said: Worded, sentences: Mapping[str, str] = SENTENCES) -> tuple[str, ...]:
    """The whole text in paragraphs, with the sentences around it; an empty sentence leaves its part out."""
    parts = [_said(sentences, "alone")] if said.alone else []
    parts.append(_said(sentences, said.verdict, claim=said.claim) if said.verdict else "")
    parts += said.text.split("\n\n")
    parts.append(_said(sentences, "what_to_do", text=said.what_to_do))
    parts.append(_said(sentences, "open", text=said.not_known))
    changed = said.change if said.change in ("update", "cancel") else "correction"
    parts.append(_said(sentences, changed, text=said.change_note, number=str(said.number)))
    parts.append(_said(sentences, "machine_help", text=said.machine_help))
    return tuple(part for part in parts if part.strip())


def head_entry(
    day: date,
    row: int,
    row_hash: str,
    at: datetime,
    head: Head,
    sentences: Mapping[str, str] = SENTENCES,
) -> Entry:
    """The entry of a daily ledger head: who keeps the feed can check that no chain was rewritten."""
    return Entry(
        id=_tag(head.base, day, "ledger"),
        title=_said(sentences, "head_title", day=day.isoformat()),
        link=f"{head.base}/transparency/",
        published=at,
        updated=at,
        author=head.author,
        language=head.language,
        paragraphs=(_said(sentences, "head", row=str(row), hash=row_hash),),
    )


def atom(entries: Iterable[Entry], head: Head) -> bytes:
    """The feed as Atom, newest change first."""
    ordered = _ordered(entries)
    feed = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": plain(head.language)})
    _child(feed, "id", f"{head.base}{head.path}")
    _child(feed, "title", head.title)
    _child(feed, "updated", _moment(ordered[0].updated if ordered else datetime(1970, 1, 1, tzinfo=UTC)))
    _child(feed, "link", rel="self", type="application/atom+xml", href=f"{head.base}{head.path}")
    _child(feed, "link", rel="alternate", type="text/html", href=f"{head.base}/")
    for hub in head.hubs:
        _child(feed, "link", rel="hub", href=hub)
    _child(_child(feed, "author"), "name", head.author or head.title)
    for entry in ordered:
        _atom_entry(feed, entry)
    data: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return data


def rss(entries: Iterable[Entry], head: Head) -> bytes:
    """The feed as RSS 2.0, newest change first; what RSS has no word for is said in Dublin Core and Atom."""
    ordered = _ordered(entries)
    feed = ElementTree.Element("rss", {"version": "2.0", "xmlns:atom": _ATOM, "xmlns:dc": _DUBLIN_CORE})
    channel = _child(feed, "channel")
    _child(channel, "title", head.title)
    _child(channel, "link", f"{head.base}/")
    _child(channel, "description", head.author or head.title)
    _child(channel, "language", head.language)
    if ordered:
        _child(channel, "lastBuildDate", format_datetime(ordered[0].updated.astimezone(UTC), usegmt=True))
    _child(channel, "atom:link", rel="self", type="application/rss+xml", href=f"{head.base}{head.path}")
    for hub in head.hubs:
        _child(channel, "atom:link", rel="hub", href=hub)
    for entry in ordered:
        item = _child(channel, "item")
        _child(item, "title", entry.title)
        _child(item, "link", web_link(entry.link))
        _child(item, "guid", entry.id, isPermaLink="false")
        _child(item, "pubDate", format_datetime(entry.published.astimezone(UTC), usegmt=True))
        _child(item, "dc:creator", entry.author)
        _child(item, "dc:language", entry.language)
        _child(item, "atom:updated", _moment(entry.updated))
        if entry.before:
            _child(item, "atom:link", rel="predecessor-version", href=web_link(entry.before))
        _child(item, "description", _as_html(entry.paragraphs))
    data: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return data


def json_feed(entries: Iterable[Entry], head: Head) -> bytes:
    """The feed as JSON Feed 1.1, newest change first."""
    ordered = _ordered(entries)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": plain(head.title),
        "home_page_url": f"{head.base}/",
        "feed_url": f"{head.base}{head.path}",
        "language": plain(head.language),
        "authors": [{"name": plain(head.author or head.title)}],
        **({"hubs": [{"type": "WebSub", "url": hub} for hub in head.hubs]} if head.hubs else {}),
        "items": [_json_item(entry) for entry in ordered],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode("utf-8")


def _atom_entry(feed: ElementTree.Element, entry: Entry) -> None:
    element = _child(feed, "entry")
    element.set("xml:lang", plain(entry.language))
    _child(element, "id", entry.id)
    _child(element, "title", entry.title)
    _child(element, "link", rel="alternate", type=entry.link_type, href=web_link(entry.link))
    if entry.before:
        # RFC 5829 names this relation; a reader that does not know it still shows the entry.
        _child(element, "link", rel="predecessor-version", type="text/html", href=web_link(entry.before))
    _child(element, "published", _moment(entry.published))
    _child(element, "updated", _moment(entry.updated))
    _child(_child(element, "author"), "name", entry.author)
    _child(element, "content", _as_html(entry.paragraphs), type="html")


def _json_item(entry: Entry) -> dict[str, object]:
    item: dict[str, object] = {
        "id": plain(entry.id),
        "url": web_link(entry.link),
        "title": plain(entry.title),
        "content_html": _as_html(entry.paragraphs),
        "content_text": "\n\n".join(plain(paragraph) for paragraph in entry.paragraphs),
        "date_published": _moment(entry.published),
        "date_modified": _moment(entry.updated),
        "language": plain(entry.language),
        "authors": [{"name": plain(entry.author)}],
    }
    if entry.before:
        item["_answerable"] = {"about": "the version before", "before": web_link(entry.before)}
    return item


def _child(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name, attributes)
    child.text = plain(text) or None
    return child


def _as_html(paragraphs: Sequence[str]) -> str:
    """Paragraphs as HTML in which nothing but our own p and br is markup."""
    escaped = (html.escape(plain(paragraph)).replace("\n", "<br>") for paragraph in paragraphs)
    return "".join(f"<p>{paragraph}</p>" for paragraph in escaped)


def _said(sentences: Mapping[str, str], name: str, **values: str) -> str:
    """A named sentence with its values, "" when the only text in it is empty."""
    if "text" in values and not values["text"].strip():
        return ""
    # In one pass, so that braces in a value stay braces.
    sentence = sentences.get(name, SENTENCES[name])
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), sentence)


def _tag(base: str, day: date, what: str) -> str:
    """A tag URI (RFC 4151): the host of the desk, the day, and what it is. It stays when pages move."""
    return f"tag:{urlsplit(base).hostname or 'localhost'},{day.isoformat()}:{what}"


def _ordered(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.updated, entry.id), reverse=True)


def _moment(at: datetime) -> str:
    """RFC 3339 in UTC."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
