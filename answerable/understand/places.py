"""Finds the places a story names: cities, and the body's own wards and streets. Precision before recall.

A name of one word counts when somebody in the story says "in" or "near" it, or it is a big city that many
name; then it counts in every item. Chinese places are words that the dictionary knows as such.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from answerable.records import Json, Said, Telling
from answerable.understand.ambiguous_names import COMMON, PERSONS
from answerable.understand.describer import Tools
from answerable.understand.gazetteer import Gazetteer, Place, eastern, key_of, own, world
from answerable.understand.words import URL

MOST_WORDS = 4  # of one name
BIG, BY_MANY = 500_000, 3  # people of a city and items that name it, from which no "in" is needed
NAMESAKE = 5  # a city this many times smaller is not meant, though all else is in its country
KEPT = 30
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*|[,(#@]")
_EAST_RUN = re.compile(r"[\u3400-\u9fff]+")
_INSIDE = frozenset("de del la las los el of upon on the d da do dos di sur am an der le les saint".split())
_BEFORE = frozenset(
    """in at near from to around outside across towards toward off inside into through leaving
    visiting downtown en desde hacia cerca afueras ciudad localidad
    dans vers depuis à nach aus bei em para até""".split()
)
_WARD = ("区", "县", "镇", "乡", "街道")
_NO_WARD = frozenset(
    "小区 社区 地区 市区 郊区 山区 景区 校区 园区 城区 灾区 特区 老区 辖区 城镇 乡镇".split()
    + "开发区 工业区 住宅区 自治区".split()
)


@dataclass(slots=True)
class _Seen:
    """What a story says of one name."""

    place: Place
    items: set[int] = field(default_factory=set)
    located: bool = False  # somebody says "in" or "near" it
    small: int = 0  # times it is written small, as a common word is


class Places:
    """The describer `places`."""

    name = "places"

    def __init__(self, tools: Tools) -> None:
        """Reads the body's own places at once; the cities of the world when the first story needs them."""
        self._own = own(tools.home)

    def describe(self, telling: Telling) -> Json:
        """{"places": [{"name", "level", "country", "items"}]}, most items first; see Describer."""
        found = places(telling, self._own, _world())
        listed: list[Json] = [
            {"name": place.name, "level": place.level, "country": place.country, "items": list(items)}
            for place, items in found[:KEPT]
        ]
        return {"places": listed} if listed else None


@cache
def _world() -> Gazetteer:
    return world()


def places(telling: Telling, own_places: Gazetteer, cities: Gazetteer) -> list[tuple[Place, list[int]]]:
    """Places with the items that name them; the most named first."""
    seen: dict[str, _Seen] = {}
    small: dict[str, int] = defaultdict(int)
    for one in telling.said:
        text = URL.sub(" ", one.text if one.title in one.text else f"{one.title}. {one.text}")
        if one.place:
            text = f"{text}\nin {one.place}"  # what its source says of it counts as said
        for key, place, located in _latin(text, own_places, cities, small):
            _note(seen, key, place, one, located)
        for key, place in _eastern(text, own_places, cities):
            _note(seen, key, place, one, True)
    sure = {key: of for key, of in seen.items() if of.place.own or _sure(key, of, small)}
    country = _country(sure, cities)
    kept: dict[Place, set[int]] = defaultdict(set)
    for key, of in sure.items():
        near = [
            place
            for place in cities.namesakes.get(key, ())
            if place.country == country and place.people * NAMESAKE >= of.place.people
        ]
        kept[near[0] if near and not of.place.own else of.place] |= of.items
    copies = {one.id: one.copies for one in telling.said}
    order = sorted(kept, key=lambda place: (-sum(copies[item] for item in kept[place]), place.name))
    return [(place, sorted(kept[place])) for place in order]


def _note(seen: dict[str, _Seen], key: str, place: Place, one: Said, located: bool) -> None:
    of = seen.setdefault(key, _Seen(place))
    of.items.add(one.id)
    of.located |= located


def _country(sure: Mapping[str, _Seen], cities: Gazetteer) -> str:
    """The country that most items speak of, by the names that only one city has."""
    counts: dict[str, set[int]] = defaultdict(set)
    for key, of in sure.items():
        if of.place.country and key not in cities.namesakes:
            counts[of.place.country] |= of.items
    return max(counts, key=lambda code: (len(counts[code]), code), default="")


def _sure(key: str, of: _Seen, small: Mapping[str, int]) -> bool:
    if " " in key or eastern(key):
        return True
    if small.get(key, 0) * 2 > len(of.items):
        return False
    big = of.place.people >= BIG and len(of.items) >= BY_MANY and key not in PERSONS
    return of.located or big


def _latin(
    text: str, own_places: Gazetteer, cities: Gazetteer, small: dict[str, int]
) -> Iterator[tuple[str, Place, bool]]:
    """(key, place, whether a word like "in" stands before it) of the names in a text, the longest first."""
    words = [match.group() for match in _WORD.finditer(text)]
    shouted = text.isupper()
    at = 0
    while at < len(words):
        length, place, key = _longest(words, at, own_places, cities, shouted)
        if place is None:
            if words[at].islower() and (word := key_of(words[at])) in cities.latin:
                small[word] += 1
            at += 1
            continue
        before = words[at - 1].lower() if at else ""
        after = words[at + length] if at + length < len(words) else ""
        person = key in PERSONS and after[:1].isupper() and after.lower() not in ("city", "airport")
        yield key, place, (before in _BEFORE and not person) or (after in (",", "(") and before == "(")
        at += length


def _longest(
    words: list[str], at: int, own_places: Gazetteer, cities: Gazetteer, shouted: bool
) -> tuple[int, Place | None, str]:
    if not words[at][0].isalpha():
        return 1, None, ""
    for length in range(min(MOST_WORDS, len(words) - at), 0, -1):
        part = words[at : at + length]
        key = key_of(" ".join(part))
        mine = own_places.latin.get(key)
        if mine is not None and (length > 1 or _capital(part[0])):
            return length, mine, key
        city = cities.latin.get(key)
        if city is None or shouted or all(word in COMMON or word in _INSIDE for word in key.split()):
            continue
        tagged = at > 0 and words[at - 1] == "#"
        if tagged or all(_capital(word) or (n and word.lower() in _INSIDE) for n, word in enumerate(part)):
            return length, city, key
    return 1, None, ""


def _capital(word: str) -> bool:
    return word[0].isupper() and (
        word[1:].islower() or len(word) == 1 or any(sign in word for sign in "-'’.")
    )


def _eastern(text: str, own_places: Gazetteer, cities: Gazetteer) -> Iterator[tuple[str, Place]]:
    for run in _EAST_RUN.findall(text):
        for name, place in own_places.eastern.items():
            if name in run:
                yield name, place
        yield from _tagged(run, cities)


def _tagged(run: str, cities: Gazetteer) -> Iterator[tuple[str, Place]]:
    import rjieba

    inside = False  # the word before was a city: what follows may be its ward
    for word, kind in rjieba.tag(run):
        bare = word.removesuffix("市")
        city = cities.eastern.get(bare) if len(bare) >= 2 and bare not in COMMON else None
        known = kind.startswith("ns") or word.endswith("市") or (kind.startswith("nr") and len(bare) >= 3)
        if city is not None and known:
            yield bare, city
            inside = True
        elif word.endswith(_WARD) and len(word) >= 3 and word not in _NO_WARD and (inside or kind == "ns"):
            yield word, Place(word, "ward")
        else:
            inside = False
