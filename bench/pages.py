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
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx2

from bench import desk

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
            cookies = _sign_in(address, filled.stdout.strip())
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
        times, took, size = _page(address, cookies, path)
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


def _sign_in(address: str, token: str) -> dict[str, str]:
    with httpx2.Client(base_url=address, headers={"Origin": address}) as client:
        page = client.get(f"/sign-in/once/{token}").text
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        if found is None:
            raise RuntimeError("the sign-in page has no form")
        client.post(f"/sign-in/once/{token}", data={"csrfmiddlewaretoken": found[1]})
        return dict(client.cookies.items())


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


def _page(address: str, cookies: dict[str, str], path: Callable[[], str]) -> tuple[list[float], float, float]:
    """Milliseconds of each request, seconds in all, mean size in bytes."""
    left = iter([path() for _ in range(REQUESTS)])
    times: list[float] = []
    sizes: list[int] = []
    lock = threading.Lock()
    wrong: list[str] = []

    def client() -> None:
        with httpx2.Client(base_url=address, cookies=cookies, timeout=60) as http:
            http.get("/healthz")  # the connection is there before the first measure
            while True:
                with lock:
                    wanted = next(left, "")
                if not wanted:
                    return
                started = time.perf_counter()
                answer = http.get(wanted)
                took = (time.perf_counter() - started) * 1000
                with lock:
                    times.append(took)
                    sizes.append(len(answer.content))
                    if answer.status_code != 200:
                        wrong.append(f"{wanted}: {answer.status_code}")

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong or len(times) < REQUESTS:
        raise RuntimeError(f"{len(wrong)} of {len(times)} answers were wrong: {wrong[:3]}")
    return times, time.perf_counter() - started, statistics.mean(sizes)
