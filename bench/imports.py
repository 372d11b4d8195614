"""How fast a file goes through the whole pipeline, and how much memory all processes take together.

The file is the argument, or the posts of the research texts beside this checkout, or made up here.
"""

# ruff: noqa: T201, S603, S311 -- prints figures, starts our own commands, draws from a fixed seed

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import desk, stored

REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "streams" / "crisis-dev.jsonl.gz"
MADE_UP = 20_000
LEAST_PER_S, MOST_MB = 700, 800


def main(file: str = "") -> None:
    """Import once into an empty folder, then again, which must change nothing."""
    with tempfile.TemporaryDirectory(prefix="answerable-bench-") as folder:
        source = Path(file) if file else REAL if REAL.exists() else _made_up(Path(folder))
        home = Path(folder) / "home"
        home.mkdir(mode=0o700)
        first = _import(home, source)
        again = _import(home, source)
    took, peak, told = first
    items = told["new"]
    line = {
        "bench": "import",
        "file": source.name,
        "items": items,
        "seconds": round(took, 1),
        "items_per_second": round(items / took),
        "peak_pss_mb": round(peak),
        "again_new": again[2]["new"],
        "kept": items / took >= LEAST_PER_S and peak <= MOST_MB and not again[2]["new"],
    }
    speed = f"{items / took:.0f} items/s, {peak:.0f} MB"
    desk.say(f"import    {items} items in {took:.1f} s: {speed}; again: {again[0]:.1f} s")
    print(json.dumps(line), flush=True)


def _import(home: Path, source: Path) -> tuple[float, float, dict[str, int]]:
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "answerable.run.cli", "import", str(source), "--json"],
        env=desk.environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with desk.Memory(process.pid) as memory:
        out = process.communicate()[0]
    if process.returncode not in {0, 3}:
        raise RuntimeError(f"import ended with {process.returncode}")
    return time.perf_counter() - started, memory.peak_mb, json.loads(out)


def _made_up(folder: Path) -> Path:
    rng = random.Random(stored.SEED)
    words = ["".join(rng.choices(stored.SYLLABLES, k=2)) for _ in range(3_000)]
    themes = [rng.sample(words, 5) for _ in range(400)]
    file = folder / "posts.jsonl"
    with file.open("w", encoding="utf-8") as out:
        for number in range(MADE_UP):
            text = " ".join([*rng.sample(rng.choice(themes), 4), *rng.choices(words, k=8)])
            out.write(json.dumps({"id": number, "time": 1_767_225_600 + number * 4, "text": text}) + "\n")
    return file
