"""Reads OPML: the list of feeds that a reader exports (http://opml.org/spec2.opml)."""

from __future__ import annotations

import re

from lxml import etree  # type: ignore[import-untyped]

from answerable.collect.clean import web_link
from answerable.collect.feeds.entry import Entry
from answerable.collect.feeds.prepare import prepared, refuse_trees
from answerable.errors import SourceTrouble

_MAX_FEEDS = 5_000
_FEED_ADDRESS = re.compile(r"^feed:(?://(?!/))?(?=.)")


def read(body: bytes) -> list[Entry]:
    """One entry for each feed: its name as title, its address as id and link. Raises SourceTrouble."""
    body = prepared(body)
    refuse_trees(body)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceTrouble("not_a_feed") from error
    # Not by QName: a mended document may have names that are none.
    if root is None or str(root.tag).rpartition("}")[2].lower() != "opml":
        raise SourceTrouble("not_a_feed")
    feeds: dict[str, str] = {}
    for outline in root.iter("outline"):
        try:
            written = {str(name).lower(): str(value) for name, value in outline.attrib.items()}
        except UnicodeDecodeError:
            continue  # bytes that are no text cost their own outline alone
        address = web_link(_address(written.get("xmlurl", "")))
        if address and len(feeds) < _MAX_FEEDS:
            feeds.setdefault(address, written.get("title") or written.get("text") or "")
    return [
        Entry(id=address, title=title, text="", link=address, author="", language="", published="")
        for address, title in feeds.items()
    ]


def _address(written: str) -> str:
    rest = _FEED_ADDRESS.sub("", written.strip())  # feed:https://… and feed://host/…
    return rest if "://" in rest or not rest else f"http://{rest}"
