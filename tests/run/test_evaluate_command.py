"""`answerable evaluate stories FILE`: honest numbers about the pipeline of `up`, and nothing left behind."""

from __future__ import annotations

import gzip
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from answerable.run import cli
from answerable.run.evaluation import labelled, stories
from answerable.understand.embed import Hashed
from tests.run import desks

KEYS = [
    "items",
    "stories",
    "nmi",
    "ami",
    "ari",
    "bcubed_precision",
    "bcubed_recall",
    "bcubed_f1",
    "items_per_second",
    "threads_per_second",
    "pipeline_per_second",
    "peak_mb",
]
MATTERS = {
    "water": "brown water runs from every tap around Saltgate since breakfast",
    "bus": "school bus towards Hollin Bridge never came again today",
    "light": "street lamps dark along Mill Lane beside old chapel",
    "market": "Fenmoor market moves onto festival ground next Sunday",
}
Evaluated = tuple[int, dict[str, Any], str]


def _rows(each: int = 12) -> list[dict[str, Any]]:
    """Items of four matters in turn, labelled, without times."""
    return [
        {"id": f"{label}-{n}", "text": f"{words} {n}", "label": label}
        for n in range(each)
        for label, words in MATTERS.items()
    ]


def _write(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return path


@pytest.fixture
def evaluate(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Evaluated]:
    """Runs the command here with the small embedder: exit code, the one line's object, stderr."""
    monkeypatch.setattr(stories, "Sentences", lambda: Hashed(512))

    def run(path: Path) -> Evaluated:
        code = cli.main(["evaluate", "stories", str(path), "--json"])
        said = capsys.readouterr()
        assert said.out.count("\n") == (1 if said.out else 0)
        return code, json.loads(said.out or "{}"), said.err

    return run


def test_one_line_and_no_data_folder(tmp_path: Path) -> None:
    """As its users call it: one line of JSON with exactly these keys, exit 0, and no data folder made."""
    home = tmp_path / "home"
    file = _write(tmp_path / "labelled.jsonl", *_rows(5))
    done = desks.run(home, "evaluate", "stories", str(file), "--json")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("}\n")
    assert done.stdout.count("\n") == 1
    assert list(json.loads(done.stdout)) == KEYS
    assert not home.exists()
    assert list(tmp_path.iterdir()) == [file]


def test_the_numbers_are_true(evaluate: Callable[..., Evaluated], tmp_path: Path) -> None:
    """Four plainly different matters come back as four stories with full marks, and as many items."""
    rows = _rows()
    code, result, _ = evaluate(_write(tmp_path / "labelled.jsonl", *rows))
    assert code == 0
    assert list(result) == KEYS
    assert (result["items"], result["stories"]) == (len(rows), 4)
    assert result["bcubed_f1"] == result["ari"] == result["nmi"] == 1.0
    assert all(result[name] > 0 for name in ("items_per_second", "threads_per_second", "peak_mb"))


def test_bad_labels_score_badly(evaluate: Callable[..., Evaluated], tmp_path: Path) -> None:
    """Labels that have nothing to do with the texts get no marks: the score is measured, not claimed."""
    rows = [row | {"label": n % 3} for n, row in enumerate(_rows(15))]
    _, result, _ = evaluate(_write(tmp_path / "labelled.jsonl", *rows))
    assert result["ari"] < 0.1
    assert result["bcubed_f1"] < 0.6


def test_unlabelled_rows_are_heard_and_not_scored(evaluate: Callable[..., Evaluated], tmp_path: Path) -> None:
    """A row whose label is null or absent is streamed and counted, but never moves a score."""
    rows = _rows()
    extra = [{"text": words, "label": None} for words in MATTERS.values()]
    extra += [{"text": "ferries and choirs"}]
    code, result, _ = evaluate(_write(tmp_path / "labelled.jsonl", *rows, *extra))
    assert code == 0
    assert result["items"] == len(rows) + len(extra)
    assert result["stories"] == 5
    assert result["bcubed_precision"] == result["bcubed_recall"] == 1.0


def test_bad_lines_are_told_and_the_rest_is_scored(
    evaluate: Callable[..., Evaluated], tmp_path: Path
) -> None:
    """Broken lines are named by number and reason, exit is 3, and their good neighbours count."""
    rows = _rows()
    bad = [
        "{not json",
        {"id": 1, "label": "water"},
        {"text": "a list is no label", "label": ["water"]},
        {"text": "some time", "time": "the day before", "label": "water"},
    ]
    code, result, said = evaluate(_write(tmp_path / "labelled.jsonl", *bad, *rows))
    assert code == 3
    assert result["items"] == len(rows)
    assert result["bcubed_f1"] == 1.0
    for number in range(1, 5):
        assert f"line {number}: " in said
    assert f"line {len(bad) + 1}: " not in said


def test_a_flood_of_bad_lines_stays_readable(evaluate: Callable[..., Evaluated], tmp_path: Path) -> None:
    """Fifty bad lines are listed, the others counted."""
    code, _, said = evaluate(_write(tmp_path / "labelled.jsonl", *["nonsense"] * 80, *_rows()))
    assert code == 3
    assert said.count("line ") == 50
    assert "and 30 more rows were rejected." in said


@pytest.mark.parametrize(
    "lines",
    [[], ["nonsense", "{}"], [{"text": "no label at all"}], [{"text": "", "label": 1}]],
    ids=["empty", "nonsense", "no label", "no text"],
)
def test_nothing_usable_is_bad_input(
    evaluate: Callable[..., Evaluated], tmp_path: Path, lines: list[object]
) -> None:
    """Where nothing can be scored there is no number, one sentence, and exit 2."""
    code, result, said = evaluate(_write(tmp_path / "labelled.jsonl", *lines))
    assert (code, result) == (2, {})
    assert said.startswith("answerable: ")
    assert said.count("\n") == 1


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_a_missing_file_is_bad_input(evaluate: Callable[..., Evaluated], tmp_path: Path, name: str) -> None:
    """A file that is not there, or is a folder, ends with exit 2 and its name."""
    code, result, said = evaluate(tmp_path / name)
    assert (code, result) == (2, {})
    assert str(tmp_path / name) in said


def test_a_packed_file_scores_the_same(evaluate: Callable[..., Evaluated], tmp_path: Path) -> None:
    """A .gz file is read as the plain one is; the measured scores are equal, run after run."""
    plain = _write(tmp_path / "labelled.jsonl", *_rows())
    packed = tmp_path / "labelled.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    results = [evaluate(path)[1] for path in (plain, packed, plain)]
    scored = [{name: result[name] for name in KEYS[:8]} for result in results]
    assert scored[0] == scored[1] == scored[2]


def test_labels_of_different_kinds_stay_apart(tmp_path: Path) -> None:
    """The number 1 and the word "1" are two labels; rows without a time come half a minute apart."""
    file = _write(tmp_path / "labelled.jsonl", {"text": "a", "label": 1}, {"text": "b", "label": "1"})
    rows, rejected = labelled.labelled(file)
    assert rejected == []
    assert rows[0].label != rows[1].label
    first, second = (row.incoming.published for row in rows)
    assert first
    assert second == first + labelled.STEP


def test_real_posts_end_in_the_right_stories(shared_data: Path, tmp_path: Path) -> None:
    """The first 6,000 labelled posts of a real stream: B-cubed F1 above .6 with the built-in model."""
    with gzip.open(shared_data / "streams" / "tweets-t.jsonl.gz", "rt", encoding="utf-8") as lines:
        file = _write(
            tmp_path / "first.jsonl", *(line.rstrip("\n") for line in itertools.islice(lines, 6000))
        )
    rows, rejected = labelled.labelled(file)
    result, refused = stories.evaluate_stories(rows)
    assert (len(rows), rejected, refused) == (6000, [], [])
    assert result["items"] == 6000
    assert result["bcubed_f1"] > 0.6
    assert result["nmi"] > 0.7
