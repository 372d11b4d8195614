"""Which addresses are public: the table against the registries, block by block."""

from __future__ import annotations

import contextlib
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.collect.addresses import carried, is_public, read_allowed, read_url, unwrapped
from answerable.errors import BadInput, Refused

# Written down from the registries for this test, apart from the table in the code.
FORBIDDEN = """
0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
255.255.255.255/32 ::/128 ::1/128 ::/96 ::ffff:0:0/104 64:ff9b:1::/48 100::/64 100:0:0:1::/64 2001::/32
2001:2::/48 2001:10::/28 2001:20::/28 2001:30::/28 2001:db8::/32 2002::/16 3fff::/20 5f00::/16 fc00::/7
fe80::/10 fec0::/10 ff00::/8
""".split()
PUBLIC = """
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.255.255
169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255
2606:4700::1111 2001:4860:4860::8888 2a00:1450::1 2400:cb00::1 64:ff9b::8.8.8.8 2001:200::1
""".split()


@pytest.mark.parametrize("block", FORBIDDEN)
def test_first_last_and_middle_of_each_reserved_block_are_forbidden(block: str) -> None:
    """No address of a special-purpose block is public, at either end of it or inside."""
    network = ip_network(block)
    for number in (0, network.num_addresses - 1, network.num_addresses // 2):
        assert not is_public(network[number]), network[number]


@pytest.mark.parametrize("address", PUBLIC)
def test_neighbours_of_reserved_blocks_stay_reachable(address: str) -> None:
    """The guard does not cut off the public network: what stands beside a reserved block is public."""
    assert is_public(ip_address(address))


@given(st.integers(0, 2**32 - 1))
def test_an_address_inside_another_is_judged_as_itself(number: int) -> None:
    """IPv4-mapped, NAT64 and ISATAP addresses are public only if the IPv4 address inside is."""
    inner = IPv4Address(number)
    mapped = IPv6Address(f"::ffff:{inner}")
    nat64 = IPv6Address(int(IPv6Address("64:ff9b::")) + number)
    isatap = IPv6Address(int(IPv6Address("2600:1::5efe:0:0")) + number)
    assert unwrapped(mapped) == inner
    assert carried(nat64) == carried(isatap) == inner
    assert is_public(mapped) == is_public(nat64) == is_public(isatap) == is_public(inner)


@given(st.integers(0, 2**128 - 1))
def test_nothing_outside_global_unicast_is_public(number: int) -> None:
    """Beside 2000::/3 and NAT64 of a public address, no IPv6 address is ever public."""
    address = IPv6Address(number)
    if address not in ip_network("2000::/3") and unwrapped(address) == address and carried(address) is None:
        assert not is_public(address)


@given(st.integers(0, 2**32 - 1))
def test_six_to_four_and_teredo_are_never_public(number: int) -> None:
    """6to4 and Teredo name somebody's IPv4 address and are refused whatever it is."""
    assert not is_public(IPv6Address((0x2002 << 112) | (number << 80)))
    assert not is_public(IPv6Address((0x20010000 << 96) | number ^ 0xFFFFFFFF))


def test_an_allowed_network_may_name_a_port() -> None:
    """The setting opens exactly what it names: a network, an address, or one port of it."""
    allowed = read_allowed(["10.1.0.0/16", "127.0.0.2:8010", "[fd00::1]:80", " ", "fd01::/64"])
    assert (ip_address("10.1.2.3"), 443) in allowed[0]
    assert (ip_address("10.2.2.3"), 443) not in allowed[0]
    assert (ip_address("127.0.0.2"), 8010) in allowed[1]
    assert (ip_address("127.0.0.2"), 8011) not in allowed[1]
    assert (ip_address("127.0.0.3"), 8010) not in allowed[1]
    assert (ip_address("fd00::1"), 80) in allowed[2]
    assert (ip_address("10.1.2.3"), 80) not in allowed[3]


@pytest.mark.parametrize("entry", ["10.1.0.0/99", "everything", "10.0.0.1:x", "10.1.2.3/16"])
def test_a_wrong_setting_is_refused_in_one_line(entry: str) -> None:
    """A network that cannot be read opens nothing: the start says so."""
    with pytest.raises(BadInput, match="write it like"):
        read_allowed([entry])


@pytest.mark.parametrize(
    ("url", "host", "port", "rewritten"),
    [
        ("https://Example.ORG/a?b#c", "example.org", 443, "https://example.org/a?b"),
        (
            "http://bücher.example:8080/x",
            "xn--bcher-kva.example",
            8080,
            "http://xn--bcher-kva.example:8080/x",
        ),
        ("http://[2606:4700::1]/", "2606:4700::1", 80, "http://[2606:4700::1]/"),
        ("http://my_feeds.example.org", "my_feeds.example.org", 80, "http://my_feeds.example.org/"),
    ],
)
def test_a_plain_address_is_read_as_people_mean_it(url: str, host: str, port: int, rewritten: str) -> None:
    """Host names in any script, ports and bracketed addresses are understood and written in one way."""
    place = read_url(url)
    assert (place.host, place.port, place.url) == (host, port, rewritten)


@given(st.text(max_size=60))
def test_no_text_makes_the_reader_of_addresses_fail_otherwise(text: str) -> None:
    """Whatever is typed in as an address is read or refused; nothing else is raised."""
    for url in (text, f"http://{text}/", f"http://example.org:{text}/"):
        with contextlib.suppress(Refused):
            assert read_url(url).port in range(1, 65536)
