"""Who is on duty at a moment, from the rows of a roster: for pages and for calls."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Literal, cast

from answerable.respond.rosters import EVERY_DAY, Absence, Roster, Rotation, StandIn, on_duty
from answerable.store.models import DutyAbsence, DutyRoster, DutyStandIn, Person, Unit

TEAMS = ("information_officers", "spokespersons", "commentators")  # the order in which a room is called
_EVER, _NEVER = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)


def first_called(unit: Unit, now: datetime) -> list[int]:
    """Ids of the information officers on duty in the unit, or in the nearest unit above that has a roster."""
    above = [int(number) for number in unit.path.strip("/").split("/") if number]
    rows = {
        row.unit_id: row
        for row in DutyRoster.objects.filter(unit__in=above, team="information_officers").select_related(
            "unit"
        )
    }
    for number in reversed(above):
        if number in rows:
            seated = [one for one in on_duty(plain(rows[number]), now) if one is not None]
            if seated:
                return seated
    return []


def together(unit: Unit, now: datetime) -> list[tuple[int, str]]:
    """(person, team) of everybody on duty for the unit in any team, in the order of the teams.

    A unit without a roster of a team is served by the nearest one above that has it.
    """
    above = [int(number) for number in unit.path.strip("/").split("/") if number]
    rows = {(row.unit_id, row.team): row for row in DutyRoster.objects.filter(unit__in=above)}
    found: dict[int, str] = {}
    for team in TEAMS:
        for number in reversed(above):
            row = rows.get((number, team))
            seated = [one for one in on_duty(plain(row), now) if one is not None] if row else []
            if seated:
                for person in seated:
                    found.setdefault(person, team)
                break
    return list(found.items())


def plain(row: DutyRoster) -> Roster:
    """The rows of a roster as the values that `respond.rosters` understands."""
    rotations = row.rotations.filter(ended_at=None).order_by("since", "pk")
    stand_ins = list(row.stand_ins.order_by("made_at", "pk"))
    people = {one for rotation in rotations for one in rotation.people} | {one.person_id for one in stand_ins}
    gone = Person.objects.filter(pk__in=people, is_active=False).values_list("pk", flat=True)
    return Roster(
        _of_holidays_last(
            Rotation(
                tuple(one.people),
                one.first,
                one.hand_over,
                one.zone,
                one.days,
                frozenset(one.weekdays) or EVERY_DAY,
                cast("Literal['too', 'only', 'never']", one.holidays),
                # The first rotation speaks for the time before it was written down as well.
                one.since if place else None,
            )
            for place, one in enumerate(rotations)
        ),
        row.seats,
        tuple(
            StandIn(one.start, _until(one), one.person_id, one.instead_of_id, one.seat)
            for one in stand_ins
            if one.start < _until(one)
        ),
        tuple(
            Absence(one.person_id, one.start, _until(one))
            for one in DutyAbsence.objects.filter(person__in=people).order_by("pk")
            if one.start < _until(one)
        )
        + tuple(Absence(pk, _EVER, _NEVER) for pk in gone),
        frozenset(date.fromisoformat(day) for day in row.holidays),
    )


def _of_holidays_last(rotations: Iterable[Rotation]) -> tuple[Rotation, ...]:
    """What holds on holidays only wins over every other there, also over one that was set after it."""
    return tuple(sorted(rotations, key=lambda one: one.holidays == "only"))


def _until(row: DutyStandIn | DutyAbsence) -> datetime:
    """A cancelled row counts until it was cancelled: what was true before stays true."""
    return row.end if row.cancelled_at is None else min(row.end, row.cancelled_at)
