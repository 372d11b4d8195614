"""A public post gets a public reply that invites: an officer asks for it, a registered voice says it.

Once for each post, however it was heard. The case is the person's to open, in their own words, or never.
Of the post a keyed hash stays; nothing of its writer is read, kept or chosen by.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from answerable.collect.keys import unseal
from answerable.errors import BadInput, ChannelTrouble, Conflict
from answerable.permissions import Permission
from answerable.publish.forms.sheet import shortened
from answerable.records import Receipt, SourceClass
from answerable.store import channels, ledger, outbox, voices
from answerable.store.access import require
from answerable.store.form_links import new_slug
from answerable.store.keyring import Keyring
from answerable.store.models import ChannelRow, Invitation, ItemRow, Person, ReplyText, Unit, Voice
from answerable.store.outbox import LEASE, SENDING, SENT
from answerable.store.submissions import KINDS

DROPPED = "dropped"  # the post left, or what we would say no longer holds: nothing goes out
NETWORKS = {channels.MASTODON: 500, channels.BLUESKY: 300}  # where posts are answered, and how long a post is
_NAME = 60  # characters of a post that the name of whom it answers may take
_SIGNED = (60, 30, 15)  # characters of each part of the signature, until all fits


@dataclass(frozen=True, slots=True)
class Taken:
    """An invitation that this sender holds for the time of its lease."""

    row: Invitation  # with channel, text, voice and units
    target: str = field(repr=False)  # what the network calls the post; read from its seal, kept nowhere
    tries: int  # this one included


def invite(
    actor: Person,
    item_id: int,
    *,
    unit: Unit,
    text: ReplyText,
    channel: ChannelRow,
    why: str,
    ring: Keyring,
    desk: str,
    reason: str = "",
    now: datetime,
) -> Invitation:
    """Ask for one reply below one post. Conflict when that post was ever answered so.

    BadInput for anything but a public post of a network that stands, and for a text that is not approved.
    """
    if why not in KINDS:
        raise BadInput("What does the post ask of us? Choose one.")
    with transaction.atomic():
        ledger.serialise()
        require(actor, Permission.CASE_WORK, unit)
        item = post_of(item_id)
        if item is None:
            raise BadInput("This post left meanwhile: nobody answers it.")
        if not can_be_answered(item):
            raise BadInput("Only a public post of a network can be answered, and none of an exercise.")
        key = _key(ring, _address(item, ring)[1])
        if text not in usable(unit) or channel not in ways(item, unit):
            raise BadInput("Choose an approved invitation, and an account of ours on the post's own network.")
        voice = voices.speaking(actor, unit)
        slug = new_slug()
        words = _words(text, voice, f"{desk}/i/{slug}", NETWORKS[channel.kind])
        facts = {"unit": unit, "voice": voice, "channel": channel, "text": text, "why": why, "by": actor}
        story = item.thread.story_id if item.thread else None
        try:
            with transaction.atomic():
                made = Invitation.objects.create(
                    post=key,
                    item=item.pk,
                    story_id=story,
                    slug=slug,
                    said=words,
                    made_at=now,
                    due_at=now,
                    **facts,
                )
        except IntegrityError as error:
            if not Invitation.objects.filter(post=key).exists():
                raise
            raise Conflict("This post was answered before: once for each post, and never again.") from error
        content = json.dumps([words, why, channel.pk, text.pk])
        ledger.append(actor, "invitation.send", "invitation", made.pk, content, reason, now)
    return made


def usable(unit: Unit) -> QuerySet[ReplyText]:
    """Approved invitations of the unit and those above it, by title."""
    above = [int(number) for number in unit.path.strip("/").split("/") if number]
    found = ReplyText.objects.filter(unit__in=above, invites=True, approved_at__isnull=False, retired_at=None)
    return found.order_by("title", "pk")


def ways(item: ItemRow, unit: Unit) -> Sequence[ChannelRow]:
    """Our accounts on the post's own network that speak for this unit."""
    found = channels.standing().filter(kind=item.source.kind, kind__in=NETWORKS)
    return [one for one in found if unit.path.startswith(one.unit.path)]


def can_be_answered(item: ItemRow) -> bool:
    """Whether this is a public post of a private person on a network where one answers below it."""
    source = item.source
    real = not (item.exercise or source.exercise)
    private = source.source_class == SourceClass.PUBLIC
    return real and private and source.kind in NETWORKS and item.sealed is not None


def of_item(item_id: int) -> Invitation | None:
    """The invitation that was asked for at this item."""
    return Invitation.objects.select_related("voice", "text", "by").filter(item=item_id).first()


def by_slug(slug: str) -> Invitation | None:
    """What a short address leads to."""
    return Invitation.objects.select_related("unit", "voice__unit").filter(slug=slug.lower()[:12]).first()


def take(now: datetime, ring: Keyring, limit: int = 8, busy: Collection[int] = ()) -> list[Taken]:
    """Invitations that are due, one for each channel that is not `busy`, each for the caller alone.

    What has no post any more, or says what no longer holds, is dropped instead.
    """
    found = (
        Invitation.objects.filter(outbox.free(now), channel__paused=False)
        .exclude(channel__in=busy)
        .select_related("channel", "text", "voice__unit")
    )
    taken: dict[int, Taken] = {}
    for row in found.order_by("due_at", "id")[: limit * 4]:
        seen = Invitation.objects.filter(pk=row.pk, state=row.state, tries=row.tries)
        post, over = _still(row, ring)
        if over:
            seen.update(state=DROPPED, leased_until=None, trouble=over)
        elif len(taken) < limit and row.channel_id not in taken:
            held = {"state": SENDING, "leased_until": now + LEASE, "tries": F("tries") + 1}
            if seen.update(**held):
                taken[row.channel_id] = Taken(row, post, row.tries + 1)
    return list(taken.values())


def delivered(taken: Taken, receipt: Receipt, now: datetime) -> None:
    """The network took it. Where our reply can be read is the receipt, and stands in the public register."""
    with transaction.atomic():
        Invitation.objects.filter(pk=taken.row.pk).exclude(state=SENT).update(
            state=SENT, sent_at=now, leased_until=None, trouble="", address=receipt.address
        )
        channels.note(taken.row.channel_id, now)


def not_delivered(taken: Taken, trouble: ChannelTrouble, now: datetime, luck: float) -> None:
    """The network did not take it: again after a while, given up, or dropped because the post is gone."""
    mine = Invitation.objects.filter(pk=taken.row.pk, state=SENDING, tries=taken.tries)
    fields = outbox.put_off(trouble, taken.tries, now, luck)
    gone = str(trouble).startswith("post_")
    mine.update(**fields | ({"state": DROPPED} if gone else {}))
    if not gone:
        channels.note(taken.row.channel_id, now, str(trouble)[:200])


def post_of(item_id: int) -> ItemRow | None:
    """The post with its source and thread, None when it left."""
    return ItemRow.objects.select_related("source", "thread").filter(pk=item_id).first()


def _address(item: ItemRow, ring: Keyring) -> tuple[str, str]:
    """(id, link) of the post, from its seal. They are never kept, logged or shown."""
    with suppress(ValueError):
        external_id, link = unseal(ring.for_source(item.source_id), bytes(item.sealed or b""))
        if link:
            return external_id, link
    raise BadInput("This post came without an address, or its key is gone: nobody can answer it.")


def _key(ring: Keyring, link: str) -> bytes:
    """The same for a post however often and wherever it is heard, and nothing to anybody without the key."""
    return hmac.digest(ring.contact_key, f"invited:{link}".encode("utf-8", "surrogatepass"), "sha256")[:16]


def _still(row: Invitation, ring: Keyring) -> tuple[str, str]:
    """What the network calls the post, or "" and why nobody answers it any more."""
    if row.voice.retired_at is not None or row.text.retired_at is not None:
        return "", "no_longer_holds"
    if row.channel.removed_at is not None:
        return "", "channel_removed"
    with suppress(BadInput):
        item = post_of(row.item)
        if item is not None:
            external_id, link = _address(item, ring)
            return (external_id if row.channel.kind == channels.BLUESKY else link), ""
    return "", "post_gone"


def _words(text: ReplyText, voice: Voice, link: str, most: int) -> str:
    """The approved text as it stands, who says it, and where to go. BadInput when a post does not hold it."""
    for room in _SIGNED:
        parts = (voice.name, voice.role, voice.unit.name)
        signed = ", ".join(shortened(part, room, len) for part in parts)
        words = f"{text.text}\n\n{signed}\n{link}"
        if len(words) + _NAME * (most > NETWORKS[channels.BLUESKY]) <= most:
            return words
    raise BadInput("The text is too long for a post there, with who says it and where to go: shorten it.")
