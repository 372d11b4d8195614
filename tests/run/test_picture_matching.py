"""A picture that comes again is shown with the answer it belongs to; people decide, and what leaves is gone."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from answerable.collect.workers import ParsePool
from answerable.run.claim_matching import ClaimMatching
from answerable.run.picture_matching import PictureMatching
from answerable.store import answer_documents, answers, erase, picture_matching
from answerable.store.models import (
    Answer,
    AnswerDocument,
    AnswerLink,
    Case,
    ItemPicture,
    ItemRow,
    Story,
)
from answerable.understand.claims.pictures import RADIUS, apart
from answerable.understand.embed import Hashed
from tests.collect.dovecot import Dovecot
from tests.collect.mails import with_pictures
from tests.run.test_collectors import ask, listening
from tests.run.test_mail_cases import USER, asking
from tests.store import scene
from tests.store.answering import answered, opened
from tests.understand.drawn import cropped, file, hashed, passed_on, picture
from tests.web import stage

pytestmark = pytest.mark.store
CLAIM = "A crack runs through the dam above Fenmoor"


def stored(desk: Any, of: Answer, body: bytes, name: str = "dam.jpg") -> AnswerDocument:
    return answer_documents.store(desk.carol, of.pk, title=name, name=name, body=body, now=desk.now)


def heard(desk: Any, *numbers: int) -> Story:
    """A story of which one item came with these pictures."""
    story = scene.story(desk)
    Story.objects.filter(pk=story.pk).update(items=5)
    item = ItemRow.objects.filter(thread__story=story).first()
    assert item is not None
    for number in numbers:
        ItemPicture.objects.create(item=item.pk, hashed=hashed(picture(number)))
    return story


def test_the_same_picture_in_other_words_by_mail_is_proposed_and_undone(desk: Any, server: Dovecot) -> None:
    """A mail with the picture, three times passed on, meets the answer that has it among its documents: proposed with
    that reason, sent nothing, turned down by one click and never asked again; the picture itself is kept nowhere.

    Sabotage: leave `pictures` out of `packed`, or out of `door.admit`.
    """
    of = answered(desk, CLAIM)
    with ParsePool(1, seconds=20) as pool, listening(desk) as tools:
        tools.pool = pool
        matching = ClaimMatching(Hashed(), pictures=PictureMatching(pool))
        document = stored(desk, of, file(picture(0), "JPEG"))
        sent = file(passed_on(picture(0), Random(3)).convert("RGB"), "JPEG")
        server.deliver(
            with_pictures("What is this?", sent, subject="Look"),
            with_pictures("When do you open?", file(picture(3), "JPEG"), number=2, subject="Library"),
            user=USER,
        )
        assert ask(tools, asking(desk, tools, server)).items == 2
        assert matching.look(datetime.now(UTC)) == 1
        assert matching.look(datetime.now(UTC)) == 0
    document.refresh_from_db()
    assert apart(bytes(document.picture or b""), hashed(picture(0))) <= RADIUS
    link = AnswerLink.objects.get()
    assert (link.how, link.case, link.chance) == (
        "proposed",
        Case.objects.get(messages__submission__text__contains="What is this?"),
        None,
    )
    assert [code for code, _ in link.reasons] == ["picture"]
    assert ItemPicture.objects.count() == 2
    carol = stage.client(desk.carol)
    with stage.clock():
        assert "nearly the same as one of this answer" in carol.get(f"/desk/claims/{of.pk}").content.decode()
        carol.post(f"/desk/claims/{of.pk}/link", {"undo": link.pk, "version": of.version})
    assert AnswerLink.objects.get().undone_at is not None
    assert ClaimMatching(Hashed()).look(datetime.now(UTC)) == 0
    items = list(ItemRow.objects.values_list("pk", flat=True))
    erase.erase(items[:1], reason="request", now=desk.now)
    assert list(ItemPicture.objects.values_list("item", flat=True)) == items[1:]


def test_pictures_of_what_is_linked_are_the_answers_own_until_people_disagree(desk: Any) -> None:
    """A story that a person linked lends its picture to the answer; turned down twice and never taken, it is silent.

    Sabotage: leave `_misled` out of `of_answers`, or take proposals for links.
    """
    of, other = opened(desk, CLAIM), opened(desk, "The library closes for good")
    one = heard(desk, 1)
    assert picture_matching.of_answers(False) == []
    answers.link(desk.carol, of.pk, story=one.pk, now=desk.now)
    assert picture_matching.of_answers(False) == [(of.pk, hashed(picture(1)))]
    looked = PictureMatching()
    for turned_down in range(2):
        again = heard(desk, 1, 2)
        assert looked.look({again.pk}, (), desk.now) == 1, turned_down
        link = AnswerLink.objects.get(answer=of, story=again)
        assert link.how == "proposed"
        answers.undo(desk.carol, of.pk, link.pk, now=desk.now)
    assert picture_matching.of_answers(False) == []
    assert looked.look({heard(desk, 1).pk}, (), desk.now) == 0
    assert not AnswerLink.objects.filter(answer=other).exists()


def test_a_picture_is_one_more_reason_where_the_words_met(desk: Any) -> None:
    """What the words proposed is asked once, with both reasons; a hostile document says nothing and is looked at once.

    Sabotage: let `propose` make a second link.
    """
    of = opened(desk, "The water in Fenmoor is brown because of sewage")
    story = heard(desk, 5)
    with ParsePool(1, seconds=20) as pool:
        matching = ClaimMatching(Hashed(), pictures=PictureMatching(pool))
        stored(desk, of, file(cropped(picture(5), Random(1))))
        stored(desk, of, b"GIF89a" + bytes(500), "broken.gif")
        matching.look(desk.now)
    (link,) = AnswerLink.objects.filter(story=story)
    codes = [code for code, _ in link.reasons]
    assert codes[-1] == "picture"
    assert "shared" in codes
    assert sorted(bytes(one.picture or b"") == b"" for one in AnswerDocument.objects.all()) == [False, True]
    assert picture_matching.unread_documents() == []
