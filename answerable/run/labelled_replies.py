"""Reads labelled posts with their replies, for `learn rumours` and `evaluate rumours`. Stores nothing.

A line is `{"label": "rumour" or another, "replies": [{"text", "time"?}]}`. Every text passes the door first.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from answerable.collect import door
from answerable.collect.files.rows import json_rows
from answerable.collect.files.source import opened
from answerable.collect.files.times import read_time
from answerable.collect.keys import SourceKeys
from answerable.errors import BadInput
from answerable.records import Incoming, Item, Rejected, SourceClass, SourceFacts
from answerable.understand.claims.doubt import Reply

RUMOUR = "rumour"


def labelled_replies(path: Path, most: int) -> tuple[list[list[Reply]], list[str], list[Rejected]]:
    """Posts with their first `most` replies, labels, and what cannot be read. BadInput when nothing can."""
    keys, facts = SourceKeys.throwaway(), SourceFacts(0, "files", str(path), SourceClass.PUBLIC)
    posts: list[list[Reply]] = []
    labels: list[str] = []
    rejected: list[Rejected] = []
    with opened(path) as lines:
        for number, row in json_rows(lines):
            where = f"line {number}"
            if isinstance(row, Rejected):
                rejected.append(row)
            elif not isinstance(row.get("label"), str):
                rejected.append(Rejected(where, "bad_label"))
            elif not isinstance(row.get("replies"), list) or not row["replies"]:
                rejected.append(Rejected(where, "no_replies"))
            else:
                posts.append([_reply(one, facts, keys) for one in row["replies"][:most]])
                labels.append(row["label"])
    if not posts:
        raise BadInput(f"Nothing in {path.name} can be used: each line needs a label and replies.")
    return posts, labels, rejected


def _reply(given: object, facts: SourceFacts, keys: SourceKeys) -> Reply:
    """A reply as the desk would see it: masked. One without words was only passed on."""
    row = given if isinstance(given, dict) else {"text": given}
    text, when = row.get("text"), read_time(row.get("time"))
    if not isinstance(text, str):
        text = ""
    item = door.admit(Incoming(external_id="reply", text=text), facts, keys, heard=datetime.now(UTC))
    return Reply(item.text if isinstance(item, Item) else "", when.timestamp() if when else None)
