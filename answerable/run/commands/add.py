"""`answerable add URL`: one guarded look at the address, then listen to it. OPML lists are added whole."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from answerable.collect.fetch import Answer, Fetcher
from answerable.collect.mailbox.place import is_mailbox
from answerable.collect.workers import ParsePool
from answerable.errors import BadInput, Conflict, SourceTrouble
from answerable.run.cli import SOCIAL
from answerable.run.commands import add_mailbox
from answerable.run.output import emit_json, say
from answerable.run.start import django
from answerable.settings import Settings
from answerable.store import sources
from answerable.store.models import Drill, Source

PURPOSE = "Hear early what people need from us"
LIST_ACCEPT = "text/x-opml, application/atom+xml, application/rss+xml, application/feed+json, */*;q=0.5"


def main(args: argparse.Namespace) -> int:
    """Add; exit 2 when the address is no feed, 3 when a part of a list could not be added."""
    if args.as_kind:
        from answerable.run.commands import add_kind

        return add_kind.main(args)
    if args.kind == "open311":
        from answerable.run.commands import add_open311

        return add_open311.main(args)
    if args.kind or args.url in SOCIAL:
        from answerable.run.commands import add_social

        return add_social.main(args)
    settings = django()
    if is_mailbox(args.url):
        return add_mailbox.add(args, settings)
    answer, entries, feeds = _look(args.url, settings)
    wanted = feeds or {answer.moved_to or args.url: args.name or _called(args.url)}
    first = sources.is_first_real()
    added: list[Source] = []
    refused: list[str] = []
    for address, name in wanted.items():
        try:
            added.append(add_source("feeds", address, name or _called(address), args, settings))
        except (Conflict, BadInput) as error:
            if not feeds:
                raise BadInput(str(error)) from error
            refused.append(f"{address}: {error}")
    tell(args, added, refused, None if feeds else len(entries))
    if first and added and Drill.objects.exists():
        say("The drill is still here; remove it with `answerable drill --wipe` now that real sources begin.")
    return 3 if refused and added else 2 if refused else 0


def _look(url: str, settings: Settings) -> tuple[Answer, list[Any], Mapping[str, str]]:
    """The answer with its entries, or with the feeds of an OPML list. Raises SourceTrouble."""
    answer = Fetcher(allow_private=settings.allow_private, authorities=settings.ca_file).get(
        url, accept=LIST_ACCEPT
    )
    with ParsePool(1) as pool:
        if b"<opml" in answer.body[:4096].lower():
            listed: list[Any] = pool.run("opml", answer.body)
            if not listed:
                raise SourceTrouble("not_a_feed")
            return answer, [], {feed["link"]: feed["title"] for feed in listed}
        found = pool.run("feed", answer.body, url=answer.url, content_type=answer.content_type)
    return answer, list(found), {}


def _called(url: str) -> str:
    """A name until somebody gives a better one: the host."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def add_source(kind: str, address: str, name: str, args: argparse.Namespace, settings: Settings) -> Source:
    """Listen there, with what the command said of the source."""
    return sources.add(
        None,
        kind=kind,
        address=address,
        name=name,
        source_class=args.source_class,
        purpose=args.purpose or PURPOSE,
        licence=args.licence,
        keep_days=settings.keep_days if args.keep_days is None else args.keep_days,
        reason="command_line",
        now=datetime.now(UTC),
    )


def tell(args: argparse.Namespace, added: list[Source], refused: list[str], items: int | None) -> None:
    """What became of it, on one line of JSON or in sentences."""
    if args.json:
        rows = [
            {"id": row.pk, "name": row.name, "address": row.address, "class": row.source_class}
            for row in added
        ]
        emit_json({"added": rows, "refused": refused, "items": items})
    for row in added:
        say(f"Added source {row.pk}, {row.name} ({row.address}), as {row.source_class}.")
    for line in refused:
        say(f"Not added: {line}")
    if items is not None:
        say(f"Entries in it now: {items}. `answerable up` listens to it from here on.")
    if added and args.source_class == "public":
        say("Its authors count as private people: names and links are sealed. A newspaper is --class outlet.")
