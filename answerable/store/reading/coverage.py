"""How far our hearing reaches: through which channels, in which languages, about which places.

Read from the stories of a week, never from authors; what fewer than ten messages say is not shown.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from answerable.store.models import Source, Story, StoryFact
from answerable.store.stream import to_ms

SPAN = timedelta(days=7)
LEAST = 10  # messages of a cell that is shown in public
_LEAST_ITEMS = 5  # of a story that is read: the index knows those
_STORIES = 2_000  # the newest
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts only, the largest first."""

    channels: tuple[tuple[str, str, int], ...]  # kind, class, sources
    languages: tuple[tuple[str, int], ...]  # messages in stories of the week
    places: tuple[tuple[str, int], ...]  # messages that name it
    few: int  # languages and places left out because too few messages speak of them


def coverage(now: datetime) -> Coverage:
    """What the public page says of our reach."""
    told = Story.objects.filter(
        exercise=False, merged_into=None, items__gte=_LEAST_ITEMS, last_seen__gte=to_ms(now - SPAN)
    )
    newest = dict(told.order_by("-last_seen").values_list("id", "languages")[:_STORIES])
    languages: Counter[str] = Counter()
    for counts in newest.values():
        languages.update({code: int(n) for code, n in counts.items() if code not in ("", "und")})
    places: Counter[str] = Counter()
    ids = list(newest)
    for at in range(0, len(ids), 500):
        facts = StoryFact.objects.filter(story__in=ids[at : at + 500], kind="places")
        for value in facts.values_list("value", flat=True):
            places.update({place["name"]: len(place["items"]) for place in (value or {}).get("places", [])})
    rows = Source.objects.filter(exercise=False, removed_at=None).values("kind", "source_class")
    counted = rows.annotate(n=Count("id")).order_by("-n", "kind", "source_class")
    return Coverage(
        tuple((row["kind"], row["source_class"], row["n"]) for row in counted),
        _enough(languages),
        _enough(places),
        sum(n < LEAST for counts in (languages, places) for n in counts.values()),
    )


def _enough(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    found = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(pair for pair in found if pair[1] >= LEAST)[:_SHOWN]
