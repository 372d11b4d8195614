"""What was heard and could be checked, and who doubts it: quoted from items, in order, until an answer covers it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from answerable.run.claim_teller import Claims, Doubt
from answerable.store import answer_matching, answers, claim_weights, facts
from answerable.store.claim_weights import Weights
from answerable.store.models import Case, ItemRow, Story
from answerable.store.reading.heard_claims import claims_of, doubt_of, heard_claims
from answerable.understand.claims import doubt_model, doubt_shelf
from answerable.understand.claims.doubt import Reply
from answerable.understand.describer import Tools
from answerable.understand.embed import Hashed
from tests.cast import Desk
from tests.store.answering import opened
from tests.store.casework import tell
from tests.web import stage
from tests.web.test_rumour_pages import text

pytestmark = pytest.mark.store

DEAD = "Three people died in Fenmoor after drinking tap water"
LANTERN = "The lantern market has 40 stalls on Eelgate quay"
SAID = (
    DEAD,
    "fake, where is your source",
    f"{DEAD}!",
    "is it true what they say?",
    "so sad",
    LANTERN,
    LANTERN,
    LANTERN,
)


def told(desk: Desk, said: tuple[str, ...] = SAID, name: str = "Talk of Fenmoor") -> Story:
    """A story whose items say this, a minute apart, described by the desk's own describers."""
    about = stage.story(desk, stage.source(desk, name=name), count=len(said))
    ids = ItemRow.objects.filter(thread__story=about).order_by("published").values_list("pk", flat=True)
    for item, words in zip(list(ids), said, strict=True):
        ItemRow.objects.filter(pk=item).update(
            text=words, title="", language="en", duplicate_of=None, revision=1
        )
    describe(desk, about.pk)
    return about


def describe(desk: Desk, story: int) -> None:
    telling = facts.telling(story)
    assert telling is not None
    tools = Tools(Hashed(), desk.home)
    found = {one.name: one.describe(telling) for one in (Claims(tools), Doubt(tools))}
    facts.write(telling, found, desk.now)


def test_what_can_be_checked_is_quoted_in_the_order_of_harm_and_spread(desk: Desk) -> None:
    """Both sentences stand there with the items that carry them, deaths first; the weights turn the order round.

    Sabotage: leave the harm out of the rank, or the weights of the desk.
    """
    about = told(desk)
    first, second = heard_claims(desk.carol, desk.now, exercise=False)
    assert (first.quote, first.copies, first.harms[0]) == (DEAD, 2, "life")
    assert (second.quote, second.copies) == (LANTERN, 3)
    assert {one.quote for one in claims_of(about.pk)} >= {DEAD, LANTERN}
    claim_weights.change(desk.alice, Weights(harm=0), now=desk.now)
    assert [one.quote for one in heard_claims(desk.carol, desk.now, exercise=False)] == [LANTERN, DEAD]
    assert heard_claims(desk.carol, desk.now + timedelta(days=3), exercise=False) == []


def test_what_an_answer_covers_is_heard_no_more(desk: Desk) -> None:
    """Once a claim of the list holds the story, its sentence goes and the other stays; undone, it is back.

    Sabotage: leave all claims of a linked story out.
    """
    about = told(desk)
    of = opened(desk, DEAD, story=about.pk)
    assert [one.quote for one in heard_claims(desk.carol, desk.now, exercise=False)] == [LANTERN]
    answers.undo(desk.carol, of.pk, of.links.get().pk, now=desk.now)
    assert len(heard_claims(desk.carol, desk.now, exercise=False)) == 2


def test_what_several_wrote_to_us_is_heard_too(desk: Desk) -> None:
    """A statement of fact in a case of several people, for who may see the case.

    Sabotage: let everybody see the cases of all units.
    """
    case = tell(desk, "The bridge on Eelgate closes on 3 May. Please help!").case
    assert heard_claims(desk.carol, desk.now, exercise=False) == []
    Case.objects.filter(pk=case.pk).update(heat=4)
    (one,) = heard_claims(desk.carol, desk.now, exercise=False)
    assert (one.case, one.people, one.quote) == (case.pk, 4, "The bridge on Eelgate closes on 3 May.")
    assert heard_claims(desk.charlie, desk.now, exercise=False) == []


def test_people_doubt_this_is_counted_and_never_a_verdict(desk: Desk) -> None:
    """One reply denies and one asks, of seven; nothing is said of rumours until somebody taught it; then it is.

    Sabotage: count the first item, or read the model anew for no story.
    """
    about = told(desk)
    doubt = doubt_of(about.pk)
    assert doubt is not None
    assert (doubt.read, len(doubt.denying), len(doubt.asking), doubt.like) == (7, 1, 1, None)
    posts = [[Reply(words, float(n)) for n in range(10)] for words in ("fake fake", "lovely day") * 20]
    doubt_shelf.put(desk.home, doubt_model.learn(posts, [True, False] * 20))
    about = told(desk, (DEAD, *(f"fake fake {n}" for n in range(12))), "Talk of Saltgate")
    doubt = doubt_of(about.pk)
    assert doubt is not None
    assert doubt.like is not None
    assert doubt.like > 0.5
    doubt_shelf.remove(desk.home)
    describe(desk, about.pk)
    assert getattr(doubt_of(about.pk), "like", 1) is None


def test_pages_show_what_was_heard_with_links_to_what_they_count(desk: Desk) -> None:
    """On the pages of the story, of claims and of voids; each number opens the very items.

    Sabotage: leave `claim` or `doubt` out of the list of a story's items.
    """
    about = told(desk)
    of = opened(desk, "Nobody may drink the water", story=about.pk)
    carol = stage.client(desk.carol)
    with stage.clock():
        for path in (f"/desk/stories/{about.pk}", "/desk/claims", "/desk/claims/voids"):
            said = text(carol.get(path))
            assert DEAD in said, path
            assert "Put it on the list" in said
        said = text(carol.get(f"/desk/stories/{about.pk}"))
        assert "no verdict" in said
        assert "People doubt this" in text(carol.get(f"/desk/claims/{of.pk}"))
        items = f"/desk/stories/{about.pk}/items"
        assert "1 item, newest first" in text(carol.get(f"{items}?doubt=denies&once=1"))
        assert "2 items, newest first" in text(carol.get(f"{items}?doubt=any&once=1"))
        (one, *_) = [one for one in claims_of(about.pk) if one.quote == DEAD]
        assert "2 items, newest first" in text(carol.get(f"{items}?claim={one.key}"))


def test_a_sentence_of_a_story_is_matched_beside_its_heading(desk: Desk) -> None:
    """What is compared with the list holds the heading and what can be checked, each once.

    Sabotage: compare the heading alone.
    """
    told(desk)
    texts = [one.text for one in answer_matching.said(False, desk.now)]
    assert {DEAD, LANTERN} <= set(texts)
    assert len(texts) == len(set(texts))
