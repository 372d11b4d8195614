"""The ledger, open to anybody: its daily heads, its entries page by page, and all of it as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from django.http import HttpResponse, StreamingHttpResponse

from answerable.store.reading import public_register
from answerable.store.reading.public_register import EntrySeen
from answerable.web.pages import render
from answerable.web.request import Request

_PAGE = 50


def page(request: Request) -> HttpResponse:
    """GET /transparency/?before=1200"""
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 16 else None
    entries = public_register.ledger_entries(before, _PAGE + 1)
    return render(
        request,
        "public/transparency.html",
        {
            "heads": public_register.heads(14),
            "entries": entries[:_PAGE],
            "older": entries[_PAGE - 1].id if len(entries) > _PAGE else None,
            "before": before,
            "last": public_register.last_ledger_entry(),
        },
    )


def export(_request: Request) -> StreamingHttpResponse:
    """GET /transparency/ledger.jsonl: oldest first, one entry a line, so that anybody can verify it."""
    response = StreamingHttpResponse(_rows(), content_type="application/x-ndjson; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="ledger.jsonl"'
    return response


def heads_export(_request: Request) -> HttpResponse:
    """GET /transparency/heads.json: every head as it went out."""
    heads = [
        {"day": head.day.isoformat(), "row": head.row, "hash": head.hash, "at": _stamp(head.at)}
        for head in public_register.heads(None)
    ]
    return HttpResponse(json.dumps(heads, indent=1), content_type="application/json")


def _rows() -> Iterator[str]:
    for entry in public_register.whole_ledger():
        yield json.dumps(_row(entry), sort_keys=True) + "\n"


def _row(entry: EntrySeen) -> dict[str, object]:
    return {
        "id": entry.id,
        "at": _stamp(entry.at),
        "actor": entry.actor,
        "action": entry.action,
        "kind": entry.kind,
        "object": entry.object,
        "reason": entry.reason,
        "content_hash": entry.content_hash,
        "previous": entry.previous,
        "hash": entry.hash,
    }


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
