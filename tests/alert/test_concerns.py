"""Tests of the list of concerns: how it is read, and what the built-in one tells apart."""

from __future__ import annotations

import numpy as np
import pytest

from answerable.alert.concerns.file import built_in, read
from answerable.alert.concerns.model import ConcernModel
from answerable.errors import BadInput
from answerable.understand.embed import Sentences

OURS = (
    "The tram drivers walked out this morning, nothing runs in the whole city",
    "No electricity in the northern districts, the traffic signals are dead",
    "Dozens of pupils taken to hospital after lunch at the primary school",
    "People fell over each other at the stadium gate, some do not breathe",
    "They say the reservoir is about to break, everybody is leaving the valley",
    "Huelga de recolectores, montones de bolsas en cada esquina",
    "Se fue la luz en medio pueblo desde la madrugada",
    "Varios niños hospitalizados por el almuerzo escolar",
    "变电站起火，全区断电",
    "幼儿园集体腹泻，家长在医院排队",
    "听说明天要停水一周，超市的水被抢空了",
)
NOT_OURS = (
    "Penalty in the last minute and the keeper saves it, unbelievable match",
    "That dance on the show tonight, the jury cried, she must win",
    "Happy new year from all of us, see you at midnight",
    "Tacos and beer with the team after work",
    "Gran partido, tres goles en media hora, vamos campeones",
    "Feliz año nuevo, abrazos a toda la familia",
    "今晚的决赛太好看了，进球绝杀",
    "新年快乐，大家吃好喝好",
    "The mayor is a fool and should go",
    "Ese ministro es un payaso, fuera",
    "这个区长太差劲了，换人吧",
)


@pytest.fixture(scope="module")
def model() -> ConcernModel:
    return ConcernModel(read(built_in()), Sentences())


def test_matters_are_told_from_talk_and_from_criticism(model: ConcernModel) -> None:
    """New sentences in three languages: strike, power cut, outbreak, stampede and rumour are concerns; match, show,
    holiday, supper and mere criticism of officers are not (promise 10)."""
    embedder = Sentences()
    ours = [model.score(row) for row in embedder.embed(OURS)]
    others = [model.score(row) for row in embedder.embed(NOT_OURS)]
    assert sum(score > 0 for score in ours) >= len(OURS) - 1
    assert all(score < 0 for score in others)
    assert np.mean(ours) - np.mean(others) > 0.7


def test_the_nearest_line_is_of_the_kind_the_score_points_to(model: ConcernModel) -> None:
    """What the page shows as the reason is a line of the list, with its group."""
    lines = {line.text: line for line in read(built_in())}
    for row in Sentences().embed(OURS + NOT_OURS):
        weighed = model.weigh(row)
        line = lines[weighed.line]
        assert (line.group, line.concern) == (weighed.group, weighed.score > 0)


def test_the_built_in_list_speaks_three_languages() -> None:
    """Each kind has lines in English, Spanish and Chinese, and no line stands twice."""
    lines = read(built_in())
    for concern in (True, False):
        texts = [line.text for line in lines if line.concern == concern]
        assert len(texts) > 100
        assert sum(any(letter >= "\u4e00" for letter in text) for text in texts) > 30
        assert sum(any(letter in "áéíóúñ¿" for letter in text) for text in texts) > 10
    assert len({line.text for line in lines}) == len(lines)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a line", "Line 1 stands before the first section"),
        ("[concern water]\nx", "Line 1 is no section"),
        ("[concern: water]\n" + "x" * 301, "Line 2 is longer than 300"),
        ("[concern: water]\na\nb\nc\nd\ne", "at least 5 lines of each kind"),
        ("[other: x]\n" + "\n".join(map(str, range(2001))), "2000 are enough"),
    ],
)
def test_a_list_that_cannot_be_used_says_why(text: str, sentence: str) -> None:
    """One line that names the line and what to do."""
    with pytest.raises(BadInput, match=sentence) as caught:
        read(text)
    assert "\n" not in str(caught.value)


def test_comments_and_doubles_are_left_out() -> None:
    """A line said twice counts once, where it stands last."""
    ours, others = "\n".join("abcdef"), "\n".join("uvwxyz")
    lines = read(f"# of ours\n[concern: water]\n{ours}\na\n\n[other: sport]\n{others}")
    assert len(lines) == 12
    assert {line.group for line in lines} == {"water", "sport"}
