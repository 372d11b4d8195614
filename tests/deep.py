"""The deep run: each sabotage must turn its promise red, then the long tests (50 kills) must pass.

`python -m tests.deep [WORD]` takes only the promises whose file name holds WORD.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.sabotages import ROOT, Sabotage, promises, sabotages

RED = 1  # pytest's exit code when tests failed; anything else is no proof


def main(argv: list[str]) -> int:
    """Run all; returns 1 when a sabotage went unnoticed or a long test failed."""
    word = argv[0] if argv else ""
    unnoticed = []
    for test in promises():
        if word not in test.name:
            continue
        found = sabotages(test)
        if not found:
            unnoticed.append(f"{test.name}: names no sabotage")
        unnoticed += [line for sabotage in found if (line := _try(sabotage))]
    for line in unnoticed:
        print(line)
    if word:
        return 1 if unnoticed else 0
    long = subprocess.run(
        [sys.executable, "-m", "pytest", "-m", "deep", "--timeout", "7200"], cwd=ROOT, check=False
    )
    return 1 if unnoticed or long.returncode not in {0, 5} else 0


def _try(sabotage: Sabotage) -> str:
    """Break a copy of the project; returns what went wrong, "" when the tests noticed."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="answerable-deep-") as folder:
        copy = Path(folder) / "copy"
        _copy(copy)
        file = copy / sabotage.path
        source = file.read_text("utf-8")
        if source.count(sabotage.old) != 1:
            return f"{sabotage.test.name}: {sabotage.old!r} stands {source.count(sabotage.old)} times in {sabotage.path}"
        file.write_text(source.replace(sabotage.old, sabotage.new), "utf-8")
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-x",
                "-p",
                "no:cacheprovider",
                str(sabotage.test.relative_to(ROOT)),
            ],
            cwd=copy,
            env={
                **os.environ,
                "PYTHONPATH": str(copy),
                "ANSWERABLE_TEST_DATA": str(ROOT.parent / "shared" / "data"),
            },
            capture_output=True,
            text=True,
            check=False,
        )
    noticed = done.returncode == RED
    print(
        f"{sabotage.test.stem}: {'noticed' if noticed else 'NOT NOTICED'} in {time.monotonic() - started:.0f} s",
        flush=True,
    )
    if noticed:
        return ""
    return f"{sabotage.test.name}: the sabotage in {sabotage.path} went unnoticed\n{done.stdout[-2000:]}"


def _copy(to: Path) -> None:
    """What git knows or would take, as it stands in the working tree."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
