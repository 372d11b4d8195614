"""Pages of forecasts and advice: what is public, what stays hidden, what people choose."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from statistics import fmean

import pytest

from answerable.run.forecasting import Forecasting
from answerable.store.models import AdviceChoice, AdviceRow, ForecastRow, Person, Story, StoryHour
from answerable.store.reading import forecasts
from answerable.store.stream import to_ms
from tests.cast import NOW, Desk
from tests.store import scene
from tests.web import stage

HOUR = to_ms(NOW) // 3_600_000


def told(desk: Desk, hours: int = 14, *, exercise: bool = False) -> Story:
    """A story of 30 items an hour ago that goes on with 12, then 3 in turn, forecast hour by hour since."""
    story = scene.story(desk, exercise=exercise)
    first = HOUR - hours
    StoryHour.objects.create(story=story, hour=first - 1, items=30)
    for at in range(first, HOUR):
        StoryHour.objects.create(story=story, hour=at, items=12 if at % 2 else 3)
    Story.objects.filter(pk=story.pk).update(items=30 + 8 * hours, last_seen=HOUR * 3_600_000 - 1)
    engine = Forecasting()
    for at in range(first, HOUR + 1):
        engine._round(exercise, at, NOW - timedelta(hours=HOUR - at))
    return story


def get(path: str, person: Person | None = None) -> str:
    with stage.clock():
        answer = stage.client(person).get(path)
    assert answer.status_code == 200, answer.status_code
    return b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode()  # type: ignore[attr-defined]


def test_the_public_page_says_what_the_rows_say(desk: Desk) -> None:
    """How many, coverage and both scores are recomputed from the export and equal the page's record."""
    told(desk)
    record = forecasts.record()
    assert record is not None
    rows = list(csv.DictReader(io.StringIO(get("/forecasts/scored.csv").lstrip("\ufeff"))))
    assert len(rows) == record.all.scored == ForecastRow.objects.exclude(observed=None).count() > 10
    assert fmean(int(row["inside_95"]) for row in rows) == pytest.approx(record.all.inside[95])
    for name in ("wis", "wis_naive", "wis_log", "wis_log_naive"):
        assert fmean(float(row[name]) for row in rows) == pytest.approx(getattr(record.all, name), abs=1e-3)
    page = get("/forecasts/")
    assert f"{record.all.scored} forecasts were checked" in page
    assert f"{round(100 * record.all.inside[95], 1):g}% of them held what came" in page


def test_no_count_below_ten_leaves_the_house(desk: Desk) -> None:
    """Counts in the public file are tens, those below ten are hidden; no story is named.

    Sabotage: write counts as they are.
    """
    story = told(desk)
    text = get("/forecasts/scored.csv")
    for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff"))):
        for column in ("expected", "low", "high", "came"):
            assert row[column] == "<10" or (int(row[column]) >= 10 and int(row[column]) % 10 == 0)
        assert "story" not in row
    assert {row["came"] for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff")))} >= {"<10", "10"}
    assert "brown" not in text
    assert story.pk


def test_exercises_are_not_in_public(desk: Desk) -> None:
    """A drill's forecasts change neither the page nor the file."""
    told(desk, exercise=True)
    assert ForecastRow.objects.filter(exercise=True).exclude(observed=None).exists()
    assert "Nothing to check yet." in get("/forecasts/")
    assert get("/forecasts/scored.csv") == ""


def test_the_story_shows_what_is_to_come(desk: Desk) -> None:
    """The forecast of the hour, as a drawing with its table, equals the stored one; outcomes stand below."""
    story = told(desk)
    page = get(f"/desk/stories/{story.pk}", desk.carol)
    row = ForecastRow.objects.get(story=story, hour=HOUR, horizon=24)
    assert f"95 times in a hundred between {row.low} and {row.high}" in page
    assert page.count('class="g-fan" d="M') == 3
    assert f'<td class="n">{row.quantiles[3]} to {row.quantiles[5]}</td>' in page
    assert "What we expected of this story, and what came" in page


def test_a_small_story_says_why_there_is_no_forecast(desk: Desk) -> None:
    """No empty drawing: a sentence says from when on there is a forecast."""
    story = scene.story(desk)
    page = get(f"/desk/stories/{story.pk}", desk.carol)
    assert "No forecast: a story is forecast" in page
    assert "g-fan" not in page


def test_a_choice_is_made_on_the_story_and_listed(desk: Desk) -> None:
    """Carol responds: the story and the list say who chose what; a reader without the right sees no button."""
    story = told(desk)
    row = AdviceRow.objects.filter(story=story).order_by("-hour")[0]
    with stage.clock():
        answer = stage.client(desk.carol).post(f"/desk/advice/{row.pk}/choose", {"choice": "respond"})
    assert answer.status_code == 302
    assert answer["Location"] == f"/desk/stories/{story.pk}#next"
    assert AdviceChoice.objects.get().hour == HOUR + 1
    assert "Carol Fenn chose: Respond" in get("/desk/advice", desk.carol)
    assert "No advice like this." in get("/desk/advice?chosen=wait", desk.carol)
    assert "Carol Fenn chose" in get("/desk/advice?q=&chosen=respond", desk.carol)
    exported = list(csv.DictReader(io.StringIO(get("/desk/advice.csv", desk.carol).lstrip("\ufeff"))))
    assert [one["chosen"] for one in exported if one["id"] == str(row.pk)] == ["respond"]
    assert len(exported) == AdviceRow.objects.count()


def test_another_word_is_refused(desk: Desk) -> None:
    """Only respond, wait and watch can be chosen; nothing is written otherwise."""
    story = told(desk, hours=2)
    row = AdviceRow.objects.filter(story=story)[0]
    with stage.clock():
        answer = stage.client(desk.carol).post(f"/desk/advice/{row.pk}/choose", {"choice": "panic"})
    assert answer.status_code == 400
    assert not AdviceChoice.objects.exists()
