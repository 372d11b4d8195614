"""`evaluate rumours`: how early replies alone tell posts that were rumours from others, in five folds.

The post itself is not read. Beside what was learned stands what the lists of phrases alone would say.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from answerable.errors import BadInput
from answerable.evaluate.ranking import auc
from answerable.records import Rejected
from answerable.run.evaluation.routing import FOLDS, folds
from answerable.run.labelled_replies import RUMOUR, labelled_replies
from answerable.understand.claims.doubt import Reply, doubt
from answerable.understand.claims.doubt_model import LEAST, learn

FIRST = (10, 50)  # replies
Figures = dict[str, Any]


def evaluate(path: Path) -> tuple[Figures, list[Rejected]]:
    """Score `{"label": "rumour" or another, "replies": [{"text", "time"?}]}` lines. BadInput with too few."""
    posts, labels, rejected = labelled_replies(path, max(FIRST))
    truth = np.array([label == RUMOUR for label in labels], dtype=np.int64)
    # Four of five folds teach.
    if min(int(truth.sum()), len(truth) - int(truth.sum())) * (FOLDS - 1) < LEAST * FOLDS:
        raise BadInput(f"{path.name} has too few posts: 25 rumours and 25 others are needed.")
    found: Figures = {"posts": len(posts), "rumours": int(truth.sum())}
    for first in FIRST:
        seen = [post[:first] for post in posts]
        found[f"auc_{first}"], found[f"auc_{first}_folds"] = _tried(seen, truth)
        shares = np.array([doubt(post).share or 0.0 for post in seen])
        found[f"auc_{first}_untaught"] = round(auc(truth == 1, shares), 6)
    return found, rejected


def _tried(posts: Sequence[Sequence[Reply]], truth: NDArray[np.int64]) -> tuple[float, list[float]]:
    """Mean over the folds, and each: of posts a model had not seen."""
    fold_of, found = folds(truth), []
    for fold in range(FOLDS):
        inside, outside = np.flatnonzero(fold_of != fold), np.flatnonzero(fold_of == fold)
        model = learn([posts[k] for k in inside.tolist()], (truth[inside] == 1).tolist())
        found.append(auc(truth[outside] == 1, model.scores([posts[k] for k in outside.tolist()])))
    return round(float(np.mean(found)), 6), [round(one, 6) for one in found]
