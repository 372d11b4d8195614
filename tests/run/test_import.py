"""`answerable import`: shown first, asked about, then stored once with what was said of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from answerable.run import cli
from answerable.run.commands import import_
from answerable.run.meaning_process import FarSentences
from tests.cast import Desk
from tests.collect import workbooks
from tests.run import desks
from tests.run.test_collectors import listening

ROWS = [["Nr", "wer", "was gesagt wurde", "wann", "Region"]] + [
    [f"n{n}", "Somebody", f"Die Lampe am Kai {n} ist kaputt", f"{n % 28 + 1}/3/2026 9:00", "Fenmoor"]
    for n in range(30)
]


def test_a_workbook_is_shown_asked_about_and_stored_once(tmp_path: Path) -> None:
    """`--show` stores nothing and proposes; `--ask` takes numbers, names and dashes; a second import is known."""
    book = workbooks.written(tmp_path / "lamps.xlsx", ROWS)
    home = tmp_path / "home"
    shown = json.loads(desks.run(home, "import", str(book), "--show", "--json").stdout)
    assert shown["mapping"] == {"time": "wann", "text": "was gesagt wurde"}
    told = desks.run(home, "import", str(book), "--show").stderr
    assert "--map 'time=wann,text=was gesagt wurde' --zone +08:00" in told
    # id, time, text, title, original, link, author, place, language, likes
    answers = "1\n\n\n\n\n\nnobody\nwer\nRegion\n-\n\n"
    words = ("import", str(book), "--ask", "--zone", "+01:00", "--json")
    stamped = ("--method", "Asked for by letter", "--gaps", "No night shifts", "--licence", "CC BY 4.0")
    asked = subprocess.run(
        [sys.executable, "-m", "answerable.run.cli", *words, *stamped],
        input=answers, env=desks.environment(home), capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert (asked.returncode, json.loads(asked.stdout)["new"]) == (0, 30), asked.stderr
    assert "There is no column 'nobody'" in asked.stderr
    again = desks.run(
        home,
        "import",
        str(book),
        "--map",
        "id=Nr,text=was gesagt wurde,time=wann",
        "--zone",
        "+01:00",
        "--json",
    )
    assert json.loads(again.stdout) == {"new": 0, "edited": 0, "known": 30, "erased_before": 0, "rejected": 0}
    items = [json.loads(line) for line in desks.run(home, "export", "items").stdout.splitlines()]
    assert len({item["id"] for item in items}) == 30
    assert [item["published"] for item in items] == sorted(item["published"] for item in items)
    assert items[0]["published"].startswith("2026-03-01T08:00")
    assert {item["place"] for item in items} == {"Fenmoor"}
    assert "Somebody" not in json.dumps(items)


def test_a_wrong_zone_or_column_stores_nothing(tmp_path: Path) -> None:
    """One line each, exit code 2."""
    book = workbooks.written(tmp_path / "lamps.xlsx", ROWS)
    for words in (("--zone", "Mars"), ("--map", "text=nowhere"), ("--map", "text")):
        done = desks.run(tmp_path / "home", "import", str(book), *words)
        assert done.returncode == 2
        assert len([line for line in done.stderr.splitlines() if line.startswith("answerable:")]) == 1


def test_beside_a_running_engine_no_second_model_is_loaded(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine that takes the rows has a model; only where none runs the command begins with one of its own.

    Sabotage: start it whatever runs.
    """
    started = []

    class Counted(FarSentences):
        def start(self) -> None:
            started.append(self)
            super().start()

    monkeypatch.setattr(import_, "FarSentences", Counted)
    file = tmp_path / "lamps.jsonl"
    file.write_text('{"id": "a", "time": "2026-03-01T08:00:00Z", "text": "The lamp at the quay is out"}\n')
    with listening(desk):
        assert cli.main(["import", str(file)]) == 0
        assert started == []
    assert cli.main(["import", str(file)]) == 0
    assert started
