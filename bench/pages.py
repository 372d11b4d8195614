"""How fast pages are with many items stored: 20 clients, 2 web workers, a real HTTP client, engine idle."""

# ruff: noqa: T201, S603, S311 -- prints figures, starts our own commands, draws from a fixed seed

from __future__ import annotations

import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import httpx2

from bench import desk, load

ITEMS = int(os.environ.get("BENCH_ITEMS", "100000"))
CLIENTS = 20
REQUESTS = 1_000
LIMIT_MS = 150.0
ROWS = "{:<10}{:>10}{:>10}{:>10}{:>12}{:>10}{:>10}"


def main() -> None:
    """Fill a folder, start a desk on it, measure each page."""
    with tempfile.TemporaryDirectory(prefix="answerable-bench-") as folder:
        home = Path(folder) / "home"
        filled = subprocess.run(
            [sys.executable, "-m", "bench.stored", str(ITEMS)],
            env=desk.environment(home),
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        with desk.up(home) as (address, process):
            desk.wait_idle(process.pid)
            cookies = load.sign_in(address, filled.stdout.strip())
            measure(address, cookies, process.pid)


def measure(address: str, cookies: dict[str, str], pid: int) -> None:
    """The three pages the desk lives in."""
    rng = random.Random(7)
    stories = _listed(address, cookies)
    words = ("water", "lane", "fenmoor", "saltgate", "buss tap", "millane", "停水", "eelgate", "bridge")
    pages: dict[str, Callable[[], str]] = {
        "now": lambda: "/desk/",
        "story": lambda: rng.choice(stories),
        "search": lambda: f"/desk/search?q={rng.choice(words)}",
    }
    desk.say(ROWS.format("page", "p50 ms", "p95 ms", "max ms", "requests/s", "CPU ms", "kB"))
    for name, path in pages.items():
        before = desk.processor_s(pid)
        answers = load.ask(address, [cookies] * CLIENTS, [path() for _ in range(REQUESTS)])
        times, took, size = answers.times, answers.took, statistics.mean(answers.sizes)
        cost = (desk.processor_s(pid) - before) / len(times) * 1000
        p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        desk.say(
            ROWS.format(
                name, *(f"{n:.0f}" for n in (p50, p95, max(times), len(times) / took, cost, size / 1000))
            )
        )
        print(
            json.dumps(
                {
                    "bench": "page",
                    "page": name,
                    "items": ITEMS,
                    "clients": CLIENTS,
                    "requests": len(times),
                    "p50_ms": round(p50, 1),
                    "p95_ms": round(p95, 1),
                    "cpu_ms": round(cost, 1),
                    "kept": p95 <= LIMIT_MS,
                }
            ),
            flush=True,
        )


def _listed(address: str, cookies: dict[str, str]) -> list[str]:
    """Stories of the board and the lists: what people open."""
    with httpx2.Client(base_url=address, cookies=cookies) as client:
        page = client.get("/desk/")
        page.raise_for_status()
        listed = client.get("/desk/stories")
        found = re.findall(r"/desk/stories/\d+", page.text + listed.text)
    if not found:
        raise RuntimeError("the board shows no story")
    return sorted(set(found))
