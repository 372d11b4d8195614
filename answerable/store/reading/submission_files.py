"""Which files came with messages; what they are called is said to who may open them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from answerable.store.keyring import Keyring
from answerable.store.models import Person, SubmissionFile
from answerable.store.submission_files import about, openable


@dataclass(frozen=True, slots=True)
class FileSeen:
    """One file as this person may see it."""

    submission: int
    number: int
    kind: str
    size: int
    state: str
    across: int
    high: int
    opens: bool  # whether they may look at it, or take it
    name: str = ""  # "" for who may not open it, and where it has none
    declared: str = ""
    sha256: str = ""


def files_of(person: Person, submissions: Sequence[int], ring: Keyring) -> tuple[FileSeen, ...]:
    """The files of these messages, in their order, without what they hold; two queries."""
    rows = list(
        SubmissionFile.objects.filter(submission__in=submissions)
        .defer("sealed")
        .order_by("submission", "number")
    )
    if not rows:
        return ()
    may = set(
        openable(person).filter(pk__in={row.submission_id for row in rows}).values_list("pk", flat=True)
    )
    order = {number: at for at, number in enumerate(submissions)}
    rows.sort(key=lambda row: (order[row.submission_id], row.number))
    return tuple(_seen(row, ring, opens=row.submission_id in may) for row in rows)


def _seen(row: SubmissionFile, ring: Keyring, *, opens: bool) -> FileSeen:
    said = about(row, ring) if opens else ("", "", "")
    return FileSeen(
        row.submission_id, row.number, row.kind, row.size, row.state, row.across, row.high, opens, *said
    )
