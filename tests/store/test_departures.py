"""Texts that leave by themselves: planned, or alone under the emergency rule, which owes a second person."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Role
from answerable.store import departures, ledger, statements, voices
from answerable.store.drafts import read_draft, text_hash
from answerable.store.models import (
    Call,
    Departure,
    Notice,
    OwedApproval,
    Person,
    Publication,
    RoleHeld,
    StatementVersion,
    Way,
)
from answerable.store.reading import public_statements
from answerable.store.reading.oversight import issues
from tests.cast import Desk
from tests.store.scene import at_once, draft, ledger_rows

MINUTE = timedelta(minutes=1)


def head(desk: Desk, login: str = "hana", role: Role = Role.HEAD) -> Person:
    """One more person of the council, with a way to be reached."""
    made = Person.objects.create(login=login, name=login.title(), unit=desk.top, added_at=desk.now)
    RoleHeld.objects.create(person=made, unit=desk.top, role=role.value)
    Way.objects.create(person=made, kind="webhook", shape="json", hint="…", sealed=b"x", added_at=desk.now)
    return made


def bobs(desk: Desk, **changes: Any) -> StatementVersion:
    """A warning that Bob, who may publish, wrote himself."""
    facts: dict[str, Any] = {
        "kind": "warning", "voice_id": desk.voice.pk, "language": "en", "title": "Do not drink the water",
        "text": "The lab found bacteria at 04:10.", "what_to_do": "Boil it.", "now": desk.now,
    }  # fmt: skip
    return statements.write(desk.bob, **{**facts, **changes})


def approved(desk: Desk) -> StatementVersion:
    version = draft(desk)
    statements.submit(desk.carol, version.pk, now=desk.now)
    return statements.approve(desk.bob, version.pk, version.text_hash, now=desk.now)


def test_an_approved_text_leaves_at_its_time_once(desk: Desk) -> None:
    """Not a second before it is due, once, and with the name of whoever planned it in the ledger."""
    version = approved(desk)
    departures.plan(desk.bob, version.pk, version.text_hash, at=desk.now + MINUTE, now=desk.now)
    assert departures.tick(desk.now + MINUTE - timedelta(seconds=1)) == 0
    assert Publication.objects.count() == 0
    assert departures.tick(desk.now + MINUTE) == 1
    assert departures.tick(desk.now + 2 * MINUTE) == 0
    version.refresh_from_db()
    assert version.published_at == desk.now + MINUTE
    assert Publication.objects.filter(channel="website").count() == 1
    assert ledger_rows()[-1] == ("statement.publish", "statement_version", version.pk)


@pytest.mark.parametrize("wrong", [timedelta(0), -MINUTE, timedelta(days=400)])
def test_a_plan_lies_in_the_time_to_come(desk: Desk, wrong: timedelta) -> None:
    """A past moment, or one that nobody remembers, is refused and leaves nothing."""
    version = approved(desk)
    with pytest.raises(BadInput):
        departures.plan(desk.bob, version.pk, version.text_hash, at=desk.now + wrong, now=desk.now)
    assert Departure.objects.count() == 0


def test_a_planned_text_that_changed_hands_stays(desk: Desk) -> None:
    """Sent back, called off, or its voice retired: nothing leaves, and the page says why it stayed."""
    sent_back, called_off, voiceless = approved(desk), approved(desk), approved(desk)
    for version in (sent_back, called_off, voiceless):
        departures.plan(desk.bob, version.pk, version.text_hash, at=desk.now + MINUTE, now=desk.now)
    with pytest.raises(Conflict):
        departures.plan(desk.bob, voiceless.pk, voiceless.text_hash, at=desk.now + MINUTE, now=desk.now)
    statements.send_back(desk.carol, sent_back.pk, now=desk.now)
    departures.call_off(desk.bob, called_off.pk, now=desk.now)
    voices.retire(desk.alice, desk.voice, now=desk.now)
    assert departures.tick(desk.now + MINUTE) == 0
    assert StatementVersion.objects.filter(published_at__isnull=False).count() == 0
    assert "registered voice" in departures.last_trouble(voiceless.pk)
    assert departures.tick(desk.now + 9 * MINUTE) == 0


def test_a_second_person_within_five_minutes_makes_it_ordinary(desk: Desk) -> None:
    """Approved in time it goes out at once under two names: no label, nothing owed."""
    hana, version = head(desk), bobs(desk)
    departures.invoke(desk.bob, version.pk, version.text_hash, ground="health", now=desk.now)
    assert Notice.objects.filter(person=hana, call__departure__version=version).count() == 1
    statements.approve(hana, version.pk, version.text_hash, now=desk.now + MINUTE)
    assert departures.tick(desk.now + MINUTE) == 1
    version.refresh_from_db()
    assert (version.approved_by, version.one_person_hash) == (hana, "")
    assert OwedApproval.objects.count() == 0
    line = public_statements.lines(public_statements.current())[0]
    assert not line.alone


def test_without_a_second_person_it_goes_out_marked(desk: Desk) -> None:
    """After five minutes, not before: labelled in public, a second approval owed, the overseer told."""
    overseer, version = head(desk, "otto", Role.OVERSEER), bobs(desk)
    departures.invoke(desk.bob, version.pk, version.text_hash, ground="health", now=desk.now)
    assert departures.tick(desk.now + 5 * MINUTE - timedelta(seconds=1)) == 0
    left = desk.now + 5 * MINUTE
    assert departures.tick(left) == 1
    version.refresh_from_db()
    assert (version.published_at, version.approved_by) == (left, None)
    owed = OwedApproval.objects.get()
    assert (owed.alone_by, owed.due_at, owed.outcome) == (desk.bob, left + timedelta(hours=1), "")
    assert public_statements.lines(public_statements.current())[0].alone
    assert Notice.objects.filter(person=overseer, call__owed=owed).count() == 1
    assert Call.objects.get(departure__version=version).ended_at == left
    issue = issues(overseer, left)[0]
    assert (issue.kind, issue.statement) == ("alone", version.statement_id)


def test_the_owed_approval_is_a_second_persons(desk: Desk) -> None:
    """Not the writer's; an objection says what is wrong; late or not, it is given once."""
    hana, version = head(desk), bobs(desk)
    departures.invoke(desk.bob, version.pk, version.text_hash, ground="life", now=desk.now)
    departures.tick(desk.now + 5 * MINUTE)
    late = desk.now + timedelta(hours=2)
    departures.tick(late)
    assert OwedApproval.objects.get().missed_at == late
    with pytest.raises(NotAllowed):
        departures.settle_owed(desk.bob, version.pk, version.text_hash, outcome="approved", now=late)
    with pytest.raises(BadInput):
        departures.settle_owed(hana, version.pk, version.text_hash, outcome="objected", now=late)
    with pytest.raises(Conflict):
        departures.settle_owed(hana, version.pk, "0" * 64, outcome="approved", now=late)
    departures.settle_owed(hana, version.pk, version.text_hash, outcome="approved", now=late)
    with pytest.raises(Conflict):
        departures.settle_owed(hana, version.pk, version.text_hash, outcome="objected", note="No", now=late)
    version.refresh_from_db()
    assert version.approved_by == hana
    assert not public_statements.lines(public_statements.current())[0].alone


def test_the_rule_is_the_writers_who_may_publish(desk: Desk) -> None:
    """Carol may not publish; Hana did not write it and approves instead; an unknown danger is none."""
    hana, version = head(desk), bobs(desk)
    carols = draft(desk)
    with pytest.raises(NotAllowed):
        departures.invoke(desk.carol, carols.pk, carols.text_hash, ground="life", now=desk.now)
    with pytest.raises(NotAllowed, match="second person"):
        departures.invoke(hana, version.pk, version.text_hash, ground="life", now=desk.now)
    with pytest.raises(BadInput):
        departures.invoke(desk.bob, version.pk, version.text_hash, ground="haste", now=desk.now)
    with pytest.raises(Conflict):
        departures.invoke(desk.bob, version.pk, "0" * 64, ground="life", now=desk.now)
    assert Departure.objects.count() == 0


def test_the_database_lets_no_unapproved_text_out(desk: Desk) -> None:
    """Neither approved nor marked as one person's: no row can say that it is published."""
    version = bobs(desk)
    with pytest.raises(IntegrityError), transaction.atomic():
        StatementVersion.objects.filter(pk=version.pk).update(published_at=desk.now)
    departures.invoke(desk.bob, version.pk, version.text_hash, ground="life", now=desk.now)
    departures.tick(desk.now + 5 * MINUTE)
    with pytest.raises(IntegrityError), transaction.atomic():
        OwedApproval.objects.update(settled_by=desk.bob)


def race(desk: Desk, hana: Person, luck: random.Random, alone: bool) -> None:
    """One race: everybody acts on the same text at once; then what is public must be what was stood for."""
    version = bobs(desk, title=f"Warning {luck.random()}")
    shown = version.text_hash
    late = desk.now + 5 * MINUTE
    if alone:
        departures.invoke(desk.bob, version.pk, shown, ground="life", now=desk.now)
    else:
        statements.submit(desk.bob, version.pk, now=desk.now)

    def edit() -> object:
        return statements.edit(desk.carol, version.pk, text_hash=shown, title="Other", text="Words", now=late)

    def back_and_edit() -> object:
        statements.send_back(desk.carol, version.pk, now=late)
        return edit()

    def approve_and_publish() -> object:
        statements.approve(hana, version.pk, shown, now=late)
        return statements.publish(hana, version.pk, now=late)

    calls = [
        lambda: statements.approve(desk.bob, version.pk, shown, now=late),  # his own text
        lambda: statements.approve(hana, version.pk, shown, now=late),
        approve_and_publish,
        lambda: departures.tick(late),
        lambda: departures.tick(late),
        back_and_edit,
        edit,
    ]
    luck.shuffle(calls)
    at_once(*calls[:5])
    departures.tick(late + MINUTE)
    version.refresh_from_db()
    sent = Publication.objects.filter(version=version, channel="website").count()
    assert sent == (1 if version.published_at else 0)
    if version.published_at is None:
        return
    assert text_hash(read_draft(version), version.statement) == shown == version.text_hash
    owed = OwedApproval.objects.filter(version=version).exists()
    assert owed == (version.one_person_hash == shown and version.approved_by is None)
    assert owed or (version.approved_by == hana and version.approved_hash == shown)
    assert not owed or alone


@pytest.mark.parametrize("alone", [False, True], ids=["two people", "emergency"])
def test_races_publish_only_what_was_stood_for(desk: Desk, alone: bool, seed: int) -> None:
    """Approve, publish, leave, send back and edit at once: text approved = text published, two people or a mark."""
    hana, luck = head(desk), random.Random(seed)
    for _ in range(4):
        race(desk, hana, luck, alone)
    assert ledger.verify_stored() is None


@pytest.mark.deep
@pytest.mark.parametrize("alone", [False, True], ids=["two people", "emergency"])
def test_a_hundred_races(desk: Desk, alone: bool, seed: int) -> None:
    """A8 in full: 100 races on each path."""
    hana, luck = head(desk), random.Random(seed + 1)
    for _ in range(100):
        race(desk, hana, luck, alone)
    assert ledger.verify_stored() is None
