"""The pages of being reached: one's own ways, the order of a unit, the list of notices, and the link that asks."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest
from django.core import signing

from answerable.errors import ChannelTrouble
from answerable.store import calls, drills, notices, search, ways
from answerable.store.keyring import Keyring
from answerable.store.models import Alert, Call, CallOrder, ItemRow, LedgerRow, Notice, Way
from answerable.web.call_text import ANSWER_WITHIN, SALT, token
from tests.cast import Desk
from tests.store.test_calls import ordered, raised, way
from tests.web import stage
from tests.web.stage import LATER


def test_a_way_is_added_tested_and_removed_and_never_shown(desk: Desk) -> None:
    """The address and the secret go in once; the page shows kind, server and receipt, then forgets them."""
    carol = stage.client(desk.carol)
    with stage.clock():
        empty = carol.get("/desk/settings/reach").content.decode()
        assert "No alert reaches you outside this page yet" in empty
        wrong = carol.post(
            "/desk/settings/reach/ways", {"kind": "feishu", "address": "feishu.example", "secret": "sesame"}
        )
        assert wrong.status_code == 400
        assert "This is not a web address" in wrong.content.decode()
        assert "sesame" not in wrong.content.decode()
        carol.post(
            "/desk/settings/reach/ways",
            {"kind": "feishu", "address": "https://open.example/hook/t0psecret", "secret": "sesame"},
        )
        mine = Way.objects.get()
        carol.post(f"/desk/settings/reach/ways/{mine.pk}/test")
        (taken,) = notices.take(LATER, Keyring.open(desk.home))
        notices.delivered(taken, '{"code":0}', LATER)
        page = carol.get("/desk/settings/reach").content.decode()
        assert "Feishu group" in page
        assert "open.example" in page
        assert "{&#34;code&#34;:0}" in page
        assert "t0psecret" not in page
        assert "sesame" not in page
        assert stage.client(desk.bob).post(f"/desk/settings/reach/ways/{mine.pk}/remove").status_code == 409
        carol.post(f"/desk/settings/reach/ways/{mine.pk}/remove")
    assert bytes(Way.objects.get().sealed) == b""


def test_quiet_hours_are_ones_own_choice(desk: Desk) -> None:
    """What was saved stands in the form; half a span and an unknown zone are refused and change nothing."""
    carol = stage.client(desk.carol)
    with stage.clock():
        fine = {"quiet_from": "22:00", "quiet_until": "06:30", "timezone": "Europe/Madrid", "wake": "1"}
        carol.post("/desk/settings/reach/hours", fine)
        for wrong in ({"quiet_until": ""}, {"timezone": "Mars/Olympus"}, {"quiet_from": "late"}):
            assert carol.post("/desk/settings/reach/hours", fine | wrong).status_code == 400
        page = carol.get("/desk/settings/reach").content.decode()
    assert 'value="22:00"' in page
    assert 'value="06:30"' in page
    assert (ways.hours_of(desk.carol).wake, ways.hours_of(desk.carol).drills) == (True, False)


def test_the_order_is_set_by_places(desk: Desk) -> None:
    """The administrator gives places; the units page names whom each unit calls, its own or the one above."""
    way(desk, desk.carol)
    alice = stage.client(desk.alice)
    with stage.clock():
        form = alice.get(f"/desk/units/{desk.top.pk}/calls").content.decode()
        assert "no way yet: is passed over" in form
        bad = alice.post(f"/desk/units/{desk.top.pk}/calls", {f"place-{desk.bob.pk}": "first", "wait": "15"})
        assert bad.status_code == 400
        places = {f"place-{desk.bob.pk}": "2", f"place-{desk.carol.pk}": "1", "wait": "15"}
        assert alice.post(f"/desk/units/{desk.top.pk}/calls", places).status_code == 302
        units = stage.client(desk.carol).get("/desk/units").content.decode()
    assert CallOrder.objects.get().people == [desk.carol.pk, desk.bob.pk]
    assert CallOrder.objects.get().wait_s == 900
    assert "Carol Fenn, Bob Saltmarsh" in units
    assert "as Brackwater Council does" in units


def test_the_list_says_what_arrived_and_what_did_not(desk: Desk) -> None:
    """Receipts, troubles in plain words, search, states, files; and what still waits for an answer on top."""
    ordered(desk, desk.carol, desk.bob)
    raised(desk)
    ring = Keyring.open(desk.home)
    (taken,) = notices.take(desk.now, ring)
    notices.not_delivered(taken, ChannelTrouble("not_mail", permanent=True), desk.now, luck=0.5)
    calls.tick(desk.now)
    (taken,) = notices.take(desk.now, ring)
    notices.delivered(taken, "<abc@answers.example>", desk.now)
    carol = stage.client(desk.carol)
    with stage.clock():
        page = carol.get("/desk/notices").content.decode()
        for words in ("1 call waits for an answer", "Called so far: Carol Fenn, Bob Saltmarsh", "Not delivered",
                      "This is no mail address.", "&lt;abc@answers.example&gt;", "The next one at"):  # fmt: skip
            assert words in page, words
        found = carol.get("/desk/notices?q=bob&state=sent").content.decode()
        assert "Bob Saltmarsh" in found
        assert "Not delivered</span>" not in found
        rows = list(csv.DictReader(io.StringIO(_file(carol, "/desk/notices.csv"))))
        assert [row["state"] for row in rows] == ["sent", "failed"]
        lines = [json.loads(line) for line in _file(carol, "/desk/notices.jsonl?state=failed").splitlines()]
        assert [line["trouble"] for line in lines] == ["not_mail"]
        assert "carol@" not in str(rows)
        charlie = stage.client(desk.charlie).get("/desk/notices").content.decode()
        assert "Nobody was called yet" in charlie, "another unit's calls are not Charlie's"
        drill = carol.get("/exercise/notices").content.decode()
        assert "Nobody was called yet" in drill


def _file(browser: object, address: str) -> str:
    answer = browser.get(address)  # type: ignore[attr-defined]
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_now_and_the_story_say_who_was_called(desk: Desk) -> None:
    """Everybody at the desk sees that a call waits, whom it reached and when the next is called."""
    ordered(desk, desk.carol, desk.bob)
    call = raised(desk)
    carol = stage.client(desk.carol)
    with stage.clock():
        now = carol.get("/desk/").content.decode()
        story = carol.get(f"/desk/stories/{call.alert.story_id}").content.decode()  # type: ignore[union-attr]
        assert "1 call waits for an answer" in now
        for page in (now, story):
            assert "Called so far: Carol Fenn." in page
            assert "The next one at 09:10." in page
        calls.answer(desk.carol, call.pk, LATER)
        assert "waits for an answer" not in carol.get("/desk/").content.decode()


def test_an_unreached_call_is_said_loudly(desk: Desk) -> None:
    """With no order at all the list says that nobody could be called, and why."""
    raised(desk)
    with stage.clock():
        page = stage.client(desk.carol).get("/desk/notices").content.decode()
    assert "Nobody could be called" in page


def test_the_link_asks_and_only_the_click_answers(desk: Desk) -> None:
    """Opening the link, as scanners do, changes nothing; the click acknowledges in that person's name, once.

    Sabotage: answer on GET.
    """
    ordered(desk, desk.carol, desk.bob)
    call = raised(desk)
    carols, bobs = (f"/call/{token(call.pk, person.pk)}" for person in (desk.carol, desk.bob))
    browser = stage.client()
    before = LedgerRow.objects.count()
    page = browser.get(carols)
    assert page.status_code == 200
    assert "I have it" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert (LedgerRow.objects.count(), Alert.objects.get().state) == (before, "open")
    assert browser.post(carols).status_code == 200
    alert = Alert.objects.get()
    assert (alert.state, alert.decided_by) == ("acknowledged", desk.carol)
    assert "You have it since" in browser.get(carols).content.decode()
    assert "Carol Fenn has it since" in browser.get(bobs).content.decode()
    assert browser.post(bobs).status_code == 409
    assert Alert.objects.get().decided_by == desk.carol


@pytest.mark.parametrize("kind", ["altered", "old", "of another use", "of nobody"])
def test_a_link_that_is_not_ours_opens_nothing(desk: Desk, kind: str) -> None:
    """Altered, too old, made for another purpose, or for a person who left: it says so and changes nothing."""
    ordered(desk, desk.carol)
    call = raised(desk)
    made = token(call.pk, desk.carol.pk)
    if kind == "altered":
        made = signing.dumps([call.pk, desk.alice.pk], key="guessed", salt=SALT)
    if kind == "of another use":
        made = signing.dumps([call.pk, desk.carol.pk], salt="said")
    if kind == "of nobody":
        desk.carol.__class__.objects.filter(pk=desk.carol.pk).update(is_active=False)
    browser = stage.client()
    if kind == "old":
        with pytest.MonkeyPatch.context() as patch:
            later = __import__("time").time() + ANSWER_WITHIN.total_seconds() + 60
            patch.setattr("django.core.signing.time.time", lambda: later)
            answers = [browser.get(f"/call/{made}"), browser.post(f"/call/{made}")]
    else:
        answers = [browser.get(f"/call/{made}"), browser.post(f"/call/{made}")]
    assert [answer.status_code for answer in answers] == [410, 410]
    assert Alert.objects.get().state == "open"


def test_a_wiped_drill_takes_its_calls_along(desk: Desk) -> None:
    """Nothing of an exercise stays, its notices included; real ones do."""
    ways.set_hours(desk.carol, ways.Hours(None, None, "", wake=False, drills=True), now=desk.now)
    ordered(desk, desk.carol)
    raised(desk, exercise=True)
    raised(desk)
    assert Notice.objects.count() == 2
    search.insert([(row.pk, row.title, row.text) for row in ItemRow.objects.all()])
    drills.wipe(desk.now + timedelta(minutes=1))
    assert [row.exercise for row in Notice.objects.all()] == [False]
    assert [row.exercise for row in Call.objects.all()] == [False]
