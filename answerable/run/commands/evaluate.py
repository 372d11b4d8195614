"""`answerable evaluate KIND FILE`: scores the very pipeline of `up` against labels. Touches no data folder.

Loading models and the file is not timed; masking at the door is.
"""

from __future__ import annotations

import argparse
import os
from importlib import import_module
from pathlib import Path
from typing import Any

from answerable.alert.budget import LEAST, MOST
from answerable.errors import BadInput
from answerable.run.output import emit_json, emit_line, say

SHOWN = 50  # rejected rows that are listed; the rest are counted


def per_week(text: str) -> float:
    """The number of "2/week", also written "2". Raises BadInput for anything else."""
    number, _, unit = text.partition("/")
    try:
        allowed = float(number)
    except ValueError:
        allowed = 0.0
    if unit not in ("", "week") or not LEAST <= allowed <= MOST:
        raise BadInput(f"A budget is a number of false alarms such as 2/week, from {LEAST} to {MOST:.0f}.")
    return allowed


def main(args: argparse.Namespace) -> int:
    """Evaluate; exit 2 when nothing in the file is usable, 3 when rows were rejected."""
    # The matrices are small: more threads of the linear algebra mostly wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    evaluate = import_module(f"answerable.run.evaluation.{args.kind}").evaluate

    path, options = _claims(args) if args.kind == "claims" else (_alone(args), {})
    if args.train and args.kind != "mood":
        raise BadInput(f"--train belongs to mood: {args.kind} learns nothing. Leave it out.")
    if args.budget and args.kind != "alerts":
        raise BadInput(f"A budget belongs to alerts: leave --budget out for {args.kind}.")
    if args.train:
        options["train"] = _file(args.train)
    if args.budget:
        options["allowed"] = per_week(args.budget)
    result, rejected = evaluate(path, **options)
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


TABLES = ("claims", "queries", "gold", "train_queries", "train_gold")  # files of `evaluate claims`


def _alone(args: argparse.Namespace) -> Path:
    """The one file of every other kind."""
    strange = [name for name in TABLES if getattr(args, name)]
    if strange:
        option = strange[0].replace("_", "-")
        raise BadInput(f"--{option} belongs to claims: leave it out for {args.kind}.")
    if not args.file:
        raise BadInput(f"Name the file to score: answerable evaluate {args.kind} FILE.")
    return _file(args.file)


def _claims(args: argparse.Namespace) -> tuple[Path, dict[str, Any]]:
    """The tables of `evaluate claims`; the training ones come together or not at all."""
    if args.file:
        raise BadInput("claims has no FILE: name --claims, --queries and --gold.")
    if not (args.claims and args.queries and args.gold) or bool(args.train_queries) != bool(args.train_gold):
        raise BadInput(
            "claims needs --claims, --queries and --gold; --train-queries and --train-gold come together."
        )
    given = {name: _file(getattr(args, name)) for name in TABLES[1:] if getattr(args, name)}
    return _file(args.claims), dict(given)


def _file(name: str) -> Path:
    path = Path(name)
    if not path.is_file():
        raise BadInput(f"There is no file {name}: check the name.")
    return path
