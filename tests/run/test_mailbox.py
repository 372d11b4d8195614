"""A mailbox from end to end: mails of a real Dovecot become items, once each, and news needs no waiting."""

from __future__ import annotations

import io
import json
import random
import threading
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from answerable.collect.fetch import Fetcher
from answerable.collect.mailbox.imap import Mailbox
from answerable.run import cli, collectors
from answerable.run.intake import Tools
from answerable.run.mailboxes import looked_at
from answerable.settings import load
from answerable.store import sources
from answerable.store.keyring import Keyring
from answerable.store.models import ItemRow, Source
from tests.collect import dovecot
from tests.collect.dovecot import PASSWORD, Dovecot
from tests.collect.mails import mail
from tests.promises.planted import read_beside
from tests.run.test_collectors import ask, listening

pytestmark = pytest.mark.store
USERS = iter(range(1_000))


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    """One real server."""
    with dovecot.serving() as running:
        yield running


@pytest.fixture
def user() -> str:
    """An account nobody used before."""
    return f"account-{next(USERS)}@town.example"


def added(desk: Any, tools: Tools, server: Dovecot, user: str) -> Source:
    """The mailbox as a source, its password in the key file, its server allowed."""
    tools.fetcher = server.fetcher()
    tools.keyring.keep_password(server.address(user), PASSWORD)
    return sources.add(
        desk.alice, kind="mailbox", address=server.address(user), name="Town mailbox", source_class="public",
        purpose="service failure", unit=desk.top, now=datetime.now(UTC),
    )  # fmt: skip


def texts() -> list[str]:
    return list(ItemRow.objects.order_by("id").values_list("text", flat=True))


def test_mails_become_items_without_names(desk: Any, server: Dovecot, user: str) -> None:
    """A mail is an item with its subject and own words; its writer is a pseudonym, no address of theirs stands
    in the database, and the source is well."""
    text = "Brown water in Mill Lane, call me on +44 20 7946 0958.\n\nKind regards\nAnn Reader\nann.reader@post.example"
    server.deliver(mail(text, subject="Re: Water"), user=user)
    with listening(desk) as tools:
        source = ask(tools, added(desk, tools, server, user))
    assert (source.trouble, source.items, source.rejected) == ("", 1, 0)
    row = ItemRow.objects.get()
    assert row.title == "Water"
    assert row.text.startswith("Brown water in Mill Lane")
    assert "7946" not in row.text
    assert row.author is not None
    kept = b"".join(read_beside(file) for file in desk.home.glob("answerable.db*"))
    assert b"ann.reader" not in kept.lower()
    assert PASSWORD.encode() not in kept
    assert b"Reader" not in kept


def test_killed_between_commit_and_mark_nothing_doubles(
    desk: Any, server: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process ends after the engine's commit and before the mark: each mail is one item, and all are marked
    at the next visit. Killed before the commit, they are read again."""
    server.deliver(mail("first", number=1), mail("second", number=2), user=user)

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with listening(desk) as tools:
        source = added(desk, tools, server, user)
        with monkeypatch.context() as patched:
            patched.setattr(Mailbox, "finish", killed)
            with pytest.raises(KeyboardInterrupt):
                ask(tools, source)
        assert (texts(), server.flags(user)) == (["first", "second"], [set(), set()])
        server.deliver(mail("third", number=3), user=user)
        ask(tools, source)
    assert texts() == ["first", "second", "third"]
    assert server.flags(user) == [{b"$Answerable"}] * 3


def test_other_uids_double_nothing(desk: Any, server: Dovecot, user: str) -> None:
    """The server was put back from a copy (another UIDVALIDITY): every mail is still one item."""
    server.deliver(mail("first", number=1), mail("second", number=2), user=user)
    with listening(desk) as tools:
        source = ask(tools, added(desk, tools, server, user))
        server.forget_uids(user)
        server.deliver(mail("third", number=3), user=user)
        source = ask(tools, source)
    assert (texts(), source.trouble) == (["first", "second", "third"], "")


def test_a_wrong_password_stands_on_the_source(desk: Any, server: Dovecot, user: str) -> None:
    """The page can say what is wrong; the password is on no row and in no sentence of it."""
    server.deliver(mail(), user=user)
    with listening(desk) as tools:
        source = added(desk, tools, server, user)
        tools.keyring.keep_password(source.address, "not the password")
        source = ask(tools, source)
        assert (source.trouble, source.trouble_params, source.items) == ("sign_in", {"host": "127.0.0.1"}, 0)
        tools.keyring.keep_password(source.address, PASSWORD)
        assert (ask(tools, source).trouble, source.items) == ("", 1)


def test_new_mail_is_an_item_at_once(
    desk: Any, server: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The collectors' own loop: a mail that comes between two visits is an item in seconds, not after the
    interval of five minutes, because the server woke us."""
    monkeypatch.setattr(
        collectors, "Fetcher", lambda **_: Fetcher(server.allowed, authorities=server.certificate)
    )
    monkeypatch.setattr("answerable.run.watching.LOOK_S", 0.2)
    server.deliver(mail("first", number=1), user=user)
    with listening(desk) as tools:
        source = added(desk, tools, server, user)
        stop = threading.Event()
        loop = threading.Thread(target=collectors.main, args=(stop,))
        loop.start()
        try:
            _wait(lambda: texts() == ["first"])
            _wait(lambda: any(thread.name == f"watch-{source.pk}" for thread in threading.enumerate()))
            time.sleep(2.5)  # the visit that the new watch asks for is over
            source.refresh_from_db()
            assert (source.next_try_at - datetime.now(UTC)).total_seconds() > 200
            server.deliver(mail("second", number=2), user=user)
            _wait(lambda: texts() == ["first", "second"])
        finally:
            stop.set()
            loop.join(30)


def test_doctor_signs_in_and_says_what_is_wrong(
    desk: Any, server: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mailbox that opens is well; one whose password changed is named with what to do, without the password;
    a password of the environment goes before the one in the key file."""
    server.deliver(mail(), user=user)
    monkeypatch.setenv("ANSWERABLE_ALLOW_PRIVATE", " ".join(server.allowed))
    monkeypatch.setenv("ANSWERABLE_CA_FILE", server.certificate)
    place = server.address(user)
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))
    assert cli.main(["add", place, "--password-file", "-", "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["items"] == 1
    assert PASSWORD not in said.out + said.err

    def finding() -> tuple[bool, str]:
        found = list(looked_at(load()))
        assert [number for number, _, _ in found] == [Source.objects.get().pk]
        assert PASSWORD not in found[0][2]
        return found[0][1:]

    assert finding() == (True, "signed in, tells of new mail")
    Keyring.open(desk.home).keep_password(place, "old")
    well, told = finding()
    assert not well
    assert "does not accept the user name and password" in told
    monkeypatch.setenv("ANSWERABLE_MAILBOX_PASSWORDS", json.dumps({place: PASSWORD}))
    assert finding()[0]


def test_add_says_what_is_wrong_and_adds_nothing(
    desk: Any, server: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong password, a server that is not allowed, a password in the address: one sentence, no source."""
    server.deliver(mail(), user=user)
    monkeypatch.setenv("ANSWERABLE_CA_FILE", server.certificate)
    place = server.address(user)
    for address, allowed in (
        (place, "10.0.0.0/8"), (place, server.allowed[0]), (place.replace("@127", ":secret@127"), "10.0.0.0/8"),
    ):  # fmt: skip
        monkeypatch.setenv("ANSWERABLE_ALLOW_PRIVATE", allowed)
        monkeypatch.setattr("sys.stdin", io.StringIO("wrong\n"))
        assert cli.main(["add", address, "--password-file", "-"]) in (1, 2)
        said = capsys.readouterr()
        assert said.out == ""
        assert "secret" not in said.err
        assert len(said.err.strip().splitlines()) == 1
    assert not Source.objects.exists()


def test_planted_names_of_writers_are_found_nowhere(
    desk: Any, server: Dovecot, user: str, tmp_path: Path, seed: int
) -> None:
    """P1: 200 mails with names and addresses planted in headers, text, quote and signature: none is in the
    database, its log, the index, the exports or the backup."""
    luck = random.Random(seed)
    handles = ["zq" + "".join(luck.choices("bcdfghjklmnpqrstvwxz", k=10)) for _ in range(200)]
    mails = [
        mail(
            f"The lamp {n} is out, write to {h}b@post.example or @{h}c.\n\nRegards,\n{h.title()}d\n\n"
            f"On Tue, 3 Mar 2026, {h}e <{h}f@post.example> wrote:\n> {h}g",
            number=f"{h}h", subject=f"Lamp {n} {h}i@post.example", sender=f'"{h.title()}j" <{h}k@post.example>',
            Reply_To=f"{h}l@post.example", Received=f"from {h}m.example by x", X_Sender=f"{h}n",
        )
        for n, h in enumerate(handles)
    ]  # fmt: skip
    with server.spoken(user) as client:
        client.multiappend("INBOX", mails)
    with listening(desk) as tools:
        source = ask(tools, added(desk, tools, server, user))
    assert (source.items, source.trouble) == (200, "")
    assert cli.main(["backup", str(tmp_path / "copy")]) == 0
    for form in ("jsonl", "csv"):
        assert cli.main(["export", "items", "--format", form, "--out", str(tmp_path / form)]) == 0
    kept = b"".join(
        _read(file) for folder in (desk.home, tmp_path) for file in folder.rglob("*") if file.is_file()
    ).lower()
    assert kept.count(b"lamp 199") >= 4
    assert not [handle for handle in handles if handle.encode() in kept]


def _read(file: Path) -> bytes:
    """What a file holds, that of an archive unpacked."""
    if not zipfile.is_zipfile(file):
        return file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def _wait(true: Any) -> None:
    ends = time.monotonic() + 30
    while not true():
        assert time.monotonic() < ends, texts()
        time.sleep(0.1)
