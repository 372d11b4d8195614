"""What a story says of its mood: estimated shares with intervals, of moods, of questions and of complaints.

Every different item counts once, however often it was copied. Items in languages the model cannot judge are
left out and counted; below LEAST items nothing is said at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from zlib import crc32

import numpy as np

from answerable.records import Json, Said, Telling
from answerable.understand.embed import Embedder, Vectors
from answerable.understand.mood import asks
from answerable.understand.mood.built_in import KNOWN, BuiltIn
from answerable.understand.mood.model import NAMES, Model
from answerable.understand.mood.prevalence import Group, Shares, estimate

LEAST = 20  # items below which shares say too little
MOST = 300  # different items of one story that are read
REMEMBERED = 4000  # vectors of texts read of late: a story that grows is not embedded anew


@dataclass(slots=True)
class _Read:
    """What was read of a story."""

    items: list[Said] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    languages: dict[str, Json] = field(default_factory=dict)  # code: [items, learned]
    guesses: list[int] = field(default_factory=list)  # of each item, a place in NAMES
    asking: list[bool] = field(default_factory=list)
    complaining: list[bool] = field(default_factory=list)


def describe(
    telling: Telling, model: Model, built_in: BuiltIn, knows: Callable[[str], bool], number: int
) -> Json:
    """The fact `mood`. `number` is that of the learned mood in use, 0 for the built-in one.

    {"model", "read", "of", "left_out", "languages": {code: [items, learned]}, "moods": {name: share},
    "asks": share, "complains": share}; a share is {"share", "low", "high", "items": [ids]}, and the three
    are null where too few items can be judged.
    """
    if not telling.said:
        return None
    judged = [one for one in telling.said if one.language in KNOWN or knows(one.language)]
    read = _read(judged, model, built_in)
    # How many of those nobody looked at can be judged is known only from those that were looked at.
    unread = max(0.0, telling.different * len(judged) / len(telling.said) - len(read.items))
    found: dict[str, Json] = {
        "model": number,
        "read": len(read.items),
        "of": telling.different,
        "left_out": len(telling.said) - len(judged),
        "languages": read.languages,
        "moods": None,
        "asks": None,
        "complains": None,
    }
    return found if len(read.items) < LEAST else found | _shares(read, unread, telling.story)


def _read(judged: Sequence[Said], model: Model, built_in: BuiltIn) -> _Read:
    """Judge a fair sample, language by language."""
    read = _Read()
    # The same items each time: a sample that moved would make the shares flicker.
    sample = sorted(judged, key=lambda one: crc32(str(one.id).encode()))[:MOST]
    mean = sum(one.weight for one in sample) / max(1, len(sample))
    sample.sort(key=lambda one: one.language)
    for language, some in groupby(sample, key=lambda one: one.language):
        items = list(some)
        texts = [_text(one) for one in items]
        answer = model.judge(texts, language)
        weights = np.array([one.weight / mean for one in items])
        read.items += items
        read.groups.append(Group(answer.evidence, weights))
        read.languages[language] = [len(items), answer.learned]
        read.guesses += answer.guess.argmax(axis=1).tolist()
        read.asking += map(asks.asks, texts)
        read.complaining += built_in.complains(texts).tolist()
    return read


def _shares(read: _Read, unread: float, seed: int) -> dict[str, Json]:
    weights = np.concatenate([group.weights for group in read.groups])
    more = unread / float(weights.sum())
    moods = estimate(
        [replace(group, unread=more * float(group.weights.sum())) for group in read.groups], seed
    )
    of_moods: dict[str, Json] = {
        name: _share(moods, place, read.items, [guess == place for guess in read.guesses])
        for place, name in enumerate(NAMES)
    }
    found: dict[str, Json] = {"moods": of_moods}
    for name, yes, right in (
        ("asks", read.asking, asks.ASKING),
        ("complains", read.complaining, asks.COMPLAINING),
    ):
        shares = estimate([replace(asks.group(yes, weights, right), unread=unread)], seed)
        found[name] = _share(shares, 1, read.items, yes)
    return found


def _text(one: Said) -> str:
    return f"{one.title}. {one.text}" if one.title and one.title not in one.text else one.text


def _share(shares: Shares, place: int, items: Sequence[Said], counted: Sequence[bool]) -> Json:
    counted_ids: list[Json] = [one.id for one, yes in zip(items, counted, strict=True) if yes]
    return {
        "share": round(shares.share[place], 4),
        "low": round(shares.low[place], 4),
        "high": round(shares.high[place], 4),
        "items": counted_ids,
    }


class Remembering:
    """An embedder that remembers the texts of late."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}

    @property
    def size(self) -> int:
        """See Embedder."""
        return self._embedder.size

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See Embedder."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        known: Mapping[str, Vectors] = self._known | dict(zip(new, self._embedder.embed(new), strict=True))
        rows = [known[text] for text in texts]
        for text in dict.fromkeys(texts):
            self._known.pop(text, None)
            self._known[text] = known[text]
        while len(self._known) > REMEMBERED:
            del self._known[next(iter(self._known))]
        return np.stack(rows) if rows else np.zeros((0, self.size), dtype=np.float32)

    def expect(self, text: str) -> None:
        """See Embedder."""
        self._embedder.expect(text)
