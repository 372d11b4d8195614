"""One guarded WebSocket: judged and pinned like every fetch, with limits on the size of what comes.

A redirect is never followed, nothing is unpacked, and a server that answers no ping is left.
"""

from __future__ import annotations

import logging
import ssl
import time
from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit, urlunsplit

from websockets.exceptions import (
    ConnectionClosed,
    InvalidHandshake,
    InvalidStatus,
    InvalidURI,
    WebSocketException,
)
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from answerable.collect.collector import BATCH
from answerable.collect.fetch import Fetcher, status_trouble
from answerable.errors import SourceTrouble

TICK_S = 5.0  # after so long without a frame a listener says that it still listens
GATHER_S = 1.0  # frames that come within a second are handed on together
_OPEN_S = 10.0
_PING_S = 20.0
_TOO_BIG = 1009  # RFC 6455, section 7.4.1
_WEB = {"ws": "http", "wss": "https", "http": "http", "https": "https"}
_SOCKET = {"http": "ws", "https": "wss"}
# What is said on a stream names people; the library would write it into a debugging log.
_SILENT = logging.getLogger("answerable.collect.frames.silent")
_SILENT.disabled = True


class Frames:
    """An open connection. `with Frames.open(...) as frames: for batch in frames.batches(): ...`"""

    def __init__(self, connection: ClientConnection, limit: int) -> None:
        self._connection = connection
        self._limit = limit

    @classmethod
    def open(
        cls,
        fetcher: Fetcher,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        subprotocols: Sequence[str] = (),
        limit: int = 1 << 20,
    ) -> Frames:
        """Connect to a ws, wss, http or https address; `limit` is bytes of one message.

        Raises Refused before any connection, SourceTrouble for all else.
        """
        parts = urlsplit(url)
        web = urlunsplit(parts._replace(scheme=_WEB.get(parts.scheme.lower(), parts.scheme)))
        place, sock, tls = fetcher.connected(web)
        checked = urlsplit(place.url)
        try:
            connection = connect(
                urlunsplit(checked._replace(scheme=_SOCKET[checked.scheme])),
                sock=sock,
                ssl=tls,
                server_hostname=place.host if tls else None,
                additional_headers=dict(headers or {}),
                user_agent_header="Answerable/0.1 (public listening desk)",
                subprotocols=[Subprotocol(one) for one in subprotocols] or None,
                compression=None,
                proxy=None,
                open_timeout=_OPEN_S,
                ping_interval=_PING_S,
                ping_timeout=_PING_S,
                close_timeout=2,
                max_size=limit,
                logger=_SILENT,
                legacy=True,
            )
        except BaseException as error:
            sock.close()
            raise _named(error, place.host) from error
        return cls(connection, limit)

    def batches(self, most: int = BATCH) -> Iterator[list[bytes]]:
        """What came within a second, without end; an empty list after some seconds of silence."""
        while True:
            first = self._receive(TICK_S)
            if first is None:
                yield []
                continue
            found, ends, lost = [first], time.monotonic() + GATHER_S, None
            while len(found) < most and (left := ends - time.monotonic()) > 0:
                try:
                    frame = self._receive(left)
                except SourceTrouble as trouble:
                    lost = trouble  # what came before the end is handed on first
                    break
                if frame is None:
                    break
                found.append(frame)
            yield found
            if lost is not None:
                raise lost

    def _receive(self, seconds: float) -> bytes | None:
        try:
            frame = self._connection.recv(timeout=seconds)
        except TimeoutError:
            return None
        except ConnectionClosed as error:
            if error.sent is not None and error.sent.code == _TOO_BIG:
                raise SourceTrouble("too_big", limit_mb=max(1, self._limit >> 20)) from error
            raise SourceTrouble("connection_lost") from error
        except (WebSocketException, OSError) as error:
            raise SourceTrouble("connection_lost") from error
        return frame if isinstance(frame, bytes) else frame.encode("utf-8", "surrogatepass")

    def close(self) -> None:
        """Leave; a server that does not say good-bye is not waited for."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _named(error: BaseException, host: str) -> BaseException:
    """An error of the handshake as the trouble that pages have a sentence for."""
    if isinstance(error, InvalidStatus):
        return status_trouble(
            error.response.status_code, {k.lower(): v for k, v in error.response.headers.raw_items()}
        )
    if isinstance(error, TimeoutError):
        return SourceTrouble("timeout", seconds=int(_OPEN_S))
    if isinstance(error, ssl.SSLError):
        return SourceTrouble("tls", host=host)
    if isinstance(error, InvalidHandshake | InvalidURI | ValueError):
        return SourceTrouble("bad_answer")
    if isinstance(error, WebSocketException | OSError | EOFError):
        return SourceTrouble("connection_lost")
    return error
