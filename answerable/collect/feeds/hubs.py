"""WebSub as a subscriber speaks it (W3C Recommendation, 23 January 2018): offers, requests, signatures.

Discovery reads strangers' bytes and runs in a parse worker; everything else handles our own short texts.
"""

from __future__ import annotations

import hmac
import html
import json
import re
from collections.abc import Sequence
from urllib.parse import urlencode, urljoin

from answerable.collect.clean import web_link
from answerable.collect.feeds.prepare import refuse_heavy_json
from answerable.errors import SourceTrouble

LEASE_S = 10 * 24 * 3600  # what we ask for; the hub decides
_HEADER = re.compile(r"<([^<>]{1,2000})>([^<]{0,500})")
_REL = re.compile(r"""\brel\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;,>]+))""", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_LINK = re.compile(r"<(?:[A-Za-z][\w.-]{0,20}:)?link\b([^<>]{1,3000})>", re.IGNORECASE)
_MOST = 200  # links of a document that are looked at: hub and self stand in its head
_HASHES = frozenset({"sha1", "sha256", "sha384", "sha512"})


def advertised(body: bytes, *, url: str = "", link: str = "") -> Sequence[str]:
    """(hub, topic) where a feed offers WebSub, else nothing. The header `link` goes before the document."""
    found = _of_header(link)
    if "hub" not in found:
        found = {**_of_document(body), **found}
    hub = web_link(urljoin(url, found.get("hub", "")))
    topic = web_link(urljoin(url, found.get("self", url)))
    return [hub, topic] if "hub" in found and hub and topic else []


def _of_header(link: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for target, rest in _HEADER.findall(link[:20_000]):
        _take(found, rest, target)
    return found


def _of_document(body: bytes) -> dict[str, str]:
    text = body[:200_000].decode("utf-8", "replace")
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return _of_json(body)
    found: dict[str, str] = {}
    for tag in _LINK.findall(text)[:_MOST]:
        if href := _HREF.search(tag):
            _take(found, tag, html.unescape(href[1] or href[2] or ""))
    return found


def _of_json(body: bytes) -> dict[str, str]:
    try:
        refuse_heavy_json(body)
        feed = json.loads(body)
    except (ValueError, RecursionError, SourceTrouble):
        return {}
    found: dict[str, str] = {}
    hubs = feed.get("hubs") if isinstance(feed, dict) else None
    for hub in hubs if isinstance(hubs, list) else []:
        if isinstance(hub, dict) and hub.get("type") == "WebSub" and isinstance(hub.get("url"), str):
            found.setdefault("hub", hub["url"])
    if found and isinstance(feed.get("feed_url"), str):
        found["self"] = feed["feed_url"]
    return found


def _take(found: dict[str, str], attributes: str, target: str) -> None:
    rel = _REL.search(attributes)
    for name in (next(filter(None, rel.groups()), "") if rel else "").lower().split():
        if name in ("hub", "self"):
            found.setdefault(name, target.strip())


def subscription(topic: str, callback: str, secret: str) -> bytes:
    """The body of a request to a hub (section 5.1)."""
    asked = {
        "hub.mode": "subscribe",
        "hub.topic": topic,
        "hub.callback": callback,
        "hub.secret": secret,
        "hub.lease_seconds": str(LEASE_S),
    }
    return urlencode(asked).encode("ascii")


def is_signed(secret: str, body: bytes, header: str) -> bool:
    """Whether `X-Hub-Signature` says that whoever knows the secret wrote this (section 7.1)."""
    method, _, given = header.strip().partition("=")
    if method not in _HASHES:
        return False
    wanted = hmac.new(secret.encode("ascii"), body, method).hexdigest()
    return hmac.compare_digest(wanted.encode("ascii"), given.lower().encode("utf-8", "replace"))
