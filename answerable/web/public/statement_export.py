"""Every published statement with every version, one a line: a copy of what we said, for anybody to keep."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime

from django.http import StreamingHttpResponse

from answerable.store.reading import public_statements
from answerable.web.request import Request


def export(_request: Request) -> StreamingHttpResponse:
    """GET /statements/export.jsonl: oldest first."""
    response = StreamingHttpResponse(_rows(), content_type="application/x-ndjson; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="statements.jsonl"'
    return response


def _rows() -> Iterator[str]:
    for number in public_statements.numbers():
        statement = public_statements.statement(number)
        if statement is not None:
            yield json.dumps(asdict(statement), default=_plain, ensure_ascii=False, sort_keys=True) + "\n"


def _plain(value: object) -> str:
    if not isinstance(value, datetime):
        raise TypeError(f"{value!r} has no place in an export")
    return value.astimezone(UTC).isoformat()
