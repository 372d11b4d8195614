"""Exports that no spreadsheet executes."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.report.tables import csv_lines, neutral

FORMULAS = [
    "=1+1",
    "+1",
    "-1+2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "  @x",
    "＝1",
    "=cmd|' /C calc'!A0",
    "\n=1",
]


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_is_only_text(formula: str) -> None:
    """Whatever a stranger wrote, the cell begins with an apostrophe when a spreadsheet would compute it."""
    assert str(neutral(formula)).startswith("'")


@pytest.mark.parametrize("value", ["brown water", "a=b", 7, -7, None, 0.5, ""])
def test_ordinary_values_stay(value: object) -> None:
    """Numbers and words are not touched."""
    assert neutral(value) == value


CELL = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"))


@given(st.lists(st.lists(CELL, min_size=2, max_size=2)))
def test_every_row_comes_back(rows: list[list[str]]) -> None:
    """CSV read back by the standard reader gives the neutralised cells, whatever they hold."""
    text = "".join(csv_lines(["a", "b"], rows))
    back = list(csv.reader(io.StringIO(text, newline="")))
    assert back == [["a", "b"], *[[str(neutral(value)) for value in row] for row in rows]]
