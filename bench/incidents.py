"""How fast an incident's page is: 1,000 incidents with 200 timeline entries each, 50 users, 2 web workers."""

# ruff: noqa: T201, S603, S311 -- prints figures, starts our own commands, draws from a fixed seed

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import desk, load

INCIDENTS = int(os.environ.get("BENCH_INCIDENTS", "1000"))
ENTRIES = 200
USERS = 50
PAGES = 2_000
LIMIT_MS = 250.0
ROWS = "{:<26}{:>10}{:>10}{:>10}{:>12}{:>10}{:>10}"
HEAD = ROWS.format("page", "p50 ms", "p95 ms", "max ms", "requests/s", "CPU ms", "kB")


def main() -> None:
    """Fill a folder, start a desk on it, let everybody read: without a pause, then a page each second."""
    with tempfile.TemporaryDirectory(prefix="answerable-bench-") as folder:
        home = Path(folder) / "home"
        filled = subprocess.run(
            [sys.executable, "-m", "bench.incidents_stored", str(INCIDENTS), str(ENTRIES), str(USERS)],
            env=desk.environment(home),
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        with desk.up(home) as (address, process):
            users = [load.sign_in(address, token) for token in filled.stdout.split()]
            desk.say(HEAD)
            rng = random.Random(7)
            paths = [f"/desk/incidents/{rng.randrange(INCIDENTS) + 1}" for _ in range(PAGES)]
            facts = {"incidents": INCIDENTS, "entries": ENTRIES}
            for name, every_s in (("incident", 0.0), ("incident, each second", 1.0)):
                measure(address, users, process.pid, name, every_s, paths=paths, facts=facts)


def measure(
    address: str,
    users: list[load.Cookies],
    pid: int,
    name: str,
    every_s: float,
    *,
    paths: list[str],
    facts: dict[str, int],
) -> None:
    """One line of figures; `facts` is what the folder holds."""
    before = desk.processor_s(pid)
    answers = load.ask(address, users, paths, every_s)
    cost = (desk.processor_s(pid) - before) / len(paths) * 1000
    p50, p95 = statistics.median(answers.times), statistics.quantiles(answers.times, n=20)[-1]
    size = statistics.mean(answers.sizes) / 1000
    figures = (p50, p95, max(answers.times), len(paths) / answers.took, cost, size)
    desk.say(ROWS.format(name, *(f"{n:.0f}" for n in figures)))
    print(
        json.dumps(
            {
                "bench": "page",
                "page": name,
                **facts,
                "users": len(users),
                "requests": len(paths),
                "p50_ms": round(p50, 1),
                "p95_ms": round(p95, 1),
                "cpu_ms": round(cost, 1),
                "kept": p95 <= LIMIT_MS,
            }
        ),
        flush=True,
    )
