"""Places in stories: cities and the body's own wards, found with more care than zeal, in three languages."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.records import Said, SourceClass, Telling
from answerable.understand.describer import Tools
from answerable.understand.embed import Hashed
from answerable.understand.gazetteer import Gazetteer, own, world
from answerable.understand.places import Places, places

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
OWN = """name,level,other_names
Saltgate,ward,盐门|Puerta de la Sal
Mill Lane,street,磨坊巷|calle del Molino
Fenmoor School,school,
,ward,nameless
"""


@pytest.fixture(scope="module")
def cities() -> Gazetteer:
    return world()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "places.csv").write_text(OWN, "utf-8")
    return tmp_path


def told(*texts: str) -> Telling:
    said = tuple(Said(n, text, "", "en", NOON, 1, SourceClass.PUBLIC) for n, text in enumerate(texts))
    return Telling(1, len(said), len(said), len(said), NOON, NOON, {}, said, ())


def names(cities: Gazetteer, *texts: str, mine: Gazetteer | None = None) -> dict[str, list[int]]:
    return {place.name: items for place, items in places(told(*texts), mine or Gazetteer(), cities)}


# Made up: what people write, and the city they name ("" where they name none).
NAMED = [
    ("Flooding in Bologna since last night, the trains stand still", "Bologna"),
    ("Smoke over the harbour near Rotterdam", "Rotterdam"),
    ("Power is out at Guadalajara, again", "Guadalajara"),
    ("Heavy rain from San Sebastián to the border", "Donostia / San Sebastián"),
    ("The New York subway is closed between two stations", "New York City"),
    ("We walked home through Kraków in the dark", "Kraków"),
    ("Se ha ido la luz en Sevilla desde las ocho", "Sevilla"),
    ("Hay humo cerca de Valparaíso y no sabemos por qué", "Valparaíso"),
    ("Cortado el tren hacia Zaragoza por la nieve", "Zaragoza"),
    ("La lluvia no para en Ciudad de México", "Mexico City"),
    ("En Buenos Aires faltan vacunas", "Buenos Aires"),
    ("Terremoto en Bolonia, todos en la calle", "Bologna"),
    ("上海今天早上地铁停运两个小时", "Shanghai"),
    ("长沙市的自来水变黄了", "Changsha"),
    ("有人在广州看到浓烟", "Guangzhou"),
    ("武汉连续下了三天大雨", "Wuhan"),
    ("马德里发生地震", "Madrid"),
    ("成都的学校明天停课", "Chengdu"),
]
NOT_NAMED = [
    "Reading about the flood in the paper made me sad",
    "In Reading the whole report I found nothing new",
    "Nice of them to answer at last",
    "The Police told us to stay in the bath",
    "Most of us are on the mobile all day",
    "At Best they will come on Monday",
    "My friend Austin wrote that the water is brown",
    "Victoria and Sofia were sent home from school",
    "In Hope we trust, said the mayor",
    "They closed the road in March and opened it in Sale time",
    "We had to split the bill and pay for the battle of the bands",
    "La Victoria de anoche fue muy justa y la Esperanza sigue",
    "Con mucha Paz y Libertad llegaremos a la Reforma",
    "Mercedes y Dolores no tienen agua",
    "El Sol salió y el Mar está en calma",
    "En Marzo nos dijeron lo mismo",
    "公安局和消防队合作处理事故",
    "大家平安就好，和平最重要",
    "东方的天空很红",
    "他说话很大方，大家都同意",
    "小区的物业没有人管，社区也不管",
    "市区和郊区都在下雨",
]


def test_cities_are_found_in_three_languages(cities: Gazetteer) -> None:
    """Of eighteen made-up posts that name a city at least fifteen give that city, and none another.

    Sabotage: take every capitalised word for a place.
    """
    found = [(city, names(cities, text)) for text, city in NAMED]
    right = [city for city, got in found if got and set(got) == {city}]
    wrong = [(city, got) for city, got in found if got and set(got) != {city}]
    assert len(right) >= 15, [(city, got) for city, got in found if not got]
    assert wrong == []


@pytest.mark.parametrize("text", NOT_NAMED)
def test_common_words_and_persons_are_no_places(cities: Gazetteer, text: str) -> None:
    """Many cities are called like a word or a person; no place is better than a wrong one."""
    assert names(cities, text) == {}


def test_once_somebody_says_where_all_who_name_it_count(cities: Gazetteer) -> None:
    """One "in Rotterdam" makes a place of the name; then every item that names it is counted, tags too."""
    found = names(
        cities, "Smoke in Rotterdam", "Rotterdam fire brigade asks for help", "#Rotterdam is dark", "rain"
    )
    assert found == {"Rotterdam": [0, 1, 2]}
    assert names(cities, "Rotterdam", "nothing here") == {}


def test_a_name_that_is_mostly_written_small_is_a_word(cities: Gazetteer) -> None:
    """Where the others write it small, a capital after "in" is only the start of a title."""
    small = ["the cork floated away", "a cork in every bottle", "cork and glue"]
    assert names(cities, "Found in Cork Bottles", *small) == {}


def test_the_bodys_own_places_are_known_at_once(cities: Gazetteer, home: Path) -> None:
    """Wards and streets of places.csv count without any word before them, in every language they are named in."""
    mine = own(home)
    texts = [
        "Mill Lane is dark",
        "盐门全区停水",
        "Agua marrón en la calle del Molino",
        "FENMOOR SCHOOL closed",
        "mill lane?",
    ]
    assert names(cities, *texts, mine=mine) == {
        "Mill Lane": [0, 2, 4],
        "Fenmoor School": [3],
        "Saltgate": [1],
    }
    assert {place.level for place in mine.latin.values()} == {"ward", "street", "school"}


def test_a_ward_follows_its_city_in_chinese(cities: Gazetteer) -> None:
    """A district is one where it stands after its city or the dictionary knows it; a "小区" is none."""
    found = names(cities, "长沙市雨花区今天停水", "浦东新区的小区没有电")
    assert found == {"Changsha": [0], "雨花区": [0], "Pudong": [1]}


def test_the_fact_holds_names_and_items(home: Path) -> None:
    """What is kept: the gazetteer's own name, the level, the country, and the items; nothing when none is named."""
    describer = Places(Tools(Hashed(), home))
    assert describer.describe(told("Flooding in Bologna", "Mill Lane", "rain")) == {
        "places": [
            {"name": "Bologna", "level": "city", "country": "IT", "items": [0]},
            {"name": "Mill Lane", "level": "street", "country": "", "items": [1]},
        ]
    }
    assert describer.describe(told("rain")) is None


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"", b"a,b\n1,2\n", b'name\n"unclosed', b"name\n\n,,,\n" + b"x" * 200]
)
def test_a_damaged_file_of_places_stops_nothing(tmp_path: Path, content: bytes) -> None:
    """Whatever stands in places.csv, the engine starts; what can be read is used."""
    (tmp_path / "places.csv").write_bytes(content)
    assert len(own(tmp_path).latin) <= 1


@given(st.lists(st.text(max_size=60) | st.sampled_from([text for text, _ in NAMED] + NOT_NAMED), max_size=5))
def test_any_text_can_be_searched_for_places(texts: list[str]) -> None:
    """Strangers' texts never break it, and a place's items are items of the story."""
    small = Gazetteer()
    for text in ("Bologna", "上海", "San Sebastián"):
        from answerable.understand.gazetteer import Place

        small.add(text, Place(text, "city", "XX", 600_000))
    for _, items in places(told(*texts), Gazetteer(), small):
        assert items
        assert set(items) <= set(range(len(texts)))


def test_a_namesake_is_chosen_by_what_else_is_named(cities: Gazetteer) -> None:
    """Beside Manila and Makati "San Juan" is the one in the Philippines; Boston stays the big one."""
    found = places(told("Flood in Manila", "No power in Makati", "Rain in San Juan"), Gazetteer(), cities)
    assert {place.country for place, _ in found} == {"PH"}
    found = places(told("Match in Glasgow", "Rain in Glasgow", "Fire in Boston"), Gazetteer(), cities)
    assert {place.name: place.country for place, _ in found} == {"Glasgow": "GB", "Boston": "US"}


@pytest.mark.parametrize(
    "text", ["Heavy rain in Colorado", "Luto en México", "Quake in El Salvador", "Cold in Georgia"]
)
def test_countries_and_states_are_no_cities(cities: Gazetteer, text: str) -> None:
    """A country or a state that shares its name with a city is not shown as that city."""
    assert names(cities, text) == {}
