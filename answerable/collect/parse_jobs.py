"""The jobs a parse worker knows. Importing this loads every parser, which is how a worker is preloaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from answerable.collect import calendar_file, picture, redrawn
from answerable.collect.bluesky import frames as bluesky
from answerable.collect.feeds import hubs, opml, read
from answerable.collect.mailbox import attached, enclosed, mail
from answerable.collect.mastodon import events as mastodon
from answerable.collect.open311 import read as open311

JOBS: Mapping[str, Callable[..., Sequence[Any]]] = MappingProxyType(
    {
        "bluesky_jetstream": bluesky.jetstream,
        "bluesky_repos": bluesky.repos,
        "calendar": calendar_file.read,
        "feed": read.read,
        "feed_hubs": hubs.advertised,
        "mail": mail.read,
        "mail_files": attached.read,
        "mail_pictures": enclosed.read,
        "open311": open311.read,
        "opml": opml.read,
        "picture": picture.read,
        "picture_redrawn": redrawn.read,
        "mastodon_listing": mastodon.listing,
        "mastodon_events": mastodon.events,
        "mastodon_instance": mastodon.instance,
    }
)
