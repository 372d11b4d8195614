"""What a case may be: its stages, outcomes, reasons to pause, and what an answer must hold to go out.

Plain values in, plain values out; the clock is in `case_clock`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

STAGES = ("collected", "classified", "assigned", "supervised", "fed_back")
OPEN = STAGES[:-1]
ENDED = "ended"  # without an answer of its own: merged, taken back, not ours
OUTCOMES = ("solved", "explained", "adopted", "declined", "passed_on")
SOLVED = frozenset({"solved", "adopted"})  # the others answer without solving
PAUSES = ("waits_for_person", "waits_for_others", "waits_for_parts", "waits_for_law")
LEFT_OUT = ("merged", "withdrawn", "not_ours", "sent_twice")
MOVES = ("sorted", "wrong_desk", "handed_on", "disputed")
ANSWER_HOURS = 40  # five working days of a unit that says nothing else

_SENTENCE = re.compile(r"[^.!?。！？\n]+[.!?。！？]*")
_ASKS_ZH = re.compile(r"(?:吗|呢|何时|如何|为什么|为何|怎么|怎样|多少|哪里|哪个|是否|能否|可否|什么时候)")
_WORD = re.compile(r"[^\W\d_]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
MOST_QUESTIONS = 6
LONG_WORDS, LONG_HAN = 25, 60  # words or Chinese characters of one sentence
SHORTEST = 20  # characters of an answer

Trouble = Literal["empty", "questions", "long", "shouting"]


def questions_in(text: str) -> tuple[str, ...]:
    """The questions a person asks, in their order and words; at most six, none twice."""
    found: list[str] = []
    for match in _SENTENCE.finditer(text):
        sentence = " ".join(match[0].split())
        marked = sentence.endswith(("?", "？"))
        if (marked or _ASKS_ZH.search(sentence)) and len(sentence) > 3 and sentence not in found:
            found.append(sentence)
    return tuple(found[:MOST_QUESTIONS])


@dataclass(frozen=True, slots=True)
class Check:
    """One thing about an answer, and whether it is fine; `detail` shows where."""

    code: Trouble
    fine: bool
    detail: str = ""


def checks(text: str, questions: Sequence[str], answered: Sequence[str]) -> tuple[Check, ...]:
    """What is looked at before an answer goes out. `answered`: one for each question, "" for none."""
    open_ones = [
        asked for asked, said in zip(questions, [*answered, *[""] * len(questions)], strict=False) if not said
    ]
    long = next((one for one in map(str.strip, _SENTENCE.findall(text)) if _too_long(one)), "")
    letters = [letter for letter in text if letter.isalpha()]
    loud = len(letters) > 30 and sum(map(str.isupper, letters)) * 2 > len(letters)
    return (
        Check("empty", len(text.strip()) >= SHORTEST),
        Check("questions", not open_ones, open_ones[0] if open_ones else ""),
        Check("long", not long, long[:120]),
        Check("shouting", not loud),
    )


def may_go(found: Sequence[Check]) -> bool:
    """Whether nothing that must be mended is left; a long sentence is only advice."""
    return all(one.fine for one in found if one.code != "long")


def _too_long(sentence: str) -> bool:
    han = len(_HAN.findall(sentence))
    return han > LONG_HAN if han else len(_WORD.findall(sentence)) > LONG_WORDS
