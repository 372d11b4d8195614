"""Finds the different things said within a story: statements that mean nearly the same are one point.

First by words, as that is cheap; then the most carried are compared by meaning too, also across languages.
Nothing is written: a point is shown in one item's own words, and what two say of hundreds is kept as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from answerable.records import Json, Said, Telling
from answerable.understand.coordination import counted
from answerable.understand.describer import Tools
from answerable.understand.embed import Vectors
from answerable.understand.headings import quality
from answerable.understand.meant import Meant
from answerable.understand.statements import Statement, statements
from answerable.understand.words import for_embedding

MOST = 700  # statements compared
SAME_WORDS = 0.58  # cosine of words from which two statements are one, whatever they mean
COMPARED = 240  # groups compared by meaning
NEAR = 0.36  # half words, half meaning: the bar between groups of one language
FOREIGN = 0.34  # meaning alone: the bar between languages
USUAL = 0.4  # of what is taken off at most: where all say the same, there is no middle
LEAST = 2  # items that make a point
KEPT = 40  # points of one story
GOOD_WORDS = 5  # of a statement that may stand for others

Indexes = list[int]


@dataclass(frozen=True, slots=True)
class Point:
    """One thing said, by the statement that says it best."""

    best: Statement
    items: tuple[int, ...]  # different items that carry it, by id
    weight: int  # items it stands for: copies count, a campaign's do not
    languages: Mapping[str, int]  # of the different items


def points(telling: Telling, meant: Meant) -> list[Point]:
    """The points of a story, the most carried first; each is carried by two items at least."""
    said = {one.id: one for one in telling.said}
    weights = counted(telling)
    made = _chosen([one for item in telling.said for one in statements(item)], weights)
    if not made:
        return []
    rows = vectors(made)
    groups = by_words(rows, np.array([weights[one.item] for one in made], dtype=np.float32))
    groups = _by_meaning(groups, rows, made, said, weights, meant)
    found = [_point(group, rows, made, said, weights) for group in groups]
    found = [point for point in found if point.weight >= LEAST or _copies(point, said) >= LEAST]
    return sorted(found, key=lambda point: (-point.weight, point.items[0], point.best.start))[:KEPT]


def _copies(point: Point, said: Mapping[int, Said]) -> int:
    return sum(said[item].copies for item in point.items)


def _chosen(made: list[Statement], weights: Mapping[int, int]) -> list[Statement]:
    """The statements that are compared: all, or those of the most copied items first."""
    if len(made) <= MOST:
        return made
    order = sorted(range(len(made)), key=lambda n: (-weights[made[n].item], n))[:MOST]
    return [made[n] for n in sorted(order)]


def vectors(made: Sequence[Statement]) -> NDArray[np.float32]:
    """A row of word weights for each statement, of length 1 with the words that no other has."""
    times = Counter(word for one in made for word in set(one.words))
    place = {word: n for n, word in enumerate(word for word, count in times.items() if count > 1)}
    rows = np.zeros((len(made), max(1, len(place))), dtype=np.float32)
    # The root, because the words that all of a story share say something too.
    rare = {word: log(1 + len(made) / count) ** 0.5 for word, count in times.items()}
    for n, one in enumerate(made):
        length = 0.0
        for word in set(one.words):
            length += rare[word] ** 2
            if word in place:
                rows[n, place[word]] = rare[word]
        rows[n] /= max(length, 1e-9) ** 0.5
    return rows


def by_words(rows: NDArray[np.float32], weights: NDArray[np.float32]) -> list[Indexes]:
    """Groups around the most central statements: each joins the nearest group if it is near enough."""
    central = rows @ (rows.T @ weights)
    groups: list[Indexes] = []
    sums = np.zeros_like(rows)
    lengths = np.zeros(len(rows), dtype=np.float32)
    for n in np.argsort(-central, kind="stable").tolist():
        if groups:
            nearness = (sums[: len(groups)] @ rows[n]) / lengths[: len(groups)]
            best = int(nearness.argmax())
            if nearness[best] >= SAME_WORDS:
                groups[best].append(n)
                sums[best] += rows[n]
                lengths[best] = max(float(np.linalg.norm(sums[best])), 1e-9)
                continue
        sums[len(groups)] = rows[n]
        lengths[len(groups)] = max(float(np.linalg.norm(rows[n])), 1e-9)
        groups.append([n])
    return groups


def _by_meaning(
    groups: list[Indexes],
    rows: NDArray[np.float32],
    made: Sequence[Statement],
    said: Mapping[int, Said],
    weights: Mapping[int, int],
    meant: Meant,
) -> list[Indexes]:
    """Join the most carried groups that mean nearly the same; average linkage."""
    carried = [sum({made[n].item: weights[made[n].item] for n in group}.values()) for group in groups]
    order = sorted(range(len(groups)), key=lambda g: (-carried[g], g))
    compared, rest = order[:COMPARED], order[COMPARED:]
    centres = np.stack([_unit(rows[groups[g]].sum(axis=0)) for g in compared])
    heads = [
        groups[g][int((rows[groups[g]] @ centre).argmax())]
        for g, centre in zip(compared, centres, strict=True)
    ]
    meanings = meant.of([for_embedding("", made[n].of(said[made[n].item])) for n in heads])
    languages = [said[made[n].item].language for n in heads]
    joined = _linked(nearness(centres, meanings, languages))
    return [[n for c in one for n in groups[compared[c]]] for one in joined] + [groups[g] for g in rest]


def nearness(words: Vectors, meanings: Vectors, languages: Sequence[str]) -> NDArray[np.float32]:
    """How much nearer each pair is than its bar, above 0 when they are one point.

    All statements of a story mean something alike; what they share in the middle is taken off first.
    """
    alike = meanings @ meanings.T
    if len(alike) > 2:
        usual = float(np.clip(np.median(alike[np.triu_indices(len(alike), 1)]), 0.0, USUAL))
        alike = (alike - usual) / (1 - usual)
    codes = np.array(languages)
    foreign = (codes[:, None] != codes[None, :]) & (codes != "und")[:, None] & (codes != "und")[None, :]
    near: NDArray[np.float32] = np.where(foreign, alike - FOREIGN, (alike + words @ words.T) / 2 - NEAR)
    return near


def _linked(near: NDArray[np.float32]) -> list[Indexes]:
    """Average linkage: join the nearest two groups until no two are above 0."""
    sums = near.astype(np.float64)
    np.fill_diagonal(sums, -np.inf)
    sizes = np.ones(len(sums))
    groups: list[Indexes] = [[n] for n in range(len(sums))]
    while len(sums) > 1:
        mean = sums / np.outer(sizes, sizes)
        a, b = divmod(int(mean.argmax()), len(sums))
        if mean[a, b] <= 0:
            break
        a, b = min(a, b), max(a, b)
        groups[a] += groups[b]
        groups[b] = []
        sums[a, :] += sums[b, :]
        sums[:, a] = sums[a, :]
        sums[b, :] = sums[:, b] = sums[a, a] = -np.inf
        sizes[a] += sizes[b]
    return [group for group in groups if group]


def _point(
    group: Indexes,
    rows: NDArray[np.float32],
    made: Sequence[Statement],
    said: Mapping[int, Said],
    weights: Mapping[int, int],
) -> Point:
    """The point of a group; it is said best in the language that most of its items are in."""
    items = sorted({made[n].item for n in group})
    languages = Counter(said[item].language for item in items)
    most = max(languages.values())
    centre = _unit(rows[group].sum(axis=0))

    def fit(n: int) -> tuple[float, int]:
        one = made[n]
        of = said[one.item]
        text = one.of(of)
        enough = min(1.0, len(one.words) / GOOD_WORDS)
        common = 1.0 if languages[of.language] == most else 0.5
        return common * enough * quality(text, "", one.words, float(rows[n] @ centre)), -n

    best = made[max(group, key=fit)]
    return Point(best, tuple(items), sum(weights[item] for item in items), dict(languages))


def _unit(row: NDArray[np.float32]) -> NDArray[np.float32]:
    unit: NDArray[np.float32] = row / max(float(np.linalg.norm(row)), 1e-9)
    return unit


class Points:
    """The describer `points`."""

    name = "points"

    def __init__(self, tools: Tools) -> None:
        """Needs the embedder."""
        self._meant = Meant(tools.embedder)

    def describe(self, telling: Telling) -> Json:
        """{"points": [{"item", "part", "start", "end", "items", "languages"}], "alone": [item]}."""
        found = points(telling, self._meant)
        if not found:
            return None
        carried = {item for point in found for item in point.items}
        return {
            "points": [_fact(point) for point in found],
            "alone": [one.id for one in telling.said if one.id not in carried],
        }


def _fact(point: Point) -> dict[str, Json]:
    return {
        "item": point.best.item,
        "part": point.best.part,
        "start": point.best.start,
        "end": point.best.end,
        "items": list(point.items),
        "languages": dict(point.languages),
    }
