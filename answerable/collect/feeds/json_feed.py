"""Reads JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/), also a damaged one item by item."""

from __future__ import annotations

import json
import re
from typing import Any

from answerable.collect.feeds.entry import Entry, iso_moment
from answerable.collect.feeds.markup import plain_text
from answerable.collect.feeds.prepare import refuse_heavy_json
from answerable.errors import SourceTrouble

_ITEMS = re.compile(r'"items"\s*:\s*\[')
_MAX_MENDS = 200  # broken places looked behind, so that a document full of brackets costs no time


def read(body: bytes) -> list[Entry]:
    """The items of a JSON Feed. Raises SourceTrouble `not_a_feed` when it is other JSON."""
    refuse_heavy_json(body)
    text = body.decode("utf-8-sig", "replace")
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return [_entry(item, "") for item in _salvaged(text)]
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list) or not ("version" in document or "title" in document):
        raise SourceTrouble("not_a_feed")
    language = _text(document.get("language"))
    return [_entry(item, language) for item in items if isinstance(item, dict)]


def _salvaged(text: str) -> list[dict[str, Any]]:
    start = _ITEMS.search(text)
    if not start or "version" not in text[: start.start() + 2_000]:
        raise SourceTrouble("not_a_feed")
    decoder, found, at, mends = json.JSONDecoder(), [], start.end(), 0
    while mends < _MAX_MENDS and (brace := text.find("{", at)) >= 0:
        try:
            item, at = decoder.raw_decode(text, brace)
        except (ValueError, RecursionError):
            at, mends = brace + 1, mends + 1
        else:
            found.append(item)
    # An object nested in a broken item (an author, an attachment) is no item of its own.
    return [item for item in found if any(name in item for name in ("content_html", "content_text", "title"))]


def _entry(item: dict[str, Any], language: str) -> Entry:
    markup = _text(item.get("content_html"))
    return Entry(
        id=_text(item.get("id")),
        title=_text(item.get("title")).strip(),
        text=plain_text(markup)
        if markup
        else _text(item.get("content_text")) or plain_text(_text(item.get("summary"))),
        link=_text(item.get("url")) or _text(item.get("external_url")),
        author=_author(item),
        language=_text(item.get("language")) or language,
        published=iso_moment(_text(item.get("date_published")))
        or iso_moment(_text(item.get("date_modified"))),
    )


def _author(item: dict[str, Any]) -> str:
    authors = item.get("authors")
    first = authors[0] if isinstance(authors, list) and authors else item.get("author")
    return _text(first.get("name")) or _text(first.get("url")) if isinstance(first, dict) else ""


def _text(value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""
