"""Which addresses may be fetched from: our own table of the IANA special-purpose registries.

`ipaddress` is used to read numbers, never to judge them: its flags lag behind the registries.
Everything that is not plainly global unicast is refused, also what merely carries such an address inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from urllib.parse import urlsplit, urlunsplit

import idna

from answerable.errors import BadInput, Refused

Address = IPv4Address | IPv6Address

# https://www.iana.org/assignments/iana-ipv4-special-registry (2025) and multicast (RFC 5771).
_V4 = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private use
        "100.64.0.0/10",  # shared address space of carriers
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link local, clouds' metadata
        "172.16.0.0/12",  # private use
        "192.0.0.0/24",  # IETF protocol assignments, with DS-Lite, NAT64 discovery, PCP and TURN anycast
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112 sink
        "192.52.193.0/24",  # AMT relays
        "192.88.99.0/24",  # 6to4 relays (deprecated)
        "192.168.0.0/16",  # private use
        "192.175.48.0/24",  # AS112 sink
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, with the limited broadcast
    )
)
# Only 2000::/3 is global unicast (RFC 4291); the registry takes these out of it again.
_V6_GLOBAL = IPv6Network("2000::/3")
_V6 = tuple(
    IPv6Network(block)
    for block in (
        "2001::/23",  # IETF assignments: Teredo, benchmarking, AMT, AS112, ORCHID, DETs, anycasts
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: names an IPv4 address of whoever wrote it
        "2620:4f:8000::/48",  # AS112 sink
        "3ffe::/16",  # the former 6bone
        "3fff::/20",  # documentation
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)  # upper half of the interface id, RFC 5214

_DOTTED = re.compile(r"(?:0|[1-9][0-9]{0,2})(?:\.(?:0|[1-9][0-9]{0,2})){3}")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_LOCAL_NAMES = ("localhost", "localdomain", "local", "internal", "intranet", "lan", "home.arpa", "onion")
# Ports below 1024 other than the web's own, and what listens above on many machines and speaks to anybody.
_WEB_PORTS = frozenset({80, 443})
_MAIL_PORTS = frozenset({143, 993})
# fmt: off
_OTHER_SERVICES = frozenset({
    1080, 1433, 1521, 1719, 1720, 1723, 2049, 2181, 2375, 2376, 2379, 2380, 3128, 3306, 3389, 3659, 4045,
    4190, 5060, 5061, 5432, 5672, 5900, 5984, 6000, 6379, 6443, 6566, 6665, 6666, 6667, 6668, 6669, 6697,
    7001, 9042, 9092, 9100, 9200, 9300, 10080, 10250, 11211, 27017,
})
# fmt: on


@dataclass(frozen=True, slots=True)
class Allowed:
    """A private network that the operator has opened on purpose, on one port or on all."""

    network: IPv4Network | IPv6Network
    port: int | None = None

    def __contains__(self, place: tuple[Address, int]) -> bool:
        address, port = place
        return address in self.network and self.port in (None, port)


@dataclass(frozen=True, slots=True)
class Place:
    """A checked web address, before its name is resolved."""

    url: str  # rewritten with the host as it was understood, without fragment
    host: str  # lower case, ASCII: a DNS name or a plain address without brackets
    port: int
    address: Address | None  # when the host is an address already


def read_allowed(entries: Iterable[str]) -> tuple[Allowed, ...]:
    """Read the setting: `10.1.0.0/16`, `192.168.3.4`, `127.0.0.2:8010`, `[fd00::1]:80`. Raises BadInput."""
    return tuple(_read_one(entry.strip()) for entry in entries if entry.strip())


def _read_one(entry: str) -> Allowed:
    network, port = entry, ""
    if bracketed := re.fullmatch(r"\[([^\]]+)\](?::(\d{1,5}))?", entry):
        network, port = bracketed[1], bracketed[2] or ""
    elif entry.count(":") == 1:
        network, _, port = entry.partition(":")
    try:
        return Allowed(ip_network(network), int(port) if port else None)
    except ValueError as error:
        raise BadInput(
            f"{entry!r} is no network that can be allowed; write it like 10.1.0.0/16 or 10.1.2.3:8080."
        ) from error


def unwrapped(address: Address) -> Address:
    """The IPv4 address that a connection to an IPv4-mapped one goes to; other addresses as they are."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def carried(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address inside a NAT64 (RFC 6052) or ISATAP (RFC 5214) one, None when there is none."""
    number = int(address)
    if address in _NAT64 or (number >> 32) & 0xFFFF_FFFF in _ISATAP:
        return IPv4Address(number & 0xFFFF_FFFF)
    return None


def is_public(address: Address) -> bool:
    """True only for globally reachable unicast; what tunnels elsewhere is judged by where it leads."""
    address = unwrapped(address)
    if isinstance(address, IPv4Address):
        return not any(address in block for block in _V4)
    if address.scope_id is not None:
        return False
    inner = carried(address)
    if address in _NAT64:
        return inner is not None and is_public(inner)
    if address not in _V6_GLOBAL or any(address in block for block in _V6):
        return False
    return inner is None or is_public(inner)


def is_opened(address: Address, port: int, allowed: Sequence[Allowed]) -> bool:
    """Whether the operator opened this address on purpose."""
    return any((unwrapped(address), port) in entry for entry in allowed)


def judge(address: Address, port: int, allowed: Sequence[Allowed], host: str) -> Address:
    """The address to connect to. Raises Refused when nothing allows it."""
    if is_public(address) or is_opened(address, port, allowed):
        return unwrapped(address)
    raise Refused("refused_address", permanent=True, host=host[:100])


def read_url(url: str, *, local_names: bool = False) -> Place:
    """Check a web address without resolving it. Raises Refused, always before any connection.

    Only http and https; no user names; a host that is a plain dotted or bracketed address or a DNS name.
    `local_names` lets names like `localhost` or `feeds` be resolved: their addresses are still judged.
    """
    if len(url) > 2_000 or url != url.strip() or any(ord(char) < 33 or char in "\\\x7f" for char in url):
        raise Refused("bad_address", permanent=True)
    try:
        parts = urlsplit(url)
        raw_host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Refused("bad_address", permanent=True) from error
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https") or not raw_host:
        raise Refused("bad_address", permanent=True)
    if "@" in parts.netloc:
        raise Refused("credentials", permanent=True)
    if port is None:
        port = 443 if scheme == "https" else 80
    if port not in _WEB_PORTS and (port < 1024 or port in _OTHER_SERVICES):
        raise Refused("bad_port", permanent=True, port=port)
    bracketed = "[" in parts.netloc
    host, address = _read_host(raw_host, bracketed=bracketed, local_names=local_names)
    netloc = f"[{host}]" if bracketed else host
    if port != (443 if scheme == "https" else 80):
        netloc = f"{netloc}:{port}"
    return Place(urlunsplit((scheme, netloc, parts.path or "/", parts.query, "")), host, port, address)


def read_server(host: str, port: int, *, local_names: bool = False) -> Place:
    """Check where a mail server is said to be, without resolving it. Raises Refused, as `read_url`."""
    bracketed = ":" in host
    if not host or host != host.strip() or not 0 < port < 65_536:
        raise Refused("bad_address", permanent=True)
    host, address = _read_host(host, bracketed=bracketed, local_names=local_names)
    return Place(f"{host} {port}", host, port, address)


def judge_mail_port(port: int, addresses: Sequence[Address], allowed: Sequence[Allowed]) -> None:
    """Mail is read on its own two ports; on others only where the operator opened them. Raises Refused."""
    if port not in _MAIL_PORTS and not all(is_opened(address, port, allowed) for address in addresses):
        raise Refused("bad_mail_port", permanent=True, port=port)


def _read_host(host: str, *, bracketed: bool, local_names: bool) -> tuple[str, Address | None]:
    refused = Refused("refused_address", permanent=True, host=host[:100])
    if bracketed:
        if "%" in host:
            raise refused  # a zone id names an interface of this machine
        try:
            return host, IPv6Address(host)
        except ValueError:
            raise refused from None
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii").lower()
        except (idna.IDNAError, UnicodeError):
            raise refused from None
        if _DOTTED.fullmatch(host):
            raise refused  # digits of another script: nobody publishes such an address in earnest
    if _DOTTED.fullmatch(host):
        try:
            return host, ip_address(host)
        except ValueError:
            raise refused from None
    labels = host.split(".")
    # Some resolver somewhere reads a last label that begins like a number as an IPv4 address: 0x7f.1, 127.1
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels) or labels[-1][0].isdigit():
        raise refused
    local = len(labels) == 1 or any(host == name or host.endswith("." + name) for name in _LOCAL_NAMES)
    if local and not local_names:
        raise refused
    return host, None
