"""The rumour list as the public reads it: claims, our facts, what was corrected. Never an author."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from answerable.store.models import Answer, AnswerDispute, AnswerDocument, Evidence, StatementVersion
from answerable.store.reading import public_statements
from answerable.store.reading.public_statements import StatementLine, StatementSeen


@dataclass(frozen=True, slots=True)
class RumourLine:
    """One answered claim in the list."""

    id: int
    kind: str
    answer: StatementLine
    old: bool  # nobody looked at it again by the day that was set
    looked_at_again: bool  # it was opened again and no correction is out yet


@dataclass(frozen=True, slots=True)
class Rumour:
    """One answered claim with its statement."""

    id: int
    kind: str
    statement: StatementSeen
    look_again_at: datetime | None
    looked_at_again: bool
    disputes: tuple[AnswerDispute, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of the log of corrections."""

    answer: int
    language: str
    claim: str
    version: int
    note: str
    before: str  # the verdict that stood
    after: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Document:
    """A document that a published version cites."""

    sha256: str
    stored_at: datetime
    given: str  # hash of the file it was drawn anew from, "" where it is that file
    erased_at: datetime | None


def public() -> QuerySet[Answer]:
    """Answers the public may read. Every list, search, count and feed of them starts here."""
    return Answer.objects.filter(
        statement__in=public_statements.published(), statement__withdrawn_at=None, exercise=False
    )


def found(words: str = "", verdict: str = "") -> QuerySet[Answer]:
    """Newest first; `words` must all occur in the claim or in our answer."""
    rows = public()
    for word in words.split()[:8]:
        rows = rows.filter(
            Q(statement__published__claim__icontains=word)
            | Q(statement__published__title__icontains=word)
            | Q(statement__published__text__icontains=word)
        )
    if verdict:
        rows = rows.filter(statement__published__verdict=verdict)
    return rows.order_by("-statement__published__published_at", "-pk")


def lines(rows: Sequence[Answer], now: datetime) -> tuple[RumourLine, ...]:
    """Rows of a page of the list."""
    statements = public_statements.published().filter(answer__in=[row.pk for row in rows])
    said = {line.id: line for line in public_statements.lines(statements)}
    return tuple(
        RumourLine(
            row.pk,
            row.kind,
            said[row.statement_id],
            row.look_again_at is not None and row.look_again_at <= now,
            row.reopened_at is not None,
        )
        for row in rows
        if row.statement_id in said
    )


def one(number: int) -> Rumour | None:
    """One answer, or None when the public may not read it."""
    row = Answer.objects.filter(pk=number, exercise=False, statement__isnull=False).first()
    seen = public_statements.statement(row.statement_id) if row and row.statement_id else None
    if row is None or seen is None:
        return None
    disputes = AnswerDispute.objects.filter(answer=row).order_by("-received_at")
    return Rumour(row.pk, row.kind, seen, row.look_again_at, row.reopened_at is not None, tuple(disputes))


def corrections(limit: int = 200) -> list[Correction]:
    """Every version after a first one, newest first, with the verdict before it."""
    versions = (
        StatementVersion.objects.filter(
            statement__answer__in=public(), published_at__isnull=False, number__gt=1
        )
        .select_related("statement__answer")
        .order_by("-published_at")[:limit]
    )
    rows = list(versions)
    before = {
        (one.statement_id, one.number): one.verdict
        for one in StatementVersion.objects.filter(
            statement__in={row.statement_id for row in rows}, published_at__isnull=False
        )
    }
    return [
        Correction(
            row.statement.answer.pk,
            row.statement.language,
            row.claim,
            row.number,
            row.change_note,
            before.get((row.statement_id, row.number - 1), ""),
            row.verdict,
            row.published_at,
        )
        for row in rows
        if row.published_at is not None
    ]


def document(sha256: str) -> AnswerDocument | None:
    """A document, once a published version cites its address."""
    cited = Evidence.objects.filter(
        link__endswith=f"/documents/{sha256}",
        version__published_at__isnull=False,
        version__statement__exercise=False,
    )
    return AnswerDocument.objects.filter(pk=sha256).first() if cited.exists() else None


def documents(links: Sequence[str]) -> dict[str, Document]:
    """What is known of stored documents, by the address that cites them."""
    hashes = {link.rsplit("/", 1)[1]: link for link in links if "/documents/" in link}
    rows = AnswerDocument.objects.filter(pk__in=hashes).values_list(
        "sha256", "stored_at", "given_sha256", "erased_at"
    )
    return {hashes[row[0]]: Document(*row) for row in rows}
