"""Reads a feed with feedparser, which finds something in nearly everything. Slow: the caller sets a limit."""

from __future__ import annotations

import io
from collections.abc import Mapping
from time import struct_time
from typing import Any
from xml.sax import SAXException

import feedparser

from answerable.collect.feeds.entry import Entry, moment
from answerable.collect.feeds.markup import plain_text


def read(body: bytes, url: str, content_type: str) -> tuple[list[Entry], bool, bool]:
    """The entries, whether the XML was damaged, and whether the document is a feed at all.

    `url` and `content_type` are the HTTP answer's, for relative links and the charset ("" when unknown).
    """
    headers = {"content-location": url, "content-type": content_type}
    found = feedparser.parse(
        io.BytesIO(body),
        response_headers={name: value for name, value in headers.items() if value},
        # We keep plain text, so cleaning the markup and its links first would triple the time for nothing.
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    language = _text(found.feed.get("language"))
    entries = [_entry(entry, language) for entry in found.entries]
    damaged = bool(found.bozo) and isinstance(found.get("bozo_exception"), SAXException)
    return entries, damaged, bool(found.version or found.entries)


def _entry(entry: dict[str, Any], language: str) -> Entry:
    content = _content(entry)
    return Entry(
        id=_text(entry.get("id")),
        title=_plain(_detail(entry, "title")),
        text=_plain(content),
        link=_text(entry.get("link")),
        author=_text(entry.get("author")),
        language=_text(content.get("language")) or _text(_detail(entry, "title").get("language")) or language,
        # Asked as a plain mapping: feedparser's own `get` answers with another field, and warns about it.
        published=_moment(dict.get(entry, "published_parsed")) or _moment(dict.get(entry, "updated_parsed")),
    )


def _content(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fullest text that the entry carries: its content in words, else its summary."""
    contents = [part for part in entry.get("content") or () if _text(part.get("value"))]
    words = [part for part in contents if _text(part.get("type")).endswith(("html", "xhtml+xml", "plain"))]
    best: Mapping[str, Any] = (words or contents or [_detail(entry, "summary")])[0]
    return best


def _detail(entry: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    # The value and its detail can come from two elements of the same name; the value is the one that counts.
    detail = entry.get(f"{name}_detail")
    return {**(detail if isinstance(detail, Mapping) else {}), "value": entry.get(name)}


def _plain(detail: Mapping[str, Any]) -> str:
    value = _text(detail.get("value"))
    return value.strip() if detail.get("type") == "text/plain" else plain_text(value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _moment(when: struct_time | None) -> str:
    return moment(*when[:6]) if when else ""
