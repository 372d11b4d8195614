"""A real Dovecot for tests: unprivileged, from a folder of its own, on loopback ports, with its own certificate.

Where it is not installed the tests fail, as they do without a browser.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from imapclient import IMAPClient

from answerable.collect.fetch import Fetcher
from tests.ports import free_port

HOST = "127.0.0.1"
PASSWORD = "a_long_päss_word"
USER = "desk@town.example"


@dataclass(frozen=True)
class Dovecot:
    """A running server, and how the tests speak to it beside the desk."""

    folder: Path
    tls_port: int
    plain_port: int

    @property
    def certificate(self) -> str:
        """The file with the server's own certificate, to be trusted."""
        return str(self.folder / "cert.pem")

    def address(self, user: str = USER, folder: str = "INBOX", done: str = "", starttls: bool = False) -> str:
        """As `add` takes it."""
        end = f"?done={done}" if done else ""
        scheme, port = ("imap", self.plain_port) if starttls else ("imaps", self.tls_port)
        return f"{scheme}://{user.replace('@', '%40')}@{HOST}:{port}/{folder}{end}"

    @property
    def allowed(self) -> tuple[str, ...]:
        """The setting `allow_private` for it."""
        return (f"{HOST}:{self.tls_port}", f"{HOST}:{self.plain_port}")

    def fetcher(self, seconds: float = 20.0) -> Fetcher:
        """A guard that lets us connect here."""
        return Fetcher(self.allowed, seconds=seconds, authorities=self.certificate)

    @contextlib.contextmanager
    def spoken(self, user: str = USER, folder: str = "INBOX") -> Iterator[IMAPClient]:
        """A mail program of somebody's: not our client."""
        client = IMAPClient(HOST, self.plain_port, ssl=False)
        try:
            client.plain_login(user, PASSWORD)
            if folder:
                client.select_folder(folder)
            yield client
        finally:
            with contextlib.suppress(Exception):
                client.logout()

    def deliver(
        self, *mails: bytes, user: str = USER, folder: str = "INBOX", at: datetime | None = None
    ) -> None:
        """Put mails into a folder, as they are."""
        with self.spoken(user, "") as client:
            for mail in mails:
                client.append(folder, mail, msg_time=at)

    def flags(self, user: str = USER, folder: str = "INBOX") -> list[set[bytes]]:
        """The flags of each mail, without what the server adds, in order."""
        with self.spoken(user, folder) as client:
            found = client.get_flags(client.search("ALL"))
            return [set(found[uid]) - {b"\\Recent"} for uid in sorted(found)]

    def forget_uids(self, user: str = USER) -> None:
        """Another UIDVALIDITY and other UIDs for the same mails, as after a server was put back from a copy."""
        box = self.folder / "mail" / user / "Maildir"
        for file in box.glob("dovecot*"):
            file.unlink()
        time.sleep(1.1)  # UIDVALIDITY is a time in seconds


@contextlib.contextmanager
def serving() -> Iterator[Dovecot]:
    """Run a server while the tests need it."""
    program = shutil.which("dovecot") or "/usr/sbin/dovecot"
    if not Path(program).exists():
        raise AssertionError("Dovecot is not installed: apt-get install dovecot-imapd, then try again.")
    folder = Path(tempfile.mkdtemp(prefix="answerable-dovecot-"))
    user = "dovecot" if os.geteuid() == 0 else getpass.getuser()
    tls_port, plain_port = free_port(), free_port()
    (folder / "mail").mkdir()
    (folder / "run").mkdir()
    _certificate(folder)
    _configure(folder, user, tls_port, plain_port)
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, user, user)
    process = subprocess.Popen(
        [program, "-F", "-c", str(folder / "dovecot.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **({"user": user, "group": user, "extra_groups": []} if os.geteuid() == 0 else {}),
    )
    server = Dovecot(folder, tls_port, plain_port)
    try:
        _wait(server, process)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(server: Dovecot, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection((HOST, server.plain_port), 1) as sock:
            if sock.recv(200).startswith(b"* OK"):
                return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    log = server.folder / "log"
    raise AssertionError(
        f"Dovecot did not start: {log.read_text('utf-8') if log.exists() else process.poll()}"
    )


def _certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )


def _configure(folder: Path, user: str, tls_port: int, plain_port: int) -> None:
    (folder / "dovecot.conf").write_text(
        f"""
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = {HOST}
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {user}
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail/%u/Maildir
mail_home = {folder}/mail/%u
mailbox_list_index = no
first_valid_uid = 1
first_valid_gid = 1
mail_max_userip_connections = 50
imap_idle_notify_interval = 30 s
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={user} gid={user} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain_port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
auth_failure_delay = 0
shutdown_clients = yes
service stats {{
  chroot =
}}
""",
        "utf-8",
    )
