"""A report as structure: sections of sentences, each a code and the ids it counts. No words, no quotes.

A sentence whose number is not the count of its ids cannot be made, nor read back from a store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What the ids of a sentence are."""

    ITEM = "item"
    STORY = "story"
    ALERT = "alert"
    INCIDENT = "incident"
    CLOCK = "clock"
    VERSION = "version"  # of a statement
    SOURCE = "source"
    SILENCE = "silence"  # of a source: an alarm that it fell silent, slow or fails


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing the report says. Each id supports it by itself; together they are its number."""

    code: str  # which sentence; `web.report_text` has its words
    kind: Kind
    ids: tuple[int, ...]  # ascending, each once
    number: int
    params: Mapping[str, int] = field(default_factory=dict)  # other numbers in it: thresholds, denominators

    def __post_init__(self) -> None:
        if self.number != len(self.ids) or any(a >= b for a, b in zip(self.ids, self.ids[1:], strict=False)):
            raise ValueError(f"the sentence {self.code} does not count its evidence")


def counted(code: str, kind: Kind, ids: Iterable[int], **params: int) -> Sentence:
    """The sentence that counts these ids."""
    evidence = tuple(sorted(set(ids)))
    return Sentence(code, kind, evidence, len(evidence), params)


@dataclass(frozen=True, slots=True)
class Section:
    """One question and what answers it."""

    code: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A report of one day."""

    kind: str  # daily
    day: date  # in the unit's time zone
    zone: str  # its name
    start: datetime  # UTC, the day's first moment
    end: datetime  # UTC, the next day's first moment
    built_at: datetime
    exercise: bool
    sections: tuple[Section, ...]

    @property
    def over(self) -> bool:
        """Whether the day was over when this was built."""
        return self.built_at >= self.end

    def sentences(self) -> Iterable[Sentence]:
        """All sentences in order."""
        for section in self.sections:
            yield from section.sentences

    def ids(self, kind: Kind) -> list[int]:
        """All ids of a kind that the report cites, ascending."""
        return sorted({one for sentence in self.sentences() if sentence.kind is kind for one in sentence.ids})

    def sentence(self, code: str) -> Sentence | None:
        """The sentence of that code; None when the report has none."""
        return next((one for one in self.sentences() if one.code == code), None)

    def limited(self, seen: Mapping[Kind, frozenset[int]]) -> Document:
        """The same report for somebody who sees only these ids of these kinds; numbers count what is left."""
        return replace(
            self,
            sections=tuple(
                replace(section, sentences=tuple(_limited(one, seen) for one in section.sentences))
                for section in self.sections
            ),
        )


def _limited(sentence: Sentence, seen: Mapping[Kind, frozenset[int]]) -> Sentence:
    if sentence.kind not in seen:
        return sentence
    left = (one for one in sentence.ids if one in seen[sentence.kind])
    return counted(sentence.code, sentence.kind, left, **sentence.params)


def to_json(document: Document) -> dict[str, Any]:
    """Plain JSON values; `from_json` reads them back to an equal document."""
    return {
        "kind": document.kind,
        "day": document.day.isoformat(),
        "zone": document.zone,
        "start": document.start.isoformat(),
        "end": document.end.isoformat(),
        "built_at": document.built_at.isoformat(),
        "exercise": document.exercise,
        "sections": [
            {
                "code": section.code,
                "sentences": [
                    {
                        "code": one.code,
                        "number": one.number,
                        "kind": one.kind.value,
                        "ids": list(one.ids),
                        "params": dict(one.params),
                    }
                    for one in section.sentences
                ],
            }
            for section in document.sections
        ],
    }


def from_json(values: Mapping[str, Any]) -> Document:
    """A document from its stored form. ValueError or KeyError when it is none, or its numbers do not hold."""
    return Document(
        kind=str(values["kind"]),
        day=date.fromisoformat(values["day"]),
        zone=str(values["zone"]),
        start=datetime.fromisoformat(values["start"]),
        end=datetime.fromisoformat(values["end"]),
        built_at=datetime.fromisoformat(values["built_at"]),
        exercise=bool(values["exercise"]),
        sections=tuple(
            Section(
                str(section["code"]),
                tuple(
                    Sentence(
                        str(one["code"]),
                        Kind(one["kind"]),
                        tuple(one["ids"]),
                        int(one["number"]),
                        dict(one["params"]),
                    )
                    for one in section["sentences"]
                ),
            )
            for section in values["sections"]
        ),
    )
