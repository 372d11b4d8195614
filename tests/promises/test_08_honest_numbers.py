"""Promise 8: honest numbers. A share says of how many, an estimate says how sure, and rows give the same again.

Sabotage: let the report count only the sources it heard as "all"; it then always hears everybody.
"""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import answerable
from answerable.evaluate.intervals import share_by_blocks
from answerable.store import reporting
from answerable.store.models import Source
from answerable.store.sources import DEAF_AFTER
from answerable.web import report_text
from answerable.web.texts import Texts
from tests.cast import Desk
from tests.catalogues import extracted
from tests.report import world
from tests.web import stage

SABOTAGE = ("answerable/report/daily.py", "all=len(facts.sources)", "all=len(heard)")

TEMPLATES = Path(answerable.__file__).parent / "web" / "templates"
# A number followed by a per cent sign, but not the place of a bar in a chart.
NAME_OF_AN_INTERVAL = re.compile(r"%% (?:of the time|interval)\b")
SHARE = re.compile(r"\}\}\s?%(?![\"'])")
# Where a page shows shares of what was counted, and what beside it tells of how many.
COUNTED = {
    "staff/story.html": "items of a language, with their number in the same line",
    "public/forecasts.html": "how often intervals held, with its own interval and the number of forecasts",
    "public/doing.html": "rates of answering, each with both its counts in a sentence and its interval",
    "macros.html": "languages of a story, in a row that shows its items",
}


def sources(desk: Desk, rng: Random) -> list[Source]:
    """Some sources: heard, deaf, paused, removed, of a drill."""
    made = []
    for number in range(rng.randint(1, 9)):
        one = stage.source(desk, name=f"Source {number}", exercise=rng.random() < 0.2)
        one.paused = rng.random() < 0.3
        one.last_answer_at = stage.LATER - timedelta(seconds=one.interval_s) * rng.choice([1, 2, 4, 50])
        one.removed_at = stage.LATER if rng.random() < 0.1 else None
        one.save()
        made.append(one)
    return made


@pytest.mark.store
def test_the_public_reads_of_how_many_we_hear_and_can_count_again(desk: Desk, seed: int) -> None:
    """ "We hear 3 of 5 sources": both numbers come out again from the rows, and from the page's own list."""
    for turn in range(6):
        Source.objects.all().delete()
        made = [one for one in sources(desk, Random(seed + turn)) if not one.exercise and not one.removed_at]
        hears = [
            one
            for one in made
            if not one.paused
            and stage.LATER - one.last_answer_at <= DEAF_AFTER * timedelta(seconds=one.interval_s)  # type: ignore[operator]
        ]
        with stage.clock():
            page = unescape(stage.client().get("/listening/").content.decode())
        if not made:
            assert "We do not listen to any source yet" in page
            continue
        assert re.search(rf"We hear {len(hears)} of {len(made)} sources?\.", page)
        listed = page.split('id="src"')[1].split("</table>")[0]
        silent = listed.count("Not heard at the moment") + listed.count("Paused")
        assert listed.count('<th scope="row"') - silent == len(hears)


@pytest.mark.store
@pytest.mark.parametrize("turn", range(4))
def test_each_report_says_how_many_sources_it_heard_of_how_many(desk: Any, seed: int, turn: int) -> None:
    """Over random days: the number heard is that of its evidence, the denominator that of all, in words too."""
    here = world.make(desk, Random(seed + turn))
    first = Source.objects.order_by("pk")[0]
    Source.objects.filter(pk=first.pk).update(paused=True, removed_at=None, kind="feeds", added_at=here.start)
    document = reporting.daily(here.day, here.zone, False, here.now)
    said = next(one for one in document.sentences() if one.code == "sources_heard")
    others = [one for one in document.sentences() if one.code in ("sources_deaf", "sources_paused")]
    assert said.number == len(said.ids)
    assert said.params["all"] == said.number + sum(one.number for one in others) > said.number
    words = report_text.words(Texts("en", here.zone, here.now), said, document)
    assert re.search(rf"\b{said.params['all']} sources?\b", words), words
    if said.number:
        assert words.startswith(f"{said.number} of {said.params['all']} ")


def test_no_page_shows_a_share_without_its_count() -> None:
    """Every per cent sign of a template is known here, with what tells of how many."""
    found = {
        file.relative_to(TEMPLATES).as_posix()
        for file in TEMPLATES.rglob("*.html")
        if SHARE.search(re.sub(r'\b(?:x|y|x1|x2|y1|y2|width|height)="[^"]*%"', "", file.read_text("utf-8")))
    }
    assert "staff/story.html" in found
    assert found <= set(COUNTED) | {name for name in found if name.startswith("parts/story_mood")}


def test_every_sentence_with_a_share_has_its_interval() -> None:
    """A message that speaks of per cent names both ends of an interval, or speaks of the interval itself."""
    told = 0
    for message in extracted():
        texts = message.id if isinstance(message.id, tuple) else (message.id,)
        for text in texts:
            if "%%" in text:
                told += 1
                # "80% of the time", "50% interval": the name of an interval is no share of anything.
                rest = "" if NAME_OF_AN_INTERVAL.search(text) else text.replace("95%%", "")
                assert "%%" not in rest or ("%(low)s" in rest and "%(high)s" in rest), text
    assert told


@given(st.lists(st.integers(0, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), max_size=12))
def test_a_share_comes_with_its_interval_or_not_at_all(blocks: list[tuple[int, int]]) -> None:
    """What is estimated lies inside its own interval; too few tries give no number instead of a bold one."""
    told = [(hits, tries) for hits, tries in blocks if tries]
    found = share_by_blocks(blocks)
    if len(told) < 5:
        assert found is None
        return
    assert found is not None
    share, low, high = found
    assert share == pytest.approx(sum(h for h, _ in told) / sum(n for _, n in told))
    assert 0 <= low <= share <= high <= 1


@pytest.mark.store
def test_every_alert_shows_what_was_expected_and_between_what(desk: Desk) -> None:
    """Next to what was observed stand the baseline and its 95% interval, on the page of the story."""
    made = stage.story(desk, stage.source(desk))
    raised = stage.alert(made)
    with stage.clock():
        page = unescape(stage.client(desk.carol).get(f"/desk/stories/{made.pk}").content.decode())
    assert re.search(rf"{raised.signal.observed} items .*0\.3.*\b0\b.*\b2\b", page.replace("\n", " "))
    assert "95%" in page
