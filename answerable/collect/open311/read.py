"""Reads a list of service requests, XML or JSON, as GeoReport v2 writes it. Runs in a parse worker.

What is not a request in it is left out; a document that is no such list raises SourceTrouble.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, TypedDict

from lxml import etree  # type: ignore[import-untyped]

from answerable.collect.feeds.prepare import prepared, refuse_heavy_json, refuse_trees
from answerable.errors import SourceTrouble

MOST = 5_000  # requests of one answer; the standard gives a thousand
_FIELDS = (
    "service_request_id",
    "service_name",
    "service_code",
    "description",
    "address",
    "requested_datetime",
    "updated_datetime",
)


class Request(TypedDict):
    """One service request; "" where the server says nothing."""

    id: str
    service: str
    text: str
    address: str
    requested: str  # ISO 8601 with a zone
    updated: str


def read(body: bytes) -> list[Request]:
    """The requests, in their order. Raises SourceTrouble `not_open311`, `entities`, `empty_document`."""
    head = body[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    rows = _json(body) if head[:1] in (b"[", b"{") else _xml(body)
    return [_request(row) for _, row in zip(range(MOST), rows, strict=False)]


def _xml(body: bytes) -> Iterator[Mapping[str, Any]]:
    body = prepared(body)
    refuse_trees(body)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceTrouble("not_open311") from error
    if root is None or _name(root) != "service_requests":
        raise SourceTrouble("not_open311")
    for one in root:
        if _name(one) == "request":
            yield {_name(part): _said(part) for part in one}


def _json(body: bytes) -> Iterable[Mapping[str, Any]]:
    refuse_heavy_json(body)
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise SourceTrouble("not_open311") from error
    if isinstance(found, dict):  # some servers wrap the list
        found = found.get("service_requests", found.get("requests"))
    if not isinstance(found, list):
        raise SourceTrouble("not_open311")
    return [row for row in found if isinstance(row, dict)]


def _request(row: Mapping[str, Any]) -> Request:
    given = {name: _words(row.get(name)) for name in _FIELDS}
    return Request(
        id=given["service_request_id"][:200],
        service=given["service_name"] or given["service_code"],
        text=given["description"],
        address=given["address"],
        requested=_moment(given["requested_datetime"]),
        updated=_moment(given["updated_datetime"]),
    )


def _words(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()[:40_000]


def _moment(given: str) -> str:
    """The standard asks for a zone; UTC where a server leaves it out, "" for what is no time."""
    try:
        at = datetime.fromisoformat(given)
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        return at.astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return ""


def _name(element: Any) -> str:
    """Its name without namespace; not by QName, because a mended document may have names that are none."""
    try:
        return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    except UnicodeDecodeError:
        return ""


def _said(element: Any) -> str:
    """Its text; bytes that are none cost this element alone."""
    try:
        return element.text or ""
    except UnicodeDecodeError:
        return ""
