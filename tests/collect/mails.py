"""Mails for tests, made up here."""

from __future__ import annotations

from base64 import encodebytes
from datetime import UTC, datetime
from email.utils import format_datetime


def mail(
    text: str | bytes = "Brown water in Mill Lane.",
    *,
    number: int | str = 1,
    subject: str = "Water",
    sender: str = "Ann Reader <ann.reader@post.example>",
    date: datetime | None = None,
    kind: str = "text/plain; charset=utf-8",
    **headers: str,
) -> bytes:
    """A mail as a server holds it; underscores in header names become dashes."""
    lines = {
        "From": sender,
        "To": "desk@town.example",
        "Subject": subject,
        "Message-ID": f"<{number}@post.example>",
        "Date": format_datetime(date or datetime(2026, 3, 16, 9, 30, tzinfo=UTC)),
        "MIME-Version": "1.0",
        "Content-Type": kind,
        "Content-Transfer-Encoding": "8bit",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\n" for name, value in lines.items() if value)
    body = text.encode() if isinstance(text, str) else text
    raw = f"{head}\n".replace("\r\n", "\n").replace("\n", "\r\n").encode()
    return raw + body.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def parts(*inner: tuple[str, str | bytes], kind: str = "mixed", boundary: str = "b1") -> tuple[str, bytes]:
    """The Content-Type and the body of a mail in parts; each part is (its headers, its content)."""
    out = b""
    for head, content in inner:
        raw = content.encode() if isinstance(content, str) else content
        out += f"--{boundary}\n{head}\n\n".encode() + raw + b"\n"
    return f'multipart/{kind}; boundary="{boundary}"', out + f"--{boundary}--\n".encode()


def with_pictures(text: str, *pictures: bytes, kind: str = "image/jpeg", **rest: str) -> bytes:
    """A mail with these files attached."""
    head = f"Content-Type: {kind}\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment"
    inner = [(head, encodebytes(one)) for one in pictures]
    made, body = parts(("Content-Type: text/plain; charset=utf-8", text), *inner)
    return mail(body, kind=made, **rest)
