"""Open cases that ask the same: which they are, and how all of them become one.

What was compared by its words goes by that; what was brought in with a file goes by its story.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from answerable.permissions import Permission
from answerable.respond.case_rules import ENDED, OPEN
from answerable.store import case_clocks
from answerable.store.case_access import change, note, of_units, visible
from answerable.store.case_bringing import FILE
from answerable.store.case_sorting import Told, told
from answerable.store.models import Case, CaseEvent, CaseMessage, CasePause, ItemRow, Person

COMPARED_FOR = timedelta(days=30)
_CHUNK = 500


def to_compare(limit: int, now: datetime) -> list[Told]:
    """Open cases of the last month that came to us directly, the newest first."""
    found = Case.objects.filter(stage__in=OPEN, collected_at__gt=now - COMPARED_FOR).exclude(came_by=FILE)
    return told(list(found.order_by("-collected_at", "pk")[:limit]))


def keep(groups: Mapping[int, int | None]) -> int:
    """Write down which case each one asks the same as; returns how many changed."""
    before = dict(Case.objects.filter(same_as__isnull=False).values_list("pk", "same_as"))
    changed = [(case, group) for case, group in groups.items() if before.get(case) != group]
    for at in range(0, len(changed), _CHUNK):
        with transaction.atomic():
            for case, group in changed[at : at + _CHUNK]:
                Case.objects.filter(pk=case).update(same_as=group)
    return len(changed)


def others(person: Person, case: Case) -> QuerySet[Case]:
    """Other open cases that ask the same and that this person may work on, the oldest first."""
    if case.same_as is not None:
        same = Q(same_as=case.same_as)
    elif stories := _stories(case):
        items = ItemRow.objects.filter(thread__story__in=stories)
        keys = items.filter(source__kind="form").values("key")
        in_story = Q(item__in=items.values("pk")) | Q(submission__item_key__in=keys)
        same = Q(pk__in=CaseMessage.objects.filter(in_story).values("case"), same_as=None)
    else:
        return Case.objects.none()
    mine = visible(person).filter(of_units(person, Permission.CASE_WORK), stage__in=OPEN)
    return mine.filter(same).exclude(pk=case.pk).order_by("collected_at", "pk")


def _stories(case: Case) -> set[int]:
    """The stories in which the first messages of a case stand, in two queries."""
    wanted = Q(pk__in=[])
    columns = ("item", "submission__source", "submission__item_key")
    for item, source, key in CaseMessage.objects.filter(case=case).values_list(*columns)[:12]:
        wanted |= Q(pk=item) if item is not None else Q(source=source, key=key and bytes(key))
    items = ItemRow.objects.filter(wanted, thread__isnull=False)
    return set(items.values_list("thread__story", flat=True))


def join(case: Case, found: Sequence[Case], actor: Person, version: int, now: datetime) -> None:
    """They join this case, inside the caller's transaction: their messages, people and likes move over.

    The clock of the oldest counts on, so that joining wins nobody any time.
    """
    numbers = [one.pk for one in found]
    for at in range(0, len(numbers), _CHUNK):
        chunk = numbers[at : at + _CHUNK]
        CaseMessage.objects.filter(case__in=chunk).update(case=case)
        CasePause.objects.filter(case__in=chunk, until=None).update(until=now)
        Case.objects.filter(pk__in=chunk).update(
            stage=ENDED,
            left_out="merged",
            due_at=None,
            look_at=None,
            merged_into=case,
            version=F("version") + 1,
        )
    CaseEvent.objects.bulk_create(
        [CaseEvent(case_id=pk, at=now, kind="left_out", params={"reason": "merged"}) for pk in numbers]
        + [
            CaseEvent(case_id=pk, actor=actor, at=now, kind="merged_into", params={"case": case.pk})
            for pk in numbers
        ],
        batch_size=_CHUNK,
    )
    counts = ("people", "copies", "likes", "also")
    more = {name: F(name) + sum(getattr(one, name) for one in found) for name in counts}
    started = min(one.started_at for one in (case, *found))
    change(case, version, started_at=started, **more)
    case.refresh_from_db()
    case_clocks.move(case)
    note(case, actor, "merged", now, cases=len(numbers), people=case.people)
