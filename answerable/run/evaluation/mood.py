"""`evaluate mood`: how well single items are judged, and how honest the shares and their intervals are.

Shares are tried on mixtures that differ from the file's own: that is where plain counting fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from answerable.errors import BadInput
from answerable.evaluate.classes import macro_f1
from answerable.records import Rejected
from answerable.run.labelled_moods import labelled_moods
from answerable.understand.embed import Embedder, Sentences
from answerable.understand.mood import prevalence
from answerable.understand.mood.built_in import BuiltIn
from answerable.understand.mood.calibration import LEAST
from answerable.understand.mood.model import CLASSES, Judged, Labelled, Model, learn

MIXTURES = 200  # per language
SIZE = 500  # items of one mixture
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tried:
    """Mixtures of one language: errors, hits and widths, one row for each mixture."""

    errors: NDArray[np.float64]
    inside: NDArray[np.bool_]
    widths: NDArray[np.float64]


def evaluate(
    path: Path, *, train: Path | None = None, embedder: Embedder | None = None
) -> tuple[Figures, list[Rejected]]:
    """Score a file; with `train` the model is learned from that one first. Raises BadInput.

    Without it the built-in model is scored.
    """
    given, rejected = labelled_moods(path)
    embedder = embedder or Sentences()
    model: Model = BuiltIn(embedder)
    if train is not None:
        lessons, refused = labelled_moods(train)
        rejected += refused
        learned = learn(lessons, embedder, model)
        if learned is None:
            raise BadInput(
                f"{train.name} has too few labels: {LEAST} items of each mood in one language are needed."
            )
        model = learned
    return figures(given, model), rejected


def figures(given: Labelled, model: Model) -> Figures:
    """All figures. Languages in which a mood is missing are judged item by item, without mixtures."""
    languages = np.array(given.languages, dtype=np.str_)
    by_language: dict[str, Figures] = {}
    tried: list[Tried] = []
    for language in map(str, np.unique(languages)):
        at = np.flatnonzero(languages == language)
        texts, labels = [given.texts[n] for n in at.tolist()], given.labels[at]
        judged = model.judge(texts, language)
        of: Figures = {
            "items": len(texts),
            "learned": judged.learned,
            "macro_f1": macro_f1(labels, judged.guess.argmax(axis=1), CLASSES),
        }
        if np.bincount(labels, minlength=CLASSES).min() > 0:
            tried.append(_mixtures(labels, judged))
            of |= _shares(tried[-1:])
        by_language[language] = _rounded(of)
    result: Figures = {
        "items": len(given.texts),
        "languages": len(by_language),
        "macro_f1": float(np.mean([of["macro_f1"] for of in by_language.values()])),
    }
    result |= _shares(tried) if tried else {}
    return _rounded(result) | {"by_language": by_language}


def _mixtures(labels: NDArray[np.int64], judged: Judged) -> Tried:
    """Draw mixtures of every kind and estimate each; a text drawn twice is one text of double weight."""
    random = np.random.default_rng(20_240)
    places = [np.flatnonzero(labels == mood) for mood in range(CLASSES)]
    errors, inside, widths = [], [], []
    for _ in range(MIXTURES):
        wanted = random.multinomial(SIZE, random.dirichlet(np.ones(CLASSES)))
        drawn = np.concatenate([random.choice(of, n) for of, n in zip(places, wanted, strict=True)])
        different, times = np.unique(drawn, return_counts=True)
        group = prevalence.Group(judged.evidence[:, different], times.astype(np.float64))
        found = prevalence.estimate([group])
        truth, low, high = wanted / SIZE, np.array(found.low), np.array(found.high)
        errors.append(np.abs(np.array(found.share) - truth))
        inside.append((low <= truth) & (truth <= high))
        widths.append(high - low)
    return Tried(np.array(errors), np.array(inside), np.array(widths))


def _shares(tried: Sequence[Tried]) -> Figures:
    return {
        "prevalence_mae": float(np.mean([one.errors for one in tried])),
        "interval_coverage": float(np.mean([one.inside for one in tried])),
        "median_interval_width": float(np.median([one.widths for one in tried])),
    }


def _rounded(values: Figures) -> Figures:
    return {name: round(value, 6) if isinstance(value, float) else value for name, value in values.items()}
