"""The embedder in a process of its own: the same rows, whatever was sent ahead, and after its process died."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import numpy as np
import psutil
import pytest

from answerable.errors import NotReady
from answerable.run import meaning_process
from answerable.run.meaning_process import CHUNK, FarSentences
from answerable.understand.embed import Sentences
from tests import warm

TEXTS = [f"The water in street {number} is brown since {number} o'clock." for number in range(30)]


@pytest.fixture(autouse=True)
def _own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warm, "MOST", 0)


@pytest.fixture
def far() -> Iterator[FarSentences]:
    embedder = FarSentences()
    yield embedder
    embedder.close()


def process_of(far: FarSentences) -> int:
    far.start()
    assert far._process is not None
    return far._process.pid


def test_rows_are_those_of_the_model(far: FarSentences) -> None:
    """What comes back is what the model gives here, in the order asked, repeats included."""
    asked = [*TEXTS, TEXTS[3], "水是棕色的", "🌊"]
    rows = far.embed(asked)
    assert np.allclose(rows, Sentences().embed(asked), atol=1e-5)
    assert far.embed([]).shape == (0, Sentences.size)


def test_texts_sent_ahead_are_asked_for_in_any_order(far: FarSentences) -> None:
    """Texts that were expected, twice, late or never asked for change no answer, and few are kept."""
    for text in [*TEXTS, *TEXTS[:5]]:
        far.expect(text)
    back = far.embed(TEXTS[::-1])
    assert np.allclose(back[::-1], Sentences().embed(TEXTS), atol=1e-5)
    far.expect("never asked for")
    assert np.allclose(far.embed(TEXTS[:1]), back[-1:], atol=1e-5)
    assert len(far._ready) <= CHUNK


def test_a_killed_process_is_replaced(far: FarSentences) -> None:
    """A process that was killed while it worked costs nothing but its start."""
    for text in TEXTS:
        far.expect(text)
    os.kill(process_of(far), signal.SIGKILL)
    assert np.allclose(far.embed(TEXTS), Sentences().embed(TEXTS), atol=1e-5)


def test_a_process_that_always_dies_is_told(far: FarSentences, monkeypatch: pytest.MonkeyPatch) -> None:
    """When it cannot be started at all, the error says what happened and what is safe."""
    monkeypatch.setattr(meaning_process.sys, "executable", "/bin/false")
    with pytest.raises(NotReady, match="Nothing is lost"):
        far.embed(TEXTS)


def test_it_ends_with_its_owner() -> None:
    """Nobody has to close it: when its owner is gone, so is the process."""
    far = FarSentences()
    pid = process_of(far)
    far.embed(["ready"])
    far.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    told, tell = os.pipe()
    if os.fork() == 0:
        os.write(tell, str(process_of(FarSentences())).encode())
        os._exit(0)
    os.wait()
    pid = int(os.read(told, 20))
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and psutil.pid_exists(pid):
        time.sleep(0.1)
    assert not psutil.pid_exists(pid)
