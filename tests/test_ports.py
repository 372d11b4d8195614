"""A server that is told its port finds it free: nothing else is ever given a port of these by chance."""

from __future__ import annotations

import socket

from tests import ports


def test_ports_differ_and_the_kernel_gives_none_of_them() -> None:
    """However many connections other processes open meanwhile, they get other ports."""
    with socket.create_server(("", ports.free_port())) as taken:
        held = taken.getsockname()[1]
        given = [ports.free_port() for _ in range(200)]
        with socket.create_server(("", 0)) as chance:
            by_chance = chance.getsockname()[1]
    assert len({held, *given}) == 201
    assert max(given) < ports.below() <= by_chance


def test_a_taken_port_is_passed_by() -> None:
    """Where somebody listens already, the walk goes on."""
    first = ports.free_port()
    with socket.create_server(("127.0.0.1", first + 1)):
        assert ports.free_port() != first + 1
