"""Tests of `evaluate forecast`: its keys, its clock, what it leaves out, and no trace on the disk."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from answerable.run import cli

START = datetime(2026, 3, 2, tzinfo=UTC)


def post(number: int, minute: int, text: str = "water main burst in Mill Lane street flooded") -> str:
    when = START + timedelta(minutes=minute)
    return json.dumps({"id": str(number), "time": when.isoformat(), "text": f"{text} aside{number}"}) + "\n"


def run(file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    monkeypatch.setenv("ANSWERABLE_HOME", str(file.parent / "home"))
    code = cli.main(["evaluate", "forecast", str(file), "--json"])
    assert not (file.parent / "home").exists(), "evaluate touches no data folder"
    return code, capsys.readouterr().out


def test_what_is_forecast_and_what_is_scored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """24 posts in the first hour, rows out of order and without labels, then single posts until hour 9.

    Forecasts are made at hours 1 to 9; only those that end by hour 9 are scored: 8 of one hour (the last is
    made at 8), 3 of six, none of a day.
    """
    rows = [post(n, 2 * n) for n in range(24)] + [post(100 + n, 60 * n + 5) for n in range(1, 10)]
    file = tmp_path / "posts.jsonl"
    file.write_text("".join(reversed(rows)), "utf-8")
    code, out = run(file, capsys, monkeypatch)
    figures = json.loads(out)
    assert code == 0
    assert out.count("\n") == 1
    assert (figures["stories"], figures["forecasts_1h"], figures["forecasts_6h"]) == (1, 8, 3)
    assert figures["forecasts"] == 11
    assert "coverage_24h" not in figures
    keys = {"coverage", "coverage_1h", "coverage_6h", "wis", "wis_naive", "wis_log", "wis_log_naive"}
    assert keys <= set(figures)
    assert 0 <= figures["coverage"] <= 1


def test_too_little_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nineteen posts are forecast by nobody: exit 2 and nothing on stdout."""
    file = tmp_path / "few.jsonl"
    file.write_text("".join(post(n, 20 * n) for n in range(19)), "utf-8")
    assert run(file, capsys, monkeypatch) == (2, "")
