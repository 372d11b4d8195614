"""Lists as files: CSV and JSON lines, streamed. Formulas are made harmless; exercise rows say so."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping

from django.http import Http404, StreamingHttpResponse

from answerable.store.reading.items import ItemSeen
from answerable.store.reading.stories import StoryLine
from answerable.store.stream import from_ms
from answerable.web.request import Request

Row = Mapping[str, str | int | float | bool | None]

KINDS = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl; charset=utf-8"}
# What spreadsheets take for the start of a formula (OWASP, "CSV Injection")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def stream(request: Request, kind: str, name: str, rows: Iterable[Row]) -> StreamingHttpResponse:
    """The rows as a download; `kind` is csv or jsonl."""
    if kind not in KINDS:
        raise Http404
    mark = "exercise-" if request.exercise else ""
    body = _csv(rows) if kind == "csv" else _jsonl(rows)
    response = StreamingHttpResponse(body, content_type=KINDS[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{mark}{name}.{kind}"'
    return response


def harmless(cell: object) -> object:
    """A cell that a spreadsheet shows and does not compute."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA):
        return "'" + cell
    return cell


def _csv(rows: Iterable[Row]) -> Iterator[bytes]:
    """RFC 4180, with a byte order mark because spreadsheets guess Chinese wrongly without one."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    head: list[str] = []
    for row in rows:
        if not head:
            head = list(row)
            buffer.write("\ufeff")
            writer.writerow(head)
        writer.writerow([harmless(row[name]) for name in head])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def _jsonl(rows: Iterable[Row]) -> Iterator[bytes]:
    for row in rows:
        yield (json.dumps(row, ensure_ascii=False) + "\n").encode()


def item_rows(items: Iterable[ItemSeen]) -> Iterator[Row]:
    """Items as pages show them: never an author, never the link of a private post."""
    for item in items:
        yield {
            "id": item.id,
            "story": item.story,
            "published": from_ms(item.published).isoformat(),
            "language": item.language,
            "source": item.source_name,
            "source_class": item.source_class,
            "title": item.title,
            "text": item.text,
            "link": item.link,
            "duplicate_of": item.duplicate_of,
            "exercise": item.exercise,
        }


def story_rows(lines: Iterable[StoryLine], *, exercise: bool) -> Iterator[Row]:
    """Stories with their counts."""
    for line in lines:
        yield {
            "id": line.id,
            "heading": line.heading.headline if line.heading else "",
            "heading_item": line.heading.id if line.heading else None,
            "items": line.items,
            "items_24_hours": line.recent,
            "items_last_hour": line.speed,
            "first_seen": from_ms(line.first_seen).isoformat(),
            "last_seen": from_ms(line.last_seen).isoformat(),
            "languages": json.dumps(dict(line.languages), sort_keys=True),
            "incident": line.incident.id if line.incident else None,
            "exercise": exercise,
        }
