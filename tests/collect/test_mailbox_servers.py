"""Servers that misbehave over IMAP: each is cut off within its time or its limits, and named."""

from __future__ import annotations

import contextlib
import shutil
import socket
import ssl
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from answerable.collect.fetch import Fetcher
from answerable.collect.mailbox import imap
from answerable.collect.mailbox.collector import MailboxCollector
from answerable.errors import SourceTrouble
from answerable.records import SourceClass, SourceFacts
from tests.collect import dovecot

Talk = Callable[[socket.socket, Callable[[], bytes]], None]
Misbehaviour = Callable[[socket.socket, bytes], None]
GREETING = b"* OK [CAPABILITY IMAP4rev1] ready\r\n"


@pytest.fixture(scope="module")
def certificate() -> Iterator[Path]:
    """A folder with a certificate and its key."""
    folder = Path(tempfile.mkdtemp(prefix="answerable-imap-"))
    dovecot._certificate(folder)
    yield folder
    shutil.rmtree(folder)


@contextlib.contextmanager
def speaking(talk: Talk, folder: Path, *, tls: bool = True) -> Iterator[int]:
    """A server that says what the test wants; yields its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    listening = socket.create_server((dovecot.HOST, 0))

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                sock, _ = listening.accept()
                threading.Thread(target=answer, args=(sock,), daemon=True).start()

    def answer(sock: socket.socket) -> None:
        with contextlib.suppress(OSError), sock:
            spoken = context.wrap_socket(sock, server_side=True) if tls else sock
            file = spoken.makefile("rb")
            talk(spoken, file.readline)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.close()


def honest_until(command: bytes, then: Callable[[socket.socket, bytes], None]) -> Talk:
    """A server that behaves up to a command, of which it makes what `then` does."""

    def talk(sock: socket.socket, line: Callable[[], bytes]) -> None:
        sock.sendall(GREETING)
        while said := line():
            tag, _, rest = said.strip().partition(b" ")
            if rest.upper().startswith(command):
                then(sock, tag)
                return
            if rest.upper().startswith(b"CAPABILITY"):
                sock.sendall(b"* CAPABILITY IMAP4rev1\r\n")
            if rest.upper().startswith(b"SELECT"):
                sock.sendall(b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [PERMANENTFLAGS (\\*)] x\r\n")
                sock.sendall(tag + b" OK [READ-WRITE] done\r\n")
                continue
            if rest.upper().startswith(b"UID SEARCH"):
                sock.sendall(b"* SEARCH 1 2 3\r\n")
            if b"RFC822.SIZE" in rest.upper():
                when = b'INTERNALDATE "16-Mar-2026 09:00:00 +0000"'
                sock.sendall(
                    b"".join(b"* %d FETCH (UID %d RFC822.SIZE 10 %s)\r\n" % (n, n, when) for n in (1, 2, 3))
                )
            sock.sendall(tag + b" OK done\r\n")

    return talk


def hang(sock: socket.socket, tag: bytes) -> None:
    time.sleep(30)


def drip(sock: socket.socket, tag: bytes) -> None:
    while True:
        sock.sendall(b"*")
        time.sleep(0.05)


def endless_lines(sock: socket.socket, tag: bytes) -> None:
    while True:
        sock.sendall(b"* OK still working on it, please wait\r\n" * 1_000)


def endless_line(sock: socket.socket, tag: bytes) -> None:
    while True:
        sock.sendall(b"x" * 100_000)


def huge_literal(sock: socket.socket, tag: bytes) -> None:
    sock.sendall(b"* 1 FETCH (UID 1 BODY[]<0> {4000000000}\r\n")
    endless_line(sock, tag)


def closes(sock: socket.socket, tag: bytes) -> None:
    sock.close()


def nonsense(sock: socket.socket, tag: bytes) -> None:
    sock.sendall(b"* 1 FETCH (UID x BODY[]<0> (((((\r\n" + tag + b" OK done\r\n")
    time.sleep(5)


def refuses(sock: socket.socket, tag: bytes) -> None:
    sock.sendall(tag + b" NO not today, " + PASSWORD.encode() + b"\r\n")
    time.sleep(5)


PASSWORD = "a-plain-password"
STAGES = (b"CAPABILITY", b"LOGIN", b"SELECT", b"UID SEARCH", b"UID FETCH")
WAYS = (hang, drip, endless_lines, endless_line, huge_literal, closes, nonsense, refuses)


def visit(port: int, folder: Path, *, starttls: bool = False) -> str:
    """One visit; the code of the trouble, "" when there was none."""
    scheme = "imap" if starttls else "imaps"
    facts = SourceFacts(
        1, "mailbox", f"{scheme}://desk@{dovecot.HOST}:{port}/INBOX", SourceClass.PUBLIC, secret=PASSWORD
    )
    fetcher = Fetcher((f"{dovecot.HOST}:{port}",), seconds=1.0, authorities=str(folder / "cert.pem"))
    made = MailboxCollector(facts, fetcher, None)  # type: ignore[arg-type] # no mail is ever reached
    try:
        list(made.collect({}))
    except SourceTrouble as trouble:
        return trouble.code if PASSWORD not in repr(trouble) else "tells the password"
    return ""


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.decode())
def test_misbehaving_servers_are_cut_off(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, stage: bytes
) -> None:
    """At each step of a visit: hanging, dripping, endless, enormous, broken off, nonsense, refused. Each ends
    within its time and its memory, as a trouble that has a sentence, and tells nobody the password."""
    for way in WAYS:
        reached: list[bytes] = []

        def misbehave(
            sock: socket.socket, tag: bytes, way: Misbehaviour = way, reached: list[bytes] = reached
        ) -> None:
            reached.append(tag)
            way(sock, tag)

        # On a busy machine an honest step may take longer than is waited here: that visit says nothing.
        for attempt in range(10):
            began = time.monotonic()
            monkeypatch.setattr(imap, "COMMAND_S", 0.4 if attempt < 5 else 2)
            monkeypatch.setattr(imap, "BATCH_S", 0.4 if attempt < 5 else 2)
            with speaking(honest_until(stage, misbehave), certificate) as port:
                code = visit(port, certificate)
            if reached:
                break
        assert reached, (stage, way)
        assert code in {
            "timeout", "connection_lost", "mail_too_much", "bad_mail_answer", "mail_server_no", "sign_in", "no_folder", "no_uids",
        } or (stage, way, code) == (b"UID SEARCH", nonsense, ""), (stage, way, code)  # fmt: skip
        assert time.monotonic() - began < 20, way


@pytest.mark.parametrize("way", [hang, drip, endless_line], ids=lambda way: way.__name__)
def test_no_greeting_is_waited_for_forever(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, way: Callable[[socket.socket, bytes], None]
) -> None:
    """A server that says nothing, or never ends its first line, is left."""
    monkeypatch.setattr(imap, "COMMAND_S", 0.4)
    with speaking(lambda sock, _: way(sock, b""), certificate) as port:
        assert visit(port, certificate) in {"timeout", "mail_too_much"}


def test_mails_that_are_not_handed_out_are_not_passed_over(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that lists mails and then hands out none of them: a trouble, and the cursor stays before them."""
    monkeypatch.setattr(imap, "COMMAND_S", 2.0)
    with speaking(honest_until(b"LOGOUT", closes), certificate) as port:
        assert visit(port, certificate) == "mail_server_no"


def test_nothing_said_in_plain_survives_starttls(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers put in before the encryption begins, a server that is signed in already, and one that offers no
    encryption: the conversation ends before a password is said."""
    monkeypatch.setattr(imap, "COMMAND_S", 1.0)
    heard: list[bytes] = []

    def injecting(sock: socket.socket, line: Callable[[], bytes]) -> None:
        """Encrypts as it should, after it put an answer of its own before the encryption."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
        sock.sendall(GREETING.replace(b"IMAP4rev1", b"IMAP4rev1 STARTTLS"))
        while said := line():
            heard.append(said)
            tag = said.split(b" ")[0]
            if b"STARTTLS" in said:
                sock.sendall(tag + b" OK go on\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n")
                sock = context.wrap_socket(sock, server_side=True)
                line = sock.makefile("rb").readline
            else:
                listed = b"* CAPABILITY IMAP4rev1 STARTTLS\r\n" if b"CAPABILITY" in said else b""
                sock.sendall(listed + tag + b" OK done\r\n")

    def signed_in(sock: socket.socket, line: Callable[[], bytes]) -> None:
        sock.sendall(b"* PREAUTH welcome\r\n")
        while said := line():
            heard.append(said)
            sock.sendall(b"* CAPABILITY IMAP4rev1\r\n" + said.split(b" ")[0] + b" OK done\r\n")

    def unwilling(sock: socket.socket, line: Callable[[], bytes]) -> None:
        sock.sendall(GREETING)
        while said := line():
            heard.append(said)
            listed = b"* CAPABILITY IMAP4rev1\r\n" if b"CAPABILITY" in said else b""
            sock.sendall(
                listed + said.split(b" ")[0] + (b" BAD no\r\n" if b"STARTTLS" in said else b" OK x\r\n")
            )

    for talk in (injecting, signed_in, unwilling):
        with speaking(talk, certificate, tls=False) as port:
            assert visit(port, certificate, starttls=True)
    assert heard
    assert not any(b"LOGIN" in line or b"AUTHENTICATE" in line for line in heard)
