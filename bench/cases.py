"""How fast the pages of cases are: 10,000 cases, 200 users who think five seconds between two pages."""

# ruff: noqa: S311 -- draws from a fixed seed

from __future__ import annotations

import os
import random
import tempfile
from pathlib import Path

from bench import desk, incidents, load

CASES = int(os.environ.get("BENCH_CASES", "10000"))
USERS = int(os.environ.get("BENCH_USERS", "200"))
PAGES = int(os.environ.get("BENCH_PAGES", "2000"))
THINK_S = 5.0


def main() -> None:
    """Fill a folder, start a desk on it, let everybody work through lists and cases."""
    with tempfile.TemporaryDirectory(prefix="answerable-bench-") as folder:
        home = Path(folder) / "home"
        filled = desk.part("bench.cases_stored", desk.environment(home), str(CASES), str(USERS)).split()
        with desk.up(home) as (address, process):
            users = [load.sign_in(address, token) for token in filled[:USERS]]
            desk.wait_idle(process.pid)  # the engine has compared the cases it found
            desk.say(incidents.HEAD)
            incidents.measure(
                address,
                users,
                process.pid,
                f"cases, {THINK_S:.0f} s to think",
                THINK_S,
                paths=_paths(random.Random(7), filled[USERS:]),
                facts={"cases": CASES},
            )


def _paths(rng: random.Random, cases: list[str]) -> list[str]:
    """What a day brings: mostly cases, the list in its orders and states, a search, the public page."""
    lists = (
        "",
        "?state=mine",
        "?state=overdue",
        "?order=hot",
        "?order=new",
        "?state=closed&page=3",
        "?q=lamp+street",
    )
    found = []
    for _ in range(PAGES):
        draw = rng.random()
        if draw < 0.55:
            found.append(f"/desk/cases/{rng.choice(cases)}")
        elif draw < 0.95:
            found.append(f"/desk/cases{rng.choice(lists)}")
        else:
            found.append("/doing/")
    return found
