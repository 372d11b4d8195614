"""Notices on their way: taken under a lease, then sent, tried again, or given up with the reason.

Whoever takes one has two minutes. A kill in between leaves the lease to run out: the notice goes out once
more under the same key, which is how a receiver tells the repeat.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from answerable.errors import ChannelTrouble, Conflict
from answerable.publish.notify.message import Target
from answerable.store import calls
from answerable.store.keyring import Keyring
from answerable.store.models import Call, Notice, Person, Way
from answerable.store.ways import target_of

LEASE = timedelta(minutes=2)
BACK_OFF_S = (15, 30, 60, 120, 300, 600, 1200, 2400)  # after the first try, the second …; then it is given up
TEST_EVERY = timedelta(seconds=10)
WAITING, SENDING, SENT, FAILED, DROPPED = "waiting", "sending", "sent", "failed", "dropped"


@dataclass(frozen=True, slots=True)
class Taken:
    """A notice that this sender holds for the time of its lease."""

    notice: Notice  # with call, person and unit, way
    target: Target | None  # None: the address cannot be read any more
    tries: int  # this one included


def take(now: datetime, keyring: Keyring, limit: int = 8) -> list[Taken]:
    """Notices that are due, each to be sent by the caller and nobody else until its lease ends."""
    free = Q(state=WAITING) | Q(state=SENDING, leased_until__lte=now)
    # A lease that ends too far ahead, or a row of the future, means that the clock was set back.
    free |= Q(state=SENDING, leased_until__gt=now + LEASE)
    due = Q(due_at__lte=now) | Q(made_at__gt=now, due_at=F("made_at"))
    found = Notice.objects.filter(free, due).select_related(
        "call__unit",
        "call__alert__signal",
        "call__alert__story",
        "call__room__alert__signal",
        "call__room__alert__story",
        "call__told__incident__unit",
        "call__escalation__clock__incident__unit",
        "call__departure__version",
        "call__owed__version",
        "person__unit",
        "way",
    )
    return [taken for row in found.order_by("due_at", "id")[:limit] if (taken := _lease(row, now, keyring))]


def _lease(row: Notice, now: datetime, keyring: Keyring) -> Taken | None:
    seen = Notice.objects.filter(pk=row.pk, state=row.state, tries=row.tries)
    gone = row.call is not None and row.call.ended_at is not None
    if gone or row.way.removed_at is not None or not row.person.is_active:
        seen.update(state=DROPPED)
        return None
    try:
        with transaction.atomic():
            won = seen.update(state=SENDING, leased_until=now + LEASE, tries=F("tries") + 1)
    except IntegrityError:
        # The person left the drills since: the database lets no exercise out to them.
        seen.update(state=DROPPED)
        return None
    if not won:
        return None
    try:
        target: Target | None = target_of(row.way, keyring)
    except ChannelTrouble:
        target = None
    return Taken(row, target, row.tries + 1)


def delivered(taken: Taken, receipt: str, now: datetime) -> None:
    """The way took it. What it answered is the receipt."""
    Notice.objects.filter(pk=taken.notice.pk, state=SENDING).update(
        state=SENT, sent_at=now, leased_until=None, receipt=receipt[:200] or "2xx", trouble=""
    )


def not_delivered(taken: Taken, trouble: ChannelTrouble, now: datetime, luck: float) -> None:
    """The way did not take it: tried again after a while, which `luck` (0 to 1) spreads, or given up."""
    last = trouble.permanent or taken.tries > len(BACK_OFF_S)
    mine = Notice.objects.filter(pk=taken.notice.pk, state=SENDING, tries=taken.tries)
    if last:
        mine.update(state=FAILED, leased_until=None, trouble=str(trouble)[:200])
        if taken.notice.call_id is not None:
            calls.hurry(taken.notice.call_id, taken.notice.person_id, now)
        return
    pause = timedelta(seconds=BACK_OFF_S[taken.tries - 1] * (0.5 + luck))
    mine.update(state=WAITING, leased_until=None, due_at=now + pause, trouble=str(trouble)[:200])


def test(person: Person, way_id: int, now: datetime) -> Notice:
    """A test message by one of the person's own ways. Conflict for another's, or too soon after the last."""
    way = Way.objects.filter(pk=way_id, person=person, removed_at=None).first()
    if way is None:
        raise Conflict("This way was removed already.")
    if Notice.objects.filter(way=way, call=None, about=None, made_at__gt=now - TEST_EVERY).exists():
        raise Conflict("A test message went out just now: wait a moment.")
    number = Notice.objects.filter(way=way, call=None, about=None).count() + 1
    return Notice.objects.create(
        person=person, way=way, key=f"test-{way.pk}-{number}", made_at=now, due_at=now
    )


def troubles(now: datetime) -> tuple[int, int]:
    """(notices given up within a week, calls that wait and reached nobody); exercises count in neither."""
    failed = Notice.objects.filter(state=FAILED, exercise=False, made_at__gt=now - timedelta(days=7)).count()
    waiting = Call.objects.filter(exercise=False, ended_at=None, due_at=None, notices=None)
    return failed, waiting.count()
