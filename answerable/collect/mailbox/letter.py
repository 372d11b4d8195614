"""A mail as a message, with what an answer to it needs: never stored as it is, never logged."""

from __future__ import annotations

from dataclasses import dataclass, field

from answerable.records import Incoming


@dataclass(frozen=True, slots=True)
class Letter(Incoming):
    """One mail. `author` is the address its writer gave."""

    message_id: str = ""  # what an answer names, "" when the mail has none
    refers: tuple[str, ...] = ()  # ids of the mails it answers, the nearest first
    bulk: bool = False  # by a list or a machine: it asks for no answer
    body: bytes = field(default=b"", repr=False)  # the mail itself, where something is attached to it
    whole: bool = True  # False: too big, and `body` is its beginning
