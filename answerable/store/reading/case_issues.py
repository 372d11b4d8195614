"""Cases the overseer's office has before it: deadlines that were missed, closings that were contested."""

from __future__ import annotations

from answerable.permissions import Permission
from answerable.store.access import reach_filter
from answerable.store.models import CaseContest, CaseStep, Person

MOST = 300


def missed(person: Person) -> list[CaseStep]:
    """The step that went to the head, for each missed deadline of a case."""
    mine = reach_filter(person, Permission.OVERSIGHT_READ, "case__unit__path")
    rows = CaseStep.objects.filter(mine, step="head").select_related(
        "case__unit", "watched__explained_by", "watched__found_by"
    )
    return list(rows.order_by("-due_at")[:MOST])


def contested(person: Person) -> list[CaseContest]:
    """Contests that are open, or were right."""
    mine = reach_filter(person, Permission.OVERSIGHT_READ, "case__unit__path")
    rows = CaseContest.objects.filter(mine).exclude(upheld=False)
    return list(rows.select_related("case__unit", "settled_by", "watched__found_by").order_by("-at")[:MOST])
