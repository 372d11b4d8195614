"""The sabotages of the promises still fit the code they mean to break; `make deep` applies them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sabotages import ROOT, promises, sabotages


@pytest.mark.parametrize("test", promises(), ids=lambda file: file.stem)
def test_each_promise_names_a_sabotage_that_fits(test: Path) -> None:
    """Each promise has a line whose change breaks it, that line exists once, and the change is still code."""
    found = sabotages(test)
    assert found, "SABOTAGE = (path, old, new) is missing"
    assert "abotage" in test.read_text("utf-8").replace("SABOTAGE", ""), "no docstring names the sabotage"
    for sabotage in found:
        source = (ROOT / sabotage.path).read_text("utf-8")
        assert source.count(sabotage.old) == 1, (sabotage.path, sabotage.old)
        assert sabotage.old != sabotage.new
        if sabotage.path.endswith(".py"):
            compile(source.replace(sabotage.old, sabotage.new), sabotage.path, "exec")
