"""Hand-over notes: what whoever is on duty leaves to the next one, who acknowledges it by name."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Permission
from answerable.publish.wording import plain
from answerable.respond.rosters import shifts
from answerable.store import ledger
from answerable.store.access import may
from answerable.store.duty import able
from answerable.store.models import DutyNote, DutyRoster, Person
from answerable.store.on_duty import plain as planned

LONGEST = 2000
AHEAD = timedelta(days=14)  # how far the next turn is looked for
GRACE = timedelta(minutes=30)  # of whoever takes over


def write(actor: Person, roster: DutyRoster, *, text: str, reason: str = "", now: datetime) -> DutyNote:
    """Leave a note to whoever comes next. It is to be acknowledged half an hour into the next turn."""
    if not (text := plain(text)[:LONGEST]):
        raise BadInput("What must the next one know? Write it in a few lines.")
    with transaction.atomic():
        ledger.serialise()
        _serves(actor, roster)
        note = DutyNote.objects.create(
            roster=roster, text=text, written_by=actor, written_at=now, due_at=next_turn(roster, now) + GRACE
        )
        ledger.append(actor, "duty_note.write", "roster", roster.pk, text, reason, now)
    return note


def take(actor: Person, number: int, *, reason: str = "", now: datetime) -> DutyNote:
    """This person read it and has the matter. Not the writer; Conflict when somebody did."""
    with transaction.atomic():
        ledger.serialise()
        note = DutyNote.objects.select_related("roster__unit").filter(pk=number).first()
        if note is None:
            raise Conflict("This note is gone: look at the page again.")
        _serves(actor, note.roster)
        if note.written_by_id == actor.pk:
            raise NotAllowed("You wrote this note: whoever takes over says that they read it.")
        if not DutyNote.objects.filter(pk=number, taken_at=None).update(taken_by=actor, taken_at=now):
            raise Conflict("Somebody said already that they read it.")
        ledger.append(actor, "duty_note.take", "roster", note.roster_id, str(number), reason, now)
    return note


def next_turn(roster: DutyRoster, now: datetime) -> datetime:
    """When the first seat changes hands; now when it does not within two weeks."""
    ahead = [one for one in shifts(planned(roster), now, now + AHEAD) if one.seat == 0]
    return ahead[1].start if len(ahead) > 1 else now


def serves(actor: Person, roster: DutyRoster) -> bool:
    """Whether this person may be on duty there, or plans it."""
    return may(actor, Permission.DUTY_CHANGE, roster.unit) or actor in able(roster.unit, roster.team)


def _serves(actor: Person, roster: DutyRoster) -> None:
    if not serves(actor, roster):
        raise NotAllowed("Only the people of this team write and read its notes.")
