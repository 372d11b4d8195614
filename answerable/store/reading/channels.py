"""What staff see of channels and deliveries: what carries our words, what did not arrive, how far it went."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from answerable.permissions import Permission
from answerable.store.access import reach_filter, visible_statements
from answerable.store.models import ChannelRow, Delivery, Person, Statement
from answerable.store.outbox import NOT_DELIVERED

STATES = ("open", "asked", "waiting", "failed", "sent", "overtaken")  # open: everything not delivered


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """One channel with what it carried."""

    row: ChannelRow
    sent: int
    missing: int  # not delivered so far


def channel_lines(person: Person) -> list[ChannelLine]:
    """Real channels in use of the reader's units, in the order they were added."""
    found = (
        ChannelRow.objects.filter(exercise=False, removed_at=None)
        .filter(reach_filter(person, Permission.DESK_READ, "unit__path"))
        .select_related("unit")
        .annotate(
            sent=Count("deliveries", filter=Q(deliveries__state="sent")),
            missing=Count("deliveries", filter=Q(deliveries__state__in=NOT_DELIVERED)),
        )
        .order_by("id")
    )
    return [ChannelLine(row, row.sent, row.missing) for row in found]


def channel_for(person: Person, number: int) -> ChannelRow | None:
    """A real channel in use of the reader's units."""
    found = ChannelRow.objects.filter(pk=number, exercise=False, removed_at=None)
    return (
        found.filter(reach_filter(person, Permission.DESK_READ, "unit__path")).select_related("unit").first()
    )


def deliveries_for(
    person: Person, *, exercise: bool, words: str = "", state: str = "", channel: int = 0
) -> QuerySet[Delivery]:
    """Deliveries of statements the reader sees, newest first. Words are looked for in titles and channels."""
    found = Delivery.objects.filter(
        exercise=exercise, version__statement__in=visible_statements(person, exercise).values("pk")
    )
    if state == "open":
        found = found.filter(state__in=NOT_DELIVERED)
    elif state:
        found = found.filter(state__in=("waiting", "sending") if state == "waiting" else (state,))
    if channel:
        found = found.filter(channel=channel)
    for word in words.split()[:8]:
        found = found.filter(
            Q(version__title__icontains=word) | Q(channel__name__icontains=word) | Q(key__iexact=word)
        )
    return found.select_related("channel", "voice", "version__statement__unit", "posted_by").order_by(
        "-made_at", "-id"
    )


def delivery_for(person: Person, number: int, *, exercise: bool) -> Delivery | None:
    """One delivery the reader may see."""
    return deliveries_for(person, exercise=exercise).filter(pk=number).first()


@dataclass(frozen=True, slots=True)
class Travelled:
    """How far one version went on one channel, as the channel itself says."""

    row: Delivery
    counts: bool  # its audience is known, so it stands in the sums


@dataclass(frozen=True, slots=True)
class Travel:
    """How a statement travelled, and how many of those who saw it were reached by its last correction."""

    lines: tuple[Travelled, ...]
    audience: int  # of the version before the last correction, where it is known
    reached: int  # of these, by the correction
    unknown: int  # channels of that version that do not say how many they reach
    corrected: bool


def travel(statement: Statement) -> Travel:
    """Newest version first. An account's audience counts as reached again when the correction was there."""
    rows = list(
        Delivery.objects.filter(version__statement=statement)
        .select_related("channel", "version")
        .order_by("-version__number", "channel", "language")
    )
    newest = max((row.version.number for row in rows), default=1)
    spread = [row for row in rows if row.version.number == newest - 1 and row.state == "sent"]
    audience = reached = unknown = 0
    for row in spread:
        if row.audience is None:
            unknown += 1
            continue
        audience += row.audience
        newer = next((one for one in rows if _follows(one, row, newest)), None)
        reached += row.audience if newer is not None else 0
    lines = tuple(Travelled(row, row.audience is not None) for row in rows)
    return Travel(lines, audience, min(reached, audience), unknown, newest > 1)


def _follows(one: Delivery, row: Delivery, newest: int) -> bool:
    same = (one.channel_id, one.language) == (row.channel_id, row.language)
    return same and one.version.number == newest and one.state == "sent"
