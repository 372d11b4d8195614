"""How the matter of an incident grew: every bar has its row, and nothing is counted twice."""

from __future__ import annotations

import pytest

from answerable.store import incidents
from answerable.store.models import StoryHour
from answerable.store.reading.incident_growth import growth_of
from tests.cast import Desk
from tests.web import stage

pytestmark = pytest.mark.store


def test_it_counts_by_the_hour_and_marks_the_alert(desk: Desk) -> None:
    """The sums rise to all items of the story, and the alert stands in the hour it was raised."""
    about = stage.story(desk, stage.source(desk))
    stage.alert(about)
    facts = {"title": "Brown water", "level": 2, "unit": desk.top, "story_ids": [about.pk]}
    made = incidents.open_incident(desk.carol, **facts, now=stage.LATER)  # type: ignore[arg-type]
    seen, carol = growth_of(made.pk), stage.client(desk.carol)
    with stage.clock():
        page = carol.get(f"/desk/incidents/{made.pk}/growth").content.decode()
    items = sum(StoryHour.objects.filter(story=about).values_list("items", flat=True))
    assert seen.spans[-1].so_far == sum(span.items for span in seen.spans) == items > 0
    assert seen.spans[-1].sources == 1
    assert sum(span.alerts for span in seen.spans) == 1
    assert [span.so_far for span in seen.spans] == sorted(span.so_far for span in seen.spans)
    assert page.count('<rect class="g-bar"') == sum(span.items > 0 for span in seen.spans)
    assert page.count('<path class="g-alert"') == 1
    StoryHour.objects.all().delete()
    with stage.clock():
        empty = carol.get(f"/desk/incidents/{made.pk}/growth").content.decode()
    assert "Nothing was heard of it yet" in empty
