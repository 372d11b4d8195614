"""The tests' ground: one fresh data folder and database for each process, the cast, and an honest count of skips.

`--database postgres` runs the same tests on a real PostgreSQL server.
"""

from __future__ import annotations

import contextlib
import fnmatch
import os
import random
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.database import Databases, server

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"
GROUND = pytest.StashKey[contextlib.ExitStack]()
DATABASES = pytest.StashKey[Databases]()
SEED = pytest.StashKey[int]()
SKIPS = pytest.StashKey[list[tuple[str, str]]]()
# What runs again on PostgreSQL is chosen by folder, so that nobody has to remember a marker.
FOLDER_MARKS = {"promises": "promise", "browser": "browser", "store": "store"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database", choices=("sqlite", "postgres"), default="sqlite", help="where the store lives"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.stash[SKIPS] = []
    config.addinivalue_line("markers", "promise: a promise of the desk, with its sabotage")
    config.addinivalue_line("markers", "alone: measures time, so nothing runs beside it")
    stack = config.stash[GROUND] = contextlib.ExitStack()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    _seed(config)
    if not os.environ.get("ANSWERABLE_TEST_GROUND"):
        ground = Path(tempfile.mkdtemp(prefix="answerable-"))
        ground.chmod(0o755)
        stack.callback(shutil.rmtree, ground, ignore_errors=True)
        stack.callback(os.environ.pop, "ANSWERABLE_TEST_GROUND")
        os.environ["ANSWERABLE_TEST_GROUND"] = str(ground)
    ground = Path(os.environ["ANSWERABLE_TEST_GROUND"])
    address = ""
    if config.getoption("--database") == "postgres":
        # The first process starts the server; its xdist workers inherit the address.
        address = os.environ["TEST_DATABASE_URL"] = stack.enter_context(server(ground / "server"))
    _prepare(config, stack, ground / (worker or "main"), address, worker or "main")


def _seed(config: pytest.Config) -> None:
    """One seed for the whole run, also for hypothesis; ANSWERABLE_TEST_SEED repeats a run."""
    import hypothesis

    seed = int(os.environ.setdefault("ANSWERABLE_TEST_SEED", str(random.SystemRandom().randrange(10**9))))
    config.stash[SEED] = seed
    if config.getoption("hypothesis_seed", None) is None:
        hypothesis.core.global_force_seed = seed
    hypothesis.settings.register_profile("answerable", deadline=None, print_blob=True)
    hypothesis.settings.load_profile("answerable")


def _prepare(
    config: pytest.Config, stack: contextlib.ExitStack, folder: Path, address: str, tag: str
) -> None:
    """Point the environment at a fresh home and database before anything of Django loads."""
    home = folder / "home"
    home.mkdir(mode=0o700, parents=True)
    # A server may be shared by several runs, so the name holds this process's id.
    databases = config.stash[DATABASES] = Databases(address, f"{tag}_{os.getpid()}", home, folder / "kept")
    databases.create()
    stack.callback(databases.drop)
    for name in [name for name in os.environ if name.startswith("ANSWERABLE_") and "_TEST_" not in name]:
        del os.environ[name]
    os.environ.pop("PORT", None)
    os.environ["ANSWERABLE_HOME"] = str(home)
    os.environ["DATABASE_URL"] = databases.url
    # Test threads may hold an event loop (the browser's driver) while the test body asks the store.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

    from answerable.run import start

    start.django()
    from django.db import connections

    from tests import cast, warm

    stack.enter_context(warm.meanings())

    cast.write()
    connections.close_all()
    databases.keep()


def pytest_unconfigure(config: pytest.Config) -> None:
    from django.db import connections

    connections.close_all()
    config.stash[GROUND].close()


@pytest.fixture(scope="session")
def seed(pytestconfig: pytest.Config) -> int:
    """The run's seed, printed at its end."""
    return pytestconfig.stash[SEED]


@pytest.fixture(scope="session")
def database(pytestconfig: pytest.Config) -> str:
    """`sqlite` or `postgres`."""
    return str(pytestconfig.getoption("--database"))


@pytest.fixture
def desk(pytestconfig: pytest.Config) -> Iterator[Any]:
    """A migrated, empty desk with the cast, made anew for this test. Real commits, real threads."""
    from django.core.cache import cache
    from django.db import connections

    from tests import cast

    databases = pytestconfig.stash[DATABASES]
    connections.close_all()
    databases.restore()
    cache.clear()  # what pages keep is another desk's
    yield cast.read(databases.home)
    connections.close_all()


@pytest.fixture
def now() -> datetime:
    """The moment tests pass on: a Monday morning."""
    from tests.cast import NOW

    return NOW


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Other people's texts, beside this checkout and never in it."""
    folder = Path(os.environ.get("ANSWERABLE_TEST_DATA", SHARED))
    if not folder.is_dir():
        pytest.skip("the research texts are not beside this checkout")
    return folder


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if "shared_data" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.shared)
        folder = item.path.relative_to(ROOT / "tests").parts[0]
        if folder in FOLDER_MARKS:
            item.add_marker(FOLDER_MARKS[folder])
        if item.get_closest_marker("alone") and any(map(item.get_closest_marker, FOLDER_MARKS.values())):
            raise pytest.UsageError(f"{item.nodeid}: what is `alone` runs on SQLite only, take one mark away")
    if "deep" not in config.getoption("markexpr"):
        deep = [item for item in items if item.get_closest_marker("deep")]
        config.hook.pytest_deselected(items=deep)
        items[:] = [item for item in items if item not in deep]


def _skipped(config: pytest.Config, report: Any) -> None:
    if report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        config.stash[SKIPS].append((report.nodeid, reason))


class _CountSkips:
    """Hooks that need the configuration, which report hooks do not get."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        _skipped(self.config, report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        _skipped(self.config, report)


def pytest_sessionstart(session: pytest.Session) -> None:
    session.config.pluginmanager.register(_CountSkips(session.config))


def _not_allowed(config: pytest.Config) -> list[tuple[str, str]]:
    allowed = tomllib.loads((ROOT / "tests" / "allowed_skips.toml").read_text("utf-8"))["skip"]
    return [
        (test, reason)
        for test, reason in config.stash[SKIPS]
        if not any(fnmatch.fnmatch(test, row["test"]) and row["reason"] in reason for row in allowed)
    ]


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """With CI=true a skip that is not in the list fails the run."""
    if os.environ.get("CI") == "true" and exitstatus == 0 and _not_allowed(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    terminalreporter.write_line(
        f"seed {config.stash[SEED]} (repeat with ANSWERABLE_TEST_SEED={config.stash[SEED]})"
    )
    if os.environ.get("CI") == "true":
        for test, reason in _not_allowed(config):
            terminalreporter.write_line(
                f"FAILED {test}: skipped, and not in tests/allowed_skips.toml: {reason}", red=True
            )
