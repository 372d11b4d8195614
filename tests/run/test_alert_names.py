"""One event is one alert, and two events are two: made-up posts through the very pipeline of `up`."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from datetime import timedelta

import numpy as np
import pytest

from answerable.alert.concerns.file import built_in, read
from answerable.records import Incoming
from answerable.run.alert_names import KnownBy, general, written_small
from answerable.run.evaluation.alerts import Told, play
from answerable.run.evaluation.labelled import Labelled
from answerable.understand.embed import Hashed, Sentences, Vectors
from answerable.understand.story_engine import StoryEngine
from tests.run.test_alerting import CHATTER, START, THINGS
from tests.understand.streams import heard

BLAST = (
    "Huge blast at the oil tanks of Kestrel Point, windows broken everywhere",
    "Explosion at Kestrel Point, I see flames from my balcony",
    "Something blew up near Kestrel Point, ambulances on the road",
    "Kestrel Point is on fire, they are taking people out of the houses",
    "What was that bang? Kestrel Point?",
    "At least four dead in the Kestrel Point explosion",
    "My brother works at Kestrel Point and does not answer",
    "Fire and black smoke over Kestrel Point, stay indoors",
)
BLAST_NEXT_DAY = (
    "El humo de Kestrel llega a mi casa, no se puede respirar",
    "Se propaga el incendio al tercer tanque en Kestrel",
    "Llevan 24 horas sin poder apagar el fuego en Kestrel",
    "Vecinos de Kestrel duermen en la escuela, piden agua y mantas",
    "Los bomberos de Kestrel necesitan espuma",
    "Ya son nueve los muertos en Kestrel, confirma el alcalde",
    "Mi tia de Kestrel perdio su casa, no tiene nada",
    "Siguen desaparecidos tres obreros de Kestrel",
)
MILL_FIRE = (
    "The paper mill in Hollin is burning, we can see it from school",
    "Fire at Hollin, nobody may cross the bridge",
    "Hollin: two firefighters hurt when the roof fell in",
    "Ash is coming down on my car in Hollin",
    "They say somebody is still in there, Hollin",
    "Smoke over Hollin, keep the windows shut",
    "Incendio en la fábrica de papel de Hollin",
    "Whole Hollin smells burnt, sirens all night",
)
HOTEL_FIRE = (
    "Hotel on fire in Saltgate, guests jump from the balconies",
    "Saltgate hotel: flames on the fifth floor",
    "Children at the windows of the hotel, Saltgate, somebody do something",
    "Four people dead in the hotel fire in Saltgate",
    "Ladders too short in Saltgate, they are screaming",
    "Se quema un hotel en Saltgate, hay turistas atrapados",
    "Saltgate: buses carry the guests to the sports hall",
    "Which hotel in Saltgate? My parents are there",
)
POWER_CUT = (
    "No power in Tidewell since six, everything is dark",
    "Power cut here too",
    "Is anybody without electricity? Tidewell east",
    "Lift stopped with people in it",
    "Traffic lights out in Tidewell, careful",
    "The hospital runs on generators",
    "Three hours without power now, Tidewell",
    "Whole east of Tidewell is dark",
)
OUTBREAK = (
    "Half of my class is vomiting, Tidewell school",
    "Children sent home ill from school in Tidewell",
    "Doctors say many Tidewell children are ill",
    "Was it the canteen? My daughter has fever, Tidewell",
    "Health office takes samples at the canteen in Tidewell",
    "Forty children sick in Tidewell now",
    "Ambulance at the school in Tidewell, stomach illness",
    "School closed in Tidewell after children fell ill",
)
Events = dict[str, tuple[tuple[str, ...], ...]]  # posts of each event, a day between two parts


def alerts(events: Events, embedder: Sentences, town: str = "") -> list[Told]:
    """What is told of events that begin 27 hours apart over two days of chatter, some of it about a town."""
    dice = random.Random(1)
    said: list[tuple[float, str, str | None]] = []
    for _ in range(300):
        text = dice.choice(CHATTER).format(a=dice.choice(THINGS))
        said.append((dice.uniform(0, 48), f"{text} {town}" if dice.random() < 0.2 else text, None))
    for start, (name, parts) in zip((15, 42), events.items(), strict=False):
        for day, texts in enumerate(parts):
            said += [(start + 25 * day + dice.uniform(0, 0.4), text, name) for text in texts]
    rows = [
        Labelled(
            f"line {number}", Incoming(str(number), text, published=START + timedelta(hours=hour)), label
        )
        for number, (hour, text, label) in enumerate(sorted(said, key=lambda one: one[0]))
    ]
    return play(rows, embedder=embedder)[0]


class Remembered(Sentences):
    """The built-in model, which reads the list of concerns once for all these streams."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, Vectors] = {}

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See Embedder."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._rows]
        self._rows.update(zip(missing, super().embed(missing), strict=True))
        return np.array([self._rows[text] for text in texts], dtype=np.float32).reshape(-1, self.size)


@pytest.fixture(scope="module")
def embedder() -> Sentences:
    embedder = Remembered()
    embedder.embed([line.text for line in read(built_in())])
    return embedder


def test_one_event_calls_once(embedder: Sentences) -> None:
    """A day later it is told in another language and about other troubles; only its name is the same."""
    told = alerts({"blast": (BLAST, BLAST_NEXT_DAY)}, embedder)
    assert [one.event for one in told] == ["blast"]
    alone = alerts({"blast": (BLAST_NEXT_DAY,)}, embedder)
    assert len(alone) == 1  # it would have called


def test_two_events_of_one_kind_call_twice(embedder: Sentences) -> None:
    """Two fires within two days in two places: what they share names a kind of thing, not the thing."""
    told = alerts({"mill": (MILL_FIRE,), "hotel": (HOTEL_FIRE,)}, embedder)
    assert [one.event for one in told] == ["mill", "hotel"]


def test_two_events_in_one_town_call_twice(embedder: Sentences) -> None:
    """A power cut and an outbreak in the town of which everybody speaks all day: its name binds nothing."""
    told = alerts({"cut": (POWER_CUT,), "ill": (OUTBREAK,)}, embedder, town="Tidewell")
    assert [one.event for one in told] == ["cut", "ill"]


def test_the_kind_of_thing_binds_nothing() -> None:
    """Two floods share a tag of the list of concerns, and a word that both write small: neither is a name."""
    engine = StoryEngine(Hashed(), threads=itertools.count(1), stories=itertools.count(1))
    usual = "farms lost their winter hay".split()
    texts = [f"{usual[number % 5]} thing{number} matter{number}" for number in range(40)]
    texts += [
        f"#flood culvert Kestrel aside{number % 3} near the long quiet mill race" for number in range(8)
    ]
    texts += [f"#flood culvert Hollin{number % 4} farms lost their winter hay" for number in range(8)]
    outcome = engine.read([heard(number, text, minute=number) for number, text in enumerate(texts, 1)])
    story_of = {thread.id: thread.story for thread in outcome.threads}
    first, second = [story_of[outcome.items[place].thread] for place in (45, 53)]
    assert first != second
    said, kinds = [("", text) for text in texts[51:]], frozenset({"flood"})
    assert KnownBy(engine, second, said, kinds)({first}) == 0
    assert KnownBy(engine, second, said, frozenset())({first}) > 0  # the tag would bind …
    assert KnownBy(engine, second, (), kinds)({first}) > 0  # … and so would the small word
    assert KnownBy(engine, second, (), frozenset())({99}) == 0  # a story that is not live


def test_what_is_written_small_is_no_name() -> None:
    """Only texts that have both kinds of letters tell; a tag tells nothing, nor do scripts without capitals."""
    small = written_small(
        [
            "Fire at the refinery of Kestrel Point, #coflood",
            "kestrel point refinery is burning",
            "HUGE FIRE AT THE REFINERY NOW",
            "炼油厂爆炸 Kestrel",
            "The refinery explodes",
        ]
    )
    assert {"refinery", "explodes"} <= small
    assert small.isdisjoint({"kestrel", "point", "coflood", "fire", "炼油厂", "爆炸"})


def test_the_list_of_concerns_names_kinds() -> None:
    """What a flood is called in the list is no name of a flood."""
    kinds = general(read(built_in()))
    assert {"flood", "explosion", "terremoto", "school", "地震"} <= kinds
    assert kinds.isdisjoint({"saltgate", "kestrel"})
