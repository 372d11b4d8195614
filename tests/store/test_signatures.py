"""Each statement that goes out is signed, and an outsider can check it with tools that are not ours."""

from __future__ import annotations

import json
import shutil
import subprocess
from base64 import b64decode
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.test import Client

from answerable.run.cli import main
from answerable.store import signatures, statements
from answerable.store.models import StatementSignature
from tests.cast import Desk
from tests.store.scene import draft, incident, publish


def downloaded(desk: Desk, folder: Path) -> tuple[Path, Path, Path]:
    """What anybody downloads of one published version: body, signature, key."""
    version = publish(desk, draft(desk, machine_help="Translated by machine, read by a person"))
    base = f"/statements/{version.statement_id}/versions/1"
    files = (folder / "signed.json", folder / "signed.sig", folder / "signing-key.pem")
    for file, address in zip(
        files, (f"{base}/signed.json", f"{base}/signed.sig", "/signing-key.pem"), strict=True
    ):
        response = Client().get(address)
        assert response.status_code == 200, address
        file.write_bytes(response.content)
    return files


def test_an_outsider_checks_it_with_openssl_alone(desk: Desk, tmp_path: Path) -> None:
    """The documented command says yes to the download, and no when one letter or the signature is another."""
    openssl = shutil.which("openssl")
    assert openssl, "openssl is part of every machine that runs this test"
    body, signature, key = downloaded(desk, tmp_path)
    page = Client().get("/checking/").content.decode()
    command = next(line for line in page.split(">") if line.startswith("openssl ")).split("<")[0].strip()
    words = [{"signed.json": str(body), "signed.sig": str(signature), "signing-key.pem": str(key)}.get(one, one) for one in command.split()]  # fmt: skip
    assert subprocess.run(words, capture_output=True, check=False, timeout=30).returncode == 0
    body.write_bytes(body.read_bytes().replace(b"rust", b"dust"))
    assert subprocess.run(words, capture_output=True, check=False, timeout=30).returncode != 0


def test_an_outsider_checks_it_with_another_library(desk: Desk, tmp_path: Path) -> None:
    """cryptography alone reads key and signature; every single changed byte of either breaks it."""
    files = downloaded(desk, tmp_path)
    body, signature, pem = (file.read_bytes() for file in files)
    key = load_pem_public_key(pem)
    key.verify(signature, body)  # type: ignore[union-attr,call-arg,arg-type]
    for place in range(0, len(body), 97):
        changed = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        with pytest.raises(InvalidSignature):
            key.verify(signature, changed)  # type: ignore[union-attr,call-arg,arg-type]
    said = json.loads(body)
    assert said["voice"] == {"number": desk.voice.pk, "name": "Bob Saltmarsh", "role": "Spokesperson"}
    assert said["machine_help"] == "Translated by machine, read by a person"
    assert (said["approved"], said["body"]) == ("two people", "Brackwater Council")


def test_the_command_checks_a_download(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 0 and who said it; exit 2 for other bytes, another key, or a file that is none."""
    body, signature, key = downloaded(desk, tmp_path)
    typed = ["verify-statement", str(body), str(signature), "--key", str(key)]
    assert main([*typed, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["voice"] == "Bob Saltmarsh, Spokesperson"
    assert main(["verify-statement", str(body), str(signature), "--key", str(body)]) == 2
    body.write_bytes(body.read_bytes() + b" ")
    capsys.readouterr()
    assert main([*typed, "--json"]) == 2
    assert json.loads(capsys.readouterr().out) == {"holds": False}


def test_each_version_has_its_own_signature_that_stays(desk: Desk) -> None:
    """A correction is signed anew; what the first one's signature covers never changes."""
    first = publish(desk, draft(desk))
    kept = StatementSignature.objects.get(version=first)
    second = statements.revise(
        desk.carol, first.statement_id, title="New", text="Words", change_note="Taps", now=desk.now
    )
    publish(desk, second)
    again = StatementSignature.objects.get(version=first)
    assert (again.body, again.signature) == (kept.body, kept.signature)
    assert json.loads(StatementSignature.objects.get(version=second).body)["change"] == "correct"


def test_an_exercise_is_not_signed_and_the_key_is_in_no_row(desk: Desk) -> None:
    """Nobody finds our signature under an exercise; the private key stands in the key file alone."""
    publish(desk, draft(desk, incident(desk, exercise=True)))
    assert StatementSignature.objects.count() == 0
    publish(desk, draft(desk))
    row = StatementSignature.objects.get()
    assert row.key == signatures.public_key()
    assert len(b64decode(row.key)) == 32
    private = json.loads((desk.home / "keys.json").read_text("utf-8"))["statement_key"]
    assert private not in (row.body, row.signature, row.key)
    assert (desk.home / "keys.json").stat().st_mode & 0o777 == 0o600
