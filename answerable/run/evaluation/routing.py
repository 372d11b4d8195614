"""`evaluate routing`: how often a message goes to the right unit, in five folds, and when sure.

Labels are the units' names. Stratified folds with seed 1, as scikit-learn draws them; masking as at the door.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from answerable.collect import door
from answerable.collect.files.rows import json_rows
from answerable.collect.files.source import opened
from answerable.collect.keys import SourceKeys
from answerable.errors import BadInput
from answerable.evaluate.classes import macro_f1
from answerable.records import Incoming, Item, Rejected, SourceClass, SourceFacts
from answerable.understand.embed import Embedder, Sentences
from answerable.understand.sorting import SURE, Features, Message, features, learn, taken

FOLDS, SEED = 5, 1
SUREST = 0.7  # the share that is scored apart
_TITLES = ("subject", "title")
Figures = dict[str, Any]


def evaluate(path: Path, *, embedder: Embedder | None = None) -> tuple[Figures, list[Rejected]]:
    """Score a file of `{"subject"?, "text", "place"?, "label"}` lines. BadInput with too few of them."""
    embedder = embedder or Sentences()
    messages, labels, rejected = _read(path)
    names = sorted(set(labels))
    if len(names) < 2 or min(labels.count(name) for name in names) < FOLDS:
        raise BadInput(
            f"{path.name} cannot be split in five: two or more units with five messages each are needed."
        )
    truth = np.array([names.index(label) for label in labels])
    seen = features(messages, embedder)
    guess, sure = _tried(seen, truth, names, embedder)
    surest = np.argsort(-sure, kind="stable")[: round(SUREST * len(truth))]
    kept = sure >= SURE
    return {
        "rows": len(truth),
        "units": len(names),
        "macro_f1": _f1(truth, guess),
        "macro_f1_surest_70": _f1(truth[surest], guess[surest]),
        "accuracy": round(float(np.mean(truth == guess)), 6),
        "sorted_share": round(float(kept.mean()), 6),
        "sorted_right": round(float(np.mean(truth[kept] == guess[kept])), 6) if kept.any() else None,
    }, rejected


def _tried(
    seen: Features, truth: NDArray[np.int64], names: Sequence[str], embedder: Embedder
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The guess about each message, and how sure it was, by a sorter that has not seen its fold."""
    fold_of = folds(truth)
    guess, sure = np.zeros(len(truth), dtype=np.int64), np.zeros(len(truth))
    for fold in range(FOLDS):
        inside, outside = np.flatnonzero(fold_of != fold), np.flatnonzero(fold_of == fold)
        named = dict(enumerate(names))
        sorter = learn(taken(seen, list(inside)), [int(k) for k in truth[inside]], named, embedder)
        if sorter is None:
            raise BadInput("There are too few messages to learn from: at least 25 in two units are needed.")
        for place, found in zip(outside, sorter.sort(taken(seen, list(outside))), strict=True):
            guess[place], sure[place] = found.unit, found.confidence
    return guess, sure


def folds(truth: NDArray[np.int64]) -> NDArray[np.int64]:
    """The fold of each row: `StratifiedKFold(5, shuffle=True, random_state=1)` of scikit-learn."""
    random = np.random.RandomState(SEED)
    _, first, inverse = np.unique(truth, return_index=True, return_inverse=True)
    coded = np.argsort(np.argsort(first))[inverse]  # classes in the order of their first appearance
    ordered = np.sort(coded)
    classes = len(first)
    shares = np.array([np.bincount(ordered[fold::FOLDS], minlength=classes) for fold in range(FOLDS)])
    fold_of = np.empty(len(truth), dtype=np.int64)
    for k in range(classes):
        mine = np.arange(FOLDS).repeat(shares[:, k])
        random.shuffle(mine)
        fold_of[coded == k] = mine
    return fold_of


def _read(path: Path) -> tuple[list[Message], list[str], list[Rejected]]:
    keys, facts = SourceKeys.throwaway(), SourceFacts(0, "files", str(path), SourceClass.PUBLIC)
    messages: list[Message] = []
    labels: list[str] = []
    rejected: list[Rejected] = []
    with opened(path) as lines:
        for number, row in json_rows(lines):
            found = row if isinstance(row, Rejected) else _message(row, f"line {number}", facts, keys)
            if isinstance(found, Rejected):
                rejected.append(found)
            else:
                messages.append(found[0])
                labels.append(found[1])
    if not messages:
        raise BadInput(f"Nothing in {path.name} can be scored: each line needs a text and a label.")
    return messages, labels, rejected


def _message(
    row: dict[str, Any], where: str, facts: SourceFacts, keys: SourceKeys
) -> tuple[Message, str] | Rejected:
    text, label = row.get("text"), row.get("label")
    title = next((row[name] for name in _TITLES if isinstance(row.get(name), str)), "")
    if not isinstance(text, str) or not text.strip():
        return Rejected(where, "no_text")
    if not isinstance(label, str | int) or isinstance(label, bool):
        return Rejected(where, "bad_label")
    place = row.get("place")
    item = door.admit(
        Incoming(external_id=where, text=text, title=title), facts, keys, heard=datetime.now(UTC)
    )
    if not isinstance(item, Item):
        return Rejected(where, "no_text")
    return Message(item.title, item.text, place if isinstance(place, str) else ""), str(label)


def _f1(truth: NDArray[np.int64], guess: NDArray[np.int64]) -> float:
    classes = int(max(truth.max(), guess.max())) + 1
    return round(macro_f1(truth, guess, classes), 6)
