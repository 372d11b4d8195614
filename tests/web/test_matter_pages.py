"""Matters and stories changed by hand, as pages: ranked, exported, redirected, asked for, refused."""

from __future__ import annotations

import json

import pytest

from answerable.store.models import ItemRow, LedgerRow, Matter, Story, StoryEdit, StoryMerge, ThreadRow
from answerable.store.reading.matters import ranking
from tests.cast import Desk
from tests.web import stage

pytestmark = pytest.mark.store


def matter(*stories: Story) -> Matter:
    """A matter of these stories, headed by the first."""
    made = Matter.objects.create(
        pk=(Matter.objects.count() or 0) + 1,
        first_seen=stories[0].first_seen,
        last_seen=stories[-1].last_seen,
        heading_story=stories[0].pk,
        names=["mill lane"],
        state=b"",
    )
    Story.objects.filter(pk__in=[one.pk for one in stories]).update(matter=made)
    return made


def test_matters_are_ranked_by_items_and_a_tenth_of_likes(desk: Desk) -> None:
    """Ten likes weigh as much as one item, in the page, the export and the command alike."""
    of = stage.source(desk)
    small, big = stage.story(desk, of, count=3), stage.story(desk, of, count=5)
    liked, plain = matter(small), matter(big)
    ItemRow.objects.filter(thread__story=small).update(likes=10)
    assert [(line.id, line.score) for line in ranking(exercise=False)] == [(liked.pk, 6.0), (plain.pk, 5.0)]
    with stage.clock():
        page = stage.client(desk.bob).get("/desk/matters").content.decode()
        export = stage.client(desk.bob).get("/desk/matters.jsonl")
        found = stage.client(desk.bob).get("/desk/matters?q=xylograph").content.decode()
    assert page.index(f"/desk/matters/{liked.pk}") < page.index(f"/desk/matters/{plain.pk}")
    lines = [json.loads(line) for line in b"".join(export.streaming_content).splitlines()]  # type: ignore[attr-defined]
    assert [line["score"] for line in lines] == [6.0, 5.0]
    assert "No matter holds all these words" in found


def test_a_matter_shows_its_stories_and_redirects(desk: Desk) -> None:
    """Each story with its counts; a matter that was merged leads to the one that stands; none gives 404."""
    of = stage.source(desk)
    one, other = stage.story(desk, of, count=3), stage.story(desk, of, count=4)
    made = matter(one, other)
    Matter.objects.create(pk=77, first_seen=0, last_seen=0, merged_into=made, state=b"")
    with stage.clock():
        browser = stage.client(desk.bob)
        page = browser.get(f"/desk/matters/{made.pk}").content.decode()
        moved = browser.get("/desk/matters/77")
        gone = browser.get("/desk/matters/9999")
        story = browser.get(f"/desk/stories/{one.pk}").content.decode()
    assert f"/desk/stories/{one.pk}" in page
    assert f"/desk/stories/{other.pk}" in page
    assert "7 items" in page
    assert (moved.status_code, moved.headers["Location"]) == (301, f"/desk/matters/{made.pk}")
    assert gone.status_code == 404
    assert f"/desk/matters/{made.pk}" in story


def test_split_and_merge_are_asked_for_on_pages(desk: Desk) -> None:
    """The forms hand a wish to the engine with a ledger row; an undo has its threads chosen already."""
    of = stage.source(desk)
    one, other = stage.story(desk, of, count=3), stage.story(desk, of, count=4)
    ThreadRow.objects.all().update(born=None)
    ThreadRow.objects.filter(story=other).update(born=other.pk)
    merge = stage.merge(one, other)
    assert isinstance(merge, StoryMerge)
    thread = ThreadRow.objects.get(born=other.pk)
    with stage.clock():
        browser = stage.client(desk.bob)
        story = browser.get(f"/desk/stories/{one.pk}").content.decode()
        form = browser.get(f"/desk/stories/{one.pk}/split?merge={merge.pk}").content.decode()
        nothing = browser.post(f"/desk/stories/{one.pk}/split", {})
        asked = browser.post(f"/desk/stories/{one.pk}/split", {"thread": [thread.pk]})
        again = browser.post(f"/desk/stories/{one.pk}/merge", {"other": "9999"})
    assert f"/desk/stories/{one.pk}/split?merge={merge.pk}" in story
    assert f'value="{thread.pk}" id="thread-{thread.pk}" checked' in form
    assert nothing.status_code == 409
    assert asked.status_code == 302
    assert again.status_code == 409
    edit = StoryEdit.objects.get()
    assert (edit.kind, edit.threads, edit.asked_by_id) == ("split", [thread.pk], desk.bob.pk)
    row = LedgerRow.objects.latest("id")
    assert (row.action, row.object, row.actor) == ("story.split", one.pk, desk.bob.pk)
