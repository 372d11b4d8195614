"""The page of a story says what it says about itself: quoted, counted, linked, and true after items leave."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from answerable.permissions import Role
from answerable.records import Json
from answerable.store import erase, facts, looks
from answerable.store.models import ItemRow, Story, StoryLook
from answerable.store.reading.told import told_of
from tests.cast import NOW, Desk
from tests.web import stage
from tests.web.stage import LATER

pytestmark = pytest.mark.store


def get(path: str, person: object, at: object = LATER) -> str:
    with stage.clock(at):
        answer = stage.client(person).get(path)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def described(desk: Desk, count: int = 12) -> Story:
    """A story of three languages with hand-made facts: one point a language, a place, a group of copies."""
    about = stage.story(desk, stage.source(desk), count=count)
    telling = facts.telling(about.pk)
    assert telling is not None
    first, second, third = (one.id for one in telling.said)
    points = [
        {"item": item, "part": "text", "start": 0, "end": end, "items": of, "languages": {}}
        for item, end, of in ((first, 18, [first, second]), (third, 5, [third]))
    ]
    groups = [{"item": first, "posts": 4, "authors": 1, "seconds": 240, "pattern": "few"}]
    facts.write(
        telling,
        {
            "points": {"points": points, "alone": [second]},
            "places": {
                "places": [{"name": "Mill Lane", "level": "street", "country": "", "items": [first, second]}]
            },
            "heard": {"public": {"items": count, "sources": 1, "authors": 1}},
            "coordination": {"groups": groups, "apart": 3},
        },
        NOW,
    )
    return about


def test_points_are_quoted_and_open_to_their_items(desk: Desk) -> None:
    """Each point is part of an item's words; its number is what its link lists, copies included.

    Sabotage: count the different items only.
    """
    about = described(desk)
    page = get(f"/desk/stories/{about.pk}", desk.carol)
    assert "The water is brown</a></q>" in page
    links = re.findall(rf'<b><a href="(/desk/stories/{about.pk}/items\?point=[^"]+)">(\d+)<', page)
    assert [int(count) for _, count in links] == [8, 4]
    for address, count in links:
        listed = get(address, desk.carol)
        assert f"{count} items, newest first" in listed
        assert len(re.findall(r">Open the item<", listed)) == int(count)
        assert "Who says this?" in listed
    alone = get(f"/desk/stories/{about.pk}/items?point=none", desk.carol)
    assert "4 items, newest first" in alone
    assert '<a href="/desk/stories/1/items?point=none">4 items say something of their own</a>' in page


def test_places_voices_and_copies_are_counted(desk: Desk) -> None:
    """Where, from how many, and what is pushed: counts that open to items; nobody is named."""
    about = described(desk)
    page = get(f"/desk/stories/{about.pk}", desk.carol)
    assert f'<a href="/desk/stories/{about.pk}/items?place=Mill+Lane">8</a>' in page
    assert "8 items, newest first" in get(f"/desk/stories/{about.pk}/items?place=Mill+Lane", desk.carol)
    assert "12 items</a>, 1 source, 1 author" in page
    assert "4 near-identical posts</a></b>, 1 author, 4 min" in page
    assert "a fair count of this story is 9" in page
    assert "4 items, newest first" in get(
        f"/desk/stories/{about.pk}/items?copies={about.heading_item}", desk.carol
    )


def test_what_left_is_in_no_number(desk: Desk) -> None:
    """When items leave, points and places count what is left, quote nothing that left, and say so.

    Sabotage: show the counts of the fact.
    """
    about = described(desk)
    third = about.heading_item + 2
    with transaction.atomic():
        erase.erase([third, about.heading_item + 3], reason="request", now=NOW)
    told = told_of(about.pk)
    assert told is not None
    assert [point.items for point in told.points] == [7]
    assert "An item has left; the story is read again soon." in get(f"/desk/stories/{about.pk}", desk.carol)
    ItemRow.objects.filter(thread__story=about).update(text="short", revision=2)
    assert [point.quote for point in (told_of(about.pk) or told).points] == ["short"], "an edit cuts no words"


def test_a_story_that_grew_says_as_of_when(desk: Desk) -> None:
    """Facts that are older than the story say how many items they know."""
    about = described(desk)
    Story.objects.filter(pk=about.pk).update(items=14)
    assert "As of 12 items; the rest is read soon." in get(f"/desk/stories/{about.pk}", desk.carol)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (12, "The story is being read; its points stand here soon."),
        (3, "Points are told apart from five items on."),
    ],
)
def test_a_story_without_facts_says_why(desk: Desk, count: int, said: str) -> None:
    """Nothing is ever just missing: the page says what will stand there and what to do meanwhile."""
    about = stage.story(desk, stage.source(desk), count=count)
    assert said in get(f"/desk/stories/{about.pk}", desk.carol)


def test_what_is_new_since_the_last_visit(desk: Desk) -> None:
    """The first visit says nothing; a later one names new items, points, places, languages and outlets, once.

    Sabotage: compare with the look a minute ago.
    """
    about = described(desk)
    path = f"/desk/stories/{about.pk}"
    assert "Since you last looked" not in get(path, desk.carol)
    StoryLook.objects.update(
        last={"newest": about.heading_item + 1, "places": [], "languages": ["en"], "outlets": []}
    )
    later = LATER + timedelta(hours=2)
    for at in (later, later + timedelta(minutes=9)):
        page = get(path, desk.carol, at)
        assert (
            f'<a href="{path}/items?after={about.heading_item + 1}">10 new items</a>, <a href="#pts">1 new point</a>'
            in page
        )
        assert "new place Mill Lane</a>" in page
        assert "new language Chinese</a>" in page
    assert "10 items, newest first" in get(f"{path}/items?after={about.heading_item + 1}", desk.carol, later)
    assert "nothing new." in get(path, desk.carol, later + timedelta(hours=1))
    assert "Since you last looked" not in get(path, desk.bob), "each has visits of their own"


def test_the_same_page_once_more_writes_nothing(desk: Desk) -> None:
    """Reading a page again at once keeps nobody waiting for a write; what grew or is later is kept."""
    about = stage.story(desk, stage.source(desk))
    held: dict[str, Json] = {"newest": 1, "places": ["Mill Lane"]}
    looks.look(desk.carol, about.pk, held, NOW)
    with CaptureQueriesContext(connection) as asked:
        assert looks.look(desk.carol, about.pk, held, NOW + timedelta(seconds=59)) is None
    assert [query["sql"][:6] for query in asked] == ["SELECT"]
    looks.look(desk.carol, about.pk, held | {"newest": 2}, NOW + timedelta(seconds=59))
    assert StoryLook.objects.get().last == held | {"newest": 2}
    looks.look(desk.carol, about.pk, held | {"newest": 2}, NOW + timedelta(minutes=5))
    assert StoryLook.objects.get().last_at == NOW + timedelta(minutes=5)


def test_visits_are_kept_for_ninety_days(desk: Desk) -> None:
    """What a colleague looked at is nobody's business for ever."""
    old, new = (stage.story(desk, stage.source(desk, name=name)) for name in ("a", "b"))
    looks.look(desk.carol, old.pk, {"newest": 1}, NOW)
    looks.look(desk.carol, new.pk, {"newest": 1}, NOW + timedelta(days=91))
    assert list(StoryLook.objects.values_list("story", flat=True)) == [new.pk]


def test_items_narrow_by_day_of_the_unit(desk: Desk) -> None:
    """A day is the unit's day; the choice lists the days with their items, and nonsense narrows nothing."""
    about = stage.story(desk, stage.source(desk), count=12, ends=NOW)
    days = re.findall(
        r'<option value="(\d{4}-\d\d-\d\d)"', get(f"/desk/stories/{about.pk}/items", desk.carol)
    )
    assert days
    counts = [
        int(
            re.search(
                r"(\d+) items?, newest first", get(f"/desk/stories/{about.pk}/items?day={day}", desk.carol)
            )[1]
        )  # type: ignore[index]
        for day in days
    ]
    assert sum(counts) == 12
    for odd in ("2026-02-31", "x", "9999-12-31", "0001-01-01"):
        get(f"/desk/stories/{about.pk}/items?day={odd}", desk.carol)


def test_copies_can_be_shown_once(desk: Desk) -> None:
    """Twelve items of which nine repeat another are three; a point's items too, when asked for."""
    about = described(desk)
    path = f"/desk/stories/{about.pk}/items"
    assert "3 items, newest first" in get(f"{path}?once=1", desk.carol)
    told = told_of(about.pk)
    assert told is not None
    assert "2 items, newest first" in get(f"{path}?once=1&point={told.main[0].key}", desk.carol)


def test_a_pushed_point_says_so(desk: Desk) -> None:
    """A point that a campaign carries leads to what is known of the campaign."""
    about = described(desk)
    page = get(f"/desk/stories/{about.pk}", desk.carol)
    assert page.count('<a class="tag" href="#cpy">Pushed</a>') == 1
    assert 'id="cpy"' in page


@pytest.mark.parametrize(
    "query", ["point=x", "point=999999-t0", "place=Nowhere", "copies=x", "after=x", "point='--"]
)
def test_a_link_that_no_longer_fits_is_an_answer(desk: Desk, query: str) -> None:
    """Old or made-up links give an empty or a whole list, never an error."""
    about = described(desk)
    get(f"/desk/stories/{about.pk}/items?{query}", desk.carol)


def test_the_export_narrows_like_the_list(desk: Desk) -> None:
    """The items of a point leave as a file for those who may; a commentator may not."""
    about = described(desk)
    told = told_of(about.pk)
    assert told is not None
    path = f"/desk/stories/{about.pk}/items.jsonl?point={told.main[0].key}"
    with stage.clock():
        answer = stage.client(desk.carol).get(path)
        assert len(b"".join(answer.streaming_content).splitlines()) == 8  # type: ignore[attr-defined]
        dan = stage.person("dan", Role.COMMENTATOR, desk.top)
        assert stage.client(dan).get(path).status_code == 403


def test_real_and_exercise_stay_apart(desk: Desk) -> None:
    """A story of the drill is found under its own address alone, with its facts."""
    about = described(desk)
    with stage.clock():
        assert stage.client(desk.carol).get(f"/exercise/stories/{about.pk}").status_code == 404
        assert (
            stage.client(desk.carol).get(f"/exercise/stories/{about.pk}/items?point=none").status_code == 404
        )
