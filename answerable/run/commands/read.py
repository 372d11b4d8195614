"""`answerable read URL|FILE`: parse one source and print its items as JSON lines. Touches no data folder."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from answerable import settings
from answerable.collect.clean import one_line
from answerable.collect.collector import Batch
from answerable.collect.door import admit
from answerable.collect.feeds.entry import Entry
from answerable.collect.keys import SourceKeys
from answerable.collect.sniff import form_of
from answerable.collect.workers import ParsePool
from answerable.errors import BadInput, SourceTrouble
from answerable.records import Incoming, Item, Rejected, SourceClass, SourceFacts
from answerable.run.output import emit_json, say

_MAX_DOCUMENT = 10 * 1024 * 1024  # bytes, as for a document that is fetched
_SHOWN = 50  # rejected entries that are listed; the rest are counted
# Nothing is kept, so names of outlets and people are treated alike: addresses show, mentions are masked.
_ON_SCREEN = SourceFacts(id=0, kind="read", address="", source_class=SourceClass.OUTLET)


def main(args: argparse.Namespace) -> int:
    """Print what was found; exit 2 when nothing is usable, 3 when entries were rejected."""
    found = (
        _from_address(args.source)
        if _is_address(args.source)
        else _from_file(Path(args.source), args.map, args.zone)
    )
    shown, rejected = _show(found)
    for entry in rejected[:_SHOWN]:
        say(f"{entry.where}: {entry.code}")
    if len(rejected) > _SHOWN:
        say(f"and {len(rejected) - _SHOWN} more were rejected.")
    if not shown:
        raise BadInput(f"Nothing in {args.source} can be used: it has no entries that could be read.")
    return 3 if rejected else 0


def _is_address(source: str) -> bool:
    try:
        return len(urlsplit(source).scheme) > 1 and "://" in source and not Path(source).exists()
    except (ValueError, OSError):
        return False


def _from_address(url: str) -> Iterator[tuple[str, Incoming | Rejected]]:
    with ParsePool(1) as pool:
        from answerable.collect.fetch import Fetcher

        ours = settings.load()
        answer = Fetcher(allow_private=ours.allow_private, authorities=ours.ca_file).get(url)
        yield from _entries(pool, answer.body, url=answer.url, content_type=answer.content_type)


def _from_file(path: Path, mapping: str, zone: str) -> Iterator[tuple[str, Incoming | Rejected]]:
    if not path.is_file():
        raise BadInput(
            f"There is no file {path}; give a file, or an address that begins with http:// or https://."
        )
    if form_of(path) == "rows":
        from answerable.collect.files import FileCollector, Mapping
        from answerable.collect.files.times import read_zone

        names = Mapping.parse(mapping) if mapping else None
        collector = FileCollector(_ON_SCREEN, path, names, zone=read_zone(zone), keep_empty=True)
        yield from _rows(batch for batch, _ in collector.collect({}))
        return
    with ParsePool(1) as pool:
        yield from _entries(pool, _document(path))


def _document(path: Path) -> bytes:
    from answerable.collect.unpack import gunzipped

    with path.open("rb") as file:
        body = file.read(_MAX_DOCUMENT + 1)
    if body.startswith(b"\x1f\x8b"):
        unpacked = bytearray()
        for part in gunzipped([body], _MAX_DOCUMENT):
            unpacked += part
            if len(unpacked) > _MAX_DOCUMENT:
                break
        body = bytes(unpacked)
    if len(body) > _MAX_DOCUMENT:
        raise SourceTrouble("too_big", limit_mb=_MAX_DOCUMENT >> 20)
    return body


def _entries(
    pool: ParsePool, body: bytes, *, url: str = "", content_type: str = ""
) -> Iterator[tuple[str, Incoming | Rejected]]:
    from answerable.collect.feeds.collector import messages
    from answerable.collect.feeds.prepare import kind_of

    if kind_of(body) == "opml":
        found = pool.run("opml", body)
    else:
        found = pool.run("feed", body, url=url, content_type=content_type)
    for number, message in enumerate(messages(cast("list[Entry]", found)), start=1):
        yield f"entry {number}", message


def _rows(batches: Iterable[Batch]) -> Iterator[tuple[str, Incoming | Rejected]]:
    for batch in batches:
        yield from (("a row", found) for found in batch if isinstance(found, Incoming | Rejected))


def _show(found: Iterable[tuple[str, Incoming | Rejected]]) -> tuple[int, list[Rejected]]:
    keys = SourceKeys.throwaway()
    shown, rejected = 0, list[Rejected]()
    for where, entry in found:
        if isinstance(entry, Rejected):
            rejected.append(entry)
            continue
        item = admit(entry, _ON_SCREEN, keys, heard=datetime.now(UTC), where=where, keep_empty=True)
        if isinstance(item, Rejected):
            rejected.append(item)
            continue
        emit_json(_line(entry, item))
        shown += 1
    return shown, rejected


def _line(found: Incoming, item: Item) -> dict[str, object]:
    line: dict[str, object] = {
        "id": one_line(found.external_id),
        "title": item.title,
        "text": item.text,
        "link": item.link,
        # A time that the source does not give is not made up here; the desk would take the time it heard.
        "published": item.published.isoformat() if found.published else None,
        "language": item.language,
    }
    if not (item.text or item.title or item.link):
        line["empty"] = True
    return line
