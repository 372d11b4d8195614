"""What every channel must do, as one line in a test: `check_channel(MyChannel(), now)`."""

from __future__ import annotations

import re
from datetime import datetime

from answerable.errors import ChannelTrouble
from answerable.publish.channels import Channel
from answerable.records import Outgoing


def sample(*, exercise: bool, key: str = "conformance-1") -> Outgoing:
    """A harmless text with hostile characters in it."""
    return Outgoing(
        key=key,
        title="<b>Water & bread</b>",
        text="It is brown from iron.\n\n]]> \u200f«»",
        language="en",
        voice="A registered voice",
        voice_id=1,
        unit="A unit",
        machine_help="Translated by machine, read by a person",
        exercise=exercise,
        extra={"statement": "1", "version": "1"},
    )


def check_channel(channel: Channel, now: datetime) -> None:
    """Raises AssertionError with the promise that a channel breaks."""
    _must(
        bool(re.fullmatch(r"[a-z][a-z0-9_-]{0,39}", channel.name)), "its name is short, lower-case and plain"
    )
    text = sample(exercise=channel.exercise)
    first, again = channel.send(text, now), channel.send(text, now)
    _must(first.channel == channel.name and first.key == text.key, "a receipt names the channel and the key")
    _must(first.at == now, "a receipt bears the time that was passed in")
    _must(first.address == again.address, "the same key twice is one publication at one address")
    try:
        channel.send(sample(exercise=not channel.exercise), now)
    except ChannelTrouble as trouble:
        _must(trouble.permanent, "a text of the wrong side is refused for good")
    else:
        _must(False, "exercises and real texts never share a channel")


def _must(kept: bool, promise: str) -> None:
    if not kept:
        raise AssertionError(promise)
