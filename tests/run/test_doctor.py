"""`answerable doctor` finds what is wrong and says what to do about it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection

from answerable.run import cli


def _findings(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, Any]]:
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    return {row["name"]: row for row in json.loads(said)["findings"]}


@pytest.mark.store
def test_a_sound_desk_is_well(desk: Any, capsys: pytest.CaptureFixture[str], database: str) -> None:
    """On a fresh desk every finding is good and the exit code is 0."""
    assert cli.main(["doctor", "--json"]) == 0
    findings = _findings(capsys)
    assert all(row["ok"] for row in findings.values())
    assert {"version", "disk", "keys", "database", "ledger", "sources", "sqlite (parse worker)"} <= set(
        findings
    )
    assert ("PostgreSQL" if database == "postgres" else "SQLite") in findings["database"]["said"]


def test_a_key_file_others_can_read_is_found(desk: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Keys that others can read are named with the command that mends it."""
    (desk.home / "keys.json").chmod(0o644)
    assert cli.main(["doctor", "--json"]) == 1
    found = _findings(capsys)["keys"]
    assert not found["ok"]
    assert "chmod 600" in found["said"]


def test_a_changed_ledger_is_found(desk: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """A ledger row that somebody changed behind our back is named by its number."""
    from answerable.store import people

    people.create_unit(desk.alice, name="Public Health", parent=desk.top, now=desk.now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute("UPDATE ledger SET reason = 'another' WHERE id = 1")
    assert cli.main(["doctor", "--json"]) == 1
    found = _findings(capsys)["ledger"]
    assert not found["ok"]
    assert "row 1" in found["said"]


def test_for_people_each_finding_is_a_line(desk: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --json, each line opens with ok or MEND."""
    assert cli.main(["doctor"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) >= 8
    assert all(line.startswith("ok") for line in lines)


def test_a_call_that_reaches_nobody_and_wrong_mail_settings_are_found(
    desk: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An alert without an order of people is named, and so is mail that would leave the machine unencrypted."""
    from tests.store.test_calls import raised

    raised(desk)
    monkeypatch.setenv("ANSWERABLE_SMTP_HOST", "mail.example")
    monkeypatch.setenv("ANSWERABLE_SMTP_SECURITY", "none")
    assert cli.main(["doctor", "--json"]) == 1
    findings = _findings(capsys)
    assert "1 calls that reach nobody" in findings["calls"]["said"]
    assert "unencrypted" in findings["mail"]["said"]
