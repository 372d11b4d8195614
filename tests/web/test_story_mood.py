"""The mood on the page of a story: estimates with their intervals, links to the items behind, or too few to say."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from answerable.store.models import ItemRow, Story, StoryFact
from tests.cast import Desk
from tests.web import stage
from tests.web.test_story import get

SHARE = {"share": 0.62, "low": 0.5, "high": 0.71}


def fact(about: Story, read: int, **moods: list[int]) -> None:
    """What the describer leaves: shares of the moods, with the items guessed to be so."""
    value: dict[str, Any] = {
        "model": 0, "read": read, "of": read, "left_out": 2, "languages": {"en": [read, False]},
        "moods": {name: SHARE | {"items": ids} for name, ids in moods.items()} or None,
        "asks": SHARE | {"items": []} if moods else None,
        "complains": SHARE | {"items": []} if moods else None,
    }  # fmt: skip
    StoryFact.objects.create(
        story=about, kind="mood", value=value, items=about.items, made_at=datetime.now(UTC)
    )


@pytest.fixture
def about(desk: Desk) -> Story:
    return stage.story(desk, stage.source(desk), count=24)


def test_shares_stand_with_their_intervals_and_open_their_items(desk: Desk, about: Story) -> None:
    """Each share shows both ends of its interval, what it rests on, and leads to the items guessed to be so."""
    ids = list(
        ItemRow.objects.filter(thread__story=about, duplicate_of=None)
        .order_by("id")
        .values_list("id", flat=True)
    )
    fact(about, 24, negative=ids[:1], neutral=[], positive=ids[1:])
    seen = get(desk, f"/desk/stories/{about.pk}")
    assert "Estimate from 24 different items" in seen
    assert "50 to 71%" in seen
    assert "Judged by the built-in mood, which is rough: English." in seen
    assert "2 items in other languages are left out." in seen
    assert f"/desk/stories/{about.pk}/items?mood=negative" in seen
    opened = get(desk, f"/desk/stories/{about.pk}/items?mood=negative")
    assert "It is no verdict on anybody." in opened
    first = set(re.findall(r"/desk/items/(\d+)", opened))
    assert str(ids[0]) in first
    assert not first & {str(one) for one in ids[1:]}


def test_too_few_items_give_no_share(desk: Desk, about: Story) -> None:
    """Below the least number the page says so with both numbers, and draws no bar."""
    fact(about, 12)
    seen = get(desk, f"/desk/stories/{about.pk}")
    assert "Too few to say: 12 different items can be judged, and shares are given from 20 on." in seen
    assert "g-whisker" not in seen


def test_a_mood_that_does_not_exist_opens_nothing(desk: Desk, about: Story) -> None:
    """A link with a made-up mood lists no item."""
    fact(about, 24, negative=[], neutral=[], positive=[])
    assert "No item fits." in get(desk, f"/desk/stories/{about.pk}/items?mood=nonsense")
