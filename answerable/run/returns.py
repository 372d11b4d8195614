"""Notes letters to subscribers that came back to a mailbox we listen to, and hands on everything else."""

from __future__ import annotations

from urllib.parse import urlsplit

from answerable.collect.collector import Batch
from answerable.records import Returned
from answerable.store import mailings
from answerable.web.subscription_text import LEAVE, read_token


def noted(batch: Batch) -> Batch:
    """The batch without what came back. Read again after a kill, a letter is noted once."""
    for found in batch:
        if isinstance(found, Returned) and (number := _whose(found.leave)):
            mailings.came_back(number, found.message_id, found.status)
    return [found for found in batch if not isinstance(found, Returned)]


def _whose(leave: str) -> int:
    """The subscription of a link that we signed; 0 for any other."""
    read = read_token(urlsplit(leave).path.rstrip("/").rsplit("/", 1)[-1])
    return read[1] if read and read[0] == LEAVE else 0
