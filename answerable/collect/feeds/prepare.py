"""Looks at a document before any parser does: its kind, what in it is forbidden, what can be mended."""

from __future__ import annotations

import re
from typing import Literal

import numpy as np

from answerable.collect import tags
from answerable.errors import SourceTrouble

Kind = Literal["feed", "json", "opml", "web_page", "other"]

_FIRST_ELEMENT = re.compile(rb"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_ENTITY = re.compile(rb"<!ENTITY\s+([^>]{0,4000})>?")
# Harmless is a name with a short plain value; anything that nests or reaches outside is not.
_SAFE_ENTITY = re.compile(rb"""[\w.:-]+\s+(?:"[^"&%<]{0,64}"|'[^'&%<]{0,64}')\s*""")
_EXTERNAL_SET = re.compile(rb"""%\s+[\w.:-]+\s+PUBLIC\s+["'][^"'&%]*["']\s+["'][^"'&%]*["']\s*""")
_MAX_ENTITIES = 300  # HTML's own list has 253
_UNFOLDED = 1 << 20  # bytes that the entities of a document may add to twice its length
_PROBE = rb"<!ENTITY +ADw- \x3c \u003c"  # says the same in every encoding that hides no sign in others
_WIDE = (
    b"\xff\xfe",
    b"\xfe\xff",
    b"\x00<",
    b"<\x00",
    b"\x00\x00",
)  # UTF-16, UTF-32
_EBCDIC = b"\x4c\x6f\xa7\x94"
_CONTROLS = bytes(code for code in range(32) if code not in (9, 10, 13))
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_STRAY = re.compile("[\udc80-\udcff]")
_NEXT_ITEM = re.compile(rb"<(?:item|entry)(?:\s[^<>]{0,400})?>\s{0,20}<(?:title|link|guid|id)[\s/>]")
_WINDOWS = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
_MAX_TAG = 60_000  # bytes of one tag
_LONG_TAG = re.compile(rb"<[A-Za-z!?/][^<>]{%d}" % _MAX_TAG)
_NO_ELEMENT = np.frombuffer(b"/!?", np.uint8)
_PART = 1 << 20  # bytes that are looked at together
_MOST_SIGNS = 400_000  # of elements and attributes; a list of 5,000 needs a quarter
_MOST_VALUES = 400_000  # of JSON
_DEEPEST_TREE = 2_000
_FEED_ROOTS = frozenset({b"rss", b"feed", b"rdf", b"channel", b"item", b"entry", b"items"})


def kind_of(body: bytes) -> Kind:
    """What the document is, by its first element or bracket; nothing is parsed."""
    head = body[:65_536].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head[:1] in (b"{", b"["):
        return "json"
    for found in _FIRST_ELEMENT.finditer(head):
        name = found[2].lower()
        if name == b"opml":
            return "opml"
        if name in _FEED_ROOTS:
            return "feed"
        if name in (b"html", b"head", b"body"):
            return "web_page"
    return "other"


def prepared(body: bytes) -> bytes:
    """The document without what no parser should see. Raises `empty_document`, `entities`, `odd_encoding`."""
    if not body.strip(b" \t\r\n\x00"):
        raise SourceTrouble("empty_document")
    refuse_entities(body)
    declared = _DECLARED.match(body[:400])
    if body.startswith(_EBCDIC) or (declared and not reads_plainly(declared[1].decode("ascii"))):
        raise SourceTrouble("odd_encoding")
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_WIDE):
        return body
    if b"\x1b$" in body and body.isascii():
        return body  # ISO-2022 switches alphabets with an escape, and is the one such encoding in seven bits
    return mended(body.translate(None, _CONTROLS))


def refuse_entities(body: bytes) -> None:
    """Refuse a document that declares entities which nest, are long, or reach outside."""
    head = body.replace(b"\x00", b"") if b"\x00" in body[:200] else body
    start = re.search(rb"<[A-Za-z_]", head)
    head = head[: start.start()] if start else head
    declared = _ENTITY.findall(head)
    if len(declared) > _MAX_ENTITIES or (b"<!ENTITY" in head and not declared):
        raise SourceTrouble("entities")
    for entity in declared:
        if not (_SAFE_ENTITY.fullmatch(entity) or _EXTERNAL_SET.fullmatch(entity)):
            raise SourceTrouble("entities")
    longest = max(map(len, declared), default=0)
    if longest and body.count(b"&") * longest > 2 * len(body) + _UNFOLDED:
        raise SourceTrouble("entities")
    # What is declared for attributes stands in every element of their name, written or not.
    if b"<!ATTLIST" in head:
        raise SourceTrouble("entities")


def reads_plainly(name: str) -> bool:
    """Whether the signs of XML stand as themselves in this encoding, so that what we look for can be found.

    In UTF-7 or EBCDIC they do not. A name that nobody knows is no encoding: UTF-8 is tried then.
    """
    if name.lower().replace("_", "-").startswith(("utf-16", "utf16", "utf-32", "utf32", "u16", "u32")):
        return True  # their signs are told by the NULs between
    try:
        return _PROBE.decode(name).replace("¥", "\\") == _PROBE.decode("ascii") and name.lower() != "idna"
    except LookupError:
        return True
    except (ValueError, TypeError, AssertionError):
        return False


def mended(body: bytes) -> bytes:
    """Re-encode the few stray bytes of a document that is UTF-8 but for them; leave all others alone.

    A single byte of Windows-1252 in a UTF-8 feed would otherwise turn every other accent of it to rubbish.
    """
    declared = _DECLARED.match(body[:400])
    if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        return body
    try:
        body.decode("utf-8")
        return body
    except UnicodeDecodeError:
        pass
    text = body.decode("utf-8", "surrogateescape")  # stray bytes become U+DC80 to U+DCFF
    # In another encoding nearly every accented piece has stray bytes; here most pieces are sound.
    stray = sound = 0
    for piece in text.split("<"):
        if not piece.isascii():
            spoilt = _STRAY.search(piece) is not None
            stray, sound = stray + spoilt, sound + (not spoilt)
    return text.translate(_WINDOWS).encode("utf-8") if sound > stray else body


def swallows_items(body: bytes) -> bool:
    """Whether a CDATA section that was never closed runs on over the items behind it."""
    at = 0
    while (start := body.find(b"<![CDATA[", at)) >= 0:
        at = body.find(b"]]>", start)
        if at < 0:
            return True
        if _NEXT_ITEM.search(body, start, at):
            return True
    return False


def refuse_trees(body: bytes) -> None:
    """Refuse what would make too big a tree: each element and attribute costs some two hundred bytes.

    `body` is what `prepared` gave.
    """
    signs = tags.signs(body)
    many = signs.count(b"<") + signs.count(b"=") > _MOST_SIGNS
    if many or has_long_tag(signs) or depth(signs) > _DEEPEST_TREE:
        raise SourceTrouble("too_much_memory")


def refuse_heavy_json(body: bytes) -> None:
    """Refuse JSON of values without words: each costs up to a hundred bytes, and an empty list is two."""
    if body.count(b",") + body.count(b"[") + body.count(b"{") > _MOST_VALUES:
        raise SourceTrouble("too_much_memory")


def has_long_tag(body: bytes) -> bool:
    """Whether one tag is longer, or holds more attributes, than any that somebody writes."""
    return bool(_LONG_TAG.search(body)) or tags.full_tag(body)


def depth(body: bytes) -> int:
    """How many elements are open at once at most, those of HTML that nobody closes among them."""
    signs = np.frombuffer(body, np.uint8)
    deepest = now = 0
    for at in range(0, len(signs) - 1, _PART):
        here, following = signs[at : at + _PART], signs[at + 1 : at + _PART + 1]
        here = here[: len(following)]
        opens = here == ord("<")
        step = opens & ~np.isin(following, _NO_ELEMENT)
        ends = (opens & (following == ord("/"))) | ((here == ord("/")) & (following == ord(">")))
        level = np.cumsum(step.astype(np.int32) - ends)
        deepest, now = max(deepest, now + int(level.max())), now + int(level[-1])
    return deepest
