"""Which address a request came from. Forwarding headers count only when a proxy that we trust wrote them."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def caller(request: HttpRequest) -> str:
    """The caller's address, or their network of 64 bits for IPv6; "" when the server names none."""
    trusted = networks(settings.ANSWERABLE.trusted_proxies)
    here = read_address(request.META.get("REMOTE_ADDR", ""))
    if here is not None and _within(here, trusted):
        # The last proxy wrote the last address: going back, the first that is no proxy of ours is theirs.
        for part in reversed(request.headers.get("X-Forwarded-For", "").split(",")[-20:]):
            before = read_address(part.strip())
            if before is None:
                break
            here = before
            if not _within(here, trusted):
                break
    if here is None:
        return ""
    if here.version == 6:
        return str(ipaddress.ip_network((here, 64), strict=False))
    return str(here)


def networks(written: Sequence[str]) -> tuple[Network, ...]:
    """The proxies as networks; what cannot be read trusts nobody."""
    found = []
    for one in written:
        try:
            found.append(ipaddress.ip_network(one, strict=False))
        except ValueError:
            continue
    return tuple(found)


def read_address(text: str) -> Address | None:
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = getattr(found, "ipv4_mapped", None)
    return mapped if isinstance(mapped, ipaddress.IPv4Address) else found


def _within(address: Address, trusted: Sequence[Network]) -> bool:
    return any(address.version == network.version and address in network for network in trusted)
