"""From a document to its entries: fast where that is sure, tolerant elsewhere, item by item as a last resort.

Runs in a parse worker. What feedparser finds in a sound document is what comes out.
"""

from __future__ import annotations

import re

from answerable.collect import tags
from answerable.collect.feeds import fast, json_feed, salvage, tolerant
from answerable.collect.feeds.entry import Entry
from answerable.collect.feeds.prepare import (
    depth,
    has_long_tag,
    kind_of,
    prepared,
    reads_plainly,
    swallows_items,
)
from answerable.collect.patience import ImpatientError, limited
from answerable.errors import SourceTrouble

_PATIENCE_S = (
    0.8  # processor time for the tolerant parser; what is left of the worker's 2 s is for the salvage
)
_MOST_TAGS = 200_000  # of a document that feedparser may see; it would need ten times its time for more
_DEEPEST = 20_000  # elements inside one another, or never closed, in a document that feedparser may see
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")


def read(body: bytes, *, url: str = "", content_type: str = "") -> list[Entry]:
    """All entries of an RSS, Atom, RDF or JSON Feed.

    `url` and `content_type` come from the HTTP answer. Raises SourceTrouble: `not_a_feed`, `web_page`,
    `entities`, `odd_encoding`, `empty_document`.
    """
    if not reads_plainly(_charset(content_type) or "utf-8"):
        raise SourceTrouble("odd_encoding")
    kind = kind_of(body)
    if kind == "json":
        return json_feed.read(body)
    body = prepared(body)
    if len(body) >= fast.WORTH_IT and (entries := fast.read(body, content_type)) is not None:
        return entries
    entries, damaged, known = _tolerant(body, url, content_type)
    if damaged or swallows_items(body):
        entries = _completed(entries, salvage.read(_text(body, content_type), judge=bool(entries)))
    if entries or known or kind == "feed":
        return entries
    raise SourceTrouble("web_page" if kind == "web_page" else "not_a_feed")


def _tolerant(body: bytes, url: str, content_type: str) -> tuple[list[Entry], bool, bool]:
    """As `tolerant.read`; when it would take too long, nothing and "damaged"."""
    signs = tags.signs(body)
    if signs.count(b"<") > _MOST_TAGS or depth(signs) > _DEEPEST or has_long_tag(signs):
        return [], True, False
    try:
        return limited(lambda: tolerant.read(body, url, content_type), _PATIENCE_S)
    except (ImpatientError, RecursionError):
        return [], True, False
    except Exception:  # noqa: BLE001 - a parser that fails on damage must not cost the good items
        return [], True, False


def _completed(entries: list[Entry], found: list[salvage.Found]) -> list[Entry]:
    """The tolerant parser's entries; when it lost or mixed up a good item, the salvaged ones beside them."""
    by_face: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        by_face.setdefault(_face(entry), entry)
    lost = [block for block in found if block.good and _face(block.entry) not in by_face]
    if not lost and len(entries) >= sum(block.good for block in found):
        return entries
    return [by_face.get(_face(block.entry), block.entry) for block in found]


def _face(entry: Entry) -> tuple[str, str]:
    """What two readings of one item must agree on."""
    return " ".join(entry["title"].split()), entry["link"].strip()


def _charset(content_type: str) -> str:
    return content_type.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")


def _text(body: bytes, content_type: str) -> str:
    charset = _charset(content_type)
    declared = _DECLARED.match(body[:400])
    for name in (charset, declared[1].decode("ascii") if declared else "", "utf-8"):
        try:
            return body.decode(name) if name else body.decode("utf-8-sig")
        except (LookupError, UnicodeDecodeError):
            continue
    return body.decode("cp1252", "replace")
