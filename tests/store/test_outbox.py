"""The outbox by itself: what the database refuses, whose words go where, and that a lease is one sender's alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from answerable.errors import BadInput, NotAllowed
from answerable.store import channels, outbox, voices
from answerable.store.keyring import Keyring
from answerable.store.models import ChannelRow, Delivery, Statement, Voice
from tests.cast import Desk
from tests.run.test_sender import channel
from tests.store.scene import at_once, draft, incident, publish


def hook(desk: Desk, **facts: Any) -> ChannelRow:
    return channel(desk, "webhook", address="https://hook.example/", **facts)


def _row(desk: Desk, **changes: Any) -> Delivery:
    """A row past our functions."""
    version = draft(desk)
    facts: dict[str, Any] = {
        "version": publish(desk, version), "channel": ChannelRow.objects.get(exercise=False),
        "voice": desk.voice, "language": "xx", "key": f"k{version.pk}", "made_at": desk.now,
        "due_at": desk.now,
    }  # fmt: skip
    return Delivery(**(facts | changes))


def test_the_database_refuses_what_no_voice_said_and_what_is_an_exercise(desk: Desk) -> None:
    """Without a voice, with another's, with a retired one, unpublished, on the wrong side: also by raw SQL.

    Sabotage: drop the trigger of the deliveries.
    """
    hook(desk)
    twin = ChannelRow.objects.get(exercise=True)
    other = Voice.objects.create(unit=desk.top, name="N", role="R", registered_at=desk.now)
    wrong: list[dict[str, Any]] = [
        {"voice": None},
        {"voice_id": 10**9},
        {"voice": other},
        {"version": draft(desk)},
        {"channel": twin},
        {"channel": twin, "exercise": True},
        {"exercise": True},
        {"version": publish(desk, draft(desk, incident(desk, exercise=True))), "exercise": True},
    ]
    for changes in wrong:
        with pytest.raises((DatabaseError, ValueError)), transaction.atomic():
            _row(desk, **changes).save()
    good = _row(desk)
    good.save()
    for column, value in (("exercise", "TRUE"), ("channel_id", twin.pk), ("voice_id", other.pk)):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE deliveries SET {column} = {value} WHERE id = {good.pk}")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE channels SET exercise = TRUE, real_id = id")
    late = _row(desk)
    voices.retire(desk.alice, desk.voice, now=desk.now)
    with pytest.raises(DatabaseError), transaction.atomic():
        late.save()


def test_words_go_to_channels_of_their_unit_and_above(desk: Desk) -> None:
    """The council's own words stay out of a department's account; a department's words go to the council's too."""
    hook(desk, name="council")
    hook(desk, name="water", unit=desk.water)
    publish(desk, draft(desk))
    assert [row.channel.name for row in Delivery.objects.all()] == ["council"]
    Voice.objects.create(unit=desk.water, name="W", role="R", registered_at=desk.now)
    Statement.objects.update(unit=desk.water)
    found = Statement.objects.select_related("unit", "voice").get()
    assert found.published is not None
    Delivery.objects.all().delete()
    found.published.statement = found
    with transaction.atomic():
        outbox.queue(found.published, ["en", "es", "en"], desk.now)
    got = Delivery.objects.order_by("id").values_list("channel__name", "language")
    assert list(got) == [("council", "en"), ("council", "es"), ("water", "en"), ("water", "es")]


def test_one_delivery_is_one_senders_alone(desk: Desk) -> None:
    """Ten senders at once take each text once; a lease that ran out is taken again, also after a clock set back."""
    hook(desk)
    publish(desk, draft(desk))
    taken = at_once(*[lambda: outbox.take(desk.now) for _ in range(10)])
    assert sorted(len(one) for one in taken) == [0] * 9 + [1]
    assert outbox.take(desk.now + outbox.LEASE - timedelta(seconds=1)) == []
    assert len(outbox.take(desk.now + outbox.LEASE)) == 1
    assert len(outbox.take(desk.now - timedelta(days=1))) == 1


def test_who_may_change_a_channel_and_what_is_none(desk: Desk) -> None:
    """Administrators alone; no address, no secret, no such kind."""
    ring = Keyring.open(desk.home)
    with pytest.raises(NotAllowed):
        channels.add(desk.bob, kind="assisted", ring=ring, unit=desk.top, name="X", now=desk.now)
    for wrong in (
        {"kind": "pigeon"}, {"kind": "webhook", "address": "ftp://x"}, {"kind": "assisted", "name": " "},
        {"kind": "mastodon", "address": "https://x.example"}, {"kind": "bluesky", "secret": "x"},
        {"kind": "webhook", "address": "https://x.example", "secret": "a\nb"},
    ):  # fmt: skip
        with pytest.raises(BadInput):
            channel(desk, **wrong)
    assert not ChannelRow.objects.exists()
