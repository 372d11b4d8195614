"""`import --as cases`: old messages come in as cases with their replies, once, and the hottest matter leads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from answerable.run.case_import import bring_in
from answerable.run.cli import main
from answerable.store import case_heat
from answerable.store.models import Case, CaseAnswer, CaseMessage, LedgerRow, Source, ThreadRow
from answerable.store.reading import cases as reading
from tests.cast import Desk

ROWS = [
    ("1", "The lamp at the stop is dark", "2026/2/2 10:00:00", 3, "", "", ""),
    (
        "2",
        "The bin overflows",
        "2026/2/2 11:00:00",
        0,
        "It is emptied now, call 01632 960 123.",
        "2026/2/4 9:00:00",
        "",
    ),
    (
        "3",
        "Water is brown in Fenmoor",
        "2026/2/2 12:00:00",
        0,
        "A main broke.",
        "2026/2/20 9:00:00",
        "Water Services",
    ),
    ("4", "The lamp at the stop is dark!", "2026/2/3 10:00:00", 0, "", "", ""),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mailbox.jsonl"
    names = ("id", "text", "time", "likes", "reply", "reply_time", "unit")
    path.write_text("".join(json.dumps(dict(zip(names, row, strict=True))) + "\n" for row in ROWS))
    return path


def test_old_messages_become_cases_with_their_replies(
    desk: Desk, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Open ones have a clock from today, answered ones are in time or late, words are masked, twice is once.

    Sabotage: leave the reply out of `case_bringing._add`.
    """
    for _ in range(2):
        assert main(["import", str(file), "--as", "cases", "--zone", "+00:00", "--json"]) == 0
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (first["cases"], first["copies"], first["answered"]) == (3, 1, 2)
    assert (second["cases"], second["copies"]) == (0, 0)
    lamp = Case.objects.get(stage="collected")
    assert (lamp.likes, lamp.copies, lamp.people) == (3, 1, 1)
    assert lamp.due_at is not None
    assert lamp.started_at > lamp.collected_at
    late = Case.objects.get(unit=desk.water)
    assert (late.stage, late.missed_at is not None, late.sorted_by) == ("fed_back", True, "person")
    kept = CaseAnswer.objects.exclude(case=late).get()
    assert "960" not in kept.text
    assert kept.brought_in
    assert Case.objects.get(pk=kept.case_id).missed_at is None
    assert LedgerRow.objects.filter(action="case.bring_in").count() == 1
    assert CaseMessage.objects.count() == 4


def test_a_unit_that_is_not_there_is_said_before_anything_is_stored(desk: Desk, file: Path) -> None:
    """A mistyped unit stores nothing."""
    assert main(["import", str(file), "--as", "cases", "--unit", "Nobody"]) == 2
    assert Source.objects.count() == 0


def test_one_case_leads_its_story_and_the_hottest_stands_first(desk: Desk, file: Path) -> None:
    """Open cases of one story are one line, with the sum of whom they concern; copies count nowhere."""
    assert main(["import", str(file), "--as", "cases"]) == 0
    assert bring_in.__doc__
    lamp = Case.objects.get(stage="collected")
    more = Case.objects.get(unit=desk.water)
    Case.objects.filter(pk=more.pk).update(stage="collected", people=5)
    thread = ThreadRow.objects.get(itemrow__pk=CaseMessage.objects.filter(case=lamp, copy=False).get().item)
    other = CaseMessage.objects.get(case=more)
    ThreadRow.objects.filter(itemrow__pk=other.item).update(story=thread.story)
    assert case_heat.reckon() == 2
    hot = list(reading.listed(desk.carol, order="hot", now=desk.now))
    assert [(one.pk, one.heat, one.alike) for one in hot] == [(more.pk, 9, 1)]
    assert case_heat.reckon() == 0, "what stands is not written again"
