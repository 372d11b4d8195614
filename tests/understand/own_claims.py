"""Made-up claims in Spanish and Chinese, each with three ways in which people say it, as a desk would meet them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from answerable.understand.claims.index import Answered
from answerable.understand.claims.undone import Decided

FOLDER = Path(__file__).parent / "claims"
FRAMES = {
    "es": ("¿Es verdad que {}?", "ATENCIÓN: {}. Pásalo", "otra vez lo mismo, {}, y nadie dice nada"),
    "zh": ("{}，是真的吗？", "紧急转发：{}！", "又有人说{}，没人管管吗"),
}
FOLDS = 5
LOST = 5  # one in so many texts is about a claim that stands on no list


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one text: the best match, whether a person would take it, whether it was confirmed."""

    fold: int
    decided: Decided | None  # None: nothing was even suggested
    confirmed: bool


def claims(language: str) -> list[str]:
    return [row["claim"] for row in _rows(language)]


def _rows(language: str) -> list[dict[str, str]]:
    with (FOLDER / f"{language}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def texts(language: str) -> Iterator[tuple[int, str]]:
    """(number of the claim, text): two in people's own words, one that frames the claim itself."""
    for number, row in enumerate(_rows(language)):
        framed = FRAMES[language][number % 3].format(row["claim"][:1].lower() + row["claim"][1:])
        yield from ((number, said) for said in (row["said"], row["said_otherwise"], framed))


def listed(answered: Answered, language: str) -> Answered:
    for number, claim in enumerate(claims(language)):
        answered.add(number, claim, language)
    return answered


def told(answered: Answered, language: str) -> list[Told]:
    """Every text matched once; a fifth of them to a list without their claim."""
    found = []
    for place, (number, text) in enumerate(texts(language)):
        lost = {number} if place % LOST == 0 else set[int]()
        best = next(iter(answered.match(text, language, most=1, without=lost)), None)
        decided = None
        if best is not None and best.verdict != "none":
            decided = Decided(best.likely, best.id == number, by_person=True)
        found.append(Told(number % FOLDS, decided, best is not None and best.verdict == "confirm"))
    return found
