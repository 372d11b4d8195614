"""The socket layer of the fetcher: connects to one judged address, and never past the deadline.

Nothing is resolved here. A name that was not judged beforehand gets no connection.
"""

# ruff: noqa: ARG002 - the library's protocol passes timeouts that our one deadline replaces
from __future__ import annotations

import contextlib
import socket
import ssl
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

import httpcore2
import httpx2

from answerable.collect.addresses import Address, Place
from answerable.errors import Refused

_CONNECT_S = 5.0  # one address may take this long before the next is tried


class Deadline:
    """One moment that all operations of a fetch share, so that a server cannot win time by dripping."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds that remain. Raises httpcore2.ReadTimeout when there are none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the fetch took too long")
        return left


def connected(addresses: Sequence[Address], port: int, deadline: Deadline) -> socket.socket:
    """A connection to the first of these judged addresses that answers. Raises httpcore2.ConnectError."""
    failure: OSError = OSError("no address")
    for address in addresses:
        family = socket.AF_INET if address.version == 4 else socket.AF_INET6
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.settimeout(min(_CONNECT_S, deadline.left()))
            sock.connect((str(address), port))
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return sock
        except OSError as error:
            sock.close()
            failure = error
        except BaseException:
            sock.close()
            raise
    raise httpcore2.ConnectError(str(failure)) from failure


class _Stream(httpcore2.NetworkStream):
    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock = sock
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        with self._limits():
            return self._sock.recv(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        with self._limits():
            self._sock.sendall(buffer)  # its timeout counts for the whole of it

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        self._sock.settimeout(self._deadline.left())
        try:
            sock = ssl_context.wrap_socket(self._sock, server_hostname=server_hostname)
        except TimeoutError as error:
            self.close()
            raise httpcore2.ReadTimeout(str(error)) from error
        except BaseException:
            self.close()
            raise
        return _Stream(sock, self._deadline)

    def close(self) -> None:
        self._sock.close()

    def get_extra_info(self, info: str) -> Any:
        return self._sock if info == "socket" else None

    @contextlib.contextmanager
    def _limits(self) -> Iterator[None]:
        self._sock.settimeout(self._deadline.left())
        try:
            yield
        except TimeoutError as error:
            raise httpcore2.ReadTimeout(str(error)) from error
        except OSError as error:
            raise httpcore2.ReadError(str(error)) from error


class _Backend(httpcore2.NetworkBackend):
    def __init__(self, place: Place, addresses: Sequence[Address], deadline: Deadline) -> None:
        self._place = place
        self._addresses = addresses
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        # The URL was read twice, by us and by the library. Where the two disagree, nothing may be connected.
        if (host, port) != (self._place.host, self._place.port):
            raise Refused("bad_address", permanent=True)
        return _Stream(connected(self._addresses, port, self._deadline), self._deadline)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore2.NetworkStream:
        raise Refused("bad_address", permanent=True)


class _Body(httpx2.SyncByteStream):
    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = parts

    def __iter__(self) -> Iterator[bytes]:
        yield from self._parts

    def close(self) -> None:
        close = getattr(self._parts, "close", None)
        if close is not None:
            close()


class GuardedTransport(httpx2.BaseTransport):
    """A transport for one request to one judged place. Host and SNI stay those of the URL."""

    def __init__(
        self, place: Place, addresses: Sequence[Address], deadline: Deadline, tls: ssl.SSLContext | None
    ) -> None:
        self._pool = httpcore2.ConnectionPool(
            ssl_context=tls,
            max_connections=1,
            max_keepalive_connections=0,
            retries=0,
            network_backend=_Backend(place, addresses, deadline),
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send one request; errors are those of httpcore2, for the fetcher to name."""
        answer = self._pool.handle_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.read(),
                extensions=request.extensions,
            )
        )
        parts = cast("Iterable[bytes]", answer.stream)  # a synchronous pool answers nothing else
        return httpx2.Response(status_code=answer.status, headers=answer.headers, stream=_Body(parts))

    def close(self) -> None:
        """Close the connection."""
        self._pool.close()
