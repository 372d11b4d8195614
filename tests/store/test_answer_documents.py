"""Documents of answers: what may be stored, and that one that is erased stays away."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from answerable.errors import BadInput, Conflict
from answerable.run import cli
from answerable.run.engine import LocalEngine
from answerable.store import answer_documents, erase
from answerable.store.keyring import Keyring
from answerable.store.models import AnswerDocument, LedgerRow
from answerable.store.reading import rumours
from tests.cast import Desk
from tests.promises.planted import files, rows
from tests.store.answering import drafted, opened, out
from tests.store.test_backups import command, elsewhere

pytestmark = pytest.mark.store
SECRET = b"zyzzyvasecret"
BODY = b"%PDF-1.7 " + SECRET
DIGEST = sha256(BODY).hexdigest()
ADDRESS = f"https://answers.example/documents/{DIGEST}"


def stored(desk: Desk, number: int) -> AnswerDocument:
    return answer_documents.store(
        desk.carol, number, title="A list of zyzzyvapeople", name="zyzzyvaname.pdf", body=BODY,
        given="f" * 64, now=desk.now,
    )  # fmt: skip


def test_an_erased_document_is_gone_for_good_and_its_hash_stays(desk: Desk) -> None:
    """By its address, whatever case it is cited by: no byte, name or title of it stays in a row or a file but what was
    approved; the page says so, a restored backup is emptied again, and nobody stores the same once more.

    Sabotage: leave `documents_again` out of the engine's start, or `erased_at=None` out of `standing`.
    """
    of = opened(desk)
    stored(desk, of.pk)
    out(desk, drafted(desk, of, evidence=[(None, "A list", ADDRESS)]))
    assert Client().get(f"/documents/{DIGEST}").content == BODY
    engine = LocalEngine(desk.home, Keyring.open(desk.home))
    try:
        assert engine.erase("https://answers.example/documents/" + "0" * 64) == 0
        assert engine.erase(f" {ADDRESS} ") == 1
        assert engine.erase(ADDRESS) == 0
    finally:
        engine.close()
    _gone(desk)
    entry = LedgerRow.objects.latest("pk")
    assert (entry.action, entry.object) == ("answer.document_erase", of.pk)
    with pytest.raises(Conflict):
        stored(desk, of.pk)
    # As after the restore of an older backup: the row is whole again, and the list of erasures is newer.
    AnswerDocument.objects.all().delete()
    stored(desk, of.pk)
    assert erase.documents_back(desk.home) == [DIGEST]
    LocalEngine(desk.home, Keyring.open(desk.home)).close()
    _gone(desk)
    assert erase.remembered(desk.home) == {}
    assert [json.loads(line)["document"] for line in (desk.home / "erasures.jsonl").open()] == [DIGEST]


def test_a_restore_by_command_brings_no_erased_document_back(
    desk: Desk, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """Backed up, then erased here, then restored by the real command with this desk's list of erasures: its bytes,
    name and title stand in no row and no file of the restored desk, and its page says that it was erased.

    Sabotage: leave `_erase_again` out of the command, or `documents_again` out of the engine's start.
    """
    of = opened(desk)
    stored(desk, of.pk)
    out(desk, drafted(desk, of, evidence=[(None, "A list", ADDRESS)]))
    backup = tmp_path / "desk.backup"
    assert cli.main(["backup", str(backup)]) == 0
    assert b"zyzzyvapeople" in _unpacked(backup), "nothing to prove"
    assert cli.main(["erase", ADDRESS]) == 0
    environ = elsewhere(tmp_path, pytestconfig, desk.home)
    shutil.copy(desk.home / "erasures.jsonl", environ["ANSWERABLE_HOME"])
    done = command(environ, "restore", str(backup), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["erased_again"] == 1
    looked = [sys.executable, "-c", _LOOKS, DIGEST]
    seen = subprocess.run(looked, env=environ, capture_output=True, check=True).stdout
    assert seen.startswith(b"410 True\n"), seen[:200]
    lies = files(Path(environ["ANSWERABLE_HOME"])) + seen
    assert [word for word in (SECRET, b"zyzzyvaname", b"zyzzyvapeople", b"f" * 64) if word in lies] == []


_LOOKS = """
import sys
from answerable.run.start import django
django()
from django.test import Client
from tests.promises import planted
answer = Client(HTTP_HOST="localhost").get(f"/documents/{sys.argv[1]}")
print(answer.status_code, b"This was erased" in answer.content, flush=True)
sys.stdout.buffer.write(planted.rows())
"""


def _unpacked(backup: Path) -> bytes:
    with zipfile.ZipFile(backup) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def _gone(desk: Desk) -> None:
    lies: Any = rows() + files(desk.home)
    assert [word for word in (SECRET, b"zyzzyvaname", b"zyzzyvapeople", b"f" * 64) if word in lies] == []
    answer = Client().get(f"/documents/{DIGEST}")
    assert (answer.status_code, b"This was erased" in answer.content) == (410, True)
    number = AnswerDocument.objects.get().answer_id
    page = Client().get(f"/rumours/{number}/").content.decode()
    assert "Erased " in page
    assert DIGEST in page
    assert "/documents/" not in page
    assert rumours.document(DIGEST) is not None


@pytest.mark.parametrize(
    "body", [b"MZ\x90\x00" + bytes(99), b"#!/bin/sh\n", b"<svg/>", b"\n <!doctype html>", b"%!\n<script>"]
)
def test_what_can_run_is_no_evidence(desk: Desk, body: bytes) -> None:
    """Whoever calls the store: bytes that begin as a program or hold markup are refused.

    Sabotage: leave HARMFUL out of `store`.
    """
    of = opened(desk)
    with pytest.raises(BadInput):
        answer_documents.store(desk.carol, of.pk, title="A list", name="list.pdf", body=body, now=desk.now)
    assert not AnswerDocument.objects.exists()
