"""The learned model of doubt as a file of the data folder: numbers alone. Another making is refused."""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from answerable.errors import NotReady
from answerable.understand.claims.doubt_model import BUCKETS, Model

FILE = "rumours.npz"
FORM = 1
_ARRAYS = ("sorted_sums", "places", "weights")


def put(home: Path, model: Model) -> bytes:
    """Keep it; whoever looks next takes it up. Returns the bytes of its file."""
    kept = np.flatnonzero(model.rarity)
    arrays = {name: getattr(model, name) for name in _ARRAYS}
    arrays |= {"kept": kept, "pieces": model.pieces[kept], "rarity": model.rarity[kept]}
    arrays["about"] = np.array([FORM, BUCKETS, model.slope, model.level])
    fresh = home / f"{FILE}.new"
    with fresh.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)
    content = fresh.read_bytes()
    fresh.replace(home / FILE)
    return content


def remove(home: Path) -> bool:
    """Go back to the lists of phrases alone. False when there was none."""
    there = (home / FILE).exists()
    (home / FILE).unlink(missing_ok=True)
    return there


def stamp(home: Path) -> int:
    """Changes whenever the model does; 0 without one."""
    try:
        return (home / FILE).stat().st_mtime_ns
    except OSError:
        return 0


def take(home: Path) -> Model | None:
    """The model in use; None without one. Raises NotReady in one line."""
    try:
        with np.load(home / FILE, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        form, buckets, slope, level = arrays["about"].tolist()
        if (form, buckets) != (FORM, BUCKETS):
            raise ValueError("of another version")
        pieces, rarity = (np.zeros(BUCKETS, dtype=np.float32) for _ in range(2))
        pieces[arrays["kept"]], rarity[arrays["kept"]] = arrays["pieces"], arrays["rarity"]
        sums, places, weights = (arrays[name] for name in _ARRAYS)
        return Model(pieces, rarity, sums, places, weights, slope, level)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, IndexError, BadZipFile) as error:
        raise NotReady(
            f"{home / FILE} cannot be read ({error}): run `answerable learn rumours` again."
        ) from error
