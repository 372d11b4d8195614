"""The fetch guard: forbidden addresses open no connection, typed in directly or reached by a redirect."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest

from answerable.collect.fetch import Fetcher
from answerable.errors import Refused, SourceTrouble
from tests.collect.servers import HOST, Server, serving


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


FORMS = [
    # Loopback and the unspecified address, plainly and in every spelling a resolver has ever accepted
    "http://127.0.0.1/", "http://127.0.0.1:8080/", "http://127.1/", "http://127.0.1/", "http://2130706433/",
    "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0x7f.1/", "http://0177.0.0.1/", "http://017700000001/",
    "http://127.0.0.01/", "http://127.0.0.1./", "http://127.000.000.001/", "http://127.255.255.254/",
    "http://0.0.0.0/", "http://0/", "http://0.0/", "http://00000000000/", "http://4294967295/",
    "http://localhost/", "http://LOCALHOST/", "http://localhost./", "http://foo.localhost/", "http://ip6-localhost/",
    "http://localhost.localdomain/", "http://printer.local/", "http://metadata.google.internal/", "http://intranet/",
    "http://１２７.０.０.１/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/", "http://ⓛocalhost/", "http://٣.٣.٣.٣/",
    "http://%31%32%37.0.0.1/", "http://127.0.0.1%00.example.org/", "http://127.0.0.1%2f@example.org/",
    "http://127.0.0.1\\@example.org/", "http://example.org@127.0.0.1/", "http://user:secret@example.org/",
    "http://256.256.256.256/", "http://1.2.3.4.5/", "http://127.0.0.1.0x1/", "http://a..b/", "http:///etc/passwd",
    # Private, shared, link-local, documentation, benchmarking, multicast, reserved
    "http://10.0.0.1/", "http://172.16.0.1/", "http://172.31.255.255/", "http://192.168.1.1/", "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/", "http://169.254.170.2/", "http://192.0.0.1/", "http://192.0.0.170/",
    "http://192.0.2.1/", "http://198.18.0.1/", "http://198.51.100.1/", "http://203.0.113.1/", "http://192.88.99.1/",
    "http://224.0.0.1/", "http://239.255.255.250/", "http://240.0.0.1/", "http://255.255.255.255/",
    # IPv6, and IPv4 in IPv6's clothes
    "http://[::1]/", "http://[::]/", "http://[0:0:0:0:0:0:0:1]/", "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/", "http://[::ffff:10.0.0.1]/", "http://[::127.0.0.1]/", "http://[64:ff9b::127.0.0.1]/",
    "http://[64:ff9b::a00:1]/", "http://[64:ff9b:1::1]/", "http://[2002:7f00:1::]/", "http://[2002:a00:1::1]/",
    "http://[2001:0:1:2:3:4:80ff:fffe]/", "http://[2001:db8::1]/", "http://[fe80::1]/", "http://[fe80::1%25eth0]/",
    "http://[fe80::1%eth0]/", "http://[fc00::1]/", "http://[fd12:3456::1]/", "http://[ff02::1]/", "http://[fec0::1]/",
    "http://[100::1]/", "http://[3fff::1]/", "http://[5f00::1]/", "http://[2600:1::5efe:7f00:1]/", "http://[::1/",
    "http://[2600:1::200:5efe:192.168.0.1]/", "http://[v1.fe80::a]/",
    "http://[::ffff:0:127.0.0.1]/", "http://[0:0:0:0:0:ffff:7f00:1]/", "http://[::FFFF:169.254.169.254]/",
    "http://[2001:10::1]/", "http://[2001:20::1]/", "http://[2001:2::1]/", "http://[2002:c0a8:101::1]/",
    "http://[64:ff9b::c0a8:101]/", "http://[ff05::1:3]/", "http://[fe80::5efe:10.0.0.1]/", "http://[2620:4f:8000::1]/",
    "http://192.31.196.1/", "http://192.52.193.1/", "http://192.175.48.1/", "http://100.127.255.254/", "http://172.20.10.2/",
    "http://0251.0376.0251.0376/", "http://0xA9FEA9FE/", "http://2852039166/", "http://169.254.43518/", "http://10.1/",
    "http://router.lan/", "http://vault.internal/", "http://hidden.onion/", "http://gateway.home.arpa/",
    # Not the web
    "file:///etc/passwd", "ftp://example.org/", "gopher://127.0.0.1:70/_x", "dict://127.0.0.1:11211/stat", "//10.0.0.1/",
    "javascript:alert(1)", "data:text/xml,<rss/>", "unix:/run/docker.sock", "http://example.org:22/",
    "http://example.org:0/", "http://example.org:6379/", "http://example.org:99999/", "http://example.org:x/",
    "http://exa mple.org/", "http://example.org\r\nHost: 127.0.0.1/", "http://\x00example.org/", "",
]  # fmt: skip


# The plain addresses among them, as a resolver would answer them.
ADDRESSES = sorted({
    host
    for form in FORMS
    if (host := form.partition("://")[2].partition("/")[0].strip("[]")) and _is_address(host)
})  # fmt: skip


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every address that any socket of this process is told to connect or send to, and every name looked up."""
    told: list[Any] = []

    class Watched(socket.socket):
        def connect(self, address: Any) -> None:
            told.append(address)
            super().connect(address)

        def connect_ex(self, address: Any) -> int:
            told.append(address)
            return super().connect_ex(address)

        def sendto(self, *args: Any) -> int:
            told.append(args[-1])
            return super().sendto(*args)

    def look_up(*args: Any, **_: Any) -> Any:
        told.append(("looked up", args[0]))
        raise socket.gaierror("no names in this test")

    monkeypatch.setattr(socket, "socket", Watched)
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return told


@pytest.fixture
def server() -> Iterator[Server]:
    """A loopback server; only its own address and port are ever allowed."""
    with serving() as running:
        yield running


def test_there_are_enough_forms() -> None:
    """At least 120 forbidden forms are tried, each typed in, redirected to, and rebound where it is an address."""
    assert len(set(FORMS)) >= 120
    assert len(ADDRESSES) >= 50


@pytest.mark.parametrize("url", FORMS)
def test_forbidden_address_opens_no_connection(url: str, connections: list[Any]) -> None:
    """A forbidden address is refused before a socket is told anything and before a name is looked up."""
    with pytest.raises(Refused):
        Fetcher().get(url)
    assert connections == []


@pytest.mark.parametrize("url", FORMS)
def test_forbidden_address_is_refused_where_another_private_one_is_allowed(
    url: str, connections: list[Any]
) -> None:
    """Allowing one private address opens nothing else; a local name may be looked up, never connected."""
    with pytest.raises(SourceTrouble):
        Fetcher([f"{HOST}:9"], resolver=lambda *_: ["127.0.0.1", "::1"]).get(url)
    assert connections == []


@pytest.mark.parametrize("url", [form for form in FORMS if form and "\r" not in form and "\x00" not in form])
def test_redirect_to_forbidden_address_opens_no_connection(
    url: str, connections: list[Any], server: Server
) -> None:
    """A redirect is judged like a typed address: only the first server is ever connected."""
    if url.startswith("//"):
        url = "http:" + url
    target = url.encode("utf-8").decode("latin-1")
    server.answers["/"] = lambda sock, _: sock.sendall(
        f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode("latin-1")
    )
    with pytest.raises(SourceTrouble):
        Fetcher(server.allowed).get(server.url())
    # Where something private is allowed, a local name is looked up; what it leads to is judged as ever.
    assert {told for told in connections if told[0] != "looked up"} == {(HOST, server.port)}


def test_redirect_to_another_port_of_the_allowed_address_is_refused(
    connections: list[Any], server: Server
) -> None:
    """Where one port was allowed, a redirect to another port of the same address opens nothing."""
    server.says("/", status="302 Found", Location=f"http://{HOST}:{server.port + 1}/")
    with pytest.raises(Refused):
        Fetcher(server.allowed).get(server.url())
    assert connections == [(HOST, server.port)]


@pytest.mark.parametrize(
    "answers",
    [
        ["127.0.0.1"],
        ["93.184.215.14", "10.0.0.1"],
        ["::1"],
        ["64:ff9b::10.0.0.1"],
        ["::ffff:192.168.0.1"],
        ["fe80::1%eth0"],
    ],
)
def test_name_that_leads_inside_opens_no_connection(answers: list[str], connections: list[Any]) -> None:
    """A name is judged by all its addresses; one forbidden address among them spoils it."""
    with pytest.raises(Refused) as refused:
        Fetcher(resolver=lambda *_: answers).get("http://feeds.example.org/")
    assert refused.value.code == "refused_address"
    assert connections == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_name_rebound_to_a_forbidden_address_opens_no_connection(
    address: str, connections: list[Any], server: Server
) -> None:
    """A name that was good for one hop and turns to a forbidden address for the next is not connected again."""
    answers = [[HOST], [address], [address]]
    server.says("/", status="302 Found", Location=f"http://turns.example.org:{server.port}/secret")
    fetcher = Fetcher(server.allowed, resolver=lambda *_: answers.pop(0))
    with pytest.raises(Refused):
        fetcher.get(f"http://turns.example.org:{server.port}/")
    assert connections == [(HOST, server.port)]


def test_rebinding_name_is_asked_once_per_hop_and_connected_as_judged(
    connections: list[Any], server: Server
) -> None:
    """A name that answers differently the second time gains nothing: each hop connects where it was judged."""
    answers = [[HOST], ["127.0.0.1"], ["127.0.0.1"]]
    asked: list[str] = []

    def resolver(host: str, _: int) -> list[str]:
        asked.append(host)
        return answers[len(asked) - 1]

    server.says("/", b"<rss/>")
    server.says("/again", status="302 Found", Location=f"http://turns.example.org:{server.port}/secret")
    fetcher = Fetcher(server.allowed, resolver=resolver)
    with pytest.raises(Refused):
        fetcher.get(f"http://turns.example.org:{server.port}/again")
    assert asked == ["turns.example.org"] * 2
    assert connections == [(HOST, server.port)]


def test_of_a_local_names_addresses_only_the_opened_one_is_connected(
    connections: list[Any], server: Server
) -> None:
    """`localhost` may be several addresses: the one that was opened is used, the others stay untouched."""
    server.says("/", b"here")
    fetcher = Fetcher(server.allowed, resolver=lambda *_: ["::1", HOST, "127.0.0.1"])
    assert fetcher.get(f"http://localhost:{server.port}/").body == b"here"
    assert connections == [(HOST, server.port)]


def test_environment_proxies_are_ignored(
    connections: list[Any], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy in the environment is not used: it would connect for us to what we may not."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:3128")
    server.says("/", b"here")
    assert Fetcher(server.allowed).get(server.url()).body == b"here"
    assert connections == [(HOST, server.port)]
