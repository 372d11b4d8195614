"""The public form and the page of a code: for anybody, without account, cookie or script, and within limits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from answerable.store.models import LedgerRow, Source, Submission, SubmissionContact
from answerable.web.public import form_seal
from tests.cast import Desk
from tests.web.forms import Writer, code_of, fresh_counts

LAMP = "The street lamp at the bus stop is dark since Monday."


@pytest.fixture(autouse=True)
def counts() -> Iterator[None]:
    with fresh_counts():
        yield


def test_somebody_tells_us_something_and_follows_it(desk: Desk) -> None:
    """Five questions, a code, and the page of the code: received, not yet read."""
    writer = Writer()
    code = writer.tell(LAMP, kind="complaint", place="Mill Lane", contact="maren@example.org")
    row = Submission.objects.get()
    assert (row.text, row.kind, row.place, row.came_by) == (LAMP, "complaint", "Mill Lane", "form")
    assert (row.received_at, row.unit) == (writer.now, desk.top)
    page = writer.get(f"/follow/{code.lower().replace('-', ' ')}").content.decode()
    assert LAMP in page
    assert "Nobody has marked it as read yet" in page
    assert "maren@example.org" not in page
    assert writer.get("/follow/0000-0000-0000-0000").status_code == 404


def test_it_works_without_a_cookie_and_keeps_none(desk: Desk) -> None:
    """No page of the form or of a code sets a cookie, and none may be stored by the browser."""
    writer = Writer()
    pages = [writer.get(), writer.post(kind="report")]
    code = writer.tell(LAMP)
    pages += [writer.seen, writer.get("/follow/"), writer.get(f"/follow/{code}")]  # type: ignore[list-item]
    for page in pages:
        assert not page.cookies
        assert page.headers["Cache-Control"] == "no-store"
        assert "noindex" in page.headers["X-Robots-Tag"]
    assert not writer.client.cookies


def test_each_question_asks_again_for_what_is_missing_and_keeps_the_rest(desk: Desk) -> None:
    """A kind and words are needed, place and contact are not; what was typed stays, also when going back."""
    writer = Writer()
    writer.get()
    assert writer.post().status_code == 400
    writer.post(kind="question")
    assert writer.post(text="   ").status_code == 400
    assert b"Write it in your own words" in writer.seen.content  # type: ignore[union-attr]
    writer.post(text="<b>Why</b> is it dark?")
    page = writer.post(go="text").content.decode()
    assert "&lt;b&gt;Why&lt;/b&gt; is it dark?" in page
    assert writer.post(text="x" * 5001).status_code == 400
    writer.post(text="Why?")
    assert writer.post(place="p" * 201).status_code == 400
    assert Submission.objects.count() == 0


def test_a_form_sent_twice_is_one_message_with_one_code(desk: Desk) -> None:
    """A double click, or a second try after a lost answer, stores nothing twice and shows the same code.

    Sabotage: draw the code at random.
    """
    writer = Writer()
    writer.fill(LAMP)
    page = writer.seen
    first = code_of(writer.post())
    writer.seen = page
    assert code_of(writer.post()) == first
    assert Submission.objects.count() == 1
    assert LedgerRow.objects.filter(action="submission.receive").count() == 1


def test_a_form_of_another_making_is_refused(desk: Desk) -> None:
    """Without our seal, with an altered one, or sent by the page of another site: 403, and nothing is stored."""
    writer = Writer()
    writer.fill(LAMP)
    page = writer.seen
    assert writer.post(seal="").status_code == 403
    writer.seen = page
    assert writer.post(seal="WyJhIiwxXQ:1abc:def").status_code == 403
    writer.seen = page
    assert (
        writer.post(headers={"Origin": "https://evil.example", "Host": "localhost:8000"}).status_code == 403
    )
    assert Submission.objects.count() == 0
    writer.seen = page
    assert code_of(writer.post(headers={"Origin": "http://localhost:8000", "Host": "localhost:8000"}))


def test_programs_are_asked_to_be_patient_and_told_so(desk: Desk) -> None:
    """Faster than people, or with the hidden field filled: refused in plain words, and the words stay."""
    writer = Writer()
    writer.fill(LAMP)
    page = writer.seen
    assert writer.post(website="https://spam.example").status_code == 400
    assert LAMP.encode() in writer.seen.content  # type: ignore[union-attr]
    writer.seen = page
    writer.now -= timedelta(seconds=39)
    assert writer.post().status_code == 400
    assert b"faster than people write" in writer.seen.content  # type: ignore[union-attr]
    assert Submission.objects.count() == 0
    writer.now += timedelta(days=2)
    assert writer.post().status_code == 400, "a form of yesterday is shown once more"
    writer.now += timedelta(seconds=9)
    assert code_of(writer.post()), "and then taken"


def test_many_messages_of_one_connection_wait_and_keep_their_words(desk: Desk) -> None:
    """The 21st message of an hour is asked to wait, with its words in the form; other connections go on."""
    for _ in range(form_seal.PER_HOUR):
        Writer().tell(LAMP)
    writer = Writer()
    writer.fill("One more")
    assert writer.post().status_code == 429
    assert b"One more" in writer.seen.content  # type: ignore[union-attr]
    assert int(writer.seen.headers["Retry-After"]) > 0  # type: ignore[union-attr]
    other = Writer()
    other.client.defaults["REMOTE_ADDR"] = "203.0.113.9"
    other.tell("From elsewhere")
    assert Submission.objects.count() == form_seal.PER_HOUR + 1


def test_a_proxy_nobody_named_does_not_lock_the_town_out(desk: Desk) -> None:
    """Where all callers look like one private address, the limit is that of many."""
    for number in range(form_seal.PER_HOUR + 5):
        writer = Writer()
        writer.client.defaults |= {
            "REMOTE_ADDR": "10.0.0.2",
            "HTTP_X_FORWARDED_FOR": f"198.51.100.{number}",
        }
        writer.tell(LAMP)
    assert Submission.objects.count() == form_seal.PER_HOUR + 5


def test_the_count_forgets_and_never_holds_an_address() -> None:
    """Counts are keyed by a hash under a key of the hour: no address stands in memory, and the hour ends it all."""
    patience = form_seal.Patience()
    assert [patience.wait("203.0.113.7", 2, 10.0) for _ in range(3)] == [0, 0, 3600]
    held = repr(vars(patience))
    assert "203.0.113.7" not in held
    before = set(patience._counts)
    assert patience.wait("203.0.113.7", 2, 3611.0) == 0
    assert not before & set(patience._counts), "another hour, another key"


def test_what_was_taken_back_is_gone(desk: Desk) -> None:
    """With the code anybody takes their words back: text, place and contact are deleted at once."""
    writer = Writer()
    code = writer.tell(LAMP, place="Mill Lane", contact="maren@example.org")
    writer.get(f"/follow/{code}")
    assert writer.post(f"/follow/{code}/take-back").status_code == 302
    row = Submission.objects.get()
    assert (row.text, row.place, row.item_leaves) == ("", "", True)
    assert not SubmissionContact.objects.exists()
    page = writer.get(f"/follow/{code}").content.decode()
    assert "You took it back on" in page
    assert LAMP not in page


def test_the_form_closes_when_its_source_is_paused(desk: Desk) -> None:
    """A paused source takes nothing; who was writing keeps the words, codes go on working."""
    code = Writer().tell(LAMP)
    late = Writer()
    late.fill("Another lamp")
    Source.objects.filter(kind="form").update(paused=True)
    assert late.post().status_code == 400
    assert b"Another lamp" in late.seen.content  # type: ignore[union-attr]
    assert late.get().status_code == 503
    assert late.get(f"/follow/{code}").status_code == 200
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(("language", "word"), [("es", "Díganos"), ("zh", "告诉我们")])
def test_three_languages(desk: Desk, language: str, word: str) -> None:
    """The form speaks the reader's language, and remembers in which one to answer."""
    writer = Writer()
    assert word in writer.get(**{"Accept-Language": language}).content.decode()
    writer.client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    writer.tell("La farola no funciona")
    assert Submission.objects.get().language == language


def test_the_body_s_own_name_of_a_place_is_known(desk: Desk) -> None:
    """The longest name of places.csv that stands in what was written, in Latin letters or Chinese."""
    (desk.home / "places.csv").write_text(
        "name,level,other_names\nMill Lane,street,\nMill,ward,\n东门桥,bridge,\n", encoding="utf-8"
    )
    try:
        writer = Writer()
        writer.tell(LAMP, place="behind MILL LANE, near the shop")
        writer.tell(LAMP, place="就在东门桥旁边")
        writer.tell(LAMP, place="nowhere we know")
        known = list(Submission.objects.order_by("received_at").values_list("known_place", flat=True))
        assert known == ["Mill Lane", "东门桥", ""]
        writer.get()
        writer.post(kind="report")
        assert '<option value="Mill Lane">' in writer.post(text=LAMP).content.decode()
    finally:
        (desk.home / "places.csv").unlink()


def test_wrong_codes_are_limited(desk: Desk) -> None:
    """Guessing codes ends after sixty an hour; a right one opens all the same."""
    code = Writer().tell(LAMP)
    guesser = Writer()
    for _ in range(60):
        assert guesser.get("/follow/0000-0000-0000-0000").status_code == 404
    assert guesser.get("/follow/0000-0000-0000-0000").status_code == 429
    assert guesser.get(f"/follow/{code}").status_code == 200
