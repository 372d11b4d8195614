"""Which channels carry statements: added, tested, paused and removed by an administrator, each with its twin.

A secret goes into the key file and nowhere else; the row keeps what everybody may know.
"""

from __future__ import annotations

import json
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from answerable.errors import BadInput, Conflict
from answerable.permissions import Permission
from answerable.publish.wording import plain, web_link
from answerable.store import ledger
from answerable.store.access import require
from answerable.store.keyring import Keyring
from answerable.store.models import ChannelRow, Delivery, Person, Unit

MASTODON, BLUESKY, MAIL, WEBHOOK, HUB, ASSISTED = (
    "mastodon", "bluesky", "mail", "webhook", "hub", "assisted",
)  # fmt: skip
KINDS = (MASTODON, BLUESKY, MAIL, WEBHOOK, HUB, ASSISTED)
ADDRESSED = frozenset({MASTODON, BLUESKY, WEBHOOK, HUB})  # kinds with a server
SECRETIVE = frozenset({MASTODON, BLUESKY})  # kinds that take nothing without a secret
LONGEST_SECRET = 1_000


def add(
    actor: Person,
    *,
    kind: str,
    name: str,
    unit: Unit,
    address: str = "",
    account: str = "",
    secret: str = "",
    ring: Keyring,
    reason: str = "",
    now: datetime,
) -> ChannelRow:
    """One more way out, with a twin for drills. BadInput for what cannot be a channel of this kind."""
    facts = _checked(kind, name, address, account, secret)
    with transaction.atomic():
        require(actor, Permission.CHANNEL_CHANGE, unit)
        if kind == MAIL and standing().filter(kind=MAIL).exists():
            raise Conflict("Statements go out by mail already: nobody should get them twice.")
        row = ChannelRow.objects.create(kind=kind, unit=unit, added_at=now, **facts)
        ChannelRow.objects.create(
            kind=kind, unit=unit, added_at=now, exercise=True, real=row, **{**facts, "address": ""}
        )
        keep_secret(ring, row, secret)
        content = json.dumps([kind, *facts.values(), unit.pk], ensure_ascii=False)
        ledger.append(actor, "channel.add", "channel", row.pk, content, reason, now)
    return row


def check(*, kind: str, name: str, address: str, account: str, secret: str) -> None:
    """BadInput for what cannot be a channel of this kind: asked before its server is spoken to."""
    _checked(kind, name, address, account, secret)


def renew_secret(
    actor: Person, channel: ChannelRow, secret: str, ring: Keyring, *, reason: str = "", now: datetime
) -> None:
    """Another token or password, for example after the old one leaked. What failed is not sent by itself."""
    _fit_secret(channel.kind, secret)
    with transaction.atomic():
        require(actor, Permission.CHANNEL_CHANGE, channel.unit)
        keep_secret(ring, channel, secret)
        ledger.append(actor, "channel.secret", "channel", channel.pk, "", reason, now)


def pause(actor: Person, channel: ChannelRow, *, reason: str = "", now: datetime) -> None:
    """Nothing goes there for a while: it waits, and goes out when somebody resumes the channel."""
    _change(actor, channel, "channel.pause", Q(paused=False), reason, now, paused=True)


def resume(actor: Person, channel: ChannelRow, *, reason: str = "", now: datetime) -> None:
    """What waits goes out at once. Conflict when it is not paused."""
    _change(actor, channel, "channel.resume", Q(paused=True), reason, now, paused=False, trouble="")


def remove(actor: Person, channel: ChannelRow, ring: Keyring, *, reason: str = "", now: datetime) -> None:
    """Nothing goes there any more; its secret is forgotten, its receipts stay."""
    with transaction.atomic():
        waiting = Delivery.objects.filter(channel=channel, state__in=("waiting", "asked"))
        waiting.update(state="failed", trouble="channel_removed")
        _change(actor, channel, "channel.remove", Q(), reason, now, removed_at=now)
    keep_secret(ring, channel, "")


def standing(*, exercise: bool = False) -> QuerySet[ChannelRow]:
    """Channels in use, in the order they were added."""
    return ChannelRow.objects.filter(exercise=exercise, removed_at=None).select_related("unit").order_by("id")


def hubs() -> list[str]:
    """Addresses of the WebSub hubs that our feeds name."""
    return list(standing().filter(kind=HUB, paused=False).values_list("address", flat=True))


def secret_of(ring: Keyring, channel: ChannelRow) -> str:
    """Its token, password or signing secret, "" when it has none."""
    return ring.password(_place(channel))


def keep_secret(ring: Keyring, channel: ChannelRow, secret: str) -> None:
    """Into the key file; an empty one forgets it."""
    if secret or ring.password(_place(channel)):
        ring.keep_password(_place(channel), secret)


def note(channel: int, now: datetime, trouble: str = "", audience: int | None = None) -> None:
    """How the last try went there. No change of the desk's state, so no ledger row."""
    facts: dict[str, object] = {"trouble": trouble[:200]} if trouble else {"trouble": "", "well_at": now}
    if audience is not None:
        facts["audience"] = audience
    ChannelRow.objects.filter(pk=channel).update(**facts)


def _place(channel: ChannelRow) -> str:
    return f"channel:{channel.pk}"


def _change(
    actor: Person, channel: ChannelRow, action: str, state: Q, reason: str, now: datetime, **values: object
) -> None:
    with transaction.atomic():
        require(actor, Permission.CHANNEL_CHANGE, channel.unit)
        this = Q(pk=channel.pk, exercise=False, removed_at=None)
        if not ChannelRow.objects.filter(this & state).update(**values):
            raise Conflict("Somebody else changed this channel meanwhile: look at it again.")
        ChannelRow.objects.filter(real=channel.pk).update(
            **{name: value for name, value in values.items() if name in ("paused", "removed_at")}
        )
        ledger.append(actor, action, "channel", channel.pk, "", reason, now)


def _checked(kind: str, name: str, address: str, account: str, secret: str) -> dict[str, str]:
    if kind not in KINDS:
        raise BadInput("There is no such channel: choose one from the list.")
    if not (name := plain(name)[:120]):
        raise BadInput("What do colleagues call this channel? Write a name.")
    account = plain(account)[:200]
    if kind == BLUESKY and not account:
        raise BadInput("Which account speaks there? Write its handle.")
    _fit_secret(kind, secret)
    place = web_link(address) if kind in ADDRESSED else ""
    if kind in SECRETIVE:
        place = place.rstrip("/")
    return {"name": name, "address": place, "account": account}


def _fit_secret(kind: str, secret: str) -> None:
    if kind in SECRETIVE and not secret:
        raise BadInput("This channel takes nothing without an access token or app password: enter it.")
    if len(secret) > LONGEST_SECRET or not secret.isascii() or not secret.isprintable():
        raise BadInput("The secret has characters that cannot be sent: copy it again.")
