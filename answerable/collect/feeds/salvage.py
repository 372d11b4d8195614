"""The last resort for damaged XML: cuts out each item or entry and reads it alone, in linear time.

An item is good when it is whole and well-formed by itself; a good item is never lost to its neighbours.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]

from answerable.collect.feeds.dates import any_moment
from answerable.collect.feeds.entry import Entry
from answerable.collect.feeds.markup import plain_text

_OPEN = re.compile(r"<((?:[\w.-]{1,40}:)?(?:item|entry))(?=[\s>])[^<>]{0,4000}>", re.IGNORECASE)
_FIELDS = {
    "title": "title",
    "link": "link",
    "guid": "id",
    "id": "id",
    "pubdate": "published",
    "published": "published",
    "issued": "published",
    "dc:date": "updated",
    "updated": "updated",
    "modified": "updated",
    "content:encoded": "content",
    "content": "content",
    "description": "summary",
    "summary": "summary",
    "author": "author",
    "dc:creator": "author",
}
_FIELD = re.compile(
    rf"<({'|'.join(map(re.escape, _FIELDS))})(?=[\s/>])([^<>]{{0,4000}}?)(/?)>", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"""([\w:-]{1,40})\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))""")
_LONG = ("content", "summary", "author")
_MAX_FIELDS = 60  # of one item; more is no item but an attack on our time
_CDATA = "<![CDATA["
_NAME = re.compile(r"<name[^<>]{0,200}>([^<]*)</name", re.IGNORECASE)
_PREFIX = re.compile(r"</?([A-Za-z_][\w.-]{0,40}):|\s([A-Za-z_][\w.-]{0,40}):[\w.-]{1,40}\s*=")


@dataclass(frozen=True, slots=True)
class Found:
    """One block, and whether it is whole and well-formed by itself."""

    entry: Entry
    good: bool


def read(text: str, *, judge: bool = True) -> list[Found]:
    """All items of a damaged feed that say anything at all, in their order.

    Without `judge` every whole block counts as good: there is nothing to compare it with.
    """
    openings = list(_OPEN.finditer(text))
    ends = [*(opening.start() for opening in openings[1:]), len(text)]
    blocks = (_block(text, opening, end, judge) for opening, end in zip(openings, ends, strict=False))
    return [found for found in blocks if any(found.entry[name] for name in ("title", "text", "link", "id"))]


def _block(text: str, opening: re.Match[str], end: int, judge: bool) -> Found:
    closing = text.find(f"</{opening[1]}>", opening.end(), end)
    inside = text[opening.end() : closing if closing >= 0 else end]
    if ":" in opening[1]:
        prefix = opening[1].partition(":")[0]
        inside = inside.replace(f"<{prefix}:", "<").replace(f"</{prefix}:", "</")
    return Found(_entry(inside), closing >= 0 and (not judge or _well_formed(inside)))


def _well_formed(inside: str) -> bool:
    """Whether the block stands by itself, whatever its prefixes mean and whatever named entities it uses."""
    prefixes = {first or second for first, second in _PREFIX.findall(inside)} - {"xml", "xmlns"}
    spaces = "".join(f' xmlns:{prefix}="x:{prefix}"' for prefix in sorted(prefixes)[:50])
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        etree.fromstring(f"<x{spaces}>{inside}</x>".encode(), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError, ValueError):
        return False
    return True


def _entry(inside: str) -> Entry:
    values: dict[str, str] = {}
    kinds: dict[str, str] = {}
    at = 0
    for _ in range(_MAX_FIELDS):
        if not (opening := _FIELD.search(inside, at)):
            break
        name, attributes = opening[1].lower(), _attributes(opening[2])
        raw, at = ("", opening.end()) if opening[3] else _content(inside, opening)
        field = _FIELDS[name]
        if field == "link":
            raw = _link(raw, attributes, values)
        if raw and not values.get(field):
            values[field], kinds[field] = raw, attributes.get("type", "")
    link = values.get("link", "")
    guid = values.get("id", "")
    return Entry(
        id=guid,
        title=plain_text(values.get("title", "")),
        text=plain_text(values.get("content") or values.get("summary") or ""),
        link=link or (guid if guid.startswith(("http://", "https://")) else ""),
        author=_author(values.get("author", "")),
        language="",
        published=any_moment(values.get("published", "")) or any_moment(values.get("updated", "")),
    )


def _author(raw: str) -> str:
    name = _NAME.search(raw)
    return plain_text(name[1] if name else raw)


def _attributes(written: str) -> dict[str, str]:
    return {
        name.lower(): html.unescape(double or single or bare)
        for name, double, single, bare in _ATTRIBUTE.findall(written)
    }


def _link(raw: str, attributes: dict[str, str], values: dict[str, str]) -> str:
    if attributes.get("rel", "alternate") != "alternate" or values.get("link"):
        return ""
    return attributes.get("href", "").strip() or raw


def _content(inside: str, opening: re.Match[str]) -> tuple[str, int]:
    """What stands in an element, and where to go on: at its end tag, else at the next element we know."""
    first = opening.end()
    if inside[first : first + 200].lstrip().startswith(_CDATA):
        first = inside.index(_CDATA, first) + len(_CDATA)
        closing = inside.find("]]>", first)
        if closing >= 0:
            return inside[first:closing].strip(), closing + 3
    closing = inside.find(f"</{opening[1]}", first)
    if closing < 0 or _FIELDS[opening[1].lower()] not in _LONG:
        # A short field that holds another field was never closed; a long one may hold anything.
        following = _FIELD.search(inside, first, closing if closing >= 0 else len(inside))
        if following:
            closing = following.start()
    closing = len(inside) if closing < 0 else closing
    raw = inside[first:closing]
    return (raw if "<" in raw else html.unescape(raw)).strip(), closing
