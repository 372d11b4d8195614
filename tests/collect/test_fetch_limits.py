"""What a server may do to us: time, size, packing, redirects, errors; and what it may tell us."""

from __future__ import annotations

import contextlib
import gzip
import socket
import ssl
import time
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from answerable.collect.fetch import Answer, Fetcher
from answerable.collect.troubles import sentence
from answerable.errors import SourceTrouble
from tests.collect.servers import HOST, Server, reply, serving
from tests.ports import free_port


@pytest.fixture
def server() -> Iterator[Server]:
    """A loopback server."""
    with serving() as running:
        yield running


def fetch(server: Server, path: str = "/", **limits: float) -> Answer:
    """Get a path of the server."""
    return Fetcher(server.allowed, **limits).get(server.url(path))  # type: ignore[arg-type]


def trouble(server: Server, path: str = "/", **limits: float) -> SourceTrouble:
    """The trouble that a path gives; its sentence is complete."""
    with pytest.raises(SourceTrouble) as raised:
        fetch(server, path, **limits)
    told = sentence(raised.value.code, raised.value.params)
    assert told.endswith(".")
    assert "{" not in told
    return raised.value


def test_answer_carries_what_the_next_visit_needs(server: Server) -> None:
    """Body, content type, etag and date come back; the request names us and asks for gzip alone."""
    server.says(
        "/", b"<rss/>", Content_Type="application/rss+xml; charset=utf-8", ETag='"7"', Last_Modified="Sat"
    )
    answer = fetch(server)
    assert (answer.status, answer.body, answer.etag, answer.modified) == (200, b"<rss/>", '"7"', "Sat")
    assert answer.content_type == "application/rss+xml; charset=utf-8"
    asked = server.asked[0].lower()
    assert "accept-encoding: gzip\r\n" in asked
    assert "user-agent: answerable/" in asked
    assert "cookie" not in asked


def test_conditional_request_gets_nothing_new(server: Server) -> None:
    """The stored etag and date are sent; 304 is an answer without a body."""
    server.says("/", status="304 Not Modified", Content_Length="")
    answer = Fetcher(server.allowed).get(server.url(), etag='"7"', modified="Sat, 14 Mar 2026 09:00:00 GMT")
    assert (answer.status, answer.body) == (304, b"")
    assert 'if-none-match: "7"' in server.asked[0].lower()
    assert "if-modified-since: sat, 14 mar 2026" in server.asked[0].lower()


def test_stored_header_cannot_smuggle_lines(server: Server) -> None:
    """An etag with a line end, as a hostile server might have sent one, is not sent back."""
    server.says("/", b"x")
    Fetcher(server.allowed).get(server.url(), etag='"1"\r\nX-Evil: 1')
    assert "evil" not in server.asked[0].lower()


def test_permanent_redirects_are_remembered_temporary_ones_not(server: Server) -> None:
    """`moved_to` is where an unbroken run of 301 and 308 from the start leads."""
    server.says("/old", status="301 Moved", Location="/newer")
    server.says("/newer", status="308 Moved", Location=server.url("/new"))
    server.says("/new", b"here")
    server.says("/detour", status="302 Found", Location="/old")
    server.says("/half", status="301 Moved", Location="/detour")
    assert fetch(server, "/old").moved_to == server.url("/new")
    assert fetch(server, "/old").url == server.url("/new")
    assert fetch(server, "/detour").moved_to == ""
    assert fetch(server, "/half").moved_to == server.url("/detour")


def test_redirect_loop_and_chain_end(server: Server) -> None:
    """A circle and more than five hops are one trouble; five hops are allowed."""
    server.says("/a", status="302 Found", Location="/b")
    server.says("/b", status="302 Found", Location="/a")
    assert trouble(server, "/a").code == "too_many_redirects"
    for number in range(7):
        server.says(f"/{number}", status="301 Moved", Location=f"/{number + 1}")
    server.says("/7", b"end")
    assert trouble(server, "/1").code == "too_many_redirects"
    assert fetch(server, "/2").body == b"end"


@pytest.mark.parametrize(
    ("status", "code", "permanent"),
    [(401, "http_401", False), (403, "http_403", False), (404, "http_404", False), (410, "http_410", True),
     (429, "http_429", False), (500, "http_status", False), (204, "http_status", False), (302, "http_status", False)],
)  # fmt: skip
def test_every_other_status_is_a_trouble(server: Server, status: int, code: str, permanent: bool) -> None:
    """Errors, an empty success and a redirect to nowhere have their sentence; only 410 is for good."""
    server.says("/", b"page", status=f"{status} Odd", Retry_After="120")
    found = trouble(server)
    assert (found.code, found.permanent, found.params["status"]) == (code, permanent, status)
    assert found.params["retry_after_s"] == 120


def test_200_mb_are_not_taken(server: Server) -> None:
    """A body that says it is too big is refused at once, one that does not say so after 10 MB; memory stays low."""
    sent = [0]

    def pour(sock: socket.socket, _: str) -> None:
        sock.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        with contextlib.suppress(OSError):
            for _ in range(200):
                sock.sendall(b"x" * (1 << 20))
                sent[0] += 1

    server.answers["/pour"] = pour
    server.answers["/say"] = lambda sock, _: sock.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Length: 209715200\r\n\r\nx"
    )
    tracemalloc.start()
    assert trouble(server, "/pour").code == "too_big"
    assert trouble(server, "/say").code == "too_big"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sent[0] < 60
    assert peak < 64 << 20


def test_gzip_is_unpacked_and_bombs_are_refused(server: Server) -> None:
    """Packed feeds are read, also in several members; a bomb is stopped early and costs little memory."""
    server.says("/gz", gzip.compress(b"<rss>" * 100), Content_Encoding="gzip")
    server.says("/two", gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0", Content_Encoding="gzip")
    bomb = gzip.compress(b"\0" * (200 << 20))
    server.says("/bomb", bomb, Content_Encoding="gzip")
    server.says("/twice", gzip.compress(bomb), Content_Encoding="gzip")
    assert fetch(server, "/gz").body == b"<rss>" * 100
    assert fetch(server, "/two").body == b"one two"
    tracemalloc.start()
    started = time.monotonic()
    assert trouble(server, "/bomb").code == "bomb"
    assert time.monotonic() - started < 5
    assert tracemalloc.get_traced_memory()[1] < 64 << 20
    tracemalloc.stop()
    assert fetch(server, "/twice").body == bomb  # one layer is unpacked, never two


@pytest.mark.parametrize("coding", ["br", "zstd", "deflate", "gzip, gzip", "compress"])
def test_codings_we_did_not_ask_for_are_refused(server: Server, coding: str) -> None:
    """Only gzip and plain are read."""
    server.says("/", b"abc", Content_Encoding=coding)
    assert trouble(server).code == "encoding"


def test_damaged_and_cut_answers_are_named(server: Server) -> None:
    """Rubbish instead of gzip, a gzip or a body that ends early, an answer that is no HTTP: each has its code."""
    server.says("/rubbish", b"not gzip", Content_Encoding="gzip")
    server.says("/cut", gzip.compress(bytes(range(256)) * 99)[:60], Content_Encoding="gzip")
    server.says("/short", b"half", Content_Length="400")
    server.answers["/noise"] = lambda sock, _: sock.sendall(b"\x00\x01 hello\r\n\r\n")
    server.answers["/header"] = lambda sock, _: sock.sendall(
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 300_000 + b"\r\n\r\n"
    )
    server.answers["/silent"] = lambda sock, _: None
    assert trouble(server, "/rubbish").code == "encoding"
    assert trouble(server, "/cut").code == "connection_lost"
    for path in ("/short", "/noise", "/header", "/silent"):
        assert trouble(server, path).code == "connection_lost", path


@pytest.mark.parametrize("part", ["hang", "drip body", "drip headers", "drip packed"])
def test_slow_servers_are_cut_at_the_total_time(server: Server, part: str) -> None:
    """A server that says nothing, or one byte at a time, is left when the whole time is over."""

    def slow(sock: socket.socket, _: str) -> None:
        with contextlib.suppress(OSError):
            if part == "drip body":
                sock.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
            elif part == "drip headers":
                sock.sendall(b"HTTP/1.1 200 OK\r\n")
            elif part == "drip packed":
                sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"x")[:10])
            for number in range(100):
                time.sleep(0.05)
                if part != "hang":
                    sock.sendall(b"X-%d: y\r\n" % number if part == "drip headers" else b"\0")

    server.answers["/"] = slow
    started = time.monotonic()
    assert trouble(server, seconds=0.6).code in ("timeout", "encoding")
    assert time.monotonic() - started < 3


def test_redirects_share_one_time(server: Server) -> None:
    """Five slow hops do not get five times the time."""

    def hop(number: int) -> None:
        def answer(sock: socket.socket, _: str) -> None:
            time.sleep(0.3)
            sock.sendall(reply(status="302 Found", Location=f"/{number + 1}"))

        server.answers[f"/{number}"] = answer

    for number in range(6):
        hop(number)
    started = time.monotonic()
    assert trouble(server, "/0", seconds=0.7).code == "timeout"
    assert time.monotonic() - started < 3


def test_slow_resolver_and_unknown_name_are_named() -> None:
    """A name server that hangs is cut by the same time; a name that does not exist has its own sentence."""

    def hang(*_: object) -> list[str]:
        time.sleep(3)
        return []

    def nothing(*_: object) -> list[str]:
        raise socket.gaierror("unknown")

    started = time.monotonic()
    with pytest.raises(SourceTrouble, match="timeout"):
        Fetcher(seconds=0.3, resolver=hang).get("http://feeds.example.org/")
    assert time.monotonic() - started < 2
    with pytest.raises(SourceTrouble, match="no_address"):
        Fetcher(resolver=nothing).get("http://feeds.example.org/")


def test_closed_port_is_named() -> None:
    """Where nobody listens, the sentence says that no connection could be made."""
    with pytest.raises(SourceTrouble, match="no_connection"):
        Fetcher([HOST]).get(f"http://{HOST}:{free_port()}/")


def certificate(folder: Path, name: str) -> Path:
    """A certificate of our own for one name, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return file


def test_tls_is_verified_for_the_name_though_we_connect_to_the_address(tmp_path: Path) -> None:
    """Pinning the address keeps the name: it is sent as SNI and Host, and the certificate is checked against it."""
    file = certificate(tmp_path, "feeds.example.org")
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(file)
    names: list[str | None] = []
    ours.sni_callback = lambda _, name, __: names.append(name)
    with serving(ours) as server:
        server.says("/", b"safe")
        fetcher = Fetcher(server.allowed, resolver=lambda *_: [HOST])
        url = f"https://feeds.example.org:{server.port}/"
        with pytest.raises(SourceTrouble, match="tls"):
            fetcher.get(url)
        fetcher._tls = ssl.create_default_context(cafile=str(file))
        assert fetcher.get(url).body == b"safe"
        assert f"host: feeds.example.org:{server.port}" in server.asked[0].lower()
        assert names[-1] == "feeds.example.org"
        with pytest.raises(SourceTrouble, match="tls"):
            fetcher.get(f"https://other.example.org:{server.port}/")
    with serving() as plain, pytest.raises(SourceTrouble):
        Fetcher(plain.allowed, seconds=1).get(plain.url(scheme="https"))
