"""The command line is quick, says what to do in one line, and keeps its exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from answerable.errors import BadInput, NotReady, SourceTrouble
from answerable.run import cli, output
from tests.run import desks

COMMANDS = (
    "up",
    "add",
    "import",
    "read",
    "stories",
    "report",
    "drill",
    "evaluate",
    "export",
    "erase",
    "doctor",
)


@pytest.mark.alone
def test_help_comes_at_once() -> None:
    """`answerable --help` needs at most 0.4 s, the best of five on a busy machine."""
    times = []
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run(
            [Path(sys.executable).parent / "answerable", "--help"], capture_output=True, check=True
        )
        times.append(time.perf_counter() - started)
    assert min(times) <= 0.4, times


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """Each command is in the help with a sentence, and has a help of its own."""
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    for name in COMMANDS:
        assert f"\n    {name} " in said
        with pytest.raises(SystemExit):
            cli.main([name, "--help"])
        assert "usage: answerable " + name in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("unknown",),
        ("import",),
        ("export", "people"),
        ("add", "x", "--class", "friend"),
        ("stories", "--limit", "-1"),
    ],
)
def test_a_wrong_word_is_bad_input(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """What the command line does not know ends with exit 2 and says what it knows."""
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    assert ended.value.code == 2
    assert "usage: answerable" in capsys.readouterr().err


def _handler(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    from answerable.run.commands import doctor

    def fail(_: object) -> int:
        raise error

    monkeypatch.setattr(doctor, "main", fail)


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (NotReady("Two words.\nOn two lines."), 1, "answerable: Two words. On two lines.\n"),
        (BadInput("Not usable."), 2, "answerable: Not usable.\n"),
        (SourceTrouble("http_404"), 2, "answerable: There is nothing at this address any more (404).\n"),
        (SourceTrouble("never_seen"), 2, "answerable: The source could not be read (never_seen): "),
        (KeyboardInterrupt(), 130, "answerable: Stopped. "),
        (OSError(28, "No space left on device"), 1, "answerable: The disk is full: free some space"),
    ],
)
def test_an_error_is_one_line_and_its_exit_code(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    code: int,
    line: str,
) -> None:
    """Every error is one line on stderr; nothing goes to stdout."""
    _handler(monkeypatch, error)
    assert cli.main(["doctor"]) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(line)
    assert said.err.count("\n") == 1


def test_the_unexpected_goes_to_the_log(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An error nobody foresaw is one line with exit 1; its traceback stands in the log it names."""
    _handler(monkeypatch, ZeroDivisionError("a number of ours"))
    assert cli.main(["doctor"]) == 1
    said = capsys.readouterr().err
    log = output.log_file()
    assert log is not None
    assert str(log) in said
    assert "Traceback" not in said
    assert "ZeroDivisionError: a number of ours" in log.read_text("utf-8")


def test_a_reader_who_leaves_is_no_error(tmp_path: Path) -> None:
    """`answerable … | head` ends quietly when head has seen enough."""
    done = subprocess.run(
        f"{sys.executable} -m answerable.run.cli export items 2>{tmp_path / 'err'} | true; cat {tmp_path / 'err'}",
        shell=True,
        env=desks.environment(tmp_path / "home"),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "Traceback" not in done.stdout
    assert "BrokenPipe" not in done.stdout


def test_json_is_exactly_one_line(tmp_path: Path) -> None:
    """With --json, stdout holds one line of JSON and nothing else, also in a folder that was never used."""
    done = desks.run(tmp_path / "home", "stories", "--json")
    assert (done.returncode, done.stdout) == (0, "[]\n")
    assert (tmp_path / "home" / "keys.json").stat().st_mode & 0o777 == 0o600


def test_a_mistaken_setting_is_one_line(tmp_path: Path) -> None:
    """A setting that cannot be read names itself and what it needs."""
    done = desks.run(tmp_path / "home", "stories", PORT="eighty")
    assert done.returncode == 1
    assert (
        done.stderr
        == "answerable: The setting port is 'eighty', but needs a whole number: correct it, then start again.\n"
    )


def test_emit_json_writes_times_in_utc(capsys: pytest.CaptureFixture[str], now: object) -> None:
    """Values for programs: UTC with a Z, no spaces, Chinese as it is."""
    output.emit_json({"at": now, "said": "停水", "path": Path("/a")})
    line = capsys.readouterr().out
    assert line == '{"at":"2026-03-02T09:00:00Z","said":"停水","path":"/a"}\n'
    assert json.loads(line)["said"] == "停水"
