"""What the public may read of statements: published, not withdrawn by silence, never an exercise.

Staff appear by role and unit only. A page gets frozen values, so that no template can reach further.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from answerable.permissions import Role
from answerable.store.models import LedgerRow, RoleHeld, Statement, StatementVersion, Unit
from answerable.store.reading.public_evidence import EvidenceSeen, evidence_of
from answerable.store.reading.public_leaving import NOTHING_BESIDE, Beside, alone, beside

_SPEAKS_FIRST = (
    Role.HEAD,
    Role.SPOKESPERSON,
    Role.INFORMATION_OFFICER,
    Role.COMMENTATOR,
    Role.MODERATOR,
    Role.ADMINISTRATOR,
)


@dataclass(frozen=True, slots=True)
class Office:
    """A member of staff as the public sees them: what they are, never who."""

    role: str  # a Role value, "" when the person holds none any more
    unit: str


@dataclass(frozen=True, slots=True)
class VoiceSeen:
    """The registered voice that says it."""

    id: int
    name: str
    role: str
    unit: str
    registered_at: datetime
    retired_at: datetime | None


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One published statement in a list or a feed."""

    id: int
    kind: str
    language: str
    unit: str
    number: int  # of the version the public reads
    title: str
    text: str
    claim: str
    verdict: str
    what_to_do: str
    not_known: str
    next_word_at: datetime | None
    machine_help: str
    change_note: str
    change: str
    alone: bool  # one person's word, and nobody has joined them
    first_at: datetime  # when version 1 went out
    published_at: datetime  # when this version went out
    voice: VoiceSeen
    incident: int | None  # only when its page is public
    followed: bool  # something newer was published about the same matter


@dataclass(frozen=True, slots=True)
class VersionSeen:
    """One version as it went out."""

    number: int
    title: str
    text: str
    claim: str
    verdict: str
    what_to_do: str
    not_known: str
    next_word_at: datetime | None
    machine_help: str
    change_note: str
    text_hash: str
    published_at: datetime
    approved_at: datetime | None
    written_by: Office
    approved_by: Office
    evidence: tuple[EvidenceSeen, ...]
    ledger_row: int | None  # the ledger entry of its publication
    change: str = ""  # update, correct, cancel
    beside: Beside = NOTHING_BESIDE


@dataclass(frozen=True, slots=True)
class StatementSeen:
    """One statement with every version that was ever public, newest first."""

    id: int
    kind: str
    language: str
    unit: str
    voice: VoiceSeen
    incident: int | None
    incident_title: str
    heard_at: datetime | None  # when the matter was first heard
    withdrawn_at: datetime | None
    versions: tuple[VersionSeen, ...]
    current: int  # number of the version the public reads now
    followed: bool  # something newer was published about the same matter

    def version(self, number: int) -> VersionSeen | None:
        """The public version with this number."""
        return next((version for version in self.versions if version.number == number), None)


def published() -> QuerySet[Statement]:
    """Every statement the public may read. All public lists, searches, counts and feeds start here."""
    return (
        Statement.objects.filter(exercise=False, published__isnull=False)
        .filter(Q(incident=None) | Q(incident__exercise=False))
        .select_related("published", "unit", "voice__unit", "incident")
    )


def current(words: str = "") -> QuerySet[Statement]:
    """Published statements that still stand, newest first; `words` must all occur in one of them."""
    found = published().filter(withdrawn_at=None)
    for word in words.split()[:8]:
        found = found.filter(
            Q(published__title__icontains=word)
            | Q(published__text__icontains=word)
            | Q(published__claim__icontains=word)
            | Q(published__what_to_do__icontains=word)
        )
    return found.order_by("-published__published_at", "-id")


def recent() -> QuerySet[Statement]:
    """What stands and what was cancelled in words, the last change first: who follows us learns of both."""
    told = Q(withdrawn_at=None) | Q(published__change="cancel")
    return published().filter(told).order_by("-published__published_at", "-id")


def numbers() -> list[int]:
    """Every statement the public may read, oldest first, withdrawn ones included: for the export."""
    return list(published().order_by("pk").values_list("pk", flat=True))


def lines(statements: Iterable[Statement]) -> tuple[StatementLine, ...]:
    """Statements as list rows; three queries for the whole page."""
    rows = list(statements)
    first = dict(
        StatementVersion.objects.filter(statement__in=[row.pk for row in rows], published_at__isnull=False)
        .order_by("-number")
        .values_list("statement_id", "published_at")
    )
    latest = _latest_words({row.incident_id for row in rows if row.incident_id is not None})
    lonely = alone([row.published_id for row in rows if row.published_id is not None])
    return tuple(
        _line(row, first.get(row.pk), _followed(row, latest), row.published_id in lonely) for row in rows
    )


def statement(number: int) -> StatementSeen | None:
    """One statement with its public versions, or None when the public may not read it."""
    row = published().filter(pk=number).first()
    if row is None or row.published is None:
        return None
    versions = list(
        row.versions.filter(published_at__isnull=False)
        .select_related("written_by__unit", "approved_by__unit")
        .order_by("-number")
    )
    people = {version.written_by_id for version in versions} | {
        version.approved_by_id for version in versions if version.approved_by_id
    }
    held = _roles(people, row.unit)
    evidence = evidence_of([version.pk for version in versions])
    entries = _ledger_rows(versions)
    extra = beside([version.pk for version in versions])
    incident = row.incident if row.incident is not None and row.incident.public else None
    return StatementSeen(
        id=row.pk,
        kind=row.kind,
        language=row.language,
        unit=row.unit.name,
        voice=_voice(row),
        incident=incident.pk if incident else None,
        incident_title=incident.title if incident else "",
        heard_at=incident.heard_at if incident else None,
        withdrawn_at=row.withdrawn_at,
        versions=tuple(
            _version(version, held, evidence.get(version.pk, ()), entries.get(version.pk), extra[version.pk])
            for version in versions
        ),
        current=row.published.number,
        followed=_followed(row, _latest_words({row.incident_id} if row.incident_id is not None else set())),
    )


def _line(row: Statement, first_at: datetime | None, followed: bool, lonely: bool) -> StatementLine:
    version = row.published
    if version is None or version.published_at is None:
        raise ValueError("a line is made of a published statement")
    incident = row.incident
    return StatementLine(
        id=row.pk,
        kind=row.kind,
        language=row.language,
        unit=row.unit.name,
        number=version.number,
        title=version.title,
        text=version.text,
        claim=version.claim,
        verdict=version.verdict,
        what_to_do=version.what_to_do,
        not_known=version.not_known,
        next_word_at=version.next_word_at,
        machine_help=version.machine_help,
        change_note=version.change_note,
        change=version.change,
        alone=lonely,
        first_at=first_at or version.published_at,
        published_at=version.published_at,
        voice=_voice(row),
        incident=incident.pk if incident is not None and incident.public else None,
        followed=followed,
    )


def _latest_words(incidents: set[int]) -> dict[int, datetime]:
    """When each incident was last spoken about in public."""
    spoken = (
        published()
        .filter(incident__in=incidents, withdrawn_at=None)
        .order_by("published__published_at")
        .values_list("incident_id", "published__published_at")
    )
    return {incident: at for incident, at in spoken if incident is not None and at is not None}


def _followed(row: Statement, latest: dict[int, datetime]) -> bool:
    """Whether the word that this statement promised was followed by another publication on the matter."""
    at = row.published.published_at if row.published else None
    newest = latest.get(row.incident_id) if row.incident_id is not None else None
    return at is not None and newest is not None and newest > at


def _voice(row: Statement) -> VoiceSeen:
    voice = row.voice
    return VoiceSeen(voice.pk, voice.name, voice.role, voice.unit.name, voice.registered_at, voice.retired_at)


def _version(
    row: StatementVersion,
    held: dict[int, str],
    evidence: tuple[EvidenceSeen, ...],
    ledger_row: int | None,
    extra: Beside,
) -> VersionSeen:
    if row.published_at is None:
        raise ValueError("only a published version is public")
    approver = row.approved_by
    return VersionSeen(
        number=row.number,
        title=row.title,
        text=row.text,
        claim=row.claim,
        verdict=row.verdict,
        what_to_do=row.what_to_do,
        not_known=row.not_known,
        next_word_at=row.next_word_at,
        machine_help=row.machine_help,
        change_note=row.change_note,
        text_hash=row.text_hash,
        published_at=row.published_at,
        approved_at=row.approved_at,
        written_by=Office(held.get(row.written_by_id, ""), row.written_by.unit.name),
        approved_by=Office(
            held.get(approver.pk, "") if approver else "", approver.unit.name if approver else ""
        ),
        evidence=evidence,
        ledger_row=ledger_row,
        change=row.change,
        beside=extra,
    )


def _roles(people: set[int], unit: Unit) -> dict[int, str]:
    """The most speaking role of each person over this unit."""
    above = [int(part) for part in unit.path.split("/") if part]
    held: dict[int, set[str]] = {}
    for person, role in RoleHeld.objects.filter(person__in=people, unit__in=above).values_list(
        "person_id", "role"
    ):
        held.setdefault(person, set()).add(role)
    return {
        person: next((role.value for role in _SPEAKS_FIRST if role.value in roles), "")
        for person, roles in held.items()
    }


def _ledger_rows(versions: list[StatementVersion]) -> dict[int, int]:
    """The ledger entry of each version's publication."""
    rows = LedgerRow.objects.filter(
        action="statement.publish", kind="statement_version", object__in=[version.pk for version in versions]
    ).values_list("object", "id")
    return dict(rows)
