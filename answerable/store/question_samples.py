"""The second look of promise 10: seven days after a question was flagged, a part of what it found is drawn.

Chance draws, so that nobody can choose; the clock does it, once.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from answerable.store import ledger
from answerable.store.models import QuestionMatch, QuestionSample
from answerable.store.questions import SAMPLED_AFTER
from answerable.store.stream import to_ms

SIZE = 20  # items of one sample, or all when there are fewer


def draw_due(now: datetime) -> int:
    """Draw every sample that is due; returns how many. Where nothing was found, the next is due."""
    due = QuestionSample.objects.filter(due_at__lte=now, drawn_at=None, done_at=None)
    # One that still looks back has not found all it will: it is drawn from when that is done.
    due = due.filter(
        Q(question__paused=True) | Q(question__run_done=True, question__run_version=F("question__version"))
    )
    drawn = 0
    for sample in due.select_related("question").order_by("due_at", "id")[:100]:
        question = sample.question
        with transaction.atomic():
            if not question.flag or question.removed_at is not None:
                sample.delete()
                continue
            items = _found(question.pk, sample.due_at, exercise=question.exercise)
            chosen = sorted(random.SystemRandom().sample(items, min(SIZE, len(items))))
            open_one = QuestionSample.objects.filter(pk=sample.pk, drawn_at=None)
            if not open_one.update(
                drawn_at=now,
                found=len(items),
                items=chosen,
                done_at=None if items else now,
                outcome="" if items else "nothing_found",
            ):
                continue
            if not items:
                QuestionSample.objects.create(question=question, due_at=now + SAMPLED_AFTER)
            ledger.append(None, "question.sample", "question", question.pk, str(chosen), "due", now)
            drawn += 1
    return drawn


def _found(question: int, due: datetime, *, exercise: bool) -> list[int]:
    """What the question found among the items heard in the seven days, or in all of an exercise."""
    matches = QuestionMatch.objects.filter(question=question)
    if not exercise:
        matches = matches.filter(published__gte=to_ms(due - SAMPLED_AFTER - timedelta(days=1)))
    return list(matches.values_list("item", flat=True)[:5000])
