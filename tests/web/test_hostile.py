"""Every string from outside is hostile, also names: none comes out raw, on any page, in any export."""

from __future__ import annotations

import csv
import io
import json

import pytest

from answerable.records import SourceClass
from answerable.store.models import ItemRow, Person, Source, Unit, Voice
from answerable.web.export import harmless
from tests.cast import NOW, Desk
from tests.web import stage

PAGES = (
    "",
    "now/live",
    "stories",
    "stories?q=evil",
    "stories/1",
    "stories/1/items",
    "items/1",
    "search?q=evil",
    "sources",
    "sources/1",
    "units",
    "settings",
    "people/new",
    "voices/new",
    "sources/new",
)


def hostile_desk(desk: Desk) -> None:
    """Scripts in the words of a story, its title, the names of its source, of a unit, a person and a voice."""
    of = stage.source(desk, name="S")
    Source.objects.filter(pk=of.pk).update(
        name=stage.HOSTILE,
        purpose=stage.HOSTILE,
        licence=stage.HOSTILE,
        trouble="not_a_feed" + stage.HOSTILE[:40],
        trouble_params={"host": stage.HOSTILE},
        fails=3,
        last_answer_at=NOW.replace(year=2025),
    )
    words = {language: f"{text} {stage.HOSTILE}" for language, text in stage.WORDS.items()}
    about = stage.story(desk, of, words=words)
    ItemRow.objects.filter(pk=about.heading_item).update(title=stage.HOSTILE)
    stage.alert(about)
    other = stage.story(desk, of, words=words)
    stage.merge(about, other)
    Unit.objects.filter(pk=desk.water.pk).update(name=stage.HOSTILE, duty_number='"><script>')
    Person.objects.filter(pk=desk.carol.pk).update(name=stage.HOSTILE)
    Voice.objects.create(unit=desk.top, name=stage.HOSTILE, role=stage.HOSTILE, registered_at=NOW)


@pytest.mark.parametrize("path", PAGES)
def test_scripts_in_strangers_words_stay_words(desk: Desk, path: str) -> None:
    """The words are there, escaped; no tag, handler or template of theirs runs.

    Sabotage: mark an item's text as safe in a template.
    """
    hostile_desk(desk)
    with stage.clock():
        page = stage.client(desk.alice).get(f"/desk/{path}").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "onload=alert(2) {{7*7}}" not in page.replace("&#39; onload=alert(2) {{7*7}}", "")
    assert ">49<" not in page


def test_what_is_typed_comes_back_as_text(desk: Desk) -> None:
    """A search, a form with mistakes and an address show what was typed, and do not run it."""
    with stage.clock():
        alice = stage.client(desk.alice)
        answers = [
            alice.get("/desk/search", {"q": stage.HOSTILE}),
            alice.get("/desk/stories", {"q": stage.HOSTILE, "order": stage.HOSTILE}),
            alice.post(
                "/desk/sources/new",
                {"address": stage.HOSTILE, "name": stage.HOSTILE, "purpose": stage.HOSTILE},
            ),
            alice.post(
                "/desk/units/new", {"name": "", "timezone": stage.HOSTILE, "duty_number": stage.HOSTILE}
            ),
            alice.post("/desk/people/new", {"name": stage.HOSTILE, "login": stage.HOSTILE}),
            stage.client().post("/sign-in", {"login": stage.HOSTILE, "password": "x", "next": stage.HOSTILE}),
            alice.get("/desk/" + "%3Cscript%3Ealert(1)"),
        ]
    for answer in answers:
        assert b"<script>alert" not in answer.content
        assert b"<img src=x" not in answer.content


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "＝", " =", "＠"])
def test_a_formula_in_an_export_is_text(desk: Desk, start: str) -> None:
    """A spreadsheet that opens the CSV computes nothing a stranger wrote.

    Sabotage: return the cell as it is from `harmless`.
    """
    formula = f'{start}HYPERLINK("https://evil.example")'
    assert str(harmless(formula)).startswith("'")
    about = stage.story(desk, stage.source(desk), words={"en": formula}, count=1)
    ItemRow.objects.filter(pk=about.heading_item).update(title=formula)
    with stage.clock():
        for path in ("stories.csv", "stories/1/items.csv"):
            answer = stage.client(desk.carol).get(f"/desk/{path}")
            text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
            rows = list(csv.DictReader(io.StringIO(text, newline="")))
            cells = [cell for row in rows for cell in row.values()]
            assert any("HYPERLINK" in cell for cell in cells)
            assert not [
                cell for cell in cells if cell.lstrip(" \t\r\n").startswith(("=", "+", "@", "＝", "＠"))
            ]


def test_an_export_never_holds_an_author_or_a_private_link(desk: Desk) -> None:
    """Text, time and source class: what a reader may have of a private post.

    Sabotage: add the column `author` or `sealed` to the rows of an export.
    """
    of = stage.source(desk, kind=SourceClass.PUBLIC)
    stage.story(desk, of)
    with stage.clock():
        answer = stage.client(desk.carol).get("/desk/stories/1/items.jsonl")
        text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    rows = [json.loads(line) for line in text.splitlines()]
    assert len(rows) == 12
    assert all(row["link"] == "" for row in rows)
    assert not {"author", "sealed", "key", "link_key"} & set(rows[0])
    assert "social.example" not in text
    assert "merle" not in text
