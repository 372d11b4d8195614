"""Open311 GeoReport v2 as it is written: the same rows as XML (which the standard asks for) and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal

from django.http import Http404, HttpResponse
from lxml import etree  # type: ignore[import-untyped]

Value = str | int | float | bool | None
Row = Mapping[str, Value]
KINDS = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
# (element around all, element around each)
SERVICES = ("services", "service")
REQUESTS = ("service_requests", "request")
ERRORS = ("errors", "error")


def answer(form: str, names: tuple[str, str], rows: Sequence[Row], *, status: int = 200) -> HttpResponse:
    """The rows in the format that was asked for; Http404 for a format the standard does not know."""
    if form not in KINDS:
        raise Http404
    if form == "json":
        return _response(json.dumps([dict(row) for row in rows], ensure_ascii=False), "json", status)
    root = etree.Element(names[0])
    for row in rows:
        one = etree.SubElement(root, names[1])
        for name, value in row.items():
            etree.SubElement(one, name).text = _text(value)
    return _response(etree.tostring(root, encoding="utf-8", xml_declaration=True), "xml", status)


def definition(form: str, code: str) -> HttpResponse:
    """A service without attributes of its own."""
    if form not in KINDS:
        raise Http404
    if form == "json":
        return _response(json.dumps({"service_code": code, "attributes": []}), "json", 200)
    root = etree.Element("service_definition")
    etree.SubElement(root, "service_code").text = code
    etree.SubElement(root, "attributes")
    return _response(etree.tostring(root, encoding="utf-8", xml_declaration=True), "xml", 200)


def discovery(form: str, facts: Row, endpoint: Row) -> HttpResponse:
    """Where the endpoint is and what it speaks."""
    if form not in KINDS:
        raise Http404
    formats = [KINDS["xml"].partition(";")[0], KINDS["json"].partition(";")[0]]
    if form == "json":
        return _response(json.dumps({**facts, "endpoints": [{**endpoint, "formats": formats}]}), "json", 200)
    root = etree.Element("discovery")
    for name, value in facts.items():
        etree.SubElement(root, name).text = _text(value)
    one = etree.SubElement(etree.SubElement(root, "endpoints"), "endpoint")
    for name, value in endpoint.items():
        etree.SubElement(one, name).text = _text(value)
    listed = etree.SubElement(one, "formats")
    for name in formats:
        etree.SubElement(listed, "format").text = name
    return _response(etree.tostring(root, encoding="utf-8", xml_declaration=True), "xml", 200)


def trouble(form: str, status: int, sentence: str) -> HttpResponse:
    """An error as the standard writes it."""
    row: Row = {"code": status, "description": sentence}
    return answer(form if form in KINDS else "xml", ERRORS, [row], status=status)


def moment(at: datetime | None) -> str | None:
    """ISO 8601 with a zone, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if at else None


def _text(value: Value) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def _response(body: str | bytes, form: Literal["xml", "json"], status: int) -> HttpResponse:
    response = HttpResponse(body, status=status, content_type=KINDS[form])
    response.headers["Cache-Control"] = "no-store"
    return response
