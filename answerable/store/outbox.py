"""The outbox: one row for each channel and language of a published text, written with its publication.

Whoever takes a row has two minutes. A kill in between lets the lease run out: the text goes once more under
the same key, by which the channel, or whoever reads it, tells the repeat.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from answerable.errors import BadInput, ChannelTrouble, Conflict, NotAllowed
from answerable.permissions import Permission
from answerable.publish.wording import plain, web_link
from answerable.records import Receipt
from answerable.store import channels, ledger
from answerable.store.access import require
from answerable.store.models import ChannelRow, Delivery, Person, StatementVersion, Voice

LEASE = timedelta(minutes=2)
# After the first try, the second …, over a day in all; then it is given up and stands as not delivered.
BACK_OFF_S = (5, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400, 28800, 28800)
WAITING, SENDING, ASKED, SENT, FAILED, OVERTAKEN = (
    "waiting", "sending", "asked", "sent", "failed", "overtaken",
)  # fmt: skip
NOT_DELIVERED = (WAITING, SENDING, ASKED, FAILED)


@dataclass(frozen=True, slots=True)
class Taken:
    """A delivery that this sender holds for the time of its lease."""

    row: Delivery  # with channel, version, statement, voice and units
    tries: int  # this one included


def queue(version: StatementVersion, languages: Iterable[str], now: datetime) -> list[Delivery]:
    """Into the outbox, inside the transaction that publishes. Older words that still wait are overtaken.

    The voice is the statement's own; the database refuses a row without it, or with a retired one.
    """
    statement = version.statement
    rows = []
    for channel in channels.standing(exercise=statement.exercise).exclude(kind=channels.HUB, exercise=True):
        if not statement.unit.path.startswith(channel.unit.path):
            continue
        for language in dict.fromkeys(languages):
            older = Delivery.objects.filter(
                version__statement=statement, channel=channel, language=language, state__in=(WAITING, ASKED)
            )
            older.update(state=OVERTAKEN)
            rows.append(
                Delivery(
                    version=version,
                    channel=channel,
                    voice=statement.voice,
                    language=language,
                    key=f"statement-{statement.pk}-{version.number}-c{channel.pk}-{language}",
                    exercise=statement.exercise,
                    made_at=now,
                    due_at=now,
                    state=ASKED if channel.kind == channels.ASSISTED else WAITING,
                )
            )
    return Delivery.objects.bulk_create(rows)


def take(now: datetime, limit: int = 8, busy: Collection[int] = ()) -> list[Taken]:
    """Deliveries that are due, one for each channel that is not `busy`, each for the caller alone."""
    found = (
        Delivery.objects.filter(free(now), channel__paused=False, channel__removed_at=None)
        .exclude(channel__in=busy)
        .select_related(
            "channel", "voice__unit", "version__statement__unit", "version__statement__voice__unit"
        )
    )
    taken: dict[int, Taken] = {}
    for row in found.order_by("due_at", "id")[: limit * 4]:
        if len(taken) < limit and row.channel_id not in taken and _lease(row, now):
            taken[row.channel_id] = Taken(row, row.tries + 1)
    return list(taken.values())


def free(now: datetime) -> Q:
    """Rows that wait and are due, or whose sender is gone."""
    found = Q(state=WAITING) | Q(state=SENDING, leased_until__lte=now)
    # A lease that ends too far ahead, or a row of the future, means that the clock was set back.
    found |= Q(state=SENDING, leased_until__gt=now + LEASE)
    return found & (Q(due_at__lte=now) | Q(made_at__gt=now, due_at=F("made_at")))


def _lease(row: Delivery, now: datetime) -> bool:
    seen = Delivery.objects.filter(pk=row.pk, state=row.state, tries=row.tries)
    return bool(seen.update(state=SENDING, leased_until=now + LEASE, tries=F("tries") + 1))


def said(taken: Taken, words: str) -> None:
    """The exact words, kept before they go."""
    Delivery.objects.filter(pk=taken.row.pk).update(said=words)


def delivered(taken: Taken, receipt: Receipt, now: datetime, audience: int | None = None) -> None:
    """The channel took it. Where it can be read is the receipt."""
    with transaction.atomic():
        Delivery.objects.filter(pk=taken.row.pk).exclude(state=SENT).update(
            state=SENT, sent_at=now, leased_until=None, trouble="",
            address=receipt.address, remote=receipt.remote[:400], audience=audience,
        )  # fmt: skip
        channels.note(taken.row.channel_id, now, audience=audience)


def not_delivered(taken: Taken, trouble: ChannelTrouble, now: datetime, luck: float) -> None:
    """The channel did not take it: again after a while, which `luck` (0 to 1) spreads, or given up."""
    mine = Delivery.objects.filter(pk=taken.row.pk, state=SENDING, tries=taken.tries)
    with transaction.atomic():
        mine.update(**put_off(trouble, taken.tries, now, luck))
        channels.note(taken.row.channel_id, now, str(trouble)[:200])


def put_off(trouble: ChannelTrouble, tries: int, now: datetime, luck: float) -> dict[str, object]:
    """What a row that was not taken becomes: due again after a while, or given up."""
    fields: dict[str, object] = {"leased_until": None, "trouble": str(trouble)[:200]}
    if trouble.permanent or tries > len(BACK_OFF_S):
        return fields | {"state": FAILED}
    pause = timedelta(seconds=BACK_OFF_S[tries - 1] * (0.5 + luck))
    return fields | {"state": WAITING, "due_at": now + pause}


def first_of(row: Delivery) -> str:
    """What the channel calls the first post of this statement, so that a correction can answer it."""
    older = Delivery.objects.filter(
        version__statement=row.version.statement_id,
        version__number__lt=row.version.number,
        channel=row.channel_id,
        language=row.language,
        state=SENT,
    )
    return older.exclude(remote="").order_by("version__number").values_list("remote", flat=True).first() or ""


def again(actor: Person, delivery_id: int, *, reason: str = "", now: datetime) -> Delivery:
    """Somebody mended the cause: try at once. Conflict unless it was given up and its words still stand."""
    with transaction.atomic():
        row = delivery_for(actor, delivery_id)
        standing = row.version.statement.published_id == row.version_id
        if row.channel.removed_at is not None or not standing:
            raise Conflict("Its channel is gone, or newer words were published: this text goes nowhere now.")
        given_up = Delivery.objects.filter(pk=row.pk, state__in=(FAILED, WAITING))
        if not given_up.update(state=WAITING, due_at=now, tries=0, trouble=""):
            raise Conflict("This delivery does not wait for another try any more.")
        ledger.append(actor, "delivery.again", "delivery", row.pk, "", reason, now)
        row.refresh_from_db()
    return row


def confirm(
    actor: Person,
    delivery_id: int,
    *,
    link: str = "",
    clipping: str = "",
    audience: int | None = None,
    reason: str = "",
    now: datetime,
) -> Delivery:
    """A registered voice posted it by hand, and says where it can be seen. Until then it is not delivered.

    BadInput without a link or a clipping; NotAllowed for anybody who is no registered voice of these units.
    """
    link, clipping = link.strip(), plain(clipping)[:300]
    if not (link or clipping):
        raise BadInput("Where can it be seen? Give the link, or say which paper, page or broadcast.")
    place = web_link(link) if link else clipping
    with transaction.atomic():
        row = delivery_for(actor, delivery_id)
        path = row.version.statement.unit.path
        mine = Voice.objects.filter(person=actor, retired_at=None).values_list("unit__path", flat=True)
        if not any(path.startswith(one) for one in mine):
            raise NotAllowed("Only a registered voice of this unit posts for it and records where.")
        waiting = Delivery.objects.filter(pk=row.pk, state=ASKED)
        if not waiting.update(state=SENT, sent_at=now, address=place, posted_by=actor, audience=audience):
            raise Conflict("This was recorded already, or newer words were published.")
        channels.note(row.channel_id, now)
        ledger.append(actor, "delivery.confirm", "delivery", row.pk, place, reason, now)
        row.refresh_from_db()
    return row


def delivery_for(actor: Person | None, delivery_id: int) -> Delivery:
    """This delivery, for somebody who publishes in its unit. NotAllowed otherwise."""
    row = (
        Delivery.objects.select_related("channel", "version__statement__unit").filter(pk=delivery_id).first()
    )
    if row is None:
        raise NotAllowed("There is no such delivery in your units.")
    require(actor, Permission.STATEMENT_PUBLISH, row.version.statement.unit)
    return row


def counted(row: Delivery, audience: int | None, passed_on: int | None, now: datetime) -> None:
    """What the channel says of it by now."""
    facts: dict[str, object] = {"counted_at": now}
    facts |= {"audience": audience} if audience is not None else {}
    facts |= {"passed_on": passed_on} if passed_on is not None else {}
    Delivery.objects.filter(pk=row.pk).update(**facts)


def to_count(now: datetime, limit: int = 10) -> QuerySet[Delivery]:
    """Posts of the last week whose channel was not asked for an hour."""
    ripe = Q(counted_at=None) | Q(counted_at__lt=now - timedelta(hours=1))
    kinds = (channels.MASTODON, channels.BLUESKY)
    return (
        Delivery.objects.filter(ripe, state=SENT, exercise=False, channel__kind__in=kinds)
        .filter(sent_at__gt=now - timedelta(days=7), channel__paused=False, channel__removed_at=None)
        .select_related("channel")
        .order_by("counted_at", "id")[:limit]
    )


def undelivered(exercise: bool = False) -> int:
    """How many deliveries did not arrive so far: waiting, asked of a person, or given up."""
    return Delivery.objects.filter(exercise=exercise, state__in=NOT_DELIVERED).count()


def channel_rows(ids: Iterable[int]) -> dict[int, ChannelRow]:
    """Channels by number."""
    return {row.pk: row for row in ChannelRow.objects.filter(pk__in=list(ids)).select_related("unit")}
