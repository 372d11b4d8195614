"""`answerable drill` as people call it: one line of JSON, exit codes, a clear word for a wrong name."""

from __future__ import annotations

import json
from typing import Any

import pytest

from answerable.run import cli
from answerable.store import drills
from answerable.store.models import Source


def test_a_drill_begins_and_says_that_nobody_listens_yet(
    desk: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without `up` the row is written, stdout stays empty, and stderr says when it will be heard."""
    assert cli.main(["drill", "--seed", "7", "--speed", "90"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "seed 7" in said.err
    assert "`answerable up`" in said.err
    drill = drills.current()
    assert drill is not None
    assert (drill.name, drill.seed, drill.speed) == ("spring-tide", 7, 90.0)


def test_json_is_one_line_marked_as_an_exercise(desk: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """`--json` writes exactly one line, and it carries the mark."""
    assert cli.main(["drill", "--json"]) == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert json.loads(out)["exercise"] is True


def test_an_unknown_name_lists_the_drills_there_are(desk: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, one line on stderr with the choice; nothing begins."""
    assert cli.main(["drill", "neap"]) == 2
    said = capsys.readouterr()
    assert "spring-tide" in said.err
    assert said.err.count("\n") == 1
    assert not Source.objects.exists()


def test_wiping_without_a_drill_is_no_error(desk: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing to remove: exit 0, and it says so."""
    assert cli.main(["drill", "--wipe", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"wiped": False, "items": 0}
