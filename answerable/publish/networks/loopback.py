"""The twin of a channel in a drill: it takes what the real one would send, and shows it under /exercise/."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from answerable.publish.channels import refuse_wrong_side
from answerable.records import Outgoing, Receipt


@dataclass(frozen=True, slots=True)
class Loopback:
    """Leads nowhere: the receipt is the page on which trainees see what would have gone out."""

    place: str  # /exercise/deliveries/12
    name: str = "loopback"
    exercise: bool = True

    def send(self, outgoing: Outgoing, now: datetime) -> Receipt:
        """Refuses everything real."""
        refuse_wrong_side(self, outgoing)
        return Receipt(self.name, outgoing.key, now, self.place)
