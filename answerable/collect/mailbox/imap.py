"""One conversation with an IMAP server, over a connection that the fetcher judged and made.

Every command has one deadline and every answer a limit, so that a server can neither hang nor fill us.
"""

from __future__ import annotations

import imaplib
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from answerable.collect.mailbox.place import MailPlace
from answerable.errors import SourceTrouble

if TYPE_CHECKING:
    from answerable.collect.fetch import Fetcher

COMMAND_S = 20.0  # one command with its whole answer
BATCH_S = 60.0  # a fetch of many mails
MOST_LITERAL = 12 * 1024 * 1024  # bytes of one part of an answer
MOST_ANSWER = 40 * 1024 * 1024  # bytes of all of it
DONE, HELD = (
    b"$Answerable",
    b"$AnswerableHeld",
)  # keywords on mails that were heard, and that could not be read


@dataclass(frozen=True, slots=True)
class Folder:
    """What a server says of a folder when it is opened."""

    validity: int  # UIDVALIDITY: while it is the same, UIDs mean the same mails
    marks: bool  # whether our keywords can be set
    seen: bool  # whether \\Seen can be set, where keywords cannot


class _Connection(imaplib.IMAP4):
    """imaplib over our own socket, with one deadline for each answer and limits on what it may hold."""

    def __init__(self, dial: Callable[[], socket.socket], host: str) -> None:
        self._dial = dial
        self._held = bytearray()
        self.renew(COMMAND_S)
        super().__init__(host)

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:  # noqa: ARG002
        """The connection is made by the guard, not here."""
        self.host = host
        self.sock = self._dial()

    def renew(self, seconds: float) -> None:
        """What comes next may take so long in all."""
        self._ends = time.monotonic() + seconds
        self._room = MOST_ANSWER

    def read(self, size: int) -> bytes:
        """Exactly `size` bytes."""
        if size > MOST_LITERAL:
            raise SourceTrouble("mail_too_much")
        while len(self._held) < size:
            self._more()
        return self._taken(size)

    def readline(self) -> bytes:
        """One line, b"" at the end."""
        looked = 0
        while (at := self._held.find(b"\n", looked)) < 0:
            looked = len(self._held)
            if looked > 1_000_000:
                raise SourceTrouble("mail_too_much")
            try:
                self._more()
            except EOFError:
                return b""
        return self._taken(at + 1)

    def _taken(self, size: int) -> bytes:
        taken = bytes(self._held[:size])
        del self._held[:size]
        return taken

    def _more(self) -> None:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.sock.settimeout(left)
        part = self.sock.recv(262_144)
        if not part:
            raise EOFError
        self._room -= len(part)
        if self._room < 0:
            raise SourceTrouble("mail_too_much")
        self._held += part

    def encrypt(self, wrap: Callable[[socket.socket, str], ssl.SSLSocket]) -> None:
        """STARTTLS. What came before it in plain is an attack (CVE-2011-0411) and ends the conversation."""
        said, _ = self._simple_command("STARTTLS")
        if said != "OK" or self._held:
            raise SourceTrouble("tls", host=self.host)
        self.sock = wrap(self.sock, self.host)
        self._tls_established = True
        self._get_capabilities()

    def idle(self, seconds: float) -> bool:
        """IDLE (RFC 2177) for at most `seconds`: whether the server said that something came."""
        self.untagged_responses.pop("EXISTS", None)
        tag = self._command("IDLE")
        while self._get_response() is not None:
            pass  # what the server says before it begins to wait is kept by the library
        self.renew(seconds)
        try:
            while "EXISTS" not in self.untagged_responses:
                self._get_response()
        except TimeoutError:
            pass  # half a line stays in our hands until the rest comes
        self.renew(COMMAND_S)
        self.send(b"DONE\r\n")
        self._command_complete("IDLE", tag)
        return "EXISTS" in self.untagged_responses

    def shutdown(self) -> None:
        """Close without waiting for anybody."""
        self.sock.close()


class _Client(IMAPClient):  # type: ignore[misc]  # the library ships no types
    def __init__(self, dial: Callable[[], socket.socket], host: str) -> None:
        self._dial = dial
        super().__init__(host, ssl=False)
        # The library logs every line at its lowest level; mails belong in no log.
        self._imap.debug = 0
        self.normalise_times = False  # times keep their zone
        self._imap._mesg = _mute  # noqa: SLF001

    def _create_IMAP4(self) -> _Connection:  # noqa: N802 - the library's name
        return _Connection(self._dial, self.host)

    def _set_read_timeout(self) -> None:
        """Our deadlines rule."""


def _mute(*_: Any, **__: Any) -> None:
    return


class Mailbox:
    """A folder that was opened. `opened` makes one."""

    def __init__(self, client: Any, place: MailPlace, folder: Folder) -> None:
        self._client = client
        self._place = place
        self.folder = folder

    def newer(self, last: int, since: date) -> list[int]:
        """UIDs after `last`; of the whole folder (last 0) only of mails that arrived since `since`."""
        # `n:*` always names the last mail, also when it is older than n.
        wanted: list[Any] = ["UID", f"{last + 1}:*"] if last else ["SINCE", since]
        return sorted(uid for uid in self._search(wanted) if uid > last)

    def unmarked(self, last: int, since: date) -> list[int]:
        """UIDs up to `last` that were heard and not marked, because we ended in between."""
        if self._place.done:
            wanted: list[Any] = ["UNKEYWORD", HELD] if self.folder.marks else ["UNFLAGGED"]
        elif self.folder.marks:
            wanted = ["UNKEYWORD", DONE, "UNKEYWORD", HELD]
        else:
            return []
        return sorted(
            uid for uid in self._search(["UID", f"1:{last}", "SINCE", since, *wanted]) if uid <= last
        )

    def sizes(self, uids: Sequence[int]) -> dict[int, tuple[int, datetime | None]]:
        """Bytes of each mail that is still there, and when it arrived."""
        found = self._fetch(uids, ["RFC822.SIZE", "INTERNALDATE"], COMMAND_S)
        return {
            uid: (int(said.get(b"RFC822.SIZE", 0)), said.get(b"INTERNALDATE")) for uid, said in found.items()
        }

    def bodies(self, uids: Sequence[int], most: int) -> dict[int, bytes]:
        """The first `most` bytes of each mail, without marking it as read."""
        found = self._fetch(uids, [f"BODY.PEEK[]<0.{most}>"], BATCH_S)
        bodies = {}
        for uid, said in found.items():
            parts = [value for name, value in said.items() if name.startswith(b"BODY[]")]
            if parts and isinstance(parts[0], bytes):
                bodies[uid] = parts[0]
        return bodies

    def still(self, uids: Sequence[int]) -> bool:
        """Whether any of these mails is in the folder."""
        return bool(self._search(["UID", ",".join(map(str, uids))]))

    def finish(self, uids: Sequence[int]) -> None:
        """Mark these mails as heard, or move them to the folder for it."""
        if not uids:
            return
        with self._spoken(BATCH_S):
            if self._place.done:
                self._move(list(uids))
            elif self.folder.marks or self.folder.seen:
                self._client.add_flags(list(uids), [DONE if self.folder.marks else b"\\Seen"], silent=True)

    def hold(self, uids: Sequence[int]) -> None:
        """Mark mails that could not be read; they stay where they are, with a flag people see."""
        if uids and (self.folder.marks or self.folder.seen):
            with self._spoken(COMMAND_S):
                flags = [b"\\Flagged", HELD] if self.folder.marks else [b"\\Flagged"]
                self._client.add_flags(list(uids), flags, silent=True)

    def count(self) -> int:
        """How many mails lie in the folder."""
        return len(self._search(["ALL"]))

    def can_idle(self) -> bool:
        """Whether the server tells us of new mail by itself."""
        return bool(self._client.has_capability("IDLE"))

    def wait(self, seconds: float) -> bool:
        """Wait until the server says that something came (True), at most `seconds`."""
        connection = self._client._imap  # noqa: SLF001 - the library's own way waits without a deadline
        with self._spoken(COMMAND_S):
            return bool(connection.idle(seconds))

    def _search(self, wanted: list[Any]) -> list[int]:
        with self._spoken(COMMAND_S):
            return [int(uid) for uid in self._client.search(wanted)]

    def _fetch(self, uids: Sequence[int], what: list[str], seconds: float) -> dict[int, dict[bytes, Any]]:
        with self._spoken(seconds):
            return dict(self._client.fetch(list(uids), what))

    def _move(self, uids: list[int]) -> None:
        if self._client.has_capability("MOVE"):
            self._client.move(uids, self._place.done)
            return
        self._client.copy(uids, self._place.done)
        self._client.add_flags(uids, [b"\\Deleted"], silent=True)
        if self._client.has_capability("UIDPLUS"):
            self._client.uid_expunge(uids)  # a plain EXPUNGE would remove what other people deleted

    @contextmanager
    def _spoken(self, seconds: float) -> Iterator[None]:
        self._client._imap.renew(seconds)  # noqa: SLF001
        with _named(self._place.host):
            yield


@contextmanager
def opened(place: MailPlace, password: str, fetcher: Fetcher) -> Iterator[Mailbox]:
    """Connect, encrypt, sign in, open the folder. Raises SourceTrouble for whatever goes wrong."""
    if not password:
        raise SourceTrouble("no_password", host=place.host)
    with _named(place.host):
        client = _Client(lambda: fetcher.connect(place.host, place.port, tls=not place.starttls), place.host)
    try:
        with _named(place.host):
            connection = client._imap  # noqa: SLF001
            connection.renew(COMMAND_S)
            if place.starttls:
                connection.encrypt(fetcher.encrypted)
                client._cached_capabilities = None  # noqa: SLF001 - what was said in plain does not count
            _sign_in(client, place, password)
            folder = _open(client, place)
        yield Mailbox(client, place, folder)
    except BaseException:
        client._imap.shutdown()  # noqa: SLF001 - who misbehaved is not bidden farewell
        raise
    _leave(client)


def _sign_in(client: Any, place: MailPlace, password: str) -> None:
    plain = f"{place.user}{password}"
    try:
        if plain.isascii():
            client.login(place.user, password)
        elif client.has_capability("AUTH=PLAIN"):
            client.plain_login(place.user, password)
        else:
            raise SourceTrouble("sign_in", host=place.host)  # LOGIN has no way to say such letters
    except LoginError as error:
        lost = isinstance(error.__context__, IMAPClientAbortError | imaplib.IMAP4.abort)
        # The server's words may repeat what we sent, so they are not handed on.
        raise SourceTrouble("connection_lost" if lost else "sign_in", host=place.host) from None


def _open(client: Any, place: MailPlace) -> Folder:
    client._imap.renew(COMMAND_S)  # noqa: SLF001
    try:
        if place.done and not client.folder_exists(place.done):
            client.create_folder(place.done)
    except IMAPClientAbortError:
        raise
    except IMAPClientError:
        raise SourceTrouble("no_folder", folder=place.done[:100]) from None
    try:
        said = client.select_folder(place.folder)
    except IMAPClientAbortError:
        raise
    except IMAPClientError:
        raise SourceTrouble("no_folder", folder=place.folder[:100]) from None
    flags = {bytes(flag).lower() for flag in said.get(b"PERMANENTFLAGS", ())}
    validity = said.get(b"UIDVALIDITY")
    if not isinstance(validity, int):
        raise SourceTrouble("no_uids", host=place.host)
    writable = b"READ-WRITE" in said
    return Folder(
        validity=validity,
        marks=writable and (b"\\*" in flags or {DONE.lower(), HELD.lower()} <= flags),
        seen=writable and b"\\seen" in flags,
    )


def _leave(client: Any) -> None:
    try:
        client._imap.renew(2.0)  # noqa: SLF001
        client.logout()
    except Exception:  # noqa: BLE001 - whatever a server says at the door, we are leaving
        client._imap.shutdown()  # noqa: SLF001


@contextmanager
def _named(host: str) -> Iterator[None]:
    """Errors of the conversation as the troubles that pages have a sentence for."""
    try:
        yield
    except SourceTrouble:
        raise
    except TimeoutError as error:
        raise SourceTrouble("timeout", seconds=int(COMMAND_S)) from error
    except ssl.SSLError as error:
        raise SourceTrouble("tls", host=host) from error
    except (EOFError, OSError, IMAPClientAbortError, imaplib.IMAP4.abort) as error:
        raise SourceTrouble("connection_lost") from error
    except (IMAPClientError, imaplib.IMAP4.error) as error:
        raise SourceTrouble("mail_server_no", host=host) from error
    except (
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        AssertionError,
        RecursionError,
    ) as error:
        # The library reads strangers' answers with few checks of its own.
        raise SourceTrouble("bad_mail_answer", host=host) from error
