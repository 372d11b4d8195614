"""Tests of `evaluate stories`: one line of JSON, the keys, the exit codes, and no trace on the disk."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from answerable.run import cli
from tests.understand.matters import MATTERS

KEYS = [
    "items", "stories", "nmi", "ami", "ari", "bcubed_precision", "bcubed_recall", "bcubed_f1",
    "items_per_second", "threads_per_second", "pipeline_per_second", "peak_mb",
]  # fmt: skip
TOPICS = {
    "water": "water main burst in Mill Lane street flooded pumps",
    "bus": "school bus left children behind at Hollin Bridge stop",
    "festival": "lantern festival tonight on the quay with music",
}


def rows() -> list[dict[str, Any]]:
    """Thirty posts about three things and ten about nothing, in turn."""
    found = []
    for number in range(30):
        label, said = list(TOPICS.items())[number % 3]
        found.append({"id": str(number), "text": f"{said} aside{number}", "label": label})
        if number % 3 == 0:
            found.append(
                {"id": f"x{number}", "text": f"thing{number} matter{number} else{number}", "label": None}
            )
    return found


def write(folder: Path, lines: list[Any], packed: bool = False) -> Path:
    """A JSON Lines file; strings are written as they are."""
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    file = folder / ("rows.jsonl.gz" if packed else "rows.jsonl")
    file.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    return file


def run(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> tuple[int, str, str]:
    """The command with a home that does not exist, so that any use of it would show."""
    monkeypatch.setenv("ANSWERABLE_HOME", str(file.parent / "home"))
    code = cli.main(["evaluate", "stories", str(file), "--json"])
    assert not (file.parent / "home").exists(), "evaluate touches no data folder"
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize("packed", [False, True])
def test_one_line_with_all_keys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, packed: bool
) -> None:
    """Exactly one line of JSON; null labels are streamed and not scored; easy topics are told apart."""
    code, out, _ = run(write(tmp_path, rows(), packed), capsys, monkeypatch)
    assert code == 0
    assert out.count("\n") == 1
    result = json.loads(out)
    assert list(result) == KEYS
    assert result["items"] == 40
    assert 3 <= result["stories"] <= 16
    assert result["bcubed_precision"] == 1
    assert result["nmi"] > 0.8
    assert result["items_per_second"] > 0
    assert result["threads_per_second"] > result["pipeline_per_second"] > 0
    assert result["peak_mb"] > 10


def test_rejected_rows_are_listed_and_the_rest_is_scored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A damaged line, one without text, one with a label that is none, one with nonsense for a time: exit 3."""
    bad = [
        "{not json",
        {"label": "water"},
        {"text": "x", "label": [1]},
        {"text": "a b", "time": "soon", "label": 1},
    ]
    code, out, err = run(
        write(tmp_path, [*bad, *rows(), {"text": "a\x00b", "label": 1}]), capsys, monkeypatch
    )
    assert code == 3
    assert json.loads(out)["items"] == 40
    assert err.splitlines()[:4] == [
        "line 1: not_json",
        "line 2: no_text",
        "line 3: bad_label",
        "line 4: bad_time",
    ]
    assert "line 45: nul" in err


@pytest.mark.parametrize("lines", [[], ["nonsense"], [{"text": "no label here"}], [{"label": "x"}]])
def test_nothing_usable_is_one_line_and_exit_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, lines: list[Any]
) -> None:
    """A file without a text and a label says so in one line."""
    code, out, err = run(write(tmp_path, lines), capsys, monkeypatch)
    assert code == 2
    assert out == ""
    assert len(err.splitlines()) == 1


def test_a_missing_file_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slip of the pen gets a clear answer."""
    code, _, err = run(tmp_path / "none.jsonl", capsys, monkeypatch)
    assert code == 2
    assert len(err.splitlines()) == 1


def test_masking_at_the_door_is_included(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Handles are masked before anything is understood: they cannot bind texts together."""
    found = []
    for handle in ("", "@harbourmaster "):
        lines = [{"text": handle + told[0], "label": matter} for matter, told in MATTERS.items()]
        _, out, _ = run(write(tmp_path, lines), capsys, monkeypatch)
        found.append(json.loads(out)["stories"])
    assert found[0] == found[1] >= 10


@pytest.mark.shared
@pytest.mark.parametrize(("name", "nmi", "f1"), [("tweets-t", 0.87, 0.70), ("crisis-dev", 0.55, 0.45)])
def test_real_streams_are_told_apart(shared_data: Path, name: str, nmi: float, f1: float) -> None:
    """Measured on real posts with the defaults: NMI and B-cubed F1 stay above what was promised."""
    from answerable.run.evaluation.labelled import labelled
    from answerable.run.evaluation.stories import evaluate_stories

    found, rejected = labelled(shared_data / "streams" / f"{name}.jsonl.gz")
    result, refused = evaluate_stories(found)
    assert not rejected
    assert not refused
    assert result["nmi"] >= nmi
    assert result["bcubed_f1"] >= f1
