"""A million made-up posts at four a second: speed at the beginning and at the end, memory, and a restart.

Words, topics, repeats and lengths are drawn from a seed, with the shares that real posts have.
"""

# ruff: noqa: T201, S311, SIM905 -- prints figures, draws from a fixed seed

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate, count, islice, pairwise
from pathlib import Path
from typing import IO, Any, cast

import psutil

from answerable.collect.collector import BATCH
from answerable.records import Heard, SourceClass, StoryRow, ThreadRow, Understood
from answerable.run.garbage import look_seldom_for_garbage
from bench import desk

SEED = 20260302
ITEMS = 1_000_000
PER_SECOND = 4
TEXTS = 50_000  # kept at hand for alerts
MOST_MB, MOST_SLOWER, MOST_READY_S, MOST_TICK_S = 1024, 1.2, 10.0, 1.0
START = datetime(2026, 3, 2, tzinfo=UTC)

_ONSETS = "b br c ch cl d dr f fl g gr h j k l m n p pl pr qu r s sh sl sp st t th tr v w".split()
_VOWELS = "a e i o u ai ea ee oa ou".split()
_CODAS = ["", "", "l", "m", "n", "nd", "ng", "r", "rt", "s", "st", "t", "ck"]
_WORDS = 120_000
_TOPIC_WORDS = 40
_TOPICS = 60  # at one time
_LIFE = 12_000  # items a topic lives for, on average


def posts(items: int, seed: int = SEED) -> Iterator[str]:
    """Made-up posts: two thirds chatter of everybody's words, a third about topics that come and go."""
    rng = random.Random(seed)
    words = _vocabulary(rng)
    # Words are said as often as one over their rank (Zipf), topics and their own words too.
    said = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    own = list(accumulate(1 / (rank + 1) for rank in range(_TOPIC_WORDS)))
    loud = list(accumulate(1 / (rank + 1) for rank in range(_TOPICS)))
    topics = [_topic(rng, words) for _ in range(_TOPICS)]
    lately: list[str] = []
    for _ in range(items):
        if rng.random() < _TOPICS / _LIFE:
            topics[rng.randrange(_TOPICS)] = _topic(rng, words)
        if lately and rng.random() < 0.08:
            yield f"RT @…: {rng.choice(lately)}"
            continue
        text = [_drawn(rng, words, said) for _ in range(rng.randint(5, 14))]
        if rng.random() < 1 / 3:
            topic = topics[bisect(loud, rng.random() * loud[-1])]
            text[: rng.randint(2, 5)] = [_drawn(rng, topic, own) for _ in range(rng.randint(3, 6))]
            rng.shuffle(text)
        lately = [*lately[-200:], " ".join(text)]
        yield lately[-1]


def _vocabulary(rng: random.Random) -> list[str]:
    """Different words, the short ones first, as the commonest words of a language are."""
    found: dict[str, None] = {}
    while len(found) < _WORDS:
        syllables = 1 + (len(found) > 150) + (len(found) > 4_000) + (len(found) > 60_000)
        parts = (rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) for _ in range(syllables))
        found["".join(parts)] = None
    return list(found)


def _topic(rng: random.Random, words: list[str]) -> list[str]:
    """The words of one topic: a few of everybody's, most of its own."""
    return [words[rng.randrange(200, 4_000)] if rng.random() < 0.3 else words[rng.randrange(4_000, _WORDS)]
            for _ in range(_TOPIC_WORDS)]  # fmt: skip


def _drawn(rng: random.Random, words: list[str], weights: list[float]) -> str:
    return words[bisect(weights, rng.random() * weights[-1])]


def heard(items: int) -> Iterator[Heard]:
    """The posts as the engine hears them."""
    for number, text in enumerate(posts(items), 1):
        at = START + timedelta(seconds=number / PER_SECOND)
        yield Heard(number, 1, SourceClass.PUBLIC, text, "", at, at)


def main(items: int = ITEMS) -> None:
    """Stream into a fresh engine whose rows go to a store; then start again from that store.

    The last tenth is held against the second one in pairs: an engine that heard only a tenth reads a batch of
    the second tenth whenever the other reads one of the last. A machine that is slower after a quarter of an
    hour, as those that share their processor are, is so for both.
    """
    with tempfile.TemporaryDirectory(prefix="answerable-bench-") as folder:
        homes = [Path(folder) / name for name in ("early", "late")]
        for home in homes:
            home.mkdir(mode=0o700)
        tenth = max(BATCH, items // 10)
        early = _Part(homes[0], 2 * tenth, "hear", tenth)
        early.waits()
        late = _Part(homes[1], items, "hear", tenth)
        late.waits()
        first = last = 0.0
        while (before := early.batch()) and (after := late.batch()):
            first, last = first + before, last + after
        line: dict[str, Any] = {"bench": "stream", "items": items, "slower": round(last / first, 3)}
        line |= late.ended()
        early.ended()
        line["slower_in_a_row"] = round(line["laps"][-1] / line["laps"][1], 3)
        line |= _Part(homes[1], items, "ready", tenth).ended()
    line["kept"] = (
        line["pss_mb"] <= MOST_MB
        and line["slower"] <= MOST_SLOWER
        and line["ready_seconds"] <= MOST_READY_S
        and line["longest_tick_seconds"] <= MOST_TICK_S
    )
    desk.say(
        "stream    {items} items: {items_per_second:.0f}/s, at the end {slower:.2f} times as long, "
        "{pss_mb} MB; ticks up to {longest_tick_seconds:.2f} s; "
        "{threads} threads ready again in {ready_seconds:.1f} s".format(**line)
    )
    print(json.dumps(line), flush=True)


class _Part:
    """This very module, in a process of its own with a home of its own."""

    def __init__(self, home: Path, items: int, part: str, tenth: int) -> None:
        self._process = subprocess.Popen(  # noqa: S603 -- our own words
            [sys.executable, "-m", "bench", "stream", str(items), part, str(tenth)],
            env={**desk.environment(home), "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._hears = cast("IO[str]", self._process.stdin)
        self._says = cast("IO[str]", self._process.stdout)

    def waits(self) -> float:
        """Seconds of the processor until only its last tenth is left."""
        return float(self._says.readline())

    def batch(self) -> float:
        """Seconds it took to read one batch more; 0 when there is none."""
        self._hears.write("\n")
        self._hears.flush()
        return float(self._says.readline())

    def ended(self) -> dict[str, Any]:
        """What it found in all."""
        said = self._process.communicate()[0].splitlines()
        if self._process.returncode:
            raise subprocess.CalledProcessError(self._process.returncode, self._process.args)
        return cast("dict[str, Any]", json.loads(said[-1]))


class _Hearing:
    """An engine that hears the stream batch by batch. Only understanding is timed."""

    def __init__(self, items: int) -> None:
        self._stream = heard(items)
        self._store, self._desk, self._space = _Store(), _desk(), _space()
        look_seldom_for_garbage()  # as the process does that is an engine
        self.number = 0
        self.spent = self.longest = 0.0  # seconds of the processor

    def batch(self) -> float:
        """Read one batch, and store its rows; the seconds it took, 0 when there is none."""
        batch = list(islice(self._stream, BATCH))
        if not batch:
            return 0.0
        for item in batch:
            self._desk.hear(item)
        started = time.process_time()
        outcome = self._space.read(batch)
        middle = time.process_time()
        merged = self._space.merge()
        found = self._space.signals(self._desk)
        ended = time.process_time()
        for merge in merged.merges:
            self._desk.merged(merge.winner, merge.loser)
        self._desk.take(found)
        self.number += len(batch)
        self.spent += ended - started
        self.longest = max(self.longest, ended - middle)
        self._store.write(outcome)
        self._store.write(merged)
        return ended - started


def hear(items: int, tenth: int) -> None:
    """One engine of the first part: all but a tenth in one go, then a batch for each line that comes in."""
    hearing, laps = _Hearing(items), [0.0]

    def lap() -> None:
        laps.append(hearing.spent)
        desk.say(f"{hearing.number:>9} items, {laps[-1] - laps[-2]:.1f} s for the last, {_pss():.0f} MB")

    while hearing.number < items - tenth and hearing.batch():
        if hearing.number // tenth >= len(laps):
            lap()
    print(hearing.spent, flush=True)
    for _ in sys.stdin:
        print(hearing.batch(), flush=True)
    lap()
    print(
        json.dumps(
            {
                "items_per_second": round(items / hearing.spent, 1),
                "pss_mb": round(_pss()),
                "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
                "longest_tick_seconds": round(hearing.longest, 3),
                "laps": [round(after - before, 1) for before, after in pairwise(laps)],
            }
        )
    )


def ready() -> None:
    """The second part: from the rows to an engine that takes items."""
    store = _Store()
    space = _space()  # its model is loaded by another process of the desk, at the same time
    started = time.process_time()
    threads = 0

    def counted() -> Iterator[ThreadRow]:
        nonlocal threads
        for one in store.threads():
            threads += 1
            yield one

    space.load(counted(), store.stories(), ())
    seconds = time.process_time() - started
    print(json.dumps({"threads": threads, "ready_seconds": round(seconds, 2), "ready_mb": round(_pss())}))


class _Store:
    """The store of a data folder, for threads and stories alone."""

    def __init__(self) -> None:
        from answerable.run.start import django

        django()

    def write(self, outcome: Understood) -> None:
        from answerable.store import stream

        bare = Understood((), outcome.threads, outcome.stories, outcome.hours, outcome.merges, outcome.idle)
        stream.apply(bare, exercise=False)

    def threads(self) -> Iterator[ThreadRow]:
        from answerable.store import stream

        return stream.active_threads(False)

    def stories(self) -> Iterator[StoryRow]:
        from answerable.store import stream

        return stream.active_stories(False)


def _desk():  # type: ignore[no-untyped-def]
    """A desk that decides nothing and gives texts of late, as a store would give them."""
    from answerable.run.evaluation.desk import MemoryDesk

    class Desk(MemoryDesk):
        def hear(self, item: Heard) -> None:
            super().hear(item)
            if len(self._texts) > TEXTS:
                del self._texts[next(iter(self._texts))]

        def texts(self, items: Sequence[int]) -> Mapping[int, tuple[str, str]]:
            return {one: self._texts[one] for one in items if one in self._texts}

    return Desk()


def _space():  # type: ignore[no-untyped-def]  # its parts need a set-up desk
    from answerable.run.pipeline import Understanding
    from answerable.understand import language
    from answerable.understand.embed import Sentences

    embedder = Sentences()
    embedder.embed(["ready"])
    language.load()
    return Understanding(threads=count(1), stories=count(1), embedder=embedder)


def _pss() -> float:
    return float(psutil.Process(os.getpid()).memory_full_info().pss) / 1_048_576
