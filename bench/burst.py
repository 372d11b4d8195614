"""L2: 3,000 items a second for a minute by ten sources at once: what is lost, and how Now answers meanwhile.

They go through the door and over the engine's socket, as collectors hand them on; four people keep Now open.
"""

# ruff: noqa: T201, E501 -- prints figures, starts our own commands, rows of a table

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from bench import desk, load

PER_SECOND, SECONDS, SOURCES, BATCH = 3_000, 60, 10, 250
LIMIT_MS, DRAINED_S = 300.0, 360.0


def main(seconds: int = SECONDS) -> None:
    """Start a desk, hand it the burst from another process, keep Now open meanwhile."""
    with tempfile.TemporaryDirectory(prefix="answerable-bench-") as folder:
        home = Path(folder) / "home"
        environ = desk.environment(home)
        token = desk.part("bench.burst", environ, "fill")
        with desk.up(home) as (address, process), desk.Memory(process.pid) as memory:
            cookies = load.sign_in(address, token)
            times: list[float] = []
            stop = threading.Event()
            looking = threading.Thread(target=_keep_open, args=(address, cookies, times, stop))
            looking.start()
            line = json.loads(desk.part("bench.burst", environ, "hand", str(seconds)))
            stop.set()
            looking.join()
            line["now_p50_ms"], line["now_p95_ms"] = (
                round(statistics.median(times)),
                round(statistics.quantiles(times, n=20)[-1]),
            )
            desk.say("taken in {took_s} s, Now p95 {now_p95_ms} ms; {unread} are being read".format(**line))
            started, used = time.monotonic(), desk.processor_s(process.pid)
            line |= json.loads(desk.part("bench.burst", environ, "drained"))
            line["drained_s"] = round(time.monotonic() - started, 1)
            line["drained_processor_s"] = round(desk.processor_s(process.pid) - used, 1)
        line["peak_mb"] = round(memory.peak_mb)
    line["lost"] = line["handed"] - line["stored"]
    line["kept"] = line["lost"] == 0 and line["now_p95_ms"] <= LIMIT_MS and line["drained_s"] <= DRAINED_S
    desk.say(
        "burst     {handed} items, {per_second}/s taken in {took_s} s, {lost} lost, {unread} unread then, read after "
        "{drained_s} s more ({drained_processor_s} of the processor); Now p50 {now_p50_ms} ms, p95 {now_p95_ms} ms; {peak_mb} MB".format(
            **line
        )
    )
    print(json.dumps(line), flush=True)


def _keep_open(address: str, cookies: load.Cookies, times: list[float], stop: threading.Event) -> None:
    """Four people whose page asks again every two seconds."""
    while not stop.is_set():
        times += load.ask(address, [cookies] * 4, ["/desk/"] * 8, every_s=0.5).times


def fill() -> None:
    """Ten sources and somebody who may look; prints the token of a sign-in link."""
    from answerable.run.start import django

    django()
    from answerable.store import people
    from answerable.store.models import Source

    first = people.first_start("Brackwater Council", "Europe/London", datetime.now(UTC))
    for number in range(SOURCES):
        Source.objects.create(
            name=f"Network {number}", kind="mastodon", address=f"https://talk{number}.example/public", source_class="public",
            purpose="service failure", added_at=datetime.now(UTC), paused=True,
        )  # fmt: skip
    print(first[1] if first else "")


def hand(seconds: int) -> None:
    """Hand the burst over, never faster than it comes; where the engine is slower, it takes longer."""
    from answerable.run.start import django

    settings = django()
    from answerable.collect.door import admit
    from answerable.records import Incoming, Item, SourceClass, SourceFacts
    from answerable.run.handover import EngineClient
    from answerable.store.keyring import Keyring
    from answerable.store.models import ItemRow, Source
    from bench.stream import posts

    ring, made = Keyring.open(settings.home), posts(PER_SECOND * seconds)
    rows = list(Source.objects.order_by("id"))
    lock, began, handed = threading.Lock(), time.monotonic(), [0] * len(rows)

    def source(place: int) -> None:
        row = rows[place]
        facts, keys = (
            SourceFacts(row.pk, "mastodon", row.address, SourceClass.PUBLIC),
            ring.for_source(row.pk),
        )
        engine = EngineClient.connect(settings.home, ring.ipc_key, patience_s=60)
        number = 0
        while True:
            with lock:
                texts = list(islice(made, BATCH))
            if not texts:
                return
            due = began + (number * len(rows) + place) * BATCH / PER_SECOND
            time.sleep(max(0.0, due - time.monotonic()))
            now = datetime.now(UTC)
            found = [
                Incoming(f"{number}-{n}", text, author=f"p{n % 97}", published=now)
                for n, text in enumerate(texts)
            ]
            items = [
                one
                for one in (admit(each, facts, keys, heard=now) for each in found)
                if isinstance(one, Item)
            ]
            taken = engine.hand(row.pk, items, {"at": number})
            handed[place] += taken.new
            number += 1

    threads = [threading.Thread(target=source, args=(place,)) for place in range(len(rows))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - began
    unread = ItemRow.objects.filter(thread=None).count()
    total = PER_SECOND * seconds
    print(json.dumps({"bench": "burst", "handed": total, "acknowledged": sum(handed), "took_s": round(took, 1),
                      "per_second": round(total / took), "unread": unread}))  # fmt: skip


def drained() -> None:
    """Come back when everything stands in a story."""
    from answerable.run.start import django

    settings = django()
    from answerable.run.handover import EngineClient
    from answerable.store.keyring import Keyring
    from answerable.store.models import ItemRow

    EngineClient.connect(settings.home, Keyring.open(settings.home).ipc_key).settle()
    print(json.dumps({"stored": ItemRow.objects.filter(thread__isnull=False).count()}))


if __name__ == "__main__":
    part, *more = sys.argv[1:]
    {"fill": fill, "hand": lambda: hand(int(more[0])), "drained": drained}[part]()
