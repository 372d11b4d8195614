"""A web server on a loopback address of its own, whose answers a test writes byte by byte."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

HOST = "127.0.0.2"  # not 127.0.0.1, so that allowing it leaves the rest of loopback forbidden


@dataclass
class Server:
    """Where it listens, what it was asked, and how it answers: path → handler of (socket, request text)."""

    port: int
    answers: dict[str, Callable[[socket.socket, str], None]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)  # SNI

    def url(self, path: str = "/", scheme: str = "http") -> str:
        """The address of a path."""
        return f"{scheme}://{HOST}:{self.port}{path}"

    @property
    def allowed(self) -> list[str]:
        """What a fetcher has to be told to be let in here, and nowhere else."""
        return [f"{HOST}:{self.port}"]

    def says(self, path: str, body: bytes = b"", status: str = "200 OK", **headers: str) -> None:
        """Answer `path` with this, always."""
        self.answers[path] = lambda sock, _: sock.sendall(reply(body, status, **headers))


def reply(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A whole HTTP answer. Underscores in header names become dashes."""
    lines = {"Content-Length": str(len(body)), "Connection": "close"}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


@contextlib.contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Run a server while the test needs it."""
    listening = socket.create_server((HOST, 0), backlog=50)
    server = Server(listening.getsockname()[1])
    stop = threading.Event()

    def talk(sock: socket.socket) -> None:
        with sock, contextlib.suppress(OSError):
            sock.settimeout(30)
            spoken = tls.wrap_socket(sock, server_side=True) if tls else sock
            with spoken:
                request = b""
                while b"\r\n\r\n" not in request:
                    part = spoken.recv(65_536)
                    if not part:
                        return
                    request += part
                text = request.decode("latin-1")
                server.asked.append(text)
                path = text.split(" ", 2)[1]
                server.answers.get(path, lambda sock, _: sock.sendall(reply(b"", "404 Not Found")))(
                    spoken, text
                )

    def accept() -> None:
        while not stop.is_set():
            try:
                sock, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=talk, args=(sock,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield server
    finally:
        stop.set()
        listening.close()
