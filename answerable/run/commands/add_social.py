"""`answerable add mastodon|bluesky`: one guarded look at a public stream, then listen to it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from answerable.collect.bluesky.collector import BlueskyCollector
from answerable.collect.bluesky.place import Stream, stream
from answerable.collect.fetch import Fetcher
from answerable.collect.mastodon.collector import MastodonCollector
from answerable.collect.mastodon.place import Timeline, timeline
from answerable.collect.workers import ParsePool
from answerable.errors import BadInput, Conflict
from answerable.records import SourceClass, SourceFacts
from answerable.run.commands.add import add_source, tell
from answerable.run.start import django
from answerable.store.keyring import Keyring

_LONGEST_TOKEN = 1_000


def main(args: argparse.Namespace) -> int:
    """Add; BadInput or SourceTrouble when the place is no public timeline or does not let us read."""
    settings = django()
    kind, url = (args.kind, args.url) if args.kind else (args.url, "")
    if kind == "mastodon":
        line = timeline(url)
        address, name = line.address, called(line)
    else:
        said = stream(url, _each(args.words), _each(args.accounts), _each(args.languages))
        address, name = said.address, called_stream(said)
    token = _token(args.password_file)
    facts = SourceFacts(0, kind, address, SourceClass(args.source_class), secret=token)
    with ParsePool(1) as pool:
        fetcher = Fetcher(allow_private=settings.allow_private, authorities=settings.ca_file)
        made = MastodonCollector if kind == "mastodon" else BlueskyCollector
        found = made(facts, fetcher, pool).look()
    try:
        added = add_source(kind, address, args.name or name, args, settings)
    except Conflict as error:
        raise BadInput(str(error)) from error
    if token:
        Keyring.open(settings.home).keep_password(address, token)
    tell(args, [added], [], found)
    return 0


def called(place: Timeline) -> str:
    """A name until somebody gives a better one."""
    host = urlsplit(place.server).hostname or place.server
    first, _, rest = place.path.partition("/")
    return f"#{unquote(rest)} ({host})" if first == "tags" else host


def called_stream(place: Stream) -> str:
    """The words where there are some, else the server."""
    words = ", ".join(place.words)[:100]
    return f"Bluesky: {words}" if words else f"Bluesky ({urlsplit(place.server).hostname})"


def _each(said: str) -> list[str]:
    return [part.strip() for part in said.split(",") if part.strip()]


def _token(file: str) -> str:
    """What the file holds, without the line's end. Raises BadInput for what is no token."""
    if not file:
        return ""
    try:
        token = (sys.stdin.read() if file == "-" else Path(file).read_text("ascii")).strip()
    except (OSError, UnicodeError) as error:
        raise BadInput(f"{file} cannot be read as a token: name a file that holds it alone.") from error
    if not (token.isprintable() and " " not in token and 0 < len(token) <= _LONGEST_TOKEN):
        raise BadInput(f"{file} holds no token: it is one word on one line.")
    return token
