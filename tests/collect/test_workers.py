"""The parse workers: limits that the kernel keeps, replacement after a breach, no life after their parent's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from answerable.collect.workers import ParsePool
from answerable.errors import AnswerableError, SourceTrouble

ROOT = Path(__file__).resolve().parents[2]
JOBS = "tests.collect.hostile_jobs"


@pytest.fixture(autouse=True)
def jobs_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers start with a safe path, so the tests' own jobs have to be named."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.fixture
def pool() -> Iterator[ParsePool]:
    """One worker with hostile jobs and short limits."""
    with ParsePool(1, seconds=1.0, memory=128 << 20, jobs=JOBS) as running:
        yield running


def lives(pid: int) -> bool:
    """Whether a process, or a thread of one whose first thread has ended, still runs."""
    try:
        return psutil.Process(pid).status() != "zombie" or len(list(Path(f"/proc/{pid}/task").iterdir())) > 1
    except (psutil.NoSuchProcess, FileNotFoundError):
        return False


def gone(pids: list[int], seconds: float = 5.0) -> bool:
    """Whether these processes end within the time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not any(lives(pid) for pid in pids):
            return True
        time.sleep(0.05)
    return False


def run_and_fail(pool: ParsePool, job: str) -> None:
    """Run a job that does not end well."""
    with pytest.raises(AnswerableError):
        pool.run(job, b"")


def test_worker_does_jobs_one_after_the_other_and_stays(pool: ParsePool) -> None:
    """Payload and parameters arrive whole, also megabytes of them, and the same process serves again."""
    first = pool.run("echo", b"x" * (9 << 20), name="ü", number=3)
    second = pool.run("echo", b"")
    assert first[:2] == [9 << 20, {"name": "ü", "number": 3}]
    assert second[2] == first[2] == pool.pids()[0]


@pytest.mark.parametrize(
    ("job", "code"),
    [
        ("sleep", "too_slow"),
        ("spin", "too_slow"),
        ("backtrack", "too_slow"),
        ("devour", "too_much_memory"),
        ("die", "parser_died"),
    ],
)
def test_worker_that_breaks_a_limit_is_killed_and_replaced(pool: ParsePool, job: str, code: str) -> None:
    """Time, memory and sudden death each give their trouble; the next job is served by a fresh process."""
    before = pool.run("echo", b"")[2]
    started = time.monotonic()
    with pytest.raises(SourceTrouble) as raised:
        pool.run(job, b"")
    assert raised.value.code == code
    assert time.monotonic() - started < 30, "by the clock it may take ten times its second of work"
    assert gone([int(str(before))])
    assert pool.run("echo", b"")[2] != before


def test_what_waits_for_the_machine_is_not_too_slow() -> None:
    """A worker that is kept from working, by a full machine or a sleeping one, answers late and is not killed.

    Sabotage: let `_Wait.go_on` raise at once.
    """
    with ParsePool(1, seconds=0.2, jobs=JOBS) as pool:
        (pid,) = pool.pids()
        assert pool.run("echo", b"x")[2] == pid
        os.kill(pid, signal.SIGSTOP)
        threading.Timer(0.7, os.kill, (pid, signal.SIGCONT)).start()
        assert pool.run("echo", b"x")[2] == pid


def test_errors_of_parsers_tell_nothing_of_the_document(pool: ParsePool) -> None:
    """A parser's own error becomes a code without text; a trouble keeps its code and parameters."""
    with pytest.raises(SourceTrouble) as failed:
        pool.run("fail", b"")
    assert (failed.value.code, failed.value.params) == ("parser_died", {})
    with pytest.raises(SourceTrouble) as objected:
        pool.run("object_to", b"")
    assert (objected.value.code, objected.value.params) == ("not_a_feed", {"reason": "none"})


def test_worker_has_no_network_and_starts_no_programs(pool: ParsePool) -> None:
    """What parses strangers' bytes can neither connect, resolve, run something nor write a file."""
    assert pool.run("reach_out", b"") == []


def test_worker_uses_the_pinned_sqlite_module() -> None:
    """The swap of the SQLite module happens in workers as everywhere (it is the package's first import)."""
    code = "import answerable.collect.parse_worker, sqlite3; print(sqlite3.sqlite_version)"
    version = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert tuple(map(int, version.split("."))) >= (3, 51, 3)


def test_many_threads_share_few_workers() -> None:
    """Forty jobs from eight threads on two workers are all answered, whatever some of them do."""
    with ParsePool(2, seconds=1.0, jobs=JOBS) as pool, ThreadPoolExecutor(8) as threads:

        def ask(number: int) -> int:
            try:
                found = pool.run("die" if number % 10 == 0 else "echo", b"x" * number)
            except SourceTrouble:
                return -1
            return int(str(found[0]))

        assert list(threads.map(ask, range(40))) == [-1 if n % 10 == 0 else n for n in range(40)]
        assert len(pool.pids()) == 2


def test_worker_outlives_the_thread_that_asked_for_it() -> None:
    """A worker that was replaced on behalf of a short-lived thread is not lost when that thread ends."""
    with ParsePool(1, seconds=1.0, jobs=JOBS) as pool:
        thread = threading.Thread(target=run_and_fail, args=(pool, "die"))
        thread.start()
        thread.join()
        alive = pool.run("echo", b"")[2]
        time.sleep(0.2)
        assert pool.run("echo", b"")[2] == alive


def test_closed_pool_leaves_nothing_and_says_so() -> None:
    """Closing kills workers, also one in the middle of a job; afterwards the pool refuses in one line."""
    pool = ParsePool(2, seconds=30, jobs=JOBS)
    pids = pool.pids()
    thread = threading.Thread(target=run_and_fail, args=(pool, "sleep"))
    thread.start()
    time.sleep(0.5)
    pool.close()
    pool.close()
    thread.join(5)
    assert not thread.is_alive()
    assert gone(pids)
    with pytest.raises(AnswerableError):
        pool.run("echo", b"")


PARENT = f"""
import signal, sys, time
from answerable.collect.workers import ParsePool
pool = ParsePool(2, seconds=60, jobs="{JOBS}")
pool.run("echo", b"")
import threading
threading.Thread(target=pool.run, args=("spin", b""), daemon=True).start()
time.sleep(0.3)
print(*pool.pids(), flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_no_worker_survives_its_parent(number: int) -> None:
    """Kill the parent in any way: idle and busy workers are gone at once, also if INT was ignored at start."""
    parent = subprocess.Popen(
        ["/bin/sh", "-c", 'trap "" INT; exec "$0" "$@"', sys.executable, "-c", PARENT],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    )
    assert parent.stdout is not None
    pids = [int(part) for part in parent.stdout.readline().split()]
    assert len(pids) == 2
    assert all(os.getpgid(pid) == os.getpgid(parent.pid) for pid in pids)
    parent.send_signal(number)
    parent.wait(10)
    assert gone(pids, 2.0)


def test_worker_ignores_no_signal(pool: ParsePool) -> None:
    """INT and TERM end a worker as they end its parent."""
    for number in (signal.SIGINT, signal.SIGTERM):
        pid = int(str(pool.run("echo", b"")[2]))
        os.kill(pid, number)
        assert gone([pid], 2.0)


def test_worker_is_small(pool: ParsePool) -> None:
    """A preloaded worker with every parser stays below 80 MB, so that a small machine can hold several."""
    with ParsePool(1) as real:
        real.run("feed", b"<rss><channel><item><title>x</title></item></channel></rss>")
        assert psutil.Process(real.pids()[0]).memory_info().rss < 80 << 20
