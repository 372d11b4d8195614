"""What anybody may read: statements with their versions, incidents with their clocks, evidence, feeds, ledger."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from django.http import HttpResponse
from django.test import Client

from answerable.store import incidents, ledger, sources, statements, voices
from answerable.store.models import Incident, ItemRow, Source, Statement, StatementVersion, Tombstone
from tests.cast import NOW, Desk
from tests.store.scene import draft, incident, publish, story

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = '</title><script>alert("x")</script><img src=x onerror=alert(1)>\u202eevil'
PUBLIC_PATHS = (
    "/",
    "/statements/",
    "/statements/?q=water",
    "/statements/export.jsonl",
    "/feed.atom",
    "/feed.json",
    "/listening/",
    "/voices/",
    "/transparency/",
    "/transparency/ledger.jsonl",
    "/transparency/heads.json",
    "/robots.txt",
)


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Client:
    """A reader of the public pages ten minutes after the tests' now, signed in nowhere."""
    monkeypatch.setattr("answerable.web.middleware.timezone.now", lambda: NOW + timedelta(minutes=10))
    return Client(HTTP_HOST="127.0.0.1")


def body(response: HttpResponse) -> str:
    """The whole answer as text, streamed ones included."""
    if getattr(response, "streaming", False):
        return b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    return response.content.decode()


def correct(desk: Desk, statement: Statement, **changes: Any) -> StatementVersion:
    """A published correction."""
    facts: dict[str, Any] = {
        "title": "The water is brown from iron",
        "text": "A main broke at 06:40. Eleven taps were tested.",
        "change_note": "Eleven taps, not nine.",
        "now": desk.now + timedelta(minutes=30),
    }
    version = statements.revise(desk.carol, statement.pk, **{**facts, **changes})
    return publish(desk, version, desk.now + timedelta(minutes=31))


@pytest.mark.parametrize("path", PUBLIC_PATHS)
def test_every_page_answers_on_an_empty_desk(desk: Desk, client: Client, path: str) -> None:
    """Before anything happened every public page is a page, not an error."""
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("language", ["en", "es", "zh"])
@pytest.mark.parametrize("path", PUBLIC_PATHS[:1] + PUBLIC_PATHS[6:9])
def test_every_page_speaks_three_languages(desk: Desk, client: Client, path: str, language: str) -> None:
    """The page says which language it is in."""
    answer = body(client.get(path, {"lang": language}))
    assert f'<html lang="{"zh-Hans" if language == "zh" else language}"' in answer


def test_the_first_page_shows_the_incident_with_its_promise(desk: Desk, client: Client) -> None:
    """An open public incident stands there with its level, its owner and its next deadline."""
    incident(desk)
    answer = body(client.get("/"))
    assert "Brown tap water in Fenmoor" in answer
    assert "Brackwater Council answers for it." in answer
    # First heard 08:40 (UTC), so the first word is due 09:40: half an hour from where the reader stands.
    assert "A first word from us by 09:40 (UTC)" in answer
    assert "30 min left" in answer
    assert 'class="dial"' in answer


def test_a_promised_word_comes_first_and_its_breach_is_said(
    desk: Desk, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The announced next word is counted down; once its time has passed with nothing new, the page says so."""
    row = incident(desk)
    publish(desk, draft(desk, row, next_word_at=desk.now + timedelta(minutes=25)))
    assert "Next update by 09:25 (UTC)" in body(client.get("/"))
    monkeypatch.setattr("answerable.web.middleware.timezone.now", lambda: desk.now + timedelta(minutes=26))
    for path in ("/", f"/incidents/{row.pk}/"):
        assert "We missed our promise of an update by 09:25 (UTC)." in body(client.get(path))


def test_a_resolved_incident_promises_nothing_more(desk: Desk, client: Client) -> None:
    """Once it is resolved, its page says so and the first page no longer counts down for it."""
    row = incident(desk)
    publish(desk, draft(desk, row))
    row.refresh_from_db()
    incidents.change_state(desk.carol, row.pk, state="resolved", version=row.version, now=desk.now)
    assert "No incident is open." in body(client.get("/"))
    answer = body(client.get(f"/incidents/{row.pk}/"))
    assert "It is resolved" in answer
    assert 'class="countdown' not in answer


def test_a_statement_shows_everything_it_owes(desk: Desk, client: Client) -> None:
    """Verdict and claim, text, what to do, what is not known, evidence, voice, roles, machine help, fingerprint."""
    version = publish(
        desk,
        draft(
            desk,
            incident(desk),
            claim="Sewage got into the water",
            verdict="false",
            what_to_do="- Let the tap run\n- Keep white laundry for tomorrow",
            not_known="Whether bacteria are in it.",
            next_word_at=desk.now + timedelta(days=1),
            machine_help="Translated by machine, read by a person",
        ),
    )
    answer = body(client.get(f"/statements/{version.statement_id}/"))
    for words in (
        "The water is brown from iron",
        "Sewage got into the water",
        "<li>Let the tap run</li>",
        "Whether bacteria are in it.",
        "https://brackwater.example/record",
        "Bob Saltmarsh",
        "Information officer, Brackwater Council",  # who wrote it, by role
        "Spokesperson, Brackwater Council",  # who approved it, by role
        "Translated by machine, read by a person",
        version.text_hash,
        "Ledger entry",
    ):
        assert words in answer
    assert "Carol" not in answer  # the writer's name is the desk's own


def test_a_corrected_statement_keeps_its_old_version(desk: Desk, client: Client) -> None:
    """The page shows the new text and what it corrects; the old text stays at its own address and says so."""
    first = publish(desk, draft(desk, text="A main broke at 06:40. Nine taps were tested."))
    correct(desk, first.statement)
    page = f"/statements/{first.statement_id}/"
    now = body(client.get(page))
    assert "Eleven taps, not nine." in now
    assert "<ins>Eleven</ins>" in now
    old = body(client.get(f"{page}versions/1/"))
    assert "Nine taps were tested." in old
    assert "This is an old version." in old
    assert "This is an old version." not in body(client.get(f"{page}versions/2/"))
    assert client.get(f"{page}versions/3/").status_code == 404


def test_what_is_not_published_does_not_exist(desk: Desk, client: Client) -> None:
    """A draft, a submitted and an approved text answer 404, also as the next version of a published one."""
    version = draft(desk)
    page = f"/statements/{version.statement_id}/"
    assert client.get(page).status_code == 404
    statements.submit(desk.carol, version.pk, now=desk.now)
    statements.approve(desk.bob, version.pk, version.text_hash, now=desk.now)
    assert client.get(page).status_code == 404
    statements.publish(desk.bob, version.pk, now=desk.now)
    assert client.get(page).status_code == 200
    statements.revise(
        desk.carol, version.statement_id, title="Secret", text="Secret", change_note="Secret", now=desk.now
    )
    assert "Secret" not in body(client.get(page))
    assert client.get(f"{page}versions/2/").status_code == 404


def test_a_withdrawn_statement_stays_readable_and_leaves_the_lists(desk: Desk, client: Client) -> None:
    """What was said stays readable at its address, marked; lists and feeds no longer give it."""
    version = publish(desk, draft(desk))
    Statement.objects.filter(pk=version.statement_id).update(withdrawn_at=desk.now)
    assert "We withdrew this statement" in body(client.get(f"/statements/{version.statement_id}/"))
    for path in ("/", "/statements/", "/feed.atom", "/feed.json"):
        assert version.title not in body(client.get(path))


def test_an_incident_that_is_not_public_does_not_exist(desk: Desk, client: Client) -> None:
    """Neither its page nor its title is anywhere; its published statement stands without a way to it."""
    row = incident(desk)
    Incident.objects.filter(pk=row.pk).update(public=False)
    version = publish(desk, draft(desk, row))
    assert client.get(f"/incidents/{row.pk}/").status_code == 404
    for path in ("/", "/statements/", f"/statements/{version.statement_id}/", "/feed.atom"):
        assert row.title not in body(client.get(path))


def test_nothing_of_an_exercise_is_public(desk: Desk, client: Client) -> None:
    """An exercise with a published statement, its evidence and its source leave no trace on any public page."""
    row = incident(desk, exercise=True)
    item = ItemRow.objects.get(exercise=True)
    version = publish(desk, draft(desk, row, title="Exercise title", evidence=[(item.pk, "", "")]))
    assert Statement.objects.get(pk=version.statement_id).published_id == version.pk
    for path in (f"/incidents/{row.pk}/", f"/statements/{version.statement_id}/", f"/evidence/{item.pk}/"):
        assert client.get(path).status_code == 404
    for path in PUBLIC_PATHS:
        answer = body(client.get(path))
        assert "Exercise title" not in answer
        assert row.title not in answer
        assert "Fenmoor Gazette" not in answer


def test_the_public_sees_no_way_to_other_items(desk: Desk, client: Client) -> None:
    """Only cited items open: an item of the same story that nothing cites answers 404."""
    cited, other = story(desk), story(desk)
    publish(desk, draft(desk, evidence=[(cited.heading_item, "", "")]))
    assert client.get(f"/evidence/{cited.heading_item}/").status_code == 200
    assert client.get(f"/evidence/{other.heading_item}/").status_code == 404


def test_evidence_of_a_private_post_is_text_time_and_class(desk: Desk, client: Client) -> None:
    """Neither link nor name of the source stands on the evidence page or under the statement."""
    about = story(desk)
    Source.objects.update(source_class="public", name="Fenmoor neighbours of Ann Weir")
    ItemRow.objects.update(link="https://social.example/@annweir/1")
    version = publish(desk, draft(desk, evidence=[(about.heading_item, "", "")]))
    for path in (f"/evidence/{about.heading_item}/", f"/statements/{version.statement_id}/"):
        answer = body(client.get(path))
        assert "Public post" in answer
        assert "annweir" not in answer
        assert "Ann Weir" not in answer
    assert "The water in Fenmoor is brown." in body(client.get(f"/evidence/{about.heading_item}/"))


def test_evidence_of_an_outlet_keeps_its_name_and_link(desk: Desk, client: Client) -> None:
    """A newspaper is named and its article linked."""
    about = story(desk)
    ItemRow.objects.update(link="https://fenmoor.example/article")
    publish(desk, draft(desk, evidence=[(about.heading_item, "", "")]))
    answer = body(client.get(f"/evidence/{about.heading_item}/"))
    assert "Fenmoor Gazette" in answer
    assert 'href="https://fenmoor.example/article"' in answer


def test_evidence_that_left_says_so(desk: Desk, client: Client) -> None:
    """After an erasure the page says that the item is gone, and none of its words remain."""
    about = story(desk)
    publish(desk, draft(desk, evidence=[(about.heading_item, "", "")]))
    item = ItemRow.objects.get(pk=about.heading_item)
    Tombstone.objects.create(
        item=item.pk, source=item.source, hour=0, story=about.pk, reason="request", at=desk.now
    )
    item.delete()
    answer = body(client.get(f"/evidence/{about.heading_item}/"))
    assert "It was erased on request." in answer
    assert "brown" not in answer.replace("The water is brown from iron", "")


def test_hostile_words_stay_words(desk: Desk, client: Client) -> None:
    """Markup in a statement, an item, a source or a voice is shown as text on every page and feed."""
    about = story(desk)
    ItemRow.objects.update(text=HOSTILE, title=HOSTILE)
    Source.objects.update(name=HOSTILE, purpose=HOSTILE, licence=HOSTILE)
    voices.register(desk.alice, unit=desk.top, name=HOSTILE, role=HOSTILE, now=desk.now)
    row = incident(desk)
    Incident.objects.filter(pk=row.pk).update(title=HOSTILE)
    version = publish(
        desk,
        draft(
            desk,
            row,
            title=HOSTILE,
            text=HOSTILE,
            claim=HOSTILE,
            verdict="false",
            what_to_do=HOSTILE,
            not_known=HOSTILE,
            machine_help=HOSTILE[:200],
            evidence=[(about.heading_item, HOSTILE, ""), (None, HOSTILE, "")],
        ),
    )
    number = version.statement_id
    pages = ["/", "/statements/", "/listening/", "/voices/", "/transparency/", f"/statements/{number}/"]
    pages += [
        f"/statements/{number}/versions/1/",
        f"/incidents/{row.pk}/",
        f"/evidence/{about.heading_item}/",
    ]
    for path in pages:
        answer = body(client.get(path))
        # What a page says to search engines stands in a script element of our own, which runs nothing.
        assert "<script" not in answer.replace('<script type="application/ld+json">', ""), path
        assert "<img src=x" not in answer, path
    ElementTree.fromstring(client.get("/feed.atom").content)
    assert "<script" not in client.get("/feed.atom").content.decode()
    assert "<script" not in json.loads(client.get("/feed.json").content)["items"][0]["content_html"]


def test_the_feeds_carry_statements_corrections_and_the_daily_head(desk: Desk, client: Client) -> None:
    """Both feeds name the statement, after a correction the same entry with a later `updated`, and the head."""
    first = publish(desk, draft(desk))
    before = ElementTree.fromstring(client.get("/feed.atom").content)
    correct(desk, first.statement)
    ledger.daily_head(desk.now)
    after = ElementTree.fromstring(client.get("/feed.atom").content)

    def entry(feed: ElementTree.Element) -> ElementTree.Element:
        return next(
            one for one in feed.iter(f"{ATOM}entry") if "brown" in (one.findtext(f"{ATOM}title") or "")
        )

    assert entry(before).findtext(f"{ATOM}id") == entry(after).findtext(f"{ATOM}id")
    assert (entry(before).findtext(f"{ATOM}updated") or "") < (entry(after).findtext(f"{ATOM}updated") or "")
    items = json.loads(client.get("/feed.json").content)["items"]
    assert any("Eleven taps" in item["content_html"] for item in items)
    head = ledger.heads(1)[0]
    assert any(head.hash in item["content_html"] for item in items)


@pytest.mark.parametrize("path", ["/feed.atom", "/feed.json"])
def test_who_has_the_feed_gets_no_body_again(desk: Desk, client: Client, path: str) -> None:
    """ETag and Last-Modified answer 304 until something changes."""
    version = publish(desk, draft(desk))
    first = client.get(path)
    assert client.get(path, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    assert client.get(path, HTTP_IF_MODIFIED_SINCE=first["Last-Modified"]).status_code == 304
    correct(desk, version.statement)
    again = client.get(path, HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]


def test_a_missed_clock_is_said_with_its_explanation(desk: Desk, client: Client) -> None:
    """A public breach asks for its explanation, and shows it once it is written."""
    row = incident(desk, raised=desk.now - timedelta(hours=2))
    late = desk.now + timedelta(minutes=1)
    incidents.mark_missed(late)
    answer = body(client.get(f"/incidents/{row.pk}/"))
    assert "We missed our promise of a first word" in answer
    assert "We owe you an explanation." in answer
    clock = row.clocks.get(kind="holding_60m")
    row.refresh_from_db()
    incidents.explain_clock(
        desk.carol, row.pk, clock_id=clock.pk, text="The crew had no line out.", version=row.version, now=late
    )
    assert "The crew had no line out." in body(client.get(f"/incidents/{row.pk}/"))


def test_notes_and_names_of_the_desk_are_not_public(desk: Desk, client: Client) -> None:
    """What colleagues write to each other, and who took or handed over, is nowhere on the public page."""
    row = incident(desk)
    incidents.add_note(desk.carol, row.pk, text="The mayor is nervous", version=1, now=desk.now)
    incidents.take(desk.carol, row.pk, version=2, now=desk.now)
    incidents.change_state(
        desk.carol, row.pk, state="identified", note="Pipe 7, ask Dorn", version=3, now=desk.now
    )
    answer = body(client.get(f"/incidents/{row.pk}/"))
    for secret in ("nervous", "Carol", "Dorn"):
        assert secret not in answer
    assert "State changed from investigating to identified" in answer


def test_what_we_listen_to_names_no_private_address(desk: Desk, client: Client) -> None:
    """An outlet's address is linked, a private source's is not shown; removed and drill sources are absent."""
    for name, kind, address in (
        ("Estuary Post", "outlet", "https://estuary.example/feed"),
        ("Neighbours of Saltgate", "public", "https://social.example/@weir.rss"),
    ):
        sources.add(
            desk.alice,
            kind="feeds",
            address=address,
            name=name,
            source_class=kind,
            purpose="Hear of faults early",
            unit=desk.top,
            licence="CC BY 4.0",
            keep_days=90,
            now=desk.now,
        )
    answer = body(client.get("/listening/"))
    assert "https://estuary.example/feed" in answer
    assert "Neighbours of Saltgate" in answer
    assert "social.example" not in answer
    assert "Hear of faults early" in answer
    assert "90 days" in answer


def test_the_exported_ledger_verifies_and_holds_no_text(desk: Desk, client: Client) -> None:
    """Anybody can verify the chain from the export alone; none of the desk's words are in it."""
    row = incident(desk)
    publish(desk, draft(desk, row))
    lines = [json.loads(line) for line in body(client.get("/transparency/ledger.jsonl")).splitlines()]
    assert len(lines) >= 4
    for before, after in pairwise(lines):
        assert after["previous"] == before["hash"]
        assert after["id"] == before["id"] + 1
    text = json.dumps(lines)
    assert "brown" not in text
    assert "Carol" not in text


def test_the_ledger_is_read_page_by_page(desk: Desk, client: Client) -> None:
    """`before` starts below an entry; nonsense shows the newest ones."""
    for number in range(60):
        voices.register(desk.alice, unit=desk.top, name=f"Voice {number}", role="Speaker", now=desk.now)
    first = body(client.get("/transparency/"))
    last = ledger.head()
    assert last is not None
    assert f'id="r{last.id}"' in first
    assert f'id="r{last.id - 50}"' not in first
    older = body(client.get("/transparency/", {"before": last.id - 49}))
    assert f'id="r{last.id - 50}"' in older
    assert client.get("/transparency/", {"before": "x' OR 1=1"}).status_code == 200


def test_statements_are_found_by_all_their_words(desk: Desk, client: Client) -> None:
    """Search finds statements that hold every word, in any field, and says how many were looked through."""
    publish(desk, draft(desk, title="Buses stop short", text="Mill Lane is closed."))
    publish(desk, draft(desk, title="The lantern walk", text="It takes the river path."))
    found = body(client.get("/statements/", {"q": "buses closed"}))
    assert "Buses stop short" in found
    assert "The lantern walk" not in found
    none = body(client.get("/statements/", {"q": "sewage"}))
    assert "No statement has these words." in none
    assert "all 2 statements" in none


def test_long_lists_have_pages(desk: Desk, client: Client) -> None:
    """Twenty statements stand on a page; a page that does not exist shows the nearest one."""
    for number in range(23):
        publish(desk, draft(desk, title=f"Statement number {number:02}"))
    assert len(re.findall("Statement number", body(client.get("/statements/")))) == 20
    assert len(re.findall("Statement number", body(client.get("/statements/", {"page": 2})))) == 3
    assert len(re.findall("Statement number", body(client.get("/statements/", {"page": 99})))) == 3


def test_the_export_holds_every_version(desk: Desk, client: Client) -> None:
    """One line a statement, each with all its public versions and no name of staff."""
    first = publish(desk, draft(desk))
    correct(desk, first.statement)
    rows = [json.loads(line) for line in body(client.get("/statements/export.jsonl")).splitlines()]
    assert [version["number"] for version in rows[0]["versions"]] == [2, 1]
    assert "Carol" not in json.dumps(rows)


def test_robots_stay_out_of_the_desk(desk: Desk, client: Client) -> None:
    """robots.txt names desk and exercise; an evidence page asks not to be indexed."""
    rules = body(client.get("/robots.txt"))
    assert "Disallow: /desk/" in rules
    assert "Disallow: /exercise/" in rules


def test_public_pages_change_nothing(desk: Desk, client: Client) -> None:
    """Only GET and HEAD are answered; a POST changes nothing and says so."""
    for path in PUBLIC_PATHS:
        assert client.post(path).status_code in (403, 405)
