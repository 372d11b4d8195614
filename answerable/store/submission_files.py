"""Files that came with a message: each sealed, bound to it, and given out only to who may open its contact.

A picture is kept as it was drawn anew, everything else as it came, held as hostile; past the bounds of a
message or of the desk only name, size and digest are kept.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet, Sum

from answerable.collect.file_kind import given_name
from answerable.errors import BadInput, NotAllowed
from answerable.permissions import Permission
from answerable.store import ledger
from answerable.store.access import reach_filter
from answerable.store.keyring import Keyring
from answerable.store.models import Person, Submission, SubmissionFile
from answerable.store.submissions import opened, opened_bytes, sealed, sealed_bytes

DRAWN, HELD, OVER, CUT, UNREAD = "drawn", "held", "over", "cut", "unread"
MOST_BYTES = 5_000_000  # that are kept of one message


@dataclass(frozen=True, slots=True)
class Sent:
    """One file of a message. Never logged; its name and what it holds are never stored in the clear."""

    kind: str
    state: str  # DRAWN, HELD; OVER: too much; CUT: of a mail too big to read; UNREAD: it broke its reader
    name: str = ""  # masked
    declared: str = ""
    size: int = 0
    sha256: str = ""
    content: bytes = b""  # of DRAWN and HELD ones
    across: int = 0
    high: int = 0


def keep(row: Submission, files: Sequence[Sent], ring: Keyring, *, room: int, erase_at: datetime) -> None:
    """Seal the files of a message, in its transaction. `room`: bytes that the files of all may take."""
    left = min(MOST_BYTES, room - taken()) if files else 0
    made = []
    for number, one in enumerate(files, 1):
        fits = one.state in (DRAWN, HELD) and len(one.content) <= left
        left -= len(one.content) if fits else 0
        about = json.dumps([one.name, one.declared, one.sha256])
        made.append(
            SubmissionFile(
                submission=row,
                number=number,
                kind=one.kind[:12],
                size=one.size,
                state=one.state if fits or one.state in (CUT, UNREAD) else OVER,
                across=one.across if fits else 0,
                high=one.high if fits else 0,
                kept=len(one.content) if fits else 0,
                erase_at=erase_at,
                about=sealed(ring, f"name of file {number}", row.pk, about),
                sealed=sealed_bytes(ring, f"file {number}", row.pk, one.content) if fits else None,
            )
        )
    SubmissionFile.objects.bulk_create(made)


def taken() -> int:
    """Bytes that all files take."""
    return int(SubmissionFile.objects.aggregate(n=Sum("kept"))["n"] or 0)


def openable(person: Person | None) -> QuerySet[Submission]:
    """Messages whose sealed part this person may open: of their units, or in a case that is with them."""
    there = reach_filter(person, Permission.CONTACT_OPEN, "unit__path")
    with_them = reach_filter(person, Permission.CONTACT_OPEN, "in_case__case__unit__path")
    return Submission.objects.filter(Q(there) | Q(with_them))


def one(person: Person, number: int, file: int, state: str) -> SubmissionFile | None:
    """A file in this state, for this person."""
    theirs = openable(person).values("pk")
    return SubmissionFile.objects.filter(
        submission=number, number=file, state=state, submission__in=theirs
    ).first()


def content(row: SubmissionFile, ring: Keyring) -> bytes:
    """What was sealed of a file. BadInput where its key is gone."""
    return opened_bytes(ring, f"file {row.number}", row.submission_id, bytes(row.sealed or b""))


def hand_out(
    actor: Person, number: int, file: int, *, ring: Keyring, reason: str = "to_answer", now: datetime
) -> tuple[str, bytes]:
    """A file that is held, and our name for it; the ledger says who took it, and nothing of what it is."""
    with transaction.atomic():
        row = one(actor, number, file, HELD)
        if row is None:
            raise NotAllowed(
                "Your roles in this unit do not include that: ask an administrator or a colleague."
            )
        inside = content(row, ring)
        name = given_name(f"file-{file}", inside, about(row, ring)[0])
        ledger.append(actor, "file.open", "submission", number, "", reason, now)
    return name, inside


def about(row: SubmissionFile, ring: Keyring) -> tuple[str, str, str]:
    """(name, what it said it is, digest); nothing of each where the key is gone."""
    try:
        said = json.loads(opened(ring, f"name of file {row.number}", row.submission_id, bytes(row.about)))
    except (BadInput, ValueError):
        return "", "", ""
    name, declared, digest = said
    return str(name), str(declared), str(digest)
