"""`answerable evaluate KIND FILE`: scores the very pipeline of `up` against labels. Touches no data folder.

Loading models and the file is not timed; masking at the door is.
"""

from __future__ import annotations

import argparse
import os
from importlib import import_module
from pathlib import Path

from answerable.errors import BadInput
from answerable.run.output import emit_json, emit_line, say

SHOWN = 50  # rejected rows that are listed; the rest are counted


def main(args: argparse.Namespace) -> int:
    """Evaluate; exit 2 when nothing in the file is usable, 3 when rows were rejected."""
    # The matrices are small: more threads of the linear algebra mostly wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    evaluate = import_module(f"answerable.run.evaluation.{args.kind}").evaluate

    path = _file(args.file)
    if args.train and args.kind != "mood":
        raise BadInput(f"--train belongs to mood: {args.kind} learns nothing. Leave it out.")
    result, rejected = evaluate(path, train=_file(args.train)) if args.train else evaluate(path)
    for one in rejected[:SHOWN]:
        say(f"{one.where}: {one.code} {one.detail}".rstrip())
    if len(rejected) > SHOWN:
        say(f"and {len(rejected) - SHOWN} more rows were rejected.")
    if args.json:
        emit_json(result)
    else:
        for name, value in result.items():
            emit_line(f"{name}: {value}")
    return 3 if rejected else 0


def _file(name: str) -> Path:
    path = Path(name)
    if not path.is_file():
        raise BadInput(f"There is no file {name}: check the name.")
    return path
