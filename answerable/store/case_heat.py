"""What is talked about most: open cases that ask the same, or of one story, lead each other, hottest first.

Copies count nowhere, so that one flooded form moves no rank.
"""

from __future__ import annotations

from collections import defaultdict

from django.db import transaction

from answerable.store.models import Case
from answerable.store.reading.rows import rows

_OPEN = "('collected', 'classified', 'assigned', 'supervised')"
_COUNTS = "c.people, c.likes, c.also, c.heat, c.alike, c.lead FROM cases c"
_THREADS = f"JOIN threads t ON t.id = i.thread_id WHERE c.same_as IS NULL AND c.stage IN {_OPEN}"
# What says the same, for a case that was compared; else its stories, which have numbers below zero here.
_COMPARED = f"SELECT c.id, c.same_as, {_COUNTS} WHERE c.same_as IS NOT NULL AND c.stage IN {_OPEN}"
_OF_ITEMS = (
    f"SELECT c.id, -t.story_id, {_COUNTS} JOIN case_messages m ON m.case_id = c.id "
    f"JOIN items i ON i.id = m.item {_THREADS}"
)
_OF_TOLD = (
    f"SELECT c.id, -t.story_id, {_COUNTS} JOIN case_messages m ON m.case_id = c.id "
    "JOIN submissions s ON s.id = m.submission_id "
    f"JOIN items i ON i.source_id = s.source_id AND i.key = s.item_key {_THREADS}"
)


def reckon() -> int:
    """Reckon anew how hot each open case is; returns how many changed. Reads outside a transaction."""
    found: dict[int, tuple[int, int, int, int, int, int | None]] = {}
    for number, story, people, likes, also, heat, alike, lead in (
        *rows(_COMPARED),
        *rows(_OF_ITEMS),
        *rows(_OF_TOLD),
    ):
        # A case whose messages stand in several stories goes with the oldest: one of them is enough.
        before = found.get(number)
        own = people + likes + also
        if before is None or story > before[0]:
            found[number] = (story, own, heat, alike, lead or 0, lead)
    together: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, (story, own, *_) in found.items():
        together[story].append((own, number))
    changed = []
    for number, (story, _own, heat, alike, _, lead) in found.items():
        near = together[story]
        total = sum(own for own, _ in near)
        first = max(near, key=lambda one: (one[0], -one[1]))[1]
        wanted = (total, len(near) - 1, None if first == number else first)
        if (heat, alike, lead) != wanted:
            changed.append((number, *wanted))
    for start in range(0, len(changed), 200):
        with transaction.atomic():
            for number, heat, alike, lead in changed[start : start + 200]:
                Case.objects.filter(pk=number).update(heat=heat, alike=alike, lead=lead)
    return len(changed)
