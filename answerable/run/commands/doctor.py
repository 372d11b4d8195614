"""`answerable doctor`: looks at installation, data folder and running parts, and says what to mend."""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from answerable.errors import AnswerableError
from answerable.run import present
from answerable.run.output import emit_json, emit_line
from answerable.run.start import LEAST_FREE_MB, OLDEST_SQLITE, django
from answerable.settings import Settings

PARTS = ("engine", "web", "web worker", "collectors", "clock", "sender")
LOW_MB = 1024  # below this much free space it is time to think about a bigger disk


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    name: str
    ok: bool
    said: str  # what was found, and what to do when it is not ok


def main(args: argparse.Namespace) -> int:
    """Print every finding; exit 1 when something needs mending."""
    findings = list(_look())
    well = all(finding.ok for finding in findings)
    if args.json:
        emit_json({"ok": well, "findings": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            emit_line(f"{'ok  ' if finding.ok else 'MEND'}  {finding.name}: {finding.said}")
    return 0 if well else 1


def _look() -> Iterator[Finding]:
    numbers = ".".join(map(str, sys.version_info[:3]))
    yield Finding("version", True, f"Answerable {version('answerable')}, Python {numbers}")
    yield _sqlite("here", sqlite3.sqlite_version)
    try:
        settings = django()
    except AnswerableError as error:
        yield Finding("start", False, " ".join(str(error).split()))
        return
    checks: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
        _disk, _keys, _database, _parts, _parse_worker, _ledger, _levels, _sources, _mailboxes, _calls,
    )  # fmt: skip
    for check in checks:
        try:
            yield from check(settings)
        except Exception as error:  # noqa: BLE001 -- one broken check must not hide the others
            said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            yield Finding(check.__name__.strip("_"), False, f"could not be looked at ({said})")


def _sqlite(where: str, found: str) -> Finding:
    numbers = tuple(int(part) for part in found.split("."))
    needs = ".".join(map(str, OLDEST_SQLITE))
    said = (
        found
        if numbers >= OLDEST_SQLITE
        else f"{found} can corrupt the data; {needs} is needed: make install"
    )
    return Finding(f"sqlite ({where})", numbers >= OLDEST_SQLITE, said)


def _levels(settings: Settings) -> Iterator[Finding]:
    """The rule file of levels, when the desk has one of its own."""
    from answerable.store.level_rules import FILE, of_home

    if not (settings.home / FILE).exists():
        return
    try:
        rules = of_home(settings.home)
    except AnswerableError as error:
        yield Finding("levels", False, f"{error} The rules that come with the desk hold meanwhile.")
    else:
        yield Finding("levels", True, f"{len(rules.rules)} rules, version {rules.version}")


def _disk(settings: Settings) -> Iterator[Finding]:
    free = shutil.disk_usage(settings.home).free // 1_048_576
    low = f" -- below {LEAST_FREE_MB} MB the desk does not start: free some space" if free < LOW_MB else ""
    yield Finding("disk", free >= LOW_MB, f"{free} MB free for {settings.home}{low}")


def _keys(settings: Settings) -> Iterator[Finding]:
    mode = (settings.home / "keys.json").stat().st_mode & 0o777
    bad = f"others can read it ({mode:o}): chmod 600 {settings.home / 'keys.json'}"
    yield Finding("keys", mode == 0o600, "readable by the owner alone" if mode == 0o600 else bad)


def _database(settings: Settings) -> Iterator[Finding]:
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            yield Finding("database", True, f"PostgreSQL {cursor.fetchone()[0]}")
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        said = str(cursor.fetchone()[0])
    file = settings.home / "answerable.db"
    size = sum(part.stat().st_size for part in _files(file)) // 1_048_576
    found = (
        f"SQLite, {size} MB" if said == "ok" else f"{file} is damaged ({said}): put the latest backup back"
    )
    yield Finding("database", said == "ok", found)


def _files(database: Path) -> list[Path]:
    return [file for file in database.parent.glob(database.name + "*") if file.is_file()]


def _parts(settings: Settings) -> Iterator[Finding]:
    running = present.living(settings.home)
    if not running:
        yield Finding("running", True, "nothing runs on this data folder now; start it with `answerable up`")
        return
    missing = sorted(set(PARTS) - {part.name for part in running})
    yield Finding("running", not missing, f"missing: {', '.join(missing)}" if missing else "every part")
    for part in running:
        yield _sqlite(f"{part.name} {part.pid}", part.sqlite)


def _parse_worker(_: Settings) -> Iterator[Finding]:
    from answerable.collect.workers import ParsePool

    with ParsePool(1, jobs="answerable.run.parse_about") as pool:
        yield _sqlite("parse worker", str(pool.run("sqlite", b"")[0]))


def _ledger(_: Settings) -> Iterator[Finding]:
    from answerable.store import ledger
    from answerable.store.models import LedgerRow

    bad = ledger.verify_stored()
    rows = LedgerRow.objects.count()
    said = (
        f"{rows} rows, unbroken"
        if bad is None
        else f"row {bad.id} does not fit ({bad.why}): somebody changed it"
    )
    yield Finding("ledger", bad is None, said)


def _sources(_: Settings) -> Iterator[Finding]:
    from answerable.store import sources

    now = datetime.now(UTC)
    heard, all_ = sources.heard_of_all(now)
    deaf = [found.source.name for found in sources.deaf(now) if found.why != "paused"]
    names = (
        f"; deaf: {', '.join(deaf[:5])}{' …' if len(deaf) > 5 else ''} (see the page Sources)" if deaf else ""
    )
    yield Finding("sources", not deaf, f"{heard} of {all_} heard{names}")


def _mailboxes(settings: Settings) -> Iterator[Finding]:
    from answerable.run.mailboxes import looked_at

    for number, well, said in looked_at(settings):
        yield Finding(f"mailbox {number}", well, said)


def _calls(settings: Settings) -> Iterator[Finding]:
    from answerable.run.courier import mail_server
    from answerable.store import notices

    try:
        mail_server(settings)
    except AnswerableError as error:
        yield Finding("mail", False, " ".join(str(error).split()))
    failed, unreached = notices.troubles(datetime.now(UTC))
    said = f"{failed} notices not delivered in a week, {unreached} calls that reach nobody"
    ok = not failed and not unreached
    yield Finding("calls", ok, "every notice arrived" if ok else f"{said}: see the page Notices")
