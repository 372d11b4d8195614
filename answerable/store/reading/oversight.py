"""What the overseer's office has before it: questions that were flagged, and the samples that wait."""

from __future__ import annotations

from dataclasses import dataclass

from answerable.permissions import Permission
from answerable.store.access import reach_filter
from answerable.store.models import Person, Question, QuestionSample


@dataclass(frozen=True, slots=True)
class Flagged:
    """A question that names the body without a matter, with its second looks, newest first."""

    question: Question
    samples: tuple[QuestionSample, ...]
    waiting: QuestionSample | None  # drawn, and nobody looked at it yet


def flagged(person: Person) -> tuple[Flagged, ...]:
    """Real flagged questions of the person's units; those that wait for a look stand first."""
    mine = reach_filter(person, Permission.OVERSIGHT_READ, "unit__path")
    rows = list(
        Question.objects.filter(mine, exercise=False, removed_at=None)
        .exclude(flag="")
        .select_related("unit", "created_by")
        .order_by("name", "id")
    )
    samples: dict[int, list[QuestionSample]] = {}
    found = QuestionSample.objects.filter(question__in=rows).select_related("done_by")
    for sample in found.order_by("-due_at", "-id"):
        samples.setdefault(sample.question_id, []).append(sample)
    seen = [_flagged(row, tuple(samples.get(row.pk, ()))) for row in rows]
    return tuple(sorted(seen, key=lambda one: one.waiting is None))


def _flagged(row: Question, samples: tuple[QuestionSample, ...]) -> Flagged:
    waiting = next((one for one in samples if one.drawn_at and not one.done_at), None)
    return Flagged(row, samples, waiting)
