"""What anybody may check: who speaks, what we listen to, the ledger and its daily heads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from answerable.records import SourceClass
from answerable.store.models import Invitation, LedgerHead, LedgerRow, Source, Unit, Voice
from answerable.store.reading.public_statements import VoiceSeen, published
from answerable.store.sources import deaf

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class BodySeen:
    """The public body itself: its top unit."""

    name: str
    timezone: str
    duty_number: str


@dataclass(frozen=True, slots=True)
class SourceSeen:
    """One source as the public sees it. The address of a private source would name a person."""

    id: int
    name: str
    source_class: str
    kind: str
    address: str  # "" for sources of private people and for files
    purpose: str
    licence: str
    method: str  # how its items were gathered, "" when nothing is said
    gaps: str  # what is missing in it
    unit: str
    keep_days: int  # 0: kept
    added_at: datetime
    paused: bool
    last_answer_at: datetime | None
    deaf: bool  # it should be heard and is not


@dataclass(frozen=True, slots=True)
class HeadSeen:
    """The ledger's head as it went out on a day."""

    day: date
    row: int
    hash: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EntrySeen:
    """One ledger entry. It never holds text, so all of it is public."""

    id: int
    at: datetime
    actor: int | None
    action: str
    kind: str
    object: int
    reason: str
    content_hash: str
    previous: str
    hash: str


def body() -> BodySeen | None:
    """The top unit, or None before the first start."""
    unit = Unit.objects.filter(parent=None).order_by("pk").first()
    return BodySeen(unit.name, unit.timezone, unit.duty_number) if unit else None


def duty_numbers() -> tuple[tuple[str, str], ...]:
    """(unit, number) of every unit that has a public duty number."""
    return tuple(Unit.objects.exclude(duty_number="").order_by("path").values_list("name", "duty_number"))


@dataclass(frozen=True, slots=True)
class ReplySeen:
    """What a voice said in a conversation elsewhere."""

    link: str
    said_at: datetime
    statement: int
    title: str


@dataclass(frozen=True, slots=True)
class InvitationSeen:
    """A public reply that invited somebody to bring a matter to us: our own words and address."""

    address: str
    sent_at: datetime
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class VoicePage:
    """One voice with its accounts and everything it said elsewhere, newest first."""

    voice: VoiceSeen
    service_number: str
    accounts: tuple[tuple[str, str], ...]
    replies: tuple[ReplySeen, ...]
    statements: int  # that it speaks in
    invitations: tuple[InvitationSeen, ...]  # newest first
    invited: int  # all of them


def voice(number: int, most: int = 200) -> VoicePage | None:
    """One voice of the register, or None."""
    row = Voice.objects.select_related("unit").filter(pk=number).first()
    if row is None:
        return None
    said = row.replies.filter(statement__exercise=False).select_related("statement__published")
    replies = tuple(
        ReplySeen(one.link, one.said_at, one.statement_id, one.statement.published.title)
        for one in said.order_by("-said_at", "-pk")[:most]
        if one.statement.published is not None
    )
    seen = VoiceSeen(row.pk, row.name, row.role, row.unit.name, row.registered_at, row.retired_at)
    accounts = tuple((str(network), str(address)) for network, address in row.accounts)
    sent = Invitation.objects.filter(voice=row, state="sent").select_related("text")
    invitations = tuple(
        InvitationSeen(one.address, one.sent_at or one.made_at, one.text.text, one.text.language)
        for one in sent.order_by("-sent_at", "-pk")[:most]
    )
    said_in = published().filter(voice=row).count()
    return VoicePage(seen, row.service_number, accounts, replies, said_in, invitations, sent.count())


def voices() -> tuple[VoiceSeen, ...]:
    """Every registered voice, speaking ones first, by unit."""
    rows = Voice.objects.select_related("unit").order_by("unit__path", "name", "pk")
    seen = [
        VoiceSeen(row.pk, row.name, row.role, row.unit.name, row.registered_at, row.retired_at)
        for row in rows
    ]
    return tuple(sorted(seen, key=lambda voice: voice.retired_at is not None))


def sources(now: datetime) -> tuple[SourceSeen, ...]:
    """Every source we listen to for real, by class and name."""
    not_heard = {one.source.pk for one in deaf(now)}
    rows = Source.objects.filter(exercise=False, removed_at=None).select_related("unit")
    order = [SourceClass.PUBLIC, SourceClass.OUTLET, SourceClass.INSTITUTION, SourceClass.OWN]
    seen = [_source(row, deaf=row.pk in not_heard and not row.paused) for row in rows]
    return tuple(
        sorted(seen, key=lambda source: (order.index(SourceClass(source.source_class)), source.name))
    )


def heads(limit: int | None = 30) -> tuple[HeadSeen, ...]:
    """The daily heads, newest first."""
    rows = LedgerHead.objects.order_by("-day")
    return tuple(HeadSeen(row.day, row.row, row.hash, row.at) for row in rows[:limit])


def ledger_entries(before: int | None, limit: int) -> tuple[EntrySeen, ...]:
    """Ledger entries, newest first, below an entry number."""
    rows: QuerySet[LedgerRow] = LedgerRow.objects.order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    return tuple(_entry(row) for row in rows[:limit])


def last_ledger_entry() -> EntrySeen | None:
    """The newest entry."""
    row = LedgerRow.objects.order_by("-id").first()
    return _entry(row) if row else None


def whole_ledger() -> Iterator[EntrySeen]:
    """Every entry, oldest first, read in pages so that the log can checkpoint between them."""
    after = 0
    while True:
        page = list(LedgerRow.objects.filter(id__gt=after).order_by("id")[:_PAGE])
        if not page:
            return
        yield from (_entry(row) for row in page)
        after = page[-1].pk


def next_head_due(now: datetime) -> datetime:
    """When the head of the running day goes out: at the next midnight, UTC."""
    return (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def _source(row: Source, *, deaf: bool) -> SourceSeen:
    private = row.source_class == SourceClass.PUBLIC
    is_address = row.address.startswith(("http://", "https://"))
    return SourceSeen(
        id=row.pk,
        name=row.name,
        source_class=row.source_class,
        kind=row.kind,
        address=row.address if is_address and not private else "",
        purpose=row.purpose,
        licence=row.licence,
        method=row.method,
        gaps=row.gaps,
        unit=row.unit.name if row.unit else "",
        keep_days=row.keep_days,
        added_at=row.added_at,
        paused=row.paused,
        last_answer_at=row.last_answer_at,
        deaf=deaf,
    )


def _entry(row: LedgerRow) -> EntrySeen:
    return EntrySeen(
        id=row.pk,
        at=row.at,
        actor=row.actor,
        action=row.action,
        kind=row.kind,
        object=row.object,
        reason=row.reason,
        content_hash=row.content_hash,
        previous=row.previous,
        hash=row.hash,
    )
