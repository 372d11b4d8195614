"""The only way out: one guarded GET or POST with limits on time, size, unpacking and redirects.

Every hop is read, resolved, judged and pinned anew. Proxies, cookies and passwords are never used.
"""

from __future__ import annotations

import queue
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from ipaddress import ip_address
from urllib.parse import urljoin

import httpcore2
import httpx2

from answerable.collect.addresses import (
    Address,
    Place,
    is_opened,
    judge,
    judge_mail_port,
    read_allowed,
    read_server,
    read_url,
)
from answerable.collect.unpack import gunzipped
from answerable.collect.wire import Deadline, GuardedTransport, connected
from answerable.errors import SourceTrouble

Resolver = Callable[[str, int], Sequence[str]]  # (host, port) -> addresses; raises OSError

FEEDS = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_AGENT = "Answerable/0.1 (public listening desk; reads feeds and pages)"
_SENDER = "Answerable/0.1 (public listening desk)"
_REPLY_BYTES = 64 * 1024  # of an answer to a POST; what is longer is left unread
_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
_OWN_SENTENCE = (401, 403, 404, 410, 429)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said, unpacked and within the limits."""

    status: int  # 200 or 304
    url: str  # where the answer came from, after all redirects
    moved_to: str  # the new address when only permanent redirects led there, "" when none did
    body: bytes  # b"" for 304
    content_type: str  # the header as it came, with charset
    etag: str  # for the next conditional request
    modified: str
    headers: Mapping[str, str] = field(default_factory=dict)  # all of them, names in lower case


@dataclass(frozen=True, slots=True)
class Posted:
    """What a server answered to a POST, whatever its status."""

    status: int
    body: bytes  # at most its first 64 KB


class Fetcher:
    """Fetches strangers' addresses. One object may serve many threads."""

    def __init__(
        self,
        allow_private: Iterable[str] = (),
        *,
        seconds: float = 20.0,
        max_bytes: int = 10 * 1024 * 1024,
        redirects: int = 5,
        resolver: Resolver | None = None,
        authorities: str = "",
    ) -> None:
        """`authorities`: a file of certificates (PEM) that are trusted beside the usual ones."""
        self._allowed = read_allowed(allow_private)
        self._seconds = seconds
        self._max_bytes = max_bytes
        self._redirects = redirects
        self._resolver = resolver or _ask_system
        self._authorities = authorities
        self._tls: ssl.SSLContext | None = None

    def get(
        self, url: str, *, etag: str = "", modified: str = "", accept: str = FEEDS, token: str = ""
    ) -> Answer:
        """Fetch `url` if it changed. Raises Refused before any connection, SourceTrouble for all else.

        `token` is sent as a bearer token, to the host of `url` alone: no redirect carries it elsewhere.
        """
        deadline = Deadline(self._seconds)
        headers = {"User-Agent": _AGENT, "Accept": accept, "Accept-Encoding": "gzip"}
        if etag.isprintable() and etag.isascii() and etag:
            headers["If-None-Match"] = etag
        if modified.isprintable() and modified.isascii() and modified:
            headers["If-Modified-Since"] = modified
        moved_to, steady, seen = "", True, {url}
        home = _origin(url)
        for _ in range(self._redirects + 1):
            bearer = {"Authorization": f"Bearer {token}"} if token and _origin(url) == home else {}
            found = self._hop(url, headers | bearer, deadline)
            if isinstance(found, Answer):
                return replace(found, moved_to=moved_to)
            url, permanent = found
            steady = steady and permanent
            moved_to = url if steady else moved_to
            if url in seen:
                break
            seen.add(url)
        raise SourceTrouble("too_many_redirects", limit=self._redirects)

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Posted:
        """Send `body` once; a redirect is an answer like any other. Raises as `get`, not for a status."""
        deadline = Deadline(self._seconds)
        sent = {"User-Agent": _SENDER, "Accept-Encoding": "identity", **headers}
        place = read_url(url, local_names=bool(self._allowed))
        with self._named(place):
            transport = GuardedTransport(place, self._judged(place, deadline), deadline, self._context(place))
            with (
                _client(transport, sent) as client,
                client.stream("POST", place.url, content=body) as response,
            ):
                said = bytearray()
                for part in response.iter_raw():
                    said += part
                    if len(said) >= _REPLY_BYTES:
                        break
                return Posted(response.status_code, bytes(said[:_REPLY_BYTES]))

    def connect(self, host: str, port: int, *, tls: bool) -> socket.socket:
        """A connection to a mail server, judged and pinned as any other. The caller sets its time limits.

        Raises Refused before any connection, SourceTrouble when there is none.
        """
        deadline = Deadline(self._seconds)
        place = read_server(host, port, local_names=bool(self._allowed))
        with self._named(place):
            addresses = self._judged(place, deadline)
            judge_mail_port(port, addresses, self._allowed)
            sock = connected(addresses, port, deadline)
            sock.settimeout(deadline.left())
            return self.encrypted(sock, place.host) if tls else sock

    def encrypted(self, sock: socket.socket, host: str) -> ssl.SSLSocket:
        """The connection inside TLS, its certificate checked for `host`. Raises ssl.SSLError, OSError."""
        try:
            return self._trust().wrap_socket(sock, server_hostname=host)
        except BaseException:
            sock.close()
            raise

    def connected(self, url: str) -> tuple[Place, socket.socket, ssl.SSLContext | None]:
        """A socket to where an http(s) `url` leads, judged like every other, and the TLS to speak over it."""
        deadline = Deadline(self._seconds)
        place = read_url(url, local_names=bool(self._allowed))
        with self._named(place):
            sock = connected(self._judged(place, deadline), place.port, deadline)
        return place, sock, self._context(place)

    def _hop(self, url: str, headers: dict[str, str], deadline: Deadline) -> Answer | tuple[str, bool]:
        """One request: the answer, or where it sends us and whether for good."""
        place = read_url(url, local_names=bool(self._allowed))
        with self._named(place):
            transport = GuardedTransport(place, self._judged(place, deadline), deadline, self._context(place))
            with _client(transport, headers) as client, client.stream("GET", place.url) as response:
                location = response.headers.get("location", "").strip()
                if response.status_code in _REDIRECTS and location:
                    target = urljoin(place.url, location).partition("#")[0]
                    return target, response.status_code in _PERMANENT
                return self._read(response, place)

    @contextmanager
    def _named(self, place: Place) -> Iterator[None]:
        """Errors of the network as the troubles that pages have a sentence for."""
        try:
            yield
        except (httpcore2.TimeoutException, httpx2.TimeoutException) as error:
            raise SourceTrouble("timeout", seconds=int(self._seconds)) from error
        except ssl.SSLError as error:
            raise SourceTrouble("tls", host=place.host) from error
        except (httpcore2.ConnectError, OSError) as error:
            raise SourceTrouble("no_connection", host=place.host) from error
        except (httpcore2.NetworkError, httpcore2.RemoteProtocolError) as error:
            raise SourceTrouble("connection_lost") from error
        except (httpcore2.ProtocolError, httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
            raise SourceTrouble("bad_answer") from error

    def _context(self, place: Place) -> ssl.SSLContext | None:
        return self._trust() if place.url.startswith("https:") else None

    def _trust(self) -> ssl.SSLContext:
        if self._tls is None:
            made = httpx2.create_ssl_context(trust_env=False)
            if self._authorities:
                made.load_verify_locations(cafile=self._authorities)
            self._tls = made
        return self._tls

    def _judged(self, place: Place, deadline: Deadline) -> list[Address]:
        """The addresses to try: those that the operator opened, else all; then one forbidden spoils them."""
        if place.address is not None:
            return [judge(place.address, place.port, self._allowed, place.host)]
        found = [ip_address(text) for text in _in_time(self._resolver, place, deadline)]
        if not found:
            raise SourceTrouble("no_address", host=place.host)
        # `localhost` is often two addresses of which the operator opened one; only that one is connected.
        opened = [address for address in found if is_opened(address, place.port, self._allowed)]
        return [judge(address, place.port, self._allowed, place.host) for address in opened or found]

    def _read(self, response: httpx2.Response, place: Place) -> Answer:
        status = response.status_code
        etag, modified = response.headers.get("etag", ""), response.headers.get("last-modified", "")
        content_type = response.headers.get("content-type", "")
        if status == 304:
            return Answer(status, place.url, "", b"", content_type, etag, modified)
        if status != 200:
            raise status_trouble(status, response.headers)
        length = response.headers.get("content-length", "")
        if length.isascii() and length.isdigit() and int(length[:19]) > self._max_bytes:
            raise self._too_big()
        body = bytearray()
        for part in self._unpacked(response):
            body += part
            if len(body) > self._max_bytes:
                raise self._too_big()
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(status, place.url, "", bytes(body), content_type, etag[:500], modified[:100], headers)

    def _unpacked(self, response: httpx2.Response) -> Iterator[bytes]:
        coding = response.headers.get("content-encoding", "").strip().lower()
        if coding in ("", "identity"):
            yield from response.iter_raw()
        elif coding in ("gzip", "x-gzip"):
            yield from gunzipped(response.iter_raw(), self._max_bytes)
        else:
            raise SourceTrouble("encoding")

    def _too_big(self) -> SourceTrouble:
        return SourceTrouble("too_big", limit_mb=max(1, self._max_bytes >> 20))


def _client(transport: GuardedTransport, headers: dict[str, str]) -> httpx2.Client:
    # The deadline of the transport rules every operation, so the client's own timeout is off.
    return httpx2.Client(
        transport=transport, trust_env=False, follow_redirects=False, headers=headers, timeout=None
    )


def status_trouble(status: int, headers: Mapping[str, str]) -> SourceTrouble:
    """The trouble that a status is, with how long the server asks us to wait."""
    params: dict[str, str | int | float] = {"status": status}
    if wait := _asked_to_wait(headers):
        params["retry_after_s"] = wait
    code = f"http_{status}" if status in _OWN_SENTENCE else "http_status"
    return SourceTrouble(code, permanent=status == 410, **params)


def _asked_to_wait(headers: Mapping[str, str]) -> int:
    """Seconds, at most a day: by Retry-After, or until X-RateLimit-Reset once nothing remains."""
    retry_after = headers.get("retry-after", "")
    if retry_after.isascii() and retry_after.isdigit():
        return min(int(retry_after[:9]), 86_400)
    return until_reset(headers) if headers.get("x-ratelimit-remaining", "").strip() == "0" else 0


def until_reset(headers: Mapping[str, str]) -> int:
    """Seconds until the limit on requests begins anew (X-RateLimit-Reset, ISO 8601), 0 when none is told."""
    try:
        reset = datetime.fromisoformat(headers.get("x-ratelimit-reset", ""))
        left = (reset if reset.tzinfo else reset.replace(tzinfo=UTC)) - datetime.now(UTC)
    except (ValueError, OverflowError):
        return 0
    return min(max(round(left.total_seconds()), 0), 86_400)


def _origin(url: str) -> str:
    return "/".join(url.split("/", 3)[:3]).lower()


def _ask_system(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def _in_time(resolver: Resolver, place: Place, deadline: Deadline) -> Sequence[str]:
    """Resolve in a thread of its own, because the system's resolver knows no deadline."""
    result: queue.SimpleQueue[Sequence[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            result.put(resolver(place.host, place.port))
        except (OSError, UnicodeError) as error:
            result.put(error if isinstance(error, OSError) else OSError(str(error)))

    threading.Thread(target=ask, daemon=True, name="resolve").start()
    try:
        found = result.get(timeout=deadline.left())
    except queue.Empty:
        raise httpcore2.ReadTimeout("the name was not resolved in time") from None
    if isinstance(found, OSError):
        raise SourceTrouble("no_address", host=place.host) from found
    return found
