"""Report pages, Markdown and the command: every number leads to what it counts, and every line opens."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from answerable.permissions import Role
from answerable.run import cli
from answerable.store.models import ItemRow, Person, RoleHeld, Source, Story
from tests.cast import NOW, Desk
from tests.store.scene import alert, draft, incident, publish, story

pytestmark = pytest.mark.store
DAY = NOW.date().isoformat()
PAGE = f"/desk/reports/daily/{DAY}"
HOSTILE = "</q><script>alert(1)</script> [x](javascript:alert(1)) **b** `c`\n# d"

Sign = Callable[[Person], Client]


@pytest.fixture
def signed(monkeypatch: pytest.MonkeyPatch) -> Sign:
    """A browser of somebody who signed in, ten minutes after the tests' now."""
    monkeypatch.setattr("answerable.web.middleware.timezone.now", lambda: NOW + timedelta(minutes=10))

    def sign(person: Person) -> Client:
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(person, backend="answerable.web.backend.DeskBackend")
        return client

    return sign


def busy(desk: Desk, exercise: bool = False) -> None:
    """A day with stories, an alert, an incident, clocks and a published statement."""
    if not exercise:
        publish(desk, draft(desk, incident(desk)))
    alert(desk, story(desk, exercise=exercise))
    large = story(desk, exercise=exercise)
    source = Source.objects.get(exercise=exercise)
    first = ItemRow.objects.count() + 1
    for number in range(first, first + 6):
        ItemRow.objects.create(
            pk=number,
            source=source,
            key=number.to_bytes(16, "big"),
            text="Brown again",
            language="en",
            published=large.first_seen,
            heard=large.first_heard,
            batch=1,
            thread_id=large.pk,
            exercise=exercise,
        )
    Story.objects.filter(pk=large.pk).update(items=7)
    ItemRow.objects.filter(pk=large.heading_item).update(text=HOSTILE, language="en")


def links(html: str, within: str) -> list[str]:
    return re.findall(rf'href="({re.escape(within)}[^"]*)"', html)


def test_every_sentence_leads_to_its_evidence_and_all_of_it_opens(desk: Desk, signed: Sign) -> None:
    """From the report to the list behind each sentence, and from there to each piece: nothing is a dead end,
    and each list has as many lines as the sentence's number."""
    busy(desk)
    carol = signed(desk.carol)
    page = carol.get(PAGE).content.decode()
    sentences = set(links(page, PAGE + "/"))
    assert len(sentences) >= 8
    for address in sentences:
        listed = carol.get(address)
        assert listed.status_code == 200, address
        html = listed.content.decode()
        number = int(re.findall(r">(\d+) pieces?<", html)[0])
        lines = re.findall(r"<li id=\"\w+-\d+\">(.*?)</li>", html, re.DOTALL)
        assert len(lines) == number, address
        for line in lines:
            opened = re.search(r'href="([^"]+)"', line)
            assert opened, line
            assert carol.get(opened.group(1), follow=True).status_code == 200, opened.group(1)


def test_an_empty_desk_has_an_honest_report(desk: Desk, signed: Sign) -> None:
    """Zeros are said in words, and no sentence pretends to lead anywhere."""
    page = signed(desk.carol).get(PAGE).content.decode()
    for words in (
        "Nothing was heard.",
        "We listened to no source.",
        "No alert was raised.",
        "No story went quiet.",
    ):
        assert words in page
    assert not links(page, PAGE + "/")


def test_words_of_strangers_stay_words(desk: Desk, signed: Sign) -> None:
    """Markup in a post is shown as text, on the page and in Markdown."""
    busy(desk)
    carol = signed(desk.carol)
    page = carol.get(PAGE).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    text = carol.get(PAGE + ".md").content.decode()
    assert "\\<script\\>" in text
    assert not re.search(r"(?<!\\)\]\(javascript:", text)
    assert "\n# d" not in text


def test_the_three_languages_say_the_same_numbers(desk: Desk, signed: Sign) -> None:
    """Each language has every sentence, with the same links."""
    busy(desk)
    carol = signed(desk.carol)
    pages = {
        language: carol.get(PAGE, {"lang": language}).content.decode() for language in ("en", "zh", "es")
    }
    found = {language: links(page, PAGE + "/") for language, page in pages.items()}
    assert found["en"] == found["zh"] == found["es"]


def test_an_exercise_has_its_own_reports_and_says_so(desk: Desk, signed: Sign) -> None:
    """The drill's report counts only the drill, the real one nothing of it; title and file carry the mark."""
    busy(desk, exercise=True)
    carol = signed(desk.carol)
    exercise = carol.get(f"/exercise/reports/daily/{DAY}").content.decode()
    assert "8 items were heard." in exercise
    assert "<title>EXERCISE" in exercise
    assert "Nothing was heard." in carol.get(PAGE).content.decode()
    answer = carol.get(f"/exercise/reports/daily/{DAY}.md")
    assert answer.content.decode().startswith("# EXERCISE")
    assert "exercise.md" in answer.headers["Content-Disposition"]


def test_days_that_are_none_or_not_begun_do_not_exist(desk: Desk, signed: Sign) -> None:
    """No traceback, no invented day."""
    carol = signed(desk.carol)
    for day in ("tomorrow", "2026-13-01", "2026-03-03", "9999-12-31", "0001-01-01"):
        assert carol.get(f"/desk/reports/daily/{day}").status_code == 404, day
    assert carol.get(f"{PAGE}/no_such_sentence").status_code == 404


def test_the_list_of_reports_leads_to_days(desk: Desk, signed: Sign) -> None:
    """Today first, each day a link that opens."""
    carol = signed(desk.carol)
    page = carol.get("/desk/reports").content.decode()
    days = links(page, "/desk/reports/daily/")
    assert days[0] == PAGE
    assert len(days) == 14
    assert all(carol.get(day).status_code == 200 for day in days[:3])


def test_only_who_may_export_takes_the_file(desk: Desk, signed: Sign) -> None:
    """A commentator reads the page and gets no file; the public gets neither."""
    RoleHeld.objects.filter(person=desk.charlie).update(role=Role.COMMENTATOR.value)
    charlie = signed(desk.charlie)
    assert charlie.get(PAGE).status_code == 200
    assert charlie.get(PAGE + ".md").status_code == 403
    assert Client(HTTP_HOST="127.0.0.1").get(PAGE).status_code == 302


def test_a_long_list_is_paged(desk: Desk, signed: Sign) -> None:
    """Thousands of items stand on pages of fifty; together the pages show each once."""
    about = story(desk)
    source = Source.objects.get()
    ItemRow.objects.bulk_create(
        ItemRow(
            pk=number,
            source=source,
            key=number.to_bytes(16, "big"),
            text=f"Brown {number}",
            published=about.first_seen,
            heard=about.first_heard,
            batch=1,
            thread_id=about.pk,
        )
        for number in range(2, 121)
    )
    carol = signed(desk.carol)
    seen: list[str] = []
    for page in (1, 2, 3):
        seen += re.findall(
            r'<li id="item-(\d+)"', carol.get(f"{PAGE}/items_heard", {"page": page}).content.decode()
        )
    assert sorted(map(int, seen)) == list(range(1, 121))


def report(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.main(["report", "daily", "--day", DAY, *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_command_writes_markdown(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """Markdown on stdout, nothing else; headings are questions, numbers are links."""
    busy(desk)
    code, out, err = report(capsys)
    assert (code, err) == (0, "")
    assert out.startswith("# Daily report, Monday 2 March 2026\n")
    assert "/desk/reports/daily/2026-03-02/stories_new)" in out


def test_the_command_writes_json_in_one_line_with_an_address_for_each_id(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each sentence has its number, its ids and as many addresses."""
    busy(desk)
    code, out, _ = report(capsys, "--json")
    assert (code, out.count("\n")) == (0, 1)
    sentences: list[dict[str, Any]] = [
        one for section in json.loads(out)["sections"] for one in section["sentences"]
    ]
    assert sum(one["number"] for one in sentences) > 10
    for one in sentences:
        assert one["number"] == len(one["ids"]) == len(one["opens"])
        assert all(address.startswith("http://") for address in one["opens"])


def test_the_command_writes_a_page_of_its_own(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One HTML file that loads nothing: looks inside, addresses whole, strangers' markup harmless."""
    busy(desk)
    file = tmp_path / "report.html"
    code, out, _ = report(capsys, "--html", "--language", "es", "--out", str(file))
    html = file.read_text("utf-8")
    assert (code, out) == (0, "")
    assert '<html lang="es"' in html
    assert "<script" not in html
    assert not re.search(r"(src=|@import|url\()", html)
    assert all(address.startswith("http") for address in re.findall(r'href="([^"]*)"', html))


def test_a_day_that_is_none_is_bad_input(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2 and one line that shows how a day is written."""
    assert cli.main(["report", "daily", "--day", "yesterday"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "2026-03-02" in said.err
    assert said.err.count("\n") == 1
