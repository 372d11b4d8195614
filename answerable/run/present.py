"""Which parts of a desk run now and on what: one small file for each process, so that `doctor` can tell."""

from __future__ import annotations

import json
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

FOLDER = "running"


@dataclass(frozen=True, slots=True)
class Present:
    """One living process of the desk."""

    name: str  # engine, web, web worker, collectors, clock
    pid: int
    sqlite: str  # version inside that process


def note(home: Path, name: str) -> None:
    """Write down that this process is here. A disk that is full must not stop it."""
    try:
        (home / FOLDER).mkdir(mode=0o700, exist_ok=True)
        text = json.dumps({"name": name, "pid": os.getpid(), "sqlite": sqlite3.sqlite_version})
        (home / FOLDER / f"{os.getpid()}.json").write_text(text, "utf-8")
    except OSError:
        return


def clear(home: Path) -> None:
    """Forget what ran before; called by the one parent of the data folder."""
    for file in (home / FOLDER).glob("*.json"):
        file.unlink(missing_ok=True)


def living(home: Path) -> list[Present]:
    """The processes that noted themselves and still exist, by name."""
    found = []
    for file in (home / FOLDER).glob("*.json"):
        try:
            noted = json.loads(file.read_text("utf-8"))
            os.kill(noted["pid"], 0)
            found.append(Present(str(noted["name"]), int(noted["pid"]), str(noted["sqlite"])))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return sorted(found, key=lambda present: (present.name, present.pid))
