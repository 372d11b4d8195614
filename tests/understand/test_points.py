"""Key points: what is said within a story, each in somebody's own words, across languages, minorities kept."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.records import Copied, Said, SourceClass, Telling
from answerable.understand.describer import Tools
from answerable.understand.embed import Hashed, Sentences
from answerable.understand.meant import Meant
from answerable.understand.points import Point, Points, points
from answerable.understand.statements import sentences, statements, trimmed

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

# What people say about one burst main, made up for this test: by point, in three languages.
BURST = {
    "brown": [
        ("en", "The water from our tap is brown since this morning"),
        ("en", "Brown water coming out of every tap in our house"),
        ("en", "Why is the tap water brown today?"),
        ("en", "My bath is full of brown water"),
        ("en", "Our kitchen tap gives nothing but brown water"),
        ("es", "El agua del grifo sale marrón desde esta mañana"),
        ("es", "Agua marrón en todos los grifos de casa"),
        ("es", "¿Por qué sale hoy marrón el agua del grifo?"),
        ("zh", "今天早上家里水龙头流出来的水是棕色的"),
        ("zh", "我们家所有水龙头的水都是棕色的"),
    ],
    "school": [
        ("en", "Fenmoor School is closed and the children were sent home"),
        ("en", "They sent the children home, the school is closed today"),
        ("en", "School closed, I had to fetch my children at ten"),
        ("en", "Fenmoor School closed for the day, pupils sent home"),
        ("es", "El colegio ha cerrado y han mandado a los niños a casa"),
        ("es", "Colegio cerrado, han enviado a los alumnos a casa"),
        ("zh", "学校今天停课了，孩子们都被送回家了"),
        ("zh", "学校关门停课，学生都回家了"),
    ],
    "phone": [
        ("en", "Nobody answers the phone at the water company"),
        ("en", "I have been calling the water company for an hour and nobody answers"),
        ("en", "The hotline of the water company just rings and rings, no answer"),
        ("es", "Nadie contesta el teléfono en la compañía del agua"),
        ("es", "Llevo una hora llamando a la compañía del agua y nadie contesta"),
        ("zh", "自来水公司的电话一直没有人接"),
        ("zh", "给自来水公司打了一个小时电话都没人接"),
    ],
    "bottles": [
        ("en", "Free bottled water is handed out at the town hall"),
        ("en", "You can get bottled water for free at the town hall until six"),
        ("es", "Reparten agua embotellada gratis en el ayuntamiento"),
        ("es", "En el ayuntamiento dan agua embotellada gratis hasta las seis"),
        ("zh", "市政厅正在免费发放瓶装水"),
    ],
    "road": [
        ("en", "Mill Lane is closed to traffic and the buses take another way"),
        ("en", "No traffic on Mill Lane, all buses are diverted"),
        ("es", "La calle del Molino está cortada al tráfico y desvían los autobuses"),
        ("zh", "磨坊巷禁止车辆通行，公交车改道行驶"),
    ],
    "boil": [
        ("en", "Boil the water for ten minutes before you drink it"),
        ("en", "Please boil your water before drinking, says the health office"),
        ("es", "Hay que hervir el agua diez minutos antes de beberla"),
        ("zh", "喝水之前请把水煮沸十分钟"),
    ],
}


def said(number: int, text: str, language: str = "en", **fields: object) -> Said:
    values: dict[str, object] = {"title": "", "source": 1, "source_class": SourceClass.PUBLIC}
    return Said(
        id=number, text=text, language=language, published=NOON + timedelta(minutes=number), **values | fields
    )  # type: ignore[arg-type]


def told(of: list[Said], copied: tuple[Copied, ...] = ()) -> Telling:
    items = sum(one.copies for one in of)
    return Telling(1, items, items, len(of), NOON, NOON, {}, tuple(of), copied)


@pytest.fixture(scope="module")
def meant() -> Meant:
    """The built-in model, loaded once."""
    return Meant(Sentences())


def burst() -> tuple[list[Said], dict[int, str]]:
    rows = [(point, language, text) for point, texts in BURST.items() for language, text in texts]
    return [said(n, text, language) for n, (_, language, text) in enumerate(rows)], {
        n: point for n, (point, _, _) in enumerate(rows)
    }


def purity(found: list[Point], truth: dict[int, str]) -> float:
    """Share of the items of points that belong to the majority of their point."""
    right = sum(max(Counter(truth[item] for item in point.items).values()) for point in found)
    return right / max(1, sum(len(point.items) for point in found))


def test_what_is_said_is_found_in_three_languages(meant: Meant) -> None:
    """Each of six things said about a burst main is a point with most of its items, and points are pure.

    Sabotage: compare by words alone.
    """
    of, truth = burst()
    found = points(told(of), meant)
    assert purity(found, truth) >= 0.9
    for name, texts in BURST.items():
        best = max(found, key=lambda point, name=name: sum(truth[item] == name for item in point.items))  # type: ignore[misc]
        held = [item for item in best.items if truth[item] == name]
        assert len(held) >= 0.6 * len(texts), (name, [of[item].text for item in best.items])
    crossing = [point for point in found if len(point.languages) > 1]
    assert len(crossing) >= 4


# Another story, kept apart from the first: its bars were chosen without it.
BUS = {
    "left": [
        ("en", "The driver of bus 14 left twenty children at the bridge and drove off"),
        ("en", "Bus 14 dropped the kids at Hollin Bridge and simply drove away"),
        ("es", "El conductor del autobús 14 dejó a los niños en el puente y se marchó"),
        ("zh", "14路公交车司机把孩子们丢在桥边就开走了"),
    ],
    "safe": [
        ("en", "All children are safe, a teacher walked them to school"),
        ("en", "My daughter is fine, her teacher walked with them to the school"),
        ("es", "Los niños están bien, una profesora los llevó andando al colegio"),
        ("zh", "孩子们都平安，老师带着他们走到学校了"),
    ],
    "again": [
        ("en", "This is the third time this month that the school bus did not come"),
        ("en", "Third time in a month without a school bus"),
        ("es", "Es la tercera vez este mes que no viene el autobús escolar"),
        ("zh", "这个月校车已经是第三次没来了"),
    ],
    "fine": [
        ("en", "The bus company should pay a fine for this"),
        ("en", "Somebody has to fine the bus company"),
        ("es", "Tendrían que multar a la empresa de autobuses"),
    ],
}


def test_another_story_is_told_apart_with_the_same_bars(meant: Meant) -> None:
    """Four things said about a school bus, never looked at when the bars were chosen."""
    rows = [(point, language, text) for point, texts in BUS.items() for language, text in texts]
    truth = {n: point for n, (point, _, _) in enumerate(rows)}
    found = points(told([said(n, text, code) for n, (_, code, text) in enumerate(rows)]), meant)
    assert purity(found, truth) >= 0.9
    assert {truth[point.items[0]] for point in found} == set(BUS)


def test_what_two_of_two_hundred_say_is_kept(meant: Meant) -> None:
    """A minority is no noise: two who say that all is fine stand beside 200 who say the opposite.

    Sabotage: keep only points of at least five items.
    """
    many = [
        said(n, f"The water in {street} is brown again this morning")
        for n, street in enumerate(
            f"{name} {kind}" for name in ALPHABET for kind in ("Street", "Lane", "Road", "Row")
        )
    ]
    few = [
        said(900, "Our water has been perfectly clear all day, no trouble here"),
        said(901, "No trouble here, the water is perfectly clear"),
    ]
    found = points(told(many + few), meant)
    assert found[0].weight >= 90
    assert any(set(point.items) == {900, 901} for point in found)


ALPHABET = (
    "Acre Barn Cove Dale Elm Fern Gate Hill Iron Juno Kiln Loch Mill Nook Oak Park Quay Rose Sand Tarn Ash Vale Wood Yew"
).split()


def test_a_point_is_quoted_in_an_items_own_words(meant: Meant) -> None:
    """Every point is a part of the title or the text of an item that carries it, cut nowhere inside a word."""
    of, _ = burst()
    told_of = told([*of, said(99, "RT @…: Brown water at Saltgate, says a neighbour https://t.example/1")])
    for point in points(told_of, meant):
        of_item = next(one for one in told_of.said if one.id == point.best.item)
        quoted = point.best.of(of_item)
        assert quoted
        assert quoted in of_item.text
        assert not quoted.startswith("RT")
        assert "https" not in quoted
        assert point.best.item in point.items


def test_a_campaign_does_not_lead_the_points(meant: Meant) -> None:
    """300 posts of one author are one voice: what twelve people say on their own stands above it."""
    own = [said(n, text, code) for n, (code, text) in enumerate(BURST["brown"])]
    pasted = said(50, "Vote for the new party, it alone will mend the pipes of this town", copies=300)
    times = tuple(NOON + timedelta(seconds=n) for n in range(300))
    found = points(told([*own, pasted], (Copied(50, 300, 300, 1, 1, 0, times),)), meant)
    assert found[0].best.item != 50
    assert any(point.items == (50,) and point.weight == 1 for point in found), "it is shown all the same"


def test_the_same_story_gives_the_same_points(meant: Meant) -> None:
    """Nothing is left to chance: a second reading, also with a fresh memory, finds the same."""
    of, _ = burst()
    tools = Tools(meant._embedder)
    first = Points(tools).describe(told(of))
    assert first == Points(tools).describe(told(of))
    assert first["alone"] == sorted(first["alone"])  # type: ignore[index,call-overload]


texts = st.lists(
    st.sampled_from(["Water is off.", "¿Por qué?", "水是棕色的。", "RT @…: ", "https://a.example/b", "#tap", "...", "\n", "Dr. No", " ", "a"]),
    max_size=12,
).map("".join)  # fmt: skip


@given(texts | st.text(max_size=200))
def test_any_text_is_cut_into_its_own_parts(text: str) -> None:
    """Sentences together are the text; a statement is a part of it, whatever strangers write."""
    spans = list(sentences(text))
    assert "".join(text[start:end] for start, end in spans) == text
    for start, end in spans:
        inner = trimmed(text, start, end)
        assert start <= inner[0]
        assert inner[1] <= end
    for one in statements(said(1, text, title=text[:30])):
        assert 0 <= one.start < one.end
        assert one.words


@given(st.lists(texts, max_size=8))
def test_any_story_can_be_described(of: list[str]) -> None:
    """Empty texts, tags and links alone give fewer points, never an error; what is kept can be JSON."""
    import json

    found = Points(Tools(Hashed())).describe(told([said(n, text) for n, text in enumerate(of)]))
    assert json.loads(json.dumps(found)) == found


def test_meanings_are_remembered_within_bounds() -> None:
    """A text asked for again is not embedded again, and the memory does not grow without end."""
    from answerable.understand import meant as module

    asked: list[str] = []

    class Counting(Hashed):
        def embed(self, texts):  # type: ignore[no-untyped-def]
            asked.extend(texts)
            return super().embed(texts)

    memory = Meant(Counting())
    memory.of(["water", "school", "water"])
    memory.of(["school", "bus"])
    assert asked == ["water", "school", "bus"]
    memory.of([f"text {n}" for n in range(module.REMEMBERED)])
    assert len(memory._known) <= module.REMEMBERED
