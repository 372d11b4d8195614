"""What changed in a story since the reader's last visit: items, points, places, languages, outlets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from answerable.records import Json
from answerable.store.looks import look
from answerable.store.models import Person
from answerable.store.reading.story import StorySeen
from answerable.store.reading.story_items import Narrowed, story_items
from answerable.store.reading.told import PlaceSeen, PointSeen, Told, newest_of


@dataclass(frozen=True, slots=True)
class News:
    """What is new since `at`; `after` is the newest item that was there then."""

    at: datetime
    after: int
    items: int
    points: tuple[PointSeen, ...]
    places: tuple[PlaceSeen, ...]
    languages: tuple[str, ...]
    outlets: tuple[tuple[int, str], ...]  # (source, name)


def news(
    person: Person,
    seen: StorySeen,
    told: Told | None,
    outlets: Sequence[tuple[int, str, int, int]],
    now: datetime,
) -> News | None:
    """What is new for this person, None at the first visit. Keeps this visit."""
    places = told.places if told else ()
    held: dict[str, Json] = {
        "newest": newest_of(seen.id),
        "places": [place.name for place in places],
        "languages": list(seen.languages),
        "outlets": [pk for pk, *_ in outlets],
    }
    before = look(person, seen.id, held, now)
    if before is None:
        return None
    after = int(str(before.held.get("newest", 0)))

    def was(name: str) -> list[Json]:
        value = before.held.get(name)
        return value if isinstance(value, list) else []

    _, items = story_items(seen.id, Narrowed(after=after), exercise=seen.exercise, limit=0, offset=0)
    return News(
        at=before.at,
        after=after,
        items=items,
        points=tuple(point for point in (told.points if told else ()) if min(point.heads) > after),
        places=tuple(place for place in places if place.name not in was("places")),
        languages=tuple(code for code in seen.languages if code not in was("languages") and code != "und"),
        outlets=tuple((pk, name) for pk, name, *_ in outlets if pk not in was("outlets")),
    )
