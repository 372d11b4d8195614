"""Many feeds at once: shown first, added row by row, and a damaged list harms nothing."""

from __future__ import annotations

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from answerable.store.models import LedgerRow, Source
from tests.cast import Desk
from tests.web import stage

pytestmark = pytest.mark.store

LIST = b"""<?xml version="1.0"?><opml version="2.0"><body><outline text="Press">
<outline type="rss" text="Estuary Post" xmlUrl="https://post.example/rss"/>
<outline type="rss" text="&lt;b&gt;Fenmoor&lt;/b&gt; Gazette" xmlUrl="https://gazette.example/feed"/>
<outline type="rss" text="Known" xmlUrl="https://feeds.example/Known"/>
<outline type="rss" text="Strange" xmlUrl="javascript:alert(1)"/>
</outline></body></opml>"""
FORM = {"source_class": "outlet", "purpose": "To hear of faults", "licence": "", "keep_days": "90"}


def shown(desk: Desk, content: bytes) -> HttpResponse:
    """Carol's browser after she chose a file."""
    file = SimpleUploadedFile("feeds.opml", content, "text/x-opml")
    with stage.clock():
        answer: HttpResponse = stage.client(desk.carol).post("/desk/sources/list", {"file": file})
    return answer


def signed(answer: HttpResponse) -> str:
    """The list as the form sends it back."""
    found = re.search(r'name="feeds" value="([^"]+)"', answer.content.decode())
    assert found
    return html.unescape(found[1])


def test_a_list_is_shown_and_then_added_row_by_row(desk: Desk) -> None:
    """Nothing is added by looking; then each chosen feed is its own source with its ledger row, once."""
    stage.source(desk, name="Known")
    answer = shown(desk, LIST)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Estuary Post" in page
    assert "we listen to it already" in page
    assert "<b>Fenmoor</b>" not in page
    assert Source.objects.count() == 1
    before = LedgerRow.objects.count()
    form = {**FORM, "unit": str(desk.top.pk), "feeds": signed(answer), "take": ["0", "1", "2", "77"]}
    with stage.clock():
        done = stage.client(desk.carol).post("/desk/sources/list", form)
        again = stage.client(desk.carol).post("/desk/sources/list", form)
    assert "2 feeds were added" in done.content.decode()
    assert "We listen to this address already" in again.content.decode()
    added = Source.objects.filter(purpose="To hear of faults")
    assert set(added.values_list("address", "source_class", "unit")) == {
        ("https://post.example/rss", "outlet", desk.top.pk),
        ("https://gazette.example/feed", "outlet", desk.top.pk),
    }
    assert LedgerRow.objects.count() == before + 2


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("purpose", "", "Everybody can read the purpose"),
        ("source_class", "friends", "Choose who speaks there"),
        ("unit", "999", "Choose the unit"),
        ("keep_days", "-1", "number of days"),
        ("take", "", "at least one feed"),
    ],
)
def test_a_mistake_adds_nothing_and_keeps_the_list(desk: Desk, field: str, typed: str, sentence: str) -> None:
    """The list and what was chosen stay on the page with the sentence."""
    form = {**FORM, "unit": str(desk.top.pk), "feeds": signed(shown(desk, LIST)), "take": ["0"], field: typed}
    with stage.clock():
        answer = stage.client(desk.carol).post("/desk/sources/list", form)
    assert answer.status_code == 400
    assert sentence in html.unescape(answer.content.decode())
    assert "Estuary Post" in answer.content.decode()
    assert Source.objects.count() == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no list at all",
        b"<rss/>",
        b"<opml><body/></opml>",
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><opml><body>&a;</body></opml>',
        b"x" * 2_100_000,
    ],
)
def test_what_is_no_list_is_refused_in_one_sentence(desk: Desk, content: bytes) -> None:
    """Empty, foreign, hostile or huge: one sentence, and nothing is added."""
    assert shown(desk, content).status_code == 400
    assert Source.objects.count() == 0


def test_a_forged_list_is_refused(desk: Desk) -> None:
    """What comes back must be what was shown."""
    form = {**FORM, "unit": str(desk.top.pk), "feeds": "forged", "take": ["0"]}
    with stage.clock():
        assert stage.client(desk.carol).post("/desk/sources/list", form).status_code == 400
    assert Source.objects.count() == 0


def test_the_sources_are_searched_and_exported(desk: Desk) -> None:
    """The search narrows page and export alike; formulas are made harmless."""
    stage.source(desk, name="Talk of Fenmoor")
    stage.source(desk, name="=Post")
    carol = stage.client(desk.carol)
    with stage.clock():
        page = carol.get("/desk/sources?q=fenmoor+talk").content.decode()
        rows = b"".join(carol.get("/desk/sources.csv?q=post").streaming_content).decode()  # type: ignore[attr-defined]
    assert "Talk of Fenmoor" in page
    assert "=Post" not in page
    assert "'=Post" in rows
    assert "Fenmoor" not in rows.replace("failures in Fenmoor", "")
