"""Promise 6: nothing acknowledged is lost. A kill at any moment loses and doubles nothing."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import psutil
import pytest

# One line that turns these tests red: forget what is stored already.
SABOTAGE = ("answerable/store/stream.py", "row = known.get(key)", "row = None")

WORDS = (
    "brown water tap Fenmoor pump school bus bridge lantern river market closed late road light noise gym mould "
    "festival ticket queue library mayor budget tree dog ferry tide eel bread rain fog score goal train snow"
).split()


def posts(folder: Path, count: int, rng: random.Random) -> Path:
    """A file of posts in which some say nearly the same."""
    file = folder / "posts.jsonl"
    with file.open("w", encoding="utf-8") as out:
        said = [" ".join(rng.choices(WORDS, k=rng.randint(4, 12))) for _ in range(count // 3)]
        for number in range(count):
            text = rng.choice(said) + rng.choice(["", " again", " today", f" {rng.choice(WORDS)}"])
            at = f"2026-03-01T{number * 86_000 // count // 3600:02}:{number * 86_000 // count // 60 % 60:02}:00Z"
            out.write(json.dumps({"id": f"p{number}", "time": at, "text": text}) + "\n")
    return file


def command(home: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "answerable.run.cli", *words]


def environment(home: Path) -> dict[str, str]:
    """A real process of its own: its home, and the database of this run when that is PostgreSQL."""
    return {**os.environ, "ANSWERABLE_HOME": str(home), "PORT": "0"}


def start(home: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(home, *words),
        env=environment(home),
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )


def kill_all(process: subprocess.Popen[str]) -> None:
    """SIGKILL to the process and everything it started, all at once."""
    with contextlib.suppress(psutil.NoSuchProcess):
        family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        for member in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                member.send_signal(signal.SIGKILL)
    process.wait(30)


def stored(home: Path) -> int:
    """Committed items, asked of the database itself."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM items")
        return int(cursor.fetchone()[0])


def import_with_kills(home: Path, file: Path, thresholds: list[int]) -> int:
    """Import; SIGKILL each time the stored count passes a threshold; start again. Returns the kills made."""
    kills = 0
    for threshold in [*thresholds, None]:
        importing = start(home, "import", str(file))
        while importing.poll() is None:
            if threshold is not None and stored(home) >= threshold:
                kill_all(importing)
                kills += 1
                break
            time.sleep(0.005)
        if threshold is None:
            assert importing.returncode == 0, importing.stderr and importing.stderr.read()
    return kills


def exported(home: Path) -> list[dict[str, object]]:
    done = subprocess.run(
        command(home, "export", "items", "--format", "jsonl"),
        env=environment(home),
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def check(home: Path, ids: list[str]) -> None:
    """None lost, none doubled, every item in exactly one story that exists, and every sum holds."""
    rows = exported(home)
    counts = Counter(str(row["external_id"]) for row in rows)
    assert sorted(counts) == sorted(ids), "lost or invented items"
    assert set(counts.values()) == {1}, "doubled items"
    from answerable.store.models import Quarantined, Source, Story, StoryHour, ThreadRow

    aside = list(Quarantined.objects.values_list("stage", "why", "fault"))
    assert not aside, "a kill from outside was blamed on an item"
    assert all(row["story"] for row in rows), "an item stands in no story"

    by_story = Counter(int(str(row["story"])) for row in rows)
    standing = dict(Story.objects.filter(merged_into=None, items__gt=0).values_list("id", "items"))
    assert standing == dict(by_story), "a story's count is not the number of its items"
    hours: Counter[int] = Counter()
    for story, items in StoryHour.objects.values_list("story", "items"):
        hours[story] += items
    assert dict(hours) == dict(by_story), "the hours of a story do not add up to its items"
    threads: Counter[int] = Counter()
    for story, items in ThreadRow.objects.values_list("story", "items"):
        threads[story] += items
    assert {story: n for story, n in threads.items() if n} == dict(by_story), "a thread's sum was added twice"
    assert Source.objects.get(kind="files").items == len(ids)


@pytest.mark.store
def test_kills_while_importing(desk: object, tmp_path: Path, seed: int) -> None:
    """Six kills at random counts, then a whole run: the same items as the file, each once, each in one story.

    Sabotage: in `sort_batch`, `row = known.get(key)` becomes `row = None`, which forgets what is stored.
    """
    rng = random.Random(seed)
    file = posts(tmp_path, 3000, rng)
    home = desk.home  # type: ignore[attr-defined]
    kills = import_with_kills(home, file, sorted(rng.sample(range(1, 3000), 6)))
    assert kills >= 4
    check(home, [f"p{number}" for number in range(3000)])


@pytest.mark.store
def test_importing_twice_changes_nothing(desk: object, tmp_path: Path, seed: int) -> None:
    """The second import of a file leaves every row as it was."""
    file = posts(tmp_path, 600, random.Random(seed))
    home = desk.home  # type: ignore[attr-defined]
    import_with_kills(home, file, [])
    before = exported(home)
    import_with_kills(home, file, [])
    assert exported(home) == before


@pytest.mark.deep
def test_fifty_kills_on_a_real_stream(desk: object, shared_data: Path, seed: int) -> None:
    """Fifty kills while 25,906 real posts come in."""
    import gzip

    rng = random.Random(seed)
    file = shared_data / "streams" / "crisis-dev.jsonl.gz"
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        ids = [json.loads(line)["id"] for line in lines]
    home = desk.home  # type: ignore[attr-defined]
    kills = import_with_kills(home, file, sorted(rng.sample(range(1, len(ids)), 50)))
    assert kills == 50
    check(home, ids)
