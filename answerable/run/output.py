"""What commands say: results on stdout, all else on stderr, an error as one line that says what to do."""

from __future__ import annotations

import json
import logging
import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from answerable.errors import AnswerableError, SourceTrouble

LONGEST_LOG = 2_000_000  # bytes; one older file is kept beside it


def emit_json(value: Any) -> None:
    """Write exactly one line of JSON to stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain) + "\n")
    sys.stdout.flush()


def emit_line(text: str) -> None:
    """Write a result for people to stdout."""
    sys.stdout.write(text + "\n")


def say(text: str) -> None:
    """Write a message or progress to stderr; a reader who left does not stop the work."""
    try:
        sys.stderr.write(text + "\n")
        sys.stderr.flush()
    except (BrokenPipeError, ValueError):
        pass


class Percent:
    """Progress of one long piece of work: a line to stderr at every tenth."""

    def __init__(self, word: str) -> None:
        self._word, self._said = word, -1

    def __call__(self, percent: int) -> None:
        """Say how far it is, when that is news."""
        if percent // 10 > self._said:
            self._said = percent // 10
            say(f"{self._word} {percent}%")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, (set, frozenset, tuple)):
        return list(value)
    raise TypeError(f"{type(value).__name__} is no JSON value")


def failed(error: Exception) -> int:
    """Say one line about an error and return the exit code. What nobody expected goes to the log in full."""
    if isinstance(error, SourceTrouble):
        say(f"answerable: {trouble_text(error)}")
        return 2
    if isinstance(error, AnswerableError):
        say("answerable: " + " ".join(str(error).split()))
        return error.exit_code
    where = write_log(error)
    what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    if "disk is full" in what or "No space left" in what:
        say("answerable: The disk is full: free some space, then try again. What was acknowledged is safe.")
        return 1
    told = f"; the details are in {where}" if where else ""
    say(f"answerable: Something went wrong that should not ({what}){told}. What was acknowledged is safe.")
    return 1


def trouble_text(error: SourceTrouble) -> str:
    """The English sentence of a source's trouble."""
    from answerable.collect.troubles import TROUBLES

    try:
        return TROUBLES[error.code].format_map(error.params)
    except (KeyError, IndexError, ValueError):
        return f"The source could not be read ({error.code}): check its address and try again."


def log_file() -> Path | None:
    """Where unexpected errors are written in full; None when there is no data folder yet."""
    from answerable import settings

    try:
        home = settings.load().home
    except (AnswerableError, OSError, RuntimeError):
        return None
    return home / "answerable.log" if home.is_dir() else None


def write_log(error: BaseException) -> Path | None:
    """Append the traceback to the log; never raises, because the error itself matters more."""
    file = log_file()
    if file is None:
        return None
    try:
        if file.exists() and file.stat().st_size > LONGEST_LOG:
            file.replace(file.with_suffix(".log.1"))
        with file.open("a", encoding="utf-8") as log:
            log.write(f"{datetime.now(UTC).isoformat()} [{os.getpid()}] {' '.join(sys.argv[1:3])}\n")
            log.write("".join(traceback.format_exception(error)) + "\n")
    except OSError:
        logging.getLogger("answerable").debug("the log cannot be written")
        return None
    return file
