"""What tests of running parts share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.collect import dovecot
from tests.collect.dovecot import Dovecot


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    """One real IMAP server."""
    with dovecot.serving() as running:
        yield running
