"""Describes what of a story could be checked: its claims and questions, each with the items that carry it.

A place in an item stands for the words; a page quotes them and puts them into order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from answerable.records import Json, Said, Telling
from answerable.understand.claims.finding import Found, find
from answerable.understand.points import by_words, vectors
from answerable.understand.statements import Statement
from answerable.understand.words import plain, words_of

Finder = Callable[[str, str], Sequence[Found]]
MOST = 700  # sentences compared
KEPT = 12  # of one story


def describe(telling: Telling, finder: Finder = find) -> Json:
    """{"claims": [{"item", "part", "start", "end", "asks", "signs", "items", "copies", "sources"}]}, most
    carried first; `copies` counts what says nearly the same too.

    None when nothing in the story can be checked.
    """
    made = [pair for one in telling.said for pair in _of(one, finder)][:MOST]
    if not made:
        return None
    said = {one.id: one for one in telling.said}
    rows = vectors([statement for statement, _ in made])
    carried = np.array([said[one.item].copies for one, _ in made], dtype=np.float32)
    found = [_fact(group, made, said) for group in by_words(rows, carried)]
    found.sort(key=lambda one: (-one[0], one[1]))
    return {"claims": [fact for _, _, fact in found[:KEPT]]}


def _of(said: Said, finder: Finder) -> list[tuple[Statement, Found]]:
    parts = [("title", said.title)] if said.title else []
    found = []
    for part, text in [*parts, ("text", said.text)]:
        for one in finder(text, said.language):
            words = tuple(words_of(plain(one.of(text))))
            found.append((Statement(said.id, part, one.start, one.end, words), one))
    return found


def _fact(
    group: Sequence[int], made: Sequence[tuple[Statement, Found]], said: dict[int, Said]
) -> tuple[float, int, dict[str, Json]]:
    """(strength, first item, the fact): what is carried by many and surely can be checked stands first."""
    items = sorted({made[n][0].item for n in group})
    copies = sum(said[item].copies for item in items)
    asking = Counter(made[n][1].asks for n in group).most_common(1)[0][0]
    alike = [n for n in group if made[n][1].asks == asking]
    # The one that most can be checked, and of these the shortest: it says nothing else.
    best = min(alike, key=lambda n: (-made[n][1].strength, made[n][0].end - made[n][0].start, n))
    statement, how = made[best]
    fact: dict[str, Json] = {
        "item": statement.item, "part": statement.part, "start": statement.start, "end": statement.end,
        "asks": how.asks, "signs": list(how.signs), "items": list(items),
        "copies": copies, "sources": len({said[item].source for item in items}),
    }  # fmt: skip
    return float(np.log1p(copies) * how.strength), items[0], fact
