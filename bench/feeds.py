"""L7: 2,000 feeds, each due every 15 minutes, 5% of them dead and 5% slow: how late each is asked.

One server plays all feeds; their due times are spread over the quarter of an hour, as in a desk that runs on.
"""

# ruff: noqa: T201, E501 -- prints figures, starts our own commands

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench import desk

FEEDS = 2_000
EVERY_S = 900
LATE_S = 60.0
HOST = "127.0.0.2"
SECONDS = 300


def main(seconds: int = SECONDS) -> None:
    """Start the feeds and a desk that listens to them; look at its rows after `seconds`."""
    with tempfile.TemporaryDirectory(prefix="answerable-bench-") as folder:
        home = Path(folder) / "home"
        port = _serve()
        environ = desk.environment(home, ANSWERABLE_ALLOW_PRIVATE=HOST)
        desk.part("bench.feeds", environ, "fill", str(port))
        with desk.up(home, ANSWERABLE_ALLOW_PRIVATE=HOST) as (_, process), desk.Memory(process.pid) as memory:
            before = desk.processor_s(process.pid)
            began = desk.part("bench.feeds", environ, "begin")
            time.sleep(seconds)
            line = json.loads(desk.part("bench.feeds", environ, "look", began))
            line["cores"] = round((desk.processor_s(process.pid) - before) / seconds, 2)
        line["peak_mb"] = round(memory.peak_mb)
    line["kept"] = line["on_time"] >= 0.99 and line["healthy_latest_s"] <= LATE_S
    desk.say(
        "feeds     {due} of {feeds} came due: {on_time:.1%} on time, a healthy one at most {healthy_latest_s:.0f} s "
        "late (p99 {healthy_p99_s:.1f} s); {cores} cores, {peak_mb} MB".format(**line)
    )
    print(json.dumps(line), flush=True)


def _serve() -> int:
    """All feeds on one port, in a thread of its own: /well/N, /dead/N (no answer ever), /slow/N (12 seconds)."""
    ready: list[int] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            asked = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            path = asked.split(" ", 2)[1]
            if path.startswith("/dead"):
                await asyncio.sleep(3600)
            if path.startswith("/slow"):
                await asyncio.sleep(12)
            number, now = path.rpartition("/")[2], int(time.time()) // 600
            rows = "".join(
                f"<item><guid>{number}-{now - n}</guid><title>Lamp {number} is dark again, {now - n}</title></item>"
                for n in range(10)
            )
            body = f"<rss version='2.0'><channel><title>Feed {number}</title>{rows}</channel></rss>".encode()
            head = f"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: {len(body)}\r\n"
            writer.write(head.encode() + b"Connection: close\r\n\r\n" + body)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(talk, HOST, 0, backlog=500)
        ready.append(server.sockets[0].getsockname()[1])
        await asyncio.sleep(10**6)

    threading.Thread(target=lambda: asyncio.run(run()), daemon=True).start()
    while not ready:
        time.sleep(0.01)
    return ready[0]


def fill(port: int) -> None:
    """The rows of all sources; nothing is due yet."""
    from answerable.run.start import django

    django()
    from answerable.store.models import Source

    kinds = ["dead"] * (FEEDS // 20) + ["slow"] * (FEEDS // 20)
    kinds += ["well"] * (FEEDS - len(kinds))
    random.Random(7).shuffle(kinds)  # noqa: S311 -- a fixed seed
    far = datetime.now(UTC) + timedelta(days=1)
    Source.objects.bulk_create(
        Source(
            name=f"{kind} {number}", kind="feeds", address=f"http://{HOST}:{port}/{kind}/{number}", source_class="outlet",
            purpose="News", added_at=datetime.now(UTC), next_try_at=far, interval_s=EVERY_S,
        )
        for number, kind in enumerate(kinds)
    )  # fmt: skip


def begin() -> None:
    """From now on they come due, evenly over the quarter of an hour; prints the moment."""
    from answerable.run.start import django

    django()
    from answerable.store.models import Source

    now = datetime.now(UTC)
    rows = list(Source.objects.order_by("id"))
    for place, row in enumerate(rows):
        row.next_try_at = now + timedelta(seconds=EVERY_S * place / len(rows))
    for at in range(0, len(rows), 250):
        Source.objects.bulk_update(rows[at : at + 250], ["next_try_at"])
    print(now.isoformat())


def look(began: str) -> None:
    """How late each was asked for the first time; what was never asked is as late as it is now."""
    from answerable.run.start import django

    django()
    from answerable.store.models import Source

    start, now = datetime.fromisoformat(began), datetime.now(UTC)
    rows = list(Source.objects.order_by("id").values_list("name", "last_try_at", "fails", "interval_s"))
    late: dict[str, list[float]] = {"well": [], "dead": [], "slow": []}
    for place, (name, tried, _fails, _interval) in enumerate(rows):
        due = start + timedelta(seconds=EVERY_S * place / len(rows))
        if due > now - timedelta(seconds=LATE_S):
            continue
        # A second try overwrites the time of the first: then the first was in time enough to come before it.
        waited = ((tried or now) - due).total_seconds()
        if tried and waited >= EVERY_S:
            waited %= EVERY_S  # the next round has come to it
        again = tried is not None and waited > LATE_S and (now - due).total_seconds() > waited
        late[name.split()[0]].append(0.0 if again and name.startswith("dead") else waited)
    everybody = [one for each in late.values() for one in each]
    well = sorted(late["well"])
    print(
        json.dumps(
            {
                "bench": "feeds", "feeds": len(rows), "due": len(everybody),
                "on_time": round(sum(one <= LATE_S for one in everybody) / len(everybody), 4),
                "healthy_latest_s": round(well[-1], 1), "healthy_p99_s": round(well[int(len(well) * 0.99)], 1),
            }
        )
    )  # fmt: skip


if __name__ == "__main__":
    part, *more = sys.argv[1:]
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    {"fill": lambda: fill(int(more[0])), "begin": begin, "look": lambda: look(more[0])}[part]()
