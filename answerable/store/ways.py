"""How a person is reached: by which ways, sealed, and when. People change nothing but their own."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime, time
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction

from answerable.errors import BadInput, ChannelTrouble, Conflict
from answerable.publish.notify.message import Target
from answerable.publish.wording import is_mail_address, web_link
from answerable.store import ledger
from answerable.store.keyring import Keyring
from answerable.store.models import Notice, Person, Reach, Way

MAIL, WEBHOOK, NTFY = "mail", "webhook", "ntfy"
SHAPES = ("json", "matrix", "slack", "wecom", "feishu")
MOST_WAYS = 8  # of one person
_VERSION = b"\x01"
_NONCE = 12


@dataclass(frozen=True, slots=True)
class Hours:
    """When a person may be called, as they chose it."""

    quiet_from: time | None
    quiet_until: time | None
    timezone: str  # "": that of the unit
    wake: bool
    drills: bool


def add(
    person: Person,
    *,
    kind: str,
    shape: str = "",
    address: str,
    secret: str = "",
    keyring: Keyring,
    now: datetime,
) -> Way:
    """One more way for this person, by their own hand. BadInput for an address that is none."""
    place = _checked(kind, shape, address.strip(), secret)
    with transaction.atomic():
        ledger.serialise()
        if Way.objects.filter(person=person, removed_at=None).count() >= MOST_WAYS:
            raise Conflict("You have eight ways already: remove one first.")
        way = Way.objects.create(
            person=person,
            kind=kind,
            shape=shape if kind == WEBHOOK else "",
            hint=_hint(kind, place),
            sealed=_sealed(keyring, person, Target(place, secret.strip())),
            added_at=now,
        )
        ledger.append(person, "way.add", "way", way.pk, json.dumps([kind, way.shape]), "", now)
    return way


def remove(person: Person, way_id: int, *, now: datetime) -> None:
    """This way no longer leads to the person: its address is forgotten, what waits for it is dropped."""
    with transaction.atomic():
        ledger.serialise()
        mine = Way.objects.filter(pk=way_id, person=person, removed_at=None)
        if not mine.update(removed_at=now, sealed=b""):
            raise Conflict("This way was removed already.")
        Notice.objects.filter(way=way_id, state="waiting").update(state="dropped")
        ledger.append(person, "way.remove", "way", way_id, "", "", now)


def ways_of(person: Person) -> list[Way]:
    """The ways in use, in the order they were added."""
    return list(Way.objects.filter(person=person, removed_at=None).order_by("id"))


def target_of(way: Way, keyring: Keyring) -> Target:
    """Where a way leads. ChannelTrouble when it was removed, or sealed under a key that is gone."""
    blob = bytes(way.sealed)
    try:
        plain = AESGCM(keyring.contact_key).decrypt(
            blob[1 : 1 + _NONCE], blob[1 + _NONCE :], _bound(way.person_id)
        )
    except (InvalidTag, ValueError):
        raise ChannelTrouble("unreadable", permanent=True) from None
    address, secret = json.loads(plain)
    return Target(address, secret)


def hours_of(person: Person) -> Hours:
    """When the person may be called; without a word of theirs: always, in no drill."""
    row = Reach.objects.filter(person=person).first()
    if row is None:
        return Hours(None, None, "", wake=False, drills=False)
    return Hours(row.quiet_from, row.quiet_until, row.timezone, wake=row.wake, drills=row.drills)


def set_hours(person: Person, hours: Hours, *, now: datetime) -> None:
    """The person's own choice. BadInput for half a span or a zone that does not exist."""
    if (hours.quiet_from is None) != (hours.quiet_until is None):
        raise BadInput("Quiet hours have a beginning and an end: write both, or neither.")
    if hours.timezone and hours.timezone not in available_timezones():
        raise BadInput("There is no such time zone: write one such as Europe/Madrid.")
    values = {name: getattr(hours, name) for name in Hours.__slots__}
    with transaction.atomic():
        ledger.serialise()
        Reach.objects.update_or_create(person=person, defaults=values)
        content = json.dumps([str(value) for value in values.values()])
        ledger.append(person, "reach.change", "person", person.pk, content, "", now)


def _checked(kind: str, shape: str, address: str, secret: str) -> str:
    if kind == MAIL:
        if not is_mail_address(address):
            raise BadInput("This is not a mail address: write it like name@example.org.")
        return address
    if kind not in (WEBHOOK, NTFY) or (kind == WEBHOOK and shape not in SHAPES):
        raise BadInput("There is no such way: choose one from the list.")
    if len(secret) > 400 or not secret.isprintable() or not secret.isascii():
        raise BadInput("The secret has characters that cannot be sent: copy it again.")
    place = web_link(address)
    if kind == NTFY and not urlsplit(place).path.strip("/"):
        raise BadInput("The address names no topic: write it like https://ntfy.example/my-topic.")
    return place


def _hint(kind: str, place: str) -> str:
    """What may be shown of an address afterwards: its server, never its path or name."""
    if kind == MAIL:
        return "…@" + place.rpartition("@")[2][:110]
    return (urlsplit(place).hostname or "")[:120]


def _sealed(keyring: Keyring, person: Person, target: Target) -> bytes:
    nonce = os.urandom(_NONCE)
    plain = json.dumps([target.address, target.secret]).encode()
    return _VERSION + nonce + AESGCM(keyring.contact_key).encrypt(nonce, plain, _bound(person.pk))


def _bound(person: int) -> bytes:
    """A sealed address serves the person it was sealed for and nobody else."""
    return _VERSION + f"way of {person}".encode()
