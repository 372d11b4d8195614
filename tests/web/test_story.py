"""One story, its items, one item: numbers that equal what their links open, words shown once, reasons shown."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from answerable.permissions import Role
from answerable.store.models import Alert, IncidentStory, ItemRow, Story
from answerable.store.reading import story as reading
from answerable.store.reading.story_items import Narrowed, story_items
from tests.cast import NOW, Desk
from tests.web import stage
from tests.web.stage import LATER


def get(desk: Desk, path: str, person: object = None) -> str:
    """The page as Carol reads it."""
    with stage.clock():
        answer = stage.client(person or desk.carol).get(path)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_story_is_headed_by_its_best_item(desk: Desk) -> None:
    """Other people's words, in their language, as a quotation; never our own title."""
    about = stage.story(desk, stage.source(desk), words={"es": stage.WORDS["es"]})
    seen = get(desk, f"/desk/stories/{about.pk}")
    assert f'<h1 class="said"><q lang="es" dir="auto">{stage.WORDS["es"]}</q></h1>' in seen
    assert seen.count("<h1") == 1


def test_a_merged_story_leads_to_the_winner_for_good(desk: Desk) -> None:
    """Also through two merges, and in one step.

    Sabotage: show the loser.
    """
    of = stage.source(desk)
    first, second, third = (stage.story(desk, of) for _ in range(3))
    stage.merge(second, third)
    stage.merge(first, second)
    with stage.clock():
        for loser in (second, third):
            answer = stage.client(desk.carol).get(f"/desk/stories/{loser.pk}")
            assert (answer.status_code, answer.headers["Location"]) == (301, f"/desk/stories/{first.pk}")


def test_why_it_is_one_story_stands_there(desk: Desk) -> None:
    """Both scores of a merge, the words both share, and what the other story said."""
    of = stage.source(desk)
    winner, loser = stage.story(desk, of), stage.story(desk, of, words={"en": "Brown water at Saltgate"})
    stage.merge(winner, loser)
    seen = get(desk, f"/desk/stories/{winner.pk}")
    assert "Same words 0.61, same meaning 0.84 (1 is equal)." in seen
    assert "<bdi>Mill Lane</bdi>" in seen
    assert "Brown water at Saltgate" in seen


def test_every_count_of_an_alert_opens_its_very_items(desk: Desk) -> None:
    """The list behind an alert holds the items it counted: no more, no fewer.

    Sabotage: list the newest items instead.
    """
    about = stage.story(desk, stage.source(desk), count=20)
    made = stage.alert(about)
    seen = get(desk, f"/desk/stories/{about.pk}")
    assert f'href="/desk/stories/{about.pk}/items?alert={made.pk}"' in seen
    assert "2 items in 10 min" in seen
    assert "Test: negative-binomial, p below 0.001." in seen
    listed = get(desk, f"/desk/stories/{about.pk}/items?alert={made.pk}")
    assert "2 items, newest first" in listed
    items = {int(pk) for pk in re.findall(r'href="/desk/items/(\d+)">Open the item', listed)}
    assert items == set(Alert.objects.get(pk=made.pk).signal.items)


def test_the_chart_says_the_same_as_its_table(desk: Desk) -> None:
    """Bars, band and alert mark are repeated in numbers; the sum is the sum of the items shown."""
    about = stage.story(desk, stage.source(desk), count=20)
    stage.alert(about)
    seen = get(desk, f"/desk/stories/{about.pk}")
    rows = re.findall(
        r'<tr><th scope="row"><time[^>]*>[^<]*</time></th><td class="n">(\d+)</td><td class="n">([^<]*)</td><td>(\w*)</td>',
        seen,
    )
    assert sum(int(count) for count, _, _ in rows) == 20
    assert {band for _, band, _ in rows} == {"0 to 2"}
    assert [mark for _, _, mark in rows if mark] == ["Alert"]
    assert next(int(count) for count, _, mark in rows if mark) == 2  # exactly what the alert observed
    assert len(re.findall(r'<rect class="g-bar" x=', seen)) == sum(count != "0" for count, _, _ in rows)


@pytest.mark.parametrize("count", [1, 3, 50])
@pytest.mark.parametrize("days", [0, 1, 10, 400])
def test_a_chart_of_any_length_can_be_drawn(desk: Desk, count: int, days: int) -> None:
    """One item or many, a day old or a year: at most 60 bars, all items counted that fall into it."""
    about = stage.story(desk, stage.source(desk), count=count, ends=LATER - timedelta(days=days))
    if days:
        first = about.first_seen - days * 43_200_000
        Story.objects.filter(pk=about.pk).update(first_seen=first)
    seen = get(desk, f"/desk/stories/{about.pk}")
    rows = re.findall(r'<tr><th scope="row"><time', seen)
    assert 12 <= len(rows) <= 61


def test_counts_by_hour_hold_when_items_leave(desk: Desk) -> None:
    """After their term items go; the chart of a story still counts them from the kept sums."""
    about = stage.story(desk, stage.source(desk), count=10)
    first = about.first_seen // 3_600_000 * 3_600_000
    before = reading.counts(about.pk, first, 3_600_000, 4)
    ItemRow.objects.filter(thread__story=about).delete()
    assert reading.counts(about.pk, first, 3_600_000, 4) == before
    assert sum(before) == 10
    assert "Its items have left" in get(desk, f"/desk/stories/{about.pk}")


def test_nearly_the_same_is_shown_once_with_its_count(desk: Desk) -> None:
    """Three languages, four items each that repeat the first: three quotations, each with three more.

    Sabotage: list every item.
    """
    about = stage.story(desk, stage.source(desk), count=12)
    seen = reading.story(about.pk, False)
    assert seen is not None
    quoted = reading.in_their_words(seen)
    assert sorted(one.item.language for one in quoted) == ["en", "es", "zh"]
    assert [one.copies for one in quoted] == [3, 3, 3]
    assert quoted[0].item.id == about.heading_item
    page = get(desk, f"/desk/stories/{about.pk}")
    assert page.count("3 more say nearly the same") == 3


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("language=zh", 4),
        ("source_class=public", 12),
        ("source_class=outlet", 0),
        ("q=siete", 4),
        ("q=自来水", 4),
    ],
)
def test_the_list_of_items_narrows(desk: Desk, query: str, count: int) -> None:
    """By language, by class of source, by words; the heading counts what is listed."""
    about = stage.story(desk, stage.source(desk), count=12)
    seen = get(desk, f"/desk/stories/{about.pk}/items?{query}")
    assert f"{count} item" in seen
    assert len(re.findall(r">Open the item<", seen)) == count
    if not count:
        assert "No item fits." in seen


def test_long_lists_have_pages_that_miss_nothing(desk: Desk) -> None:
    """Every item of a story of 120 is on exactly one of its three pages."""
    about = stage.story(desk, stage.source(desk), count=120)
    found: list[str] = []
    for number in (1, 2, 3):
        seen = get(desk, f"/desk/stories/{about.pk}/items?page={number}")
        assert f"Page {number} of 3" in seen
        found += re.findall(r'href="/desk/items/(\d+)">Open the item', seen)
    assert len(found) == len(set(found)) == 120
    assert get(desk, f"/desk/stories/{about.pk}/items?page=99").count("Open the item") == 20
    assert (
        get(desk, f"/desk/stories/{about.pk}/items?page=-1&language=nonsense'--").count("Open the item") == 0
    )


def test_the_search_finds_words_in_any_language(desk: Desk) -> None:
    """All words, any order; Chinese without spaces; a word nobody said gives an answer, not an error."""
    stage.story(desk, stage.source(desk), count=12)
    assert get(desk, "/desk/search?q=lane water").count("Open the item") == 4
    assert get(desk, "/desk/search?q=自来水").count("Open the item") == 4
    assert get(desk, "/desk/search?q=MARRÓN").count("Open the item") == 4
    for odd in ("zzz", '"', "*", "AND", "%", "\x00", "'--", "(" * 300):
        assert "Open the item" not in get(desk, "/desk/search?q=" + odd)
    assert "No item holds all these words." in get(desk, "/desk/search?q=zzz")


def test_stories_are_found_by_what_was_said(desk: Desk) -> None:
    """The list of stories searches the words of all their items, not of headings alone."""
    of = stage.source(desk)
    water = stage.story(desk, of)
    stage.story(desk, of, words={"en": "The lantern walk takes the river path"})
    seen = get(desk, "/desk/stories?q=siete")
    assert re.findall(r'href="/desk/stories/(\d+)">', seen) == [str(water.pk)]
    assert "1 story" in seen


def test_an_item_stands_alone_with_its_story(desk: Desk) -> None:
    """Words, time, source and class; near-copies below; the sealed link is offered to those who may."""
    about = stage.story(desk, stage.source(desk), count=12)
    seen = get(desk, f"/desk/items/{about.heading_item}")
    assert stage.WORDS["en"] in seen
    assert "3 items say nearly the same" in seen
    assert "Open the sealed link" in seen
    dan = stage.person("dan", Role.COMMENTATOR, desk.top)
    assert "Your roles do not include opening it." in get(desk, f"/desk/items/{about.heading_item}", dan)


def test_an_outlet_s_article_has_an_ordinary_link(desk: Desk) -> None:
    """Names and links of outlets stay; the link tells the other side nothing about us."""
    about = stage.story(desk, stage.source(desk, kind="outlet"), count=3)
    ItemRow.objects.filter(pk=about.heading_item).update(
        link="https://estuary.example/1", title="Main breaks"
    )
    seen = get(desk, f"/desk/items/{about.heading_item}")
    assert 'href="https://estuary.example/1" rel="noreferrer noopener nofollow"' in seen
    assert "Open the sealed link" not in seen


def test_the_incident_of_a_story_is_named_to_those_who_see_it(desk: Desk) -> None:
    """Carol goes to the incident; Charlie of another unit reads the story and no word of the matter."""
    from answerable.store import incidents

    about = stage.story(desk, stage.source(desk))
    incidents.open_incident(
        desk.carol,
        title="Secret title",
        level=2,
        unit=desk.top,
        story_ids=[about.pk],
        reason="safety",
        now=NOW,
    )
    assert IncidentStory.objects.count() == 1
    assert "Go to the incident" in get(desk, f"/desk/stories/{about.pk}")
    for path in (f"/desk/stories/{about.pk}", "/desk/stories", "/desk/"):
        assert "Secret title" not in get(desk, path, desk.charlie), path
    assert "Secret title" in get(desk, "/desk/stories")


def test_a_page_of_items_costs_few_queries(desk: Desk) -> None:
    """Counting and one page: no query for each item."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    about = stage.story(desk, stage.source(desk), count=60)
    with CaptureQueriesContext(connection) as few:
        story_items(about.pk, Narrowed(), exercise=False, limit=50, offset=0)
    assert len(few) == 3
    carol = stage.client(desk.carol)
    with stage.clock():
        for path, most in (
            ("/desk/", 28),
            (f"/desk/stories/{about.pk}", 40),
            ("/desk/stories", 20),
            ("/desk/search?q=water", 12),
        ):
            with CaptureQueriesContext(connection) as seen:
                carol.get(path)
            assert len(seen) <= most, (path, len(seen))
