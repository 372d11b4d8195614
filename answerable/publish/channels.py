"""Where a text goes out. A channel takes an `Outgoing` and answers a receipt, or raises ChannelTrouble.

An exercise goes to the exercise channel only, and nothing real ever goes there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from answerable.errors import ChannelTrouble
from answerable.records import Outgoing, Receipt


class Channel(Protocol):
    """One way out. Sending the same key twice is one publication."""

    @property
    def name(self) -> str:
        """Short lower-case name, as receipts hold it."""

    @property
    def exercise(self) -> bool:
        """True for the channel of drills, False for every channel the public reads."""

    def send(self, outgoing: Outgoing, now: datetime) -> Receipt:
        """Send, and say where it can be read. ChannelTrouble says whether a retry is useless."""


@dataclass(frozen=True, slots=True)
class OwnPages:
    """A channel that is this desk's own pages or feed: being stored as published is being sent."""

    name: str
    place: str  # path of the place it can be read at; {statement} and {version} are filled in
    exercise: bool = False

    def send(self, outgoing: Outgoing, now: datetime) -> Receipt:
        """The receipt with the page's path. Refuses exercises on real pages, and the reverse."""
        refuse_wrong_side(self, outgoing)
        return Receipt(self.name, outgoing.key, now, self.place.format_map(_Filled(outgoing.extra)))


BUILT_IN: tuple[Channel, ...] = (
    OwnPages("website", "/statements/{statement}/"),
    OwnPages("feed", "/feed.atom"),
    OwnPages("exercise", "/exercise/statements/{statement}", exercise=True),
)


def refuse_wrong_side(channel: Channel, outgoing: Outgoing) -> None:
    """ChannelTrouble when an exercise would reach the public, or a real text a drill."""
    if channel.exercise != outgoing.exercise:
        kind = "exercises" if outgoing.exercise else "real texts"
        raise ChannelTrouble(f"The channel {channel.name} does not carry {kind}.", permanent=True)


def channels_for(exercise: bool, channels: Iterable[Channel] = BUILT_IN) -> tuple[Channel, ...]:
    """The channels that a real text, or an exercise, goes to."""
    return tuple(channel for channel in channels if channel.exercise == exercise)


class _Filled(dict[str, str]):
    """Values for a place; what is not given stays empty rather than failing a publication."""

    def __missing__(self, key: str) -> str:
        return ""
