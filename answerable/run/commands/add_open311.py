"""`answerable add open311 URL`: one guarded look at another city's endpoint, then listen to it."""

from __future__ import annotations

import argparse
from urllib.parse import urlsplit

from answerable.collect.fetch import Fetcher
from answerable.collect.open311.collector import Open311Collector
from answerable.collect.workers import ParsePool
from answerable.errors import BadInput, Conflict
from answerable.records import SourceClass, SourceFacts
from answerable.run.commands.add import add_source, tell
from answerable.run.start import django


def main(args: argparse.Namespace) -> int:
    """Add; SourceTrouble when the address answers with no list of requests."""
    settings = django()
    facts = SourceFacts(0, "open311", args.url, SourceClass(args.source_class))
    fetcher = Fetcher(allow_private=settings.allow_private, authorities=settings.ca_file)
    with ParsePool(1) as pool:
        found = sum(len(batch) for batch, _ in Open311Collector(facts, fetcher, pool).collect({}))
    try:
        added = add_source("open311", args.url, args.name or urlsplit(args.url).netloc, args, settings)
    except Conflict as error:
        raise BadInput(str(error)) from error
    tell(args, [added], [], found)
    return 0
