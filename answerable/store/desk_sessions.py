"""Who is signed in with which browser. Ending a session removes Django's row: the next request is nobody's.

Keys are replaced while somebody works, so that one that leaked is soon worth nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction

from answerable.errors import Conflict
from answerable.store import ledger
from answerable.store.models import DeskSession, Person

GRACE = timedelta(seconds=60)  # other tabs may still send the key that was just replaced
KEPT = timedelta(days=30)  # of ended ones


def begin(person: Person, key: str, *, how: str, device: str, now: datetime) -> DeskSession:
    """Somebody signed in with this browser. Long ended sessions are forgotten on the way."""
    with transaction.atomic():
        DeskSession.objects.filter(person=person, seen_at__lt=now - KEPT).delete()
        return DeskSession.objects.create(
            person=person, key=key, how=how, device=device[:60], started_at=now, seen_at=now
        )


def replaced(number: int, old: str, new: str, now: datetime) -> bool:
    """The browser has a new key; the old one is good for a minute, for requests that are under way.

    False when another request replaced it first, or the session was ended.
    """
    with transaction.atomic():
        mine = DeskSession.objects.filter(pk=number, key=old, ended_at=None)
        won = bool(mine.update(key=new, before=old, seen_at=now))
        if won:
            Session.objects.filter(session_key=old).update(expire_date=now + GRACE)
    return won


def rekeyed(person: Person, number: int, old: str, new: str, now: datetime) -> None:
    """A new password: this browser got a new key, and every other session of the person ends."""
    with transaction.atomic():
        DeskSession.objects.filter(pk=number, key=old).update(key=new, before="", seen_at=now)
        _end(list(DeskSession.objects.filter(person=person, ended_at=None).exclude(pk=number)), now)


def running(person: Person, now: datetime) -> list[DeskSession]:
    """The person's sessions that still open the desk, the latest first."""
    found = DeskSession.objects.filter(person=person, ended_at=None)
    alive = Session.objects.filter(expire_date__gt=now).values("session_key")
    return list(found.filter(key__in=alive).order_by("-seen_at", "-id"))


def signed_out(number: int, now: datetime) -> None:
    """The person signed out in this browser."""
    with transaction.atomic():
        _end(list(DeskSession.objects.filter(pk=number, ended_at=None)), now)


def end(person: Person, number: int, *, now: datetime) -> None:
    """End one of one's own sessions, at once. Conflict when it has ended."""
    with transaction.atomic():
        ledger.serialise()
        mine = list(DeskSession.objects.filter(pk=number, person=person, ended_at=None))
        if not mine:
            raise Conflict("This session has ended already.")
        _end(mine, now)
        ledger.append(person, "session.end", "session", number, "", "", now)


def end_others(person: Person, keep: str, *, now: datetime) -> int:
    """End every session of a person but this one, also those from before sessions were listed."""
    with transaction.atomic():
        ledger.serialise()
        others = list(DeskSession.objects.filter(person=person, ended_at=None).exclude(key=keep))
        _end(others, now)
        unlisted = 0
        for row in Session.objects.filter(expire_date__gt=now).exclude(session_key=keep):
            if row.get_decoded().get("_auth_user_id") == str(person.pk):
                row.delete()
                unlisted += 1
        ledger.append(person, "session.end_others", "person", person.pk, str(len(others)), "", now)
    return len(others) + unlisted


def _end(rows: list[DeskSession], now: datetime) -> None:
    keys = [key for row in rows for key in (row.key, row.before) if key]
    Session.objects.filter(session_key__in=keys).delete()
    DeskSession.objects.filter(pk__in=[row.pk for row in rows]).update(ended_at=now)
