"""The rumour list and what people do on it; the desk's pages of claims from the first words to the approved text."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from answerable.publish import feeds
from answerable.run import cli
from answerable.store.models import Answer, AnswerAsker, AnswerDispute, AnswerDocument, AnswerVote
from answerable.web.answer_text import LEAVE
from answerable.web.answer_text import token as letter_token
from tests.cast import Desk
from tests.store import scene
from tests.store.answering import CLAIM, NOTE, TITLE, answered, corrected, opened, voted_by_one_side
from tests.store.casework import hana
from tests.web import stage
from tests.web.forms import Writer, fresh_counts

LATER = timedelta(hours=3)


def text(response: HttpResponse) -> str:
    return html.unescape(response.content.decode())


def sealed(someone: Writer, page: str, path: str, **typed: str) -> HttpResponse:
    """Open a page, then send one of its forms."""
    someone.get(page)
    return someone.post(path, **typed)


def test_the_list_finds_by_words_and_shows_claim_verdict_and_correction(desk: Desk) -> None:
    """Claim, verdict and fact in the list, the page, the feed and the copies; a draft in none of them.

    Sabotage: start `rumours.found` from all answers.
    """
    of, hidden = answered(desk), opened(desk, "The mayor has fled")
    corrected(desk, of)
    browser = Client()
    with stage.clock(desk.now + LATER):
        for path in ("/rumours/", "/rumours/?q=sewage", f"/rumours/{of.pk}/", "/rumours/corrections/"):
            said = text(browser.get(path))
            assert CLAIM in said, path
            assert hidden.claim not in said
        assert NOTE in text(browser.get("/rumours/corrections/"))
        assert "No answer fits." in text(browser.get("/rumours/?q=elephants"))
        assert browser.get(f"/rumours/{hidden.pk}/").status_code == 404
        rows = b"".join(browser.get("/rumours/export.jsonl")).decode().splitlines()  # type: ignore[arg-type]
        assert [json.loads(row)["claim"] for row in rows] == [CLAIM]
        feed = browser.get("/rumours/feed.atom")
        assert feed.headers["Content-Type"] == feeds.ATOM_TYPE
        assert f"/rumours/{of.pk}/" in feed.content.decode()
        review = json.loads(browser.get(f"/rumours/{of.pk}/claim-review.json").content)
    assert review["@type"] == "ClaimReview"
    assert review["claimReviewed"] == CLAIM
    assert review["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "misleading",
        "ratingValue": 3,
        "bestRating": 5,
        "worstRating": 1,
    }


def test_anybody_votes_disputes_and_asks_to_hear_without_a_name(desk: Desk) -> None:
    """One vote a browser, a dispute with an address of its own, a mail address that is asked first.

    Sabotage: take the look at the seal out of one of them.
    """
    of = answered(desk)
    hana(desk)
    page = f"/rumours/{of.pk}/"
    with fresh_counts():
        someone = Writer(now=desk.now + LATER)
        assert "Thank you" in text(sealed(someone, page, f"{page}helpful", helped="yes"))
        sealed(someone, page, f"{page}helpful", helped="no")
        assert list(AnswerVote.objects.values_list("helped", flat=True)) == [False]
        answer = sealed(
            someone, f"{page}dispute", f"{page}dispute", text="Two taps held germs, I have the record."
        )
        assert answer.status_code == 302
        assert "has it, and decides by" in text(someone.get(answer.headers["Location"]))
        assert "germs" not in text(someone.get(page))
        assert AnswerDispute.objects.get().reviewer == hana(desk)
        assert sealed(someone, page, f"{page}watch", contact="no address").status_code == 400
        assert "A letter is on its way" in text(
            sealed(someone, page, f"{page}watch", contact="ines@example.org")
        )
        asker = AnswerAsker.objects.get()
        assert not asker.confirmed
        leaving = f"/rumours/letters/{letter_token(LEAVE, asker.pk)}"
        program = Client(enforce_csrf_checks=True).post(leaving, {"List-Unsubscribe": "One-Click"})
        assert program.status_code == 200  # RFC 8058: no redirect, no cookie, no look at the page
        assert AnswerAsker.objects.get().left_at is not None
        for path in ("helpful", "watch", "dispute"):
            assert Client().post(page + path, {"seal": "x"}).status_code == 403
        assert Client().get("/rumours/letters/nonsense").status_code == 404


def test_the_page_says_whom_it_helped(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """Page, desk and export name the side that it helped and the one that it did not, with their counts; of few
    votes they say that they are too few, and of an answer nobody voted on nothing.

    Sabotage: let `_verdict` see no small side, or sort the sides by nothing in `sentences`.
    """
    first, second = voted_by_one_side(desk), answered(desk, "Nobody voted on this")
    with stage.clock(desk.now + timedelta(days=9)):
        told = text(Client().get(f"/rumours/{first.pk}/"))
        assert "Only one side finds it helpful: 15 of 15 votes there, but 0 of 15 on the other side." in told
        assert f"most of all on “{TITLE}”: 1" in told
        assert "a crowd that comes for one answer does not move it" in told
        assert "15 of 15 votes there" in text(stage.client(desk.carol).get(f"/desk/claims/{first.pk}"))
        assert "Too few to say whom it helped" in text(Client().get(f"/rumours/{first.pk + 1}/"))
        assert "votes" not in text(Client().get(f"/rumours/{second.pk}/"))
    assert cli.main(["export", "helpful"]) == 0
    rows = {row["answer"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert second.pk not in rows
    assert rows[first.pk + 1]["verdict"] == "too_few"
    assert rows[first.pk + 1]["side_votes"] is None


def test_a_claim_goes_from_a_story_to_a_draft_with_its_stored_document(desk: Desk) -> None:
    """Opened from a story with its words, planned, a document stored and cited, the draft saved as a statement.

    Sabotage: drop the stored documents from `answer_write._begun`.
    """
    about = scene.story(desk)
    carol = stage.client(desk.carol)
    with stage.clock():
        form = text(carol.get(f"/desk/claims/new?story={about.pk}"))
        assert "The water in Fenmoor is brown." in form
        sent = {"claim": CLAIM, "kind": "claim", "harm": "3", "unit": desk.top.pk, "story": about.pk}
        assert carol.post("/desk/claims/new", sent | {"claim": " "}).status_code == 400
        assert carol.post("/desk/claims/new", sent).status_code == 302
        of = Answer.objects.get()
        page = f"/desk/claims/{of.pk}"
        from django.core.files.uploadedfile import SimpleUploadedFile

        file = SimpleUploadedFile("taps.pdf", b"%PDF chlorine")
        assert (
            carol.post(f"{page}/document", {"title": "Chlorine at the taps", "file": file}).status_code == 302
        )
        digest = AnswerDocument.objects.get().sha256
        form = text(carol.get(f"{page}/write"))
        assert digest in form
        link = re.search(r'value="(http[^"]*/documents/[0-9a-f]{64})"', form)
        assert link
        draft = {
            "voice": desk.voice.pk,
            "title": TITLE,
            "text": "Rust from a pipe [1].",
            "document_title": "Chlorine at the taps",
            "document_link": link[1],
        }
        assert carol.post(f"{page}/write", draft).status_code == 400  # no verdict
        assert carol.post(f"{page}/write", draft | {"verdict": "false"}).status_code == 302
        assert TITLE in text(carol.get(page))
        whole = carol.get(f"{page}/documents/{digest}")  # before it is out, for whoever approves it
        assert (whole.content, whole["Content-Type"]) == (b"%PDF chlorine", "application/octet-stream")
        elsewhere = opened(desk, unit=desk.water)
        for who, claim in ((desk.charlie, of), (desk.charlie, elsewhere), (desk.carol, elsewhere)):
            there = stage.client(who).get(f"/desk/claims/{claim.pk}/documents/{digest}")
            assert there.status_code == 404, "no claim leads to the document of another one"
        for path in ("/desk/claims?state=draft", "/desk/claims.csv?state=draft"):
            response = carol.get(path)
            said = b"".join(response) if response.streaming else response.content  # type: ignore[arg-type]
            assert CLAIM in said.decode(), path
    assert Client().get(f"/documents/{digest}").status_code == 404
    assert stage.client(desk.charlie).get(page).status_code == 404
