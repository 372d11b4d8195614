"""What people tell us directly: stored before it is acknowledged, and masked at the door before that.

The follow-up code, the row's number and the key that stops doubles all follow from the form's secret: the
same form sent twice, also after a lost answer, is one message with one code.
"""

from __future__ import annotations

import hmac
import json
import os
from base64 import b32encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import IntegrityError, transaction
from django.db.models import Q

from answerable.collect import door
from answerable.collect.clean import web_link
from answerable.collect.keys import unseal
from answerable.errors import BadInput, Conflict
from answerable.records import Incoming, Item, SourceClass, SourceFacts
from answerable.store import case_intake, ledger, quarantine
from answerable.store.keyring import Keyring
from answerable.store.models import (
    FormLink,
    ItemRow,
    Person,
    Source,
    Submission,
    SubmissionContact,
    SubmissionFile,
    Unit,
)

KIND = "form"  # of the sources these messages come from
_OURS = Q(kind=KIND) | Q(makes_cases=True)  # sources whose messages stand here
KINDS = ("question", "complaint", "suggestion", "report")
MOST_WORDS, MOST_PLACE, MOST_CONTACT = 5_000, 200, 200  # characters
ASK_EVERY_S = 60  # a message makes its source due at once; this is the heartbeat
_VERSION, _NONCE = b"\x01", 12
# How the letter I, L, O and U are avoided in codes that people copy by hand (Crockford's base 32).
_SPOKEN = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
_HEARD = str.maketrans("ILO", "110")

# came_by -> the source it belongs to: address, name, purpose
DOORS = {
    "form": (
        "tell-us",
        "Tell us",
        "To take questions, complaints, suggestions and reports from anybody, without an account.",
    ),
}
DOORS["qr"] = DOORS["post"] = DOORS["form"]
DOORS["open311"] = (
    "open311",
    "Open311",
    "To take requests that people send through programs of their own choice, by the standard Open311.",
)
DOORS["phone"] = DOORS["paper"] = DOORS["in_person"] = (
    "notes",
    "Written down by us",
    "To keep what people say by telephone, on paper and in person, as our colleagues write it down.",
)


@dataclass(frozen=True, slots=True)
class Told:
    """A message as it was typed, before the door. Never stored, never logged."""

    came_by: str
    kind: str
    text: str
    place: str = ""
    contact: str = ""
    language: str = ""
    known_place: str = ""
    lat: float | None = None
    long: float | None = None
    said_at: datetime | None = None  # None: now
    story: int | None = None  # it was invited from there, in public
    picture_link: str = ""  # kept sealed with the place, never fetched
    picture: bytes = b""  # the hash of one that came with it; nothing else of it was ever kept


@dataclass(frozen=True, slots=True)
class Received:
    """What the person gets back, after the commit."""

    id: int
    code: str  # shown now and never again
    new: bool  # False: this very form was stored before


def receive(
    told: Told,
    form: str,
    *,
    ring: Keyring,
    desk: str,
    contact_days: int,
    unit: Unit | None = None,
    through: FormLink | None = None,
    actor: Person | None = None,
    now: datetime,
) -> Received:
    """Store one message; what returns is committed. `form` is the form's secret, `desk` the desk's address.

    `through` is the form of a place: its officer's words for the place stand, unmasked. BadInput for a
    message without words or of an unknown kind, Conflict where the door is closed.
    """
    unit = through.unit if through else unit or Unit.objects.filter(parent=None).order_by("id").first()
    if unit is None:
        raise Conflict("This desk has no unit yet that could read it. Nothing was stored.")
    if told.kind not in KINDS:
        raise BadInput("What is it? Choose one.")
    if not told.text.strip():
        raise BadInput("What do you want to tell us? Write it in your own words.")
    secret = Secret(ring, form)
    source = source_of(told.came_by, unit, now)
    item = _admitted(told, secret.number, source, ring, desk, now)
    facts = {
        "token": secret.token,
        "code": code_key(ring, secret.code),
        "source": source,
        "unit": unit,
        "sealed_place": _sealed_place(told, item, ring, secret.number),
        "received_at": now,
        "updated_at": now,
        "taken_by": actor,
        **_words(told, item, through),
    }
    try:
        with transaction.atomic():
            if Submission.objects.filter(token=secret.token).exists():
                return Received(secret.number, secret.code, new=False)
            row = Submission.objects.create(id=secret.number, **facts)
            if contact := told.contact.strip():
                SubmissionContact.objects.create(
                    submission=secret.number,
                    sealed=sealed(ring, "contact", secret.number, contact[:MOST_CONTACT]),
                    erase_at=now + timedelta(days=contact_days),
                )
            Source.objects.filter(pk=source.pk).update(next_try_at=now)  # it has news: ask it now
            case_intake.for_submission(row, ring, now)
            content = json.dumps([told.came_by, told.kind])
            reason = "taken_down" if actor else "told"
            ledger.append(actor, "submission.receive", "submission", secret.number, content, reason, now)
    except IntegrityError:
        if not Submission.objects.filter(token=secret.token).exists():
            raise
        return Received(secret.number, secret.code, new=False)  # the same form, at the same moment
    return Received(secret.number, secret.code, new=True)


def source_of(came_by: str, unit: Unit, now: datetime) -> Source:
    """The source of a door, made with its first message. Conflict while it is paused or removed."""
    address, name, purpose = DOORS[came_by]
    with transaction.atomic():
        source, made = Source.objects.get_or_create(
            kind=KIND,
            address=address,
            exercise=False,
            defaults={
                "name": name,
                "source_class": SourceClass.PUBLIC.value,
                "purpose": purpose,
                "unit": unit.__class__.objects.filter(parent=None).order_by("id").first(),
                "keep_days": 365,
                "interval_s": ASK_EVERY_S,
                "added_at": now,
            },
        )
        if made:
            ledger.append(None, "source.add", "source", source.pk, address, "first_message", now)
    if source.paused or source.removed_at is not None:
        raise Conflict("We take no messages here at the moment. Nothing was stored; please call us.")
    return source


def is_open(came_by: str) -> bool:
    """Whether this door takes messages: it does until somebody pauses or removes its source."""
    shut = Q(paused=True) | Q(removed_at__isnull=False)
    return not Source.objects.filter(shut, kind=KIND, address=DOORS[came_by][0], exercise=False).exists()


def waiting(source: int, desk: str, after: int, limit: int) -> list[Incoming]:
    """Messages of a source that the engine has not committed yet, by number from `after` on."""
    rows = Submission.objects.filter(source=source, handed_at=None, emptied_at=None, id__gt=after)
    return [
        Incoming(
            external_id=external_id(row.pk),
            text=f"{row.text}\n{row.place}" if row.place else row.text,
            link=desk_link(desk, row.pk),
            published=row.said_at or row.received_at,
            pictures=(bytes(row.picture),) if row.picture else (),
        )
        for row in rows.order_by("id")[:limit]
    ]


def handed(ids: Sequence[str], now: datetime) -> None:
    """The engine has committed these items (by external id)."""
    numbers = [int(one.rpartition(":")[2]) for one in ids]
    Submission.objects.filter(id__in=numbers, handed_at=None).update(handed_at=now, picture=None)


def external_id(number: int) -> str:
    return f"told:{number}"


def desk_link(desk: str, number: int) -> str:
    """Where staff read the message itself: the sealed link of its item."""
    return f"{desk}/desk/told/{number}"


def withdraw(row: Submission, now: datetime) -> None:
    """The person takes it back: words, place and contact go now, the item as soon as the engine can."""
    with transaction.atomic():
        changed = Submission.objects.filter(pk=row.pk, withdrawn_at=None).update(
            withdrawn_at=now, item_leaves=True, updated_at=now, **_empty(now)
        )
        if not changed:
            raise Conflict("It was taken back already.")
        SubmissionContact.objects.filter(pk=row.pk).delete()
        SubmissionFile.objects.filter(submission=row).delete()
        quarantine.let_go(row.source_id, [bytes(row.item_key)])
        Source.objects.filter(pk=row.source_id).update(next_try_at=now)
        case_intake.withdrawn(row, now)
        ledger.append(None, "submission.withdraw", "submission", row.pk, "", "withdrawn", now)


def empty_erased(erased: Mapping[int, Sequence[bytes]], now: datetime) -> int:
    """What is kept of messages whose items are on the list of erasures goes too, also after a restore."""
    keys = {key for source in _sources() for key in erased.get(source, ())}
    if not keys:
        return 0
    standing = Submission.objects.filter(emptied_at=None, source__in=list(erased))
    gone = [pk for pk, key in standing.values_list("id", "item_key").iterator() if bytes(key) in keys]
    for pk in gone:
        with transaction.atomic():
            if Submission.objects.filter(pk=pk, emptied_at=None).update(updated_at=now, **_empty(now)):
                SubmissionContact.objects.filter(pk=pk).delete()
                SubmissionFile.objects.filter(submission=pk).delete()
                ledger.append(None, "submission.erase", "submission", pk, "", "erased", now)
    return len(gone)


def _sources() -> list[int]:
    return list(Source.objects.filter(_OURS).values_list("id", flat=True))


def leaving(source: int, ring: Keyring) -> list[tuple[int, str]]:
    """Withdrawn messages whose item still stands: number, and the item's link as the engine knows it."""
    found = []
    rows = Submission.objects.filter(source=source, item_leaves=True)
    for number, key in rows.values_list("id", "item_key"):
        items = ItemRow.objects.filter(source=source, key=bytes(key))
        sealed = items.values_list("sealed", flat=True).first()
        link = unseal(ring.for_source(source), bytes(sealed))[1] if sealed else ""
        found.append((number, link))
    return found


def left(number: int) -> None:
    """Its item is gone."""
    Submission.objects.filter(pk=number).update(item_leaves=False)


def forget_due(now: datetime) -> int:
    """Contacts and files past their term go, and what stayed as long as its source says, with its files."""
    gone = 0
    for kept in (SubmissionContact, SubmissionFile):
        over = kept.objects.filter(erase_at__lte=now)
        if (
            over.exists()
        ):  # asked first: the clock comes every second, and writing takes the lock of all writers
            gone += over.delete()[0]
    for source, days in Source.objects.filter(_OURS, keep_days__gt=0).values_list("id", "keep_days"):
        old = Submission.objects.filter(
            source=source, emptied_at=None, received_at__lt=now - timedelta(days=days)
        )
        if old.exists():
            with transaction.atomic():
                SubmissionFile.objects.filter(submission__in=old.values("pk")).delete()
                gone += old.update(updated_at=now, **_empty(now))
    return gone


def code_key(ring: Keyring, code: str) -> bytes:
    """The hash under which a follow-up code is found, however it is typed."""
    return _derived(ring, "code", heard(code))


def heard(code: str) -> str:
    """A code as it was given out: capitals, no separators, letters that look like digits read as digits."""
    return "".join(letter for letter in code.upper().translate(_HEARD) if letter.isalnum())[:40]


def code_of(ring: Keyring, use: str, form: str) -> str:
    """The follow-up code of one form, in letters that people copy by hand; sent twice, it is the same."""
    written = b32encode(_derived(ring, use, form)[:10]).decode().translate(_SPOKEN)
    return "-".join(written[at : at + 4] for at in range(0, 16, 4))


@dataclass(frozen=True, slots=True)
class Secret:
    """All that follows from a form's secret."""

    ring: Keyring
    form: str

    @property
    def number(self) -> int:
        """Random for everybody else; JSON and JavaScript carry 53 bits."""
        return int.from_bytes(_derived(self.ring, "number", self.form)[:8], "big") >> 11 or 1

    @property
    def token(self) -> bytes:
        return _derived(self.ring, "token", self.form)[:16]

    @property
    def code(self) -> str:
        """80 bits, in four groups of four."""
        return code_of(self.ring, "follow", self.form)


def _derived(ring: Keyring, use: str, text: str) -> bytes:
    return hmac.digest(ring.contact_key, f"{use}:{text}".encode("utf-8", "surrogatepass"), "sha256")


def _admitted(told: Told, number: int, source: Source, ring: Keyring, desk: str, now: datetime) -> Item:
    """The message after the one door: its words in the text, its place in the title, both masked."""
    facts = SourceFacts(source.pk, source.kind, source.address, SourceClass(source.source_class))
    found = Incoming(
        external_id=external_id(number),
        text=told.text[:MOST_WORDS],
        title=told.place[:MOST_PLACE],
        link=desk_link(desk, number),
        published=now,
    )
    item = door.admit(found, facts, ring.for_source(source.pk), heard=now)
    if not isinstance(item, Item) or not item.text:
        raise BadInput("These words hold characters that cannot be stored: write them anew.")
    return item


def _words(told: Told, item: Item, through: FormLink | None) -> dict[str, object]:
    words: dict[str, object] = {
        "item_key": item.key,
        "came_by": told.came_by,
        "kind": told.kind,
        "story_id": told.story,
        "text": item.text,
        "place": item.title,
        "known_place": told.known_place[:80],
        "lat": told.lat,
        "long": told.long,
        "language": told.language[:12],
        "picture": told.picture or None,
        "said_at": told.said_at,
        "through": through,
    }
    if through is not None:
        words |= {"place": through.place, "known_place": through.known_place, "sealed_place": None}
    return words


def _sealed_place(told: Told, item: Item, ring: Keyring, number: int) -> bytes | None:
    """The place as it was typed and the address of a picture, where there is something to seal."""
    exact = [told.place] if _hidden(told, item) else []
    if link := web_link(told.picture_link):
        exact.append(link)
    return sealed(ring, "place", number, "\n".join(exact)) if exact else None


def _hidden(told: Told, item: Item) -> bool:
    """Whether masking took something out of the place: it is kept sealed, for whoever has to go there."""
    return " ".join(told.place.split()) != item.title


def _empty(now: datetime) -> dict[str, object]:
    return {
        "text": "", "place": "", "known_place": "", "lat": None, "long": None, "sealed_place": None,
        "picture": None, "emptied_at": now,
    }  # fmt: skip


def sealed(ring: Keyring, use: str, number: int, text: str) -> bytes:
    """What only a recorded step opens again, bound to one message."""
    return sealed_bytes(ring, use, number, text.encode("utf-8", "replace"))


def sealed_bytes(ring: Keyring, use: str, number: int, plain: bytes) -> bytes:
    """As `sealed`, for what is no text."""
    nonce = os.urandom(_NONCE)
    return _VERSION + nonce + AESGCM(ring.contact_key).encrypt(nonce, plain, _bound(use, number))


def opened(ring: Keyring, use: str, number: int, blob: bytes) -> str:
    """The text that was sealed. BadInput where its key is gone."""
    return opened_bytes(ring, use, number, blob).decode("utf-8", "replace")


def opened_bytes(ring: Keyring, use: str, number: int, blob: bytes) -> bytes:
    """As `opened`, for what is no text."""
    try:
        return AESGCM(ring.contact_key).decrypt(blob[1 : 1 + _NONCE], blob[1 + _NONCE :], _bound(use, number))
    except (InvalidTag, ValueError) as error:
        raise BadInput("It was sealed with a key that is gone: it can no longer be opened.") from error


def _bound(use: str, number: int) -> bytes:
    """What is sealed for one message opens for no other."""
    return _VERSION + f"{use} of submission {number}".encode()
