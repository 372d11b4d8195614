"""Letters to subscribers: one row for each of them and each text, sent under a lease, noted one by one.

A kill repeats at most the letter that was on its way, under the same key, which makes the same Message-ID.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, F, Q

from answerable.errors import ChannelTrouble
from answerable.publish.notify.mail import mark_of
from answerable.store import subscriptions
from answerable.store.keyring import Keyring
from answerable.store.models import Delivery, Subscription, SubscriptionLetter

CHUNK = 250  # rows of one transaction: another writer waits no longer than for these
LEASE = timedelta(minutes=2)
BACK_OFF_S = (15, 60, 300, 1200, 3600, 4 * 3600, 12 * 3600)  # then given up
STAYS = timedelta(days=5)  # later no server gives up (RFC 5321, 4.5.4.1), and no letter comes back
KEPT = timedelta(days=30)  # a letter's row; the delivery keeps the count
WAITING, SENDING, SENT, FAILED, DROPPED = "waiting", "sending", "sent", "failed", "dropped"


@dataclass(frozen=True, slots=True)
class Taken:
    """A letter that this sender holds for the time of its lease."""

    row: SubscriptionLetter  # with subscription, delivery, version, statement and voice
    address: str = field(repr=False)  # "" when its key is gone
    tries: int = 1  # this one included


def spread(delivery: Delivery, now: datetime) -> int:
    """A letter for everybody who wants this text, some at a time; returns how many there are.

    Done twice it is done once. Older words that still wait are not worth a letter any more.
    """
    statement = delivery.version.statement
    every = Delivery.objects.filter(version=delivery.version, channel=delivery.channel_id)
    found = subscriptions.wanting(
        statement, delivery.language, every.values_list("language", flat=True)
    ).order_by("pk")
    last = 0
    while some := list(found.filter(pk__gt=last).values_list("pk", flat=True)[:CHUNK]):
        last = some[-1]
        with transaction.atomic():
            stale = SubscriptionLetter.objects.filter(
                subscription__in=some, state=WAITING, delivery__version__statement=statement
            )
            stale.exclude(delivery__version=delivery.version_id).update(state=DROPPED)
            SubscriptionLetter.objects.bulk_create(
                [
                    SubscriptionLetter(
                        subscription_id=one,
                        delivery=delivery,
                        key=f"d{delivery.pk}-s{one}",
                        made_at=now,
                        due_at=now,
                    )
                    for one in some
                ],
                ignore_conflicts=True,
            )
    return delivery.letters.count()


def take(now: datetime, ring: Keyring, limit: int = 40) -> list[Taken]:
    """Letters that are due, each to be sent by the caller and nobody else until its lease ends."""
    free = Q(state=WAITING, due_at__lte=now) | Q(state=SENDING, leased_until__lte=now)
    # A lease that ends too far ahead means that the clock was set back.
    free |= Q(state=SENDING, leased_until__gt=now + LEASE)
    found = SubscriptionLetter.objects.filter(free).select_related(
        "subscription", "delivery__channel", "delivery__voice__unit",
        "delivery__version__statement__unit", "delivery__version__statement__voice__unit",
    )  # fmt: skip
    due = list(found.order_by("due_at", "id")[:limit])
    if not due:
        return []
    with transaction.atomic():
        won = [row for row in due if _lease(row, now)]
    return [
        Taken(row, subscriptions.address_of(row.subscription, ring), row.tries + 1)
        for row in won
        if row.subscription is not None
    ]


def _lease(row: SubscriptionLetter, now: datetime) -> bool:
    seen = SubscriptionLetter.objects.filter(pk=row.pk, state=row.state, tries=row.tries)
    asked = row.subscription
    if asked is None or (asked.confirmed_at is None and row.delivery_id is not None):
        seen.update(state=DROPPED, subscription=None)
        return False
    return bool(seen.update(state=SENDING, leased_until=now + LEASE, tries=F("tries") + 1))


def delivered(taken: Taken, now: datetime) -> None:
    """The mail server took it."""
    mine = SubscriptionLetter.objects.filter(pk=taken.row.pk, state=SENDING, tries=taken.tries)
    with transaction.atomic():
        mine.update(state=SENT, sent_at=now, leased_until=None, trouble="")
        asked = taken.row.subscription
        if asked is not None and asked.returned and _one_stayed(asked.pk, now):
            Subscription.objects.filter(pk=asked.pk).update(returned=0)


def _one_stayed(subscription: int, now: datetime) -> bool:
    """Whether a letter after the last that came back was taken so long ago that it is there to stay."""
    settled = SubscriptionLetter.objects.filter(subscription=subscription, state__in=(SENT, FAILED))
    last = settled.filter(state=FAILED).order_by("-pk").values_list("pk", flat=True).first() or 0
    return settled.filter(pk__gt=last, state=SENT, sent_at__lte=now - STAYS).exists()


def came_back(subscription: int, message_id: str, status: str) -> bool:
    """A server took the letter and sent it back later; done twice it is done once. False when it is not ours.

    A status that begins with 5 says that the address takes no letter for good, and counts as a refusal.
    """
    mark = message_id.strip("<> ").partition("@")[0]
    letters = SubscriptionLetter.objects.filter(subscription=subscription, state=SENT)
    row = next((one for one in letters.only("pk", "key", "delivery") if mark_of(one.key) == mark), None)
    if row is None:
        return False
    with transaction.atomic():
        if not letters.filter(pk=row.pk).update(state=FAILED, trouble=f"came back: {status}"[:200]):
            return False
        if status.startswith("5."):
            subscriptions.refused(subscription)
    if row.delivery_id is not None:
        count({row.delivery_id})
    return True


def not_delivered(taken: Taken, trouble: ChannelTrouble, now: datetime, luck: float) -> None:
    """The server did not take it: again after a while, which `luck` (0 to 1) spreads, or given up.

    A refusal for good is noted at the letter and counted at the subscription.
    """
    mine = SubscriptionLetter.objects.filter(pk=taken.row.pk, state=SENDING, tries=taken.tries)
    said = str(trouble)[:200]
    with transaction.atomic():
        if not trouble.permanent and taken.tries <= len(BACK_OFF_S):
            pause = timedelta(seconds=BACK_OFF_S[taken.tries - 1] * (0.5 + luck))
            mine.update(state=WAITING, leased_until=None, due_at=now + pause, trouble=said)
        elif mine.update(state=FAILED, leased_until=None, trouble=said) and trouble.permanent:
            subscriptions.refused(taken.row.subscription_id or 0)


def count(deliveries: set[int]) -> None:
    """How many each of these deliveries reached so far: its own receipt of numbers."""
    for number in deliveries:
        sent = SubscriptionLetter.objects.filter(delivery=number, state=SENT).count()
        Delivery.objects.filter(pk=number).update(audience=sent)


def numbers(delivery: int) -> dict[str, int]:
    """How many letters of a delivery are in each state."""
    found = SubscriptionLetter.objects.filter(delivery=delivery).values_list("state")
    return dict(found.annotate(many=Count("pk")))


def forget_due(now: datetime) -> int:
    """Rows of letters past their term go; the delivery keeps how many there were."""
    old = SubscriptionLetter.objects.filter(made_at__lte=now - KEPT)
    if not old.exists():
        return 0
    with transaction.atomic():
        return old.delete()[0]
