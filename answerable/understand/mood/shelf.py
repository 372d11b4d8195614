"""Learned moods as files of the data folder: numbered, never overwritten; a small file names the one in use.

They hold coefficients, no text. A file of another making is refused, never run.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from answerable.errors import NotReady
from answerable.understand.embed import Embedder
from answerable.understand.mood.calibration import Calibration
from answerable.understand.mood.features import BITS
from answerable.understand.mood.model import Learned, Model
from answerable.understand.mood.ridge import Telling
from answerable.understand.mood.scorer import LearnedScorer, Regressions, Scorer

FOLDER, IN_USE = "mood", "in-use.json"
FORM = 1  # of the file; another one was written by another version


def in_use(home: Path) -> int:
    """The number of the learned mood in use, 0 for the built-in one."""
    try:
        return int(json.loads((home / FOLDER / IN_USE).read_text("utf-8"))["number"])
    except FileNotFoundError:
        return 0
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotReady(
            f"{home / FOLDER / IN_USE} is damaged: learn again with `answerable learn mood`."
        ) from error


def use(home: Path, number: int) -> None:
    """Put the mood of this number in use from now on; 0 is the built-in one."""
    folder = _folder(home)
    fresh = folder / f"{IN_USE}.new"
    fresh.write_text(json.dumps({"number": number}), "utf-8")
    fresh.replace(folder / IN_USE)


def put(home: Path, learned: Learned) -> tuple[int, bytes]:
    """Store a learned mood; returns its number and the bytes of its file. It is not in use yet."""
    folder = _folder(home)
    number = max((int(file.stem) for file in folder.glob("[0-9]*.npz")), default=0) + 1
    arrays = _arrays(learned)
    with (folder / f"{number:04d}.npz").open("xb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)
    return number, (folder / f"{number:04d}.npz").read_bytes()


def take(home: Path, number: int, embedder: Embedder, otherwise: Model, strong: Scorer | None) -> Learned:
    """Load a learned mood. Raises NotReady in one line."""
    file = home / FOLDER / f"{number:04d}.npz"
    try:
        with np.load(file, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        about = json.loads(str(arrays["about"]))
        if about["form"] != FORM or about["bits"] != BITS:
            raise NotReady(f"{file} was learned by another version: run `answerable learn mood` again.")
        scorer: Scorer | None = strong
        if about["scorer"] == "learned":
            scorer = LearnedScorer("learned", _regressions(arrays, about["own"]), embedder)
        if scorer is None or scorer.name != about["scorer"]:
            raise NotReady(
                f"{file} belongs to the scorer {about['scorer']}, which is not in use: learn again."
            )
        return Learned(scorer, _calibration(arrays, about["calibrated"]), otherwise)
    except (OSError, ValueError, KeyError, TypeError, BadZipFile) as error:
        raise NotReady(f"{file} cannot be read ({error}): run `answerable learn mood` again.") from error


def _folder(home: Path) -> Path:
    folder = home / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _arrays(learned: Learned) -> dict[str, NDArray[Any]]:
    by, own = learned.calibration, sorted(learned.calibration.point)
    parts: list[str] = []
    arrays: dict[str, NDArray[Any]] = {"scale": by.scale, "mixing": by.mixing}
    if isinstance(learned.scorer, LearnedScorer):
        regressions = learned.scorer.regressions
        parts = sorted(regressions.dense)
        for place, language in enumerate(parts):
            arrays[f"dense{place}"] = regressions.dense[language]
            arrays[f"coefficients{place}"] = regressions.sparse[language].coefficients.astype(np.float16)
            arrays[f"ratios{place}"] = regressions.sparse[language].ratios.astype(np.float16)
    for place, language in enumerate(own):
        arrays[f"point{place}"], arrays[f"draws{place}"] = by.point[language], by.draws[language]
    name = "learned" if isinstance(learned.scorer, LearnedScorer) else learned.scorer.name
    about = {"form": FORM, "bits": BITS, "scorer": name, "own": parts, "calibrated": own}
    return arrays | {"about": np.array(json.dumps(about))}


def _regressions(arrays: dict[str, NDArray[Any]], own: Sequence[str]) -> Regressions:
    dense, sparse = {}, {}
    for place, language in enumerate(own):
        dense[language] = arrays[f"dense{place}"].astype(np.float64)
        sparse[language] = Telling(
            arrays[f"coefficients{place}"].astype(np.float32), arrays[f"ratios{place}"].astype(np.float32)
        )
    return Regressions(dense, sparse)


def _calibration(arrays: dict[str, NDArray[Any]], calibrated: Sequence[str]) -> Calibration:
    return Calibration(
        arrays["scale"].astype(np.float64),
        arrays["mixing"].astype(np.float64),
        {language: arrays[f"point{place}"].astype(np.float64) for place, language in enumerate(calibrated)},
        {language: arrays[f"draws{place}"].astype(np.float64) for place, language in enumerate(calibrated)},
    )
