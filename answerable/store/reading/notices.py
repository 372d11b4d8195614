"""Notices and calls as the desk reads them: who was called about what, by which way, and what came of it.

Addresses never stand here: a way is its kind and the hint that was kept of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from answerable.permissions import Permission
from answerable.store import calls
from answerable.store.access import reach_filter, within
from answerable.store.models import Call, CallOrder, Notice, Person, Unit, Way
from answerable.store.reading.calls import with_facts

STATES = ("waiting", "sent", "failed", "dropped")


@dataclass(frozen=True, slots=True)
class WaySeen:
    """One way of the reader, with how its last message went."""

    id: int
    kind: str
    shape: str
    hint: str
    state: str  # of the newest message by it, "" when none went
    at: datetime | None
    receipt: str
    trouble: str


def ways_seen(person: Person) -> list[WaySeen]:
    """The person's own ways in use."""
    last = Notice.objects.filter(way=OuterRef("pk")).exclude(state="dropped").order_by("-id")
    named = {
        name: Subquery(last.values(name)[:1])
        for name in ("state", "sent_at", "made_at", "receipt", "trouble")
    }
    rows = Way.objects.filter(person=person, removed_at=None).order_by("id").annotate(**named)
    return [
        WaySeen(
            pk,
            kind,
            shape,
            hint,
            "waiting" if state == "sending" else state or "",
            sent or made,
            receipt or "",
            trouble or "",
        )
        for pk, kind, shape, hint, state, sent, made, receipt, trouble in rows.values_list(
            "id", "kind", "shape", "hint", *named
        )
    ]


def notices_for(person: Person, *, exercise: bool, words: str = "", state: str = "") -> QuerySet[Notice]:
    """Notices about calls of the reader's units, newest first. Words are looked for in people's names."""
    found = Notice.objects.filter(call__isnull=False, exercise=exercise)
    found = found.filter(reach_filter(person, Permission.DESK_READ, "call__unit__path"))
    if state:
        found = found.filter(state__in=("waiting", "sending") if state == "waiting" else (state,))
    for word in words.split()[:8]:
        number = Q(call__alert=int(word)) if word.isascii() and word.isdecimal() and len(word) < 10 else Q()
        found = found.filter(Q(person__name__icontains=word) | Q(way__hint__icontains=word) | number)
    return found.select_related(
        "person",
        "way",
        "call__alert__story",
        "call__alert__signal",
        "call__room__alert__story",
        "call__room__alert__signal",
        "call__told__incident__unit",
        "call__escalation__clock__incident__unit",
        "call__unit",
    ).order_by("-made_at", "-id")


def unanswered(paths: Sequence[str], *, exercise: bool, limit: int = 20) -> list[tuple[Call, list[str]]]:
    """Calls of the units below `paths` that wait for an answer, oldest first, with the names of those called.

    Not those of rooms: everybody is called there, and the room itself says who has come.
    """
    found = Call.objects.filter(within(paths, "unit__path"), exercise=exercise, ended_at=None, room=None)
    rows = list(with_facts(found).order_by("raised_at", "id")[:limit])
    names: dict[int, list[str]] = {}
    called = Notice.objects.filter(call__in=rows).order_by("id").values_list("call", "person__name")
    for call, name in called:
        known = names.setdefault(call or 0, [])
        if name not in known:
            known.append(name)
    return [(row, names.get(row.pk, [])) for row in rows]


def call_of_story(story: int) -> tuple[Call, list[str]] | None:
    """The call about a story's alert while nobody has answered it, with the names of those called so far."""
    call = Call.objects.filter(alert__story=story, ended_at=None).order_by("-id").first()
    if call is None:
        return None
    names = Notice.objects.filter(call=call).order_by("id").values_list("person__name", flat=True)
    return call, list(dict.fromkeys(names))


@dataclass(frozen=True, slots=True)
class OrderSeen:
    """Whom a unit calls."""

    names: tuple[str, ...]
    wait_min: int
    of: str  # the unit whose order it is
    own: bool


def order_seen(unit: Unit, now: datetime) -> OrderSeen:
    """The order in force for a unit, its own or that of a unit above."""
    order = calls.order_for(unit, now)
    names = tuple(person.name for person in order.people)
    return OrderSeen(names, round(order.wait.total_seconds() / 60), order.unit.name, order.unit.pk == unit.pk)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be called for a unit."""

    id: int
    name: str
    unit: str
    ways: int
    drills: bool
    place: int | None  # in the unit's own order, from 1


def candidates(unit: Unit, people: list[Person]) -> list[Candidate]:
    """People with how they can be reached: those in the order first."""
    row = CallOrder.objects.filter(unit=unit).first()
    places = {pk: place for place, pk in enumerate(row.people if row else [], 1)}
    ways: dict[int, int] = {}
    for person in Way.objects.filter(person__in=people, removed_at=None).values_list("person", flat=True):
        ways[person] = ways.get(person, 0) + 1
    drilled = set(
        Person.objects.filter(pk__in=[one.pk for one in people], reach__drills=True).values_list(
            "pk", flat=True
        )
    )
    seen = [
        Candidate(one.pk, one.name, one.unit.name, ways.get(one.pk, 0), one.pk in drilled, places.get(one.pk))
        for one in people
    ]
    return sorted(seen, key=lambda one: (one.place is None, one.place or 0, one.name.casefold(), one.id))


def own_wait(unit: Unit) -> int:
    """Minutes the unit's own order waits; the usual ones without an order."""
    row = CallOrder.objects.filter(unit=unit).values_list("wait_s", flat=True).first()
    return round((row or calls.USUAL.total_seconds()) / 60)
