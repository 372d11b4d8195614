"""The public page says how far we hear, and never shows a cell that few people fill."""

from __future__ import annotations

import pytest

from answerable.store.models import Story, StoryFact
from answerable.store.reading.coverage import coverage
from answerable.store.stream import to_ms
from tests.cast import NOW, Desk
from tests.web import stage

pytestmark = pytest.mark.store


def told(languages: dict[str, int], places: dict[str, int], *, exercise: bool = False, days: int = 0) -> None:
    """A story of the week, with what the describers found in it."""
    at = to_ms(NOW) - days * 86_400_000
    story = Story.objects.create(
        exercise=exercise,
        items=sum(languages.values()),
        first_seen=at,
        last_seen=at,
        first_heard=at,
        languages=languages,
    )
    value = {
        "places": [
            {"name": name, "level": "city", "country": "", "items": list(range(n))}
            for name, n in places.items()
        ]
    }
    StoryFact.objects.create(story=story, kind="places", value=value, items=story.items, made_at=NOW)


def test_the_reach_is_counted_and_small_cells_stay_out(desk: Desk) -> None:
    """Languages and places of the week's stories; below ten, older, or of the drill: not shown."""
    stage.source(desk)
    told({"en": 30, "es": 6, "und": 40}, {"Fenmoor": 12, "Mill Lane": 4})
    told({"es": 8}, {"Mill Lane": 3})
    told({"zh": 50}, {"Brackwater": 50}, exercise=True)
    told({"fr": 50}, {"Eelgate": 50}, days=9)
    found = coverage(NOW)
    assert found.languages == (("en", 30), ("es", 14))
    assert found.places == (("Fenmoor", 12),)
    assert found.few == 1
    assert found.channels == (("feeds", "public", 1),)
    with stage.clock():
        page = stage.client().get("/listening/").content.decode()
    assert "How far does our hearing reach?" in page
    assert "Fenmoor: 12 messages" in page.replace("</span>", "").replace('<span dir="auto">', "")
    for hidden in ("Mill Lane", "Brackwater:", "Eelgate", "French"):
        assert hidden not in page
