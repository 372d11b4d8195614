"""Where a mailbox is: `imaps://user@host/Folder`, or `imap://` where encryption begins by STARTTLS.

`?done=Folder` moves what was read there; without it mails are only marked. A password never stands in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from answerable.errors import BadInput

_PORTS = {"imaps": 993, "imap": 143}
_WRONG = "This is no mailbox: write it like imaps://desk@mail.example/INBOX, without a password in it."


@dataclass(frozen=True, slots=True)
class MailPlace:
    """One folder of one account on one server."""

    host: str
    port: int
    user: str
    folder: str = "INBOX"
    done: str = ""  # folder that read mails are moved to, "" when they stay and are marked
    starttls: bool = False  # True: the connection begins plain and is encrypted before anything is said

    @property
    def address(self) -> str:
        """The one way to write this place."""
        scheme = "imap" if self.starttls else "imaps"
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[scheme] else f":{self.port}"
        done = "?" + urlencode({"done": self.done}, quote_via=quote) if self.done else ""
        return f"{scheme}://{quote(self.user, safe='')}@{host}{port}/{quote(self.folder, safe='/')}{done}"


def is_mailbox(address: str) -> bool:
    """Whether somebody meant a mailbox, rightly written or not."""
    return address.strip().lower().startswith(("imap://", "imaps://"))


def read_place(address: str) -> MailPlace:
    """Read an address. Raises BadInput in one sentence; the host is judged when it is connected."""
    address = address.strip()
    if len(address) > 1_000 or any(ord(char) < 33 or char == "\\" for char in address):
        raise BadInput(_WRONG)
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise BadInput(_WRONG) from error
    # A user name may hold an @ of its own; only the last one leads to the host.
    name, at, _ = parts.netloc.rpartition("@")
    asked = dict(parse_qsl(parts.query))
    if parts.scheme not in _PORTS or not parts.hostname or not at or ":" in name or parts.fragment:
        raise BadInput(_WRONG)
    if set(asked) - {"done"} or port == 0:
        raise BadInput(_WRONG)
    return made(
        host=parts.hostname,
        port=port,
        user=unquote(name),
        folder=unquote(parts.path.strip("/")),
        done=asked.get("done", ""),
        starttls=parts.scheme == "imap",
    )


def made(
    *, host: str, user: str, port: int | None = None, folder: str = "", done: str = "", starttls: bool = False
) -> MailPlace:
    """A place from its parts. Raises BadInput for parts that no mailbox has."""
    host, user, folder, done = host.strip().lower(), user.strip(), folder.strip() or "INBOX", done.strip()
    if folder.upper() == "INBOX":
        folder = "INBOX"
    for part in (host, user, folder, done):
        if len(part) > 250 or not part.isprintable():
            raise BadInput(_WRONG)
    if not host or not user or any(char in host for char in "/@?# "):
        raise BadInput(_WRONG)
    if done == folder:
        raise BadInput("Mails that were read cannot be moved to the folder they are read from: name another.")
    return MailPlace(host, port or (143 if starttls else 993), user, folder, done, starttls)
