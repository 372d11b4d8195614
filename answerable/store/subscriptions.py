"""Who gets statements by mail: double opt-in, one click to leave, and nothing kept of those who left.

An address is sealed under a random number; nothing finds it but a letter that is on its way.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from answerable.errors import BadInput
from answerable.publish.wording import is_mail_address
from answerable.store import channels
from answerable.store.keyring import Keyring
from answerable.store.models import Statement, Subscription, SubscriptionLetter, Unit
from answerable.store.statements import KINDS
from answerable.store.submissions import opened, sealed

ANSWER_WITHIN = timedelta(days=2)  # after that, what nobody confirmed is forgotten
MOST_ASKED = 3  # letters that wait for one address's answer; more would be a nuisance to it
RETURNED_MOST = 3  # letters in a row that were refused: nobody is there any more
_USE = "subscription"


def offered() -> bool:
    """Whether the body sends statements by mail."""
    return channels.standing().filter(kind=channels.MAIL).exists()


def ask(
    address: str, kinds: Collection[str], unit: Unit | None, *, language: str, ring: Keyring, now: datetime
) -> Subscription | None:
    """A letter asks its owner whether it was them; without a yes nothing follows.

    None when the address was asked often enough: whoever asks learns nothing from it. BadInput for what is
    no address.
    """
    address = address.strip()
    if not is_mail_address(address):
        raise BadInput("This is no mail address: write one such as name@example.org.")
    waiting = Subscription.objects.filter(confirmed_at=None)
    if len(_same(waiting, address, ring)) >= MOST_ASKED:
        return None
    wanted = [kind for kind in KINDS if kind in kinds]
    number = secrets.randbits(53) or 1
    with transaction.atomic():
        made = Subscription.objects.create(
            id=number,
            sealed=sealed(ring, _USE, number, address),
            language=language[:12],
            # Who wants every kind also wants those that come later.
            kinds=f",{','.join(wanted)}," if 0 < len(wanted) < len(KINDS) else "",
            unit=unit,
            asked_at=now,
        )
        SubscriptionLetter.objects.create(subscription=made, key=f"ask-{number}", made_at=now, due_at=now)
    return made


def confirm(number: int, ring: Keyring, now: datetime) -> bool:
    """It was them. An older subscription of the same address gives way, so that nobody gets a text twice.

    False when the question is too old, or they have left.
    """
    row = Subscription.objects.filter(pk=number).first()
    if row is None:
        return False
    if row.confirmed_at is not None:
        return True
    others = Subscription.objects.exclude(pk=number).filter(confirmed_at__isnull=False)
    twins = _same(others, address_of(row, ring), ring)
    with transaction.atomic():
        Subscription.objects.filter(pk__in=twins).delete()
        waiting = Subscription.objects.filter(pk=number, asked_at__gt=now - ANSWER_WITHIN)
        return bool(waiting.update(confirmed_at=now))


def leave(number: int) -> None:
    """Gone at once, with the address. Leaving twice is leaving once."""
    with transaction.atomic():
        Subscription.objects.filter(pk=number).delete()


def forget_due(now: datetime) -> int:
    """Questions that nobody answered go with the addresses they went to."""
    late = Subscription.objects.filter(confirmed_at=None, asked_at__lte=now - ANSWER_WITHIN)
    if not late.exists():  # asked first: writing takes the lock of all writers
        return 0
    with transaction.atomic():
        return late.delete()[0]


def refused(number: int) -> None:
    """The address takes no letter for good; after some in a row it is forgotten. Inside a transaction."""
    Subscription.objects.filter(pk=number).update(returned=F("returned") + 1)
    Subscription.objects.filter(pk=number, returned__gte=RETURNED_MOST).delete()


def wanting(statement: Statement, language: str, languages: Iterable[str]) -> QuerySet[Subscription]:
    """Who confirmed and asked for this kind and area, and reads it in this one of its languages.

    The area is a unit: what it says, what those below it say, and what is said for all above it.
    """
    path = statement.unit.path
    above = [int(part) for part in path.split("/") if part]
    near = Q(unit=None) | Q(unit__in=above) | Q(unit__path__startswith=path)
    kind = Q(kinds="") | Q(kinds__contains=f",{statement.kind},")
    found = Subscription.objects.filter(near, kind, confirmed_at__isnull=False)
    if language == statement.language:
        return found.exclude(language__in=[one for one in languages if one != language])
    return found.filter(language=language)


def address_of(row: Subscription, ring: Keyring) -> str:
    """The address, "" when its key is gone."""
    try:
        return opened(ring, _USE, row.pk, bytes(row.sealed))
    except BadInput:
        return ""


def _same(rows: QuerySet[Subscription], address: str, ring: Keyring) -> list[int]:
    """Those of this address. There is no index to find them by: each is opened."""
    wanted = address.lower()
    found = rows.only("pk", "sealed").iterator(chunk_size=2_000)
    return [row.pk for row in found if address_of(row, ring).lower() == wanted]
