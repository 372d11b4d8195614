"""The sabotages that promise tests name: one line of source, and what to write there to break the promise."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Sabotage:
    """Replacing `old` by `new` in `path` must turn `test` red."""

    test: Path
    path: str
    old: str
    new: str


def promises() -> list[Path]:
    """Every file of promise tests."""
    return sorted((ROOT / "tests" / "promises").glob("test_*.py"))


def sabotages(test: Path) -> list[Sabotage]:
    """What SABOTAGE in a test file says: one triple, or a tuple or list of triples."""
    for node in ast.parse(test.read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "SABOTAGE" for target in node.targets
        ):
            value = ast.literal_eval(node.value)
            rows = [value] if isinstance(value[0], str) else value
            return [Sabotage(test, *row) for row in rows]
    return []
