"""`answerable add --as KIND ADDRESS`: a page to watch, or a place of a kind that a plug-in brings."""

from __future__ import annotations

import argparse
from urllib.parse import urlsplit

from answerable.collect.fetch import Fetcher
from answerable.collect.workers import ParsePool
from answerable.errors import BadInput, Conflict
from answerable.records import Incoming, SourceClass, SourceFacts
from answerable.run import plugins
from answerable.run.commands.add import add_source, tell
from answerable.run.start import django


def main(args: argparse.Namespace) -> int:
    """Look there once, as the desk will, then listen. BadInput or SourceTrouble when it cannot be read."""
    settings = django()
    kinds = ("pages", *plugins.brought())
    if args.as_kind not in kinds:
        raise BadInput(f"No collector is called {args.as_kind}; there are {', '.join(kinds)}.")
    facts = SourceFacts(0, args.as_kind, args.url, SourceClass(args.source_class))
    with ParsePool(1) as pool:
        fetcher = Fetcher(allow_private=settings.allow_private, authorities=settings.ca_file)
        collector = plugins.collector(facts, fetcher=fetcher, pool=pool)
        batch, _ = next(iter(collector.collect({})), ([], {}))
    name = args.name or (urlsplit(args.url).hostname or args.url).removeprefix("www.")
    try:
        added = add_source(args.as_kind, args.url, name, args, settings)
    except Conflict as error:
        raise BadInput(str(error)) from error
    tell(args, [added], [], sum(isinstance(found, Incoming) for found in batch))
    return 0
