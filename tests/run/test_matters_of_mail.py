"""Matters found by the whole pipeline in made-up mail, in Chinese and in English, with the default settings."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from answerable.collect.collector import BATCH
from answerable.records import Incoming
from answerable.run.evaluation.labelled import Labelled
from answerable.run.evaluation.stream import Stream
from answerable.understand.embed import Hashed
from tests.understand.civic_mail import EN, ZH, Letter, Tongue, mail

LEAST = 0.45  # of the letters of a topic, those in its biggest matter


def matters_of(letters: list[Letter]) -> list[int]:
    """The matter of each letter; a letter that stands alone has a number of its own below 0."""
    stream = Stream(Hashed())
    rows = [
        Labelled(
            f"line {n}", Incoming(str(n), letter.text, title=letter.title, published=letter.at), letter.topic
        )
        for n, letter in enumerate(letters)
    ]
    for at in range(0, len(rows), BATCH):
        stream.read(rows[at : at + BATCH])
    stream.end()
    return [stream.matter(item.id) or -item.id for item in stream.heard]


@pytest.mark.parametrize("tongue", [ZH, EN], ids=["zh", "en"])
def test_troubles_of_a_place_come_together(tongue: Tongue) -> None:
    """Much of what is written about one trouble of one place is one matter, and phrases glue no heap."""
    letters = mail(tongue, seed=5)
    found = matters_of(letters)
    sizes = Counter(found)
    of: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for letter, matter in zip(letters, found, strict=True):
        if letter.topic:
            of[letter.topic][matter] += 1
    together = sum(max(each.values()) for each in of.values()) / sum(
        sum(each.values()) for each in of.values()
    )
    assert together >= LEAST
    assert max(sizes.values()) <= len(letters) / 10
