"""What every step has to keep; a new one is tested by one line: `check_step(make, before=[...])`.

Raises AssertionError with a sentence. Nothing here needs a test framework.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import UTC, datetime, timedelta

from answerable.records import Heard, SourceClass, Understood
from answerable.run.steps import Step, checked
from answerable.understand.readings import read_all

_NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
# What strangers write: nothing, signs only, one letter for pages, an address alone, four scripts, a repeat.
_TEXTS = (
    "", "😀😀 !!", "a" * 20_000, "https://brackwater.example/a", "Water is brown in Mill Lane",
    "磨坊巷的水是黄的", "Вода в кране коричневая", "ماء الحنفية بني اللون", "Water is brown in Mill Lane",
    "\u202e@… #Eelgate <b>",
)  # fmt: skip

Make = Callable[[], Step]


def check_step(make: Make, before: Sequence[Make] = ()) -> None:
    """`make` gives a fresh step; `before` gives the steps that assign what it requires."""
    checked([*(earlier() for earlier in before), make()])
    first, second = _run(make, before), _run(make, before)
    _must(first == second, "the same items give another outcome the second time")
    step, earlier = make(), [one() for one in before]
    for items in ([], list(_items())):
        came, readings = Understood(), read_all(items)
        for one in earlier:
            came = one.read(items, readings, came)
        _only_assigned(step, came, step.read(items, readings, came))
        for one in earlier:
            came = one.merge(came)
        _only_assigned(step, came, step.merge(came))


def _run(make: Make, before: Sequence[Make]) -> list[Understood]:
    steps = [*(earlier() for earlier in before), make()]
    found = []
    for items in (list(_items())[:4], [], list(_items())[4:]):
        outcome, readings = Understood(), read_all(items)
        for step in steps:
            outcome = step.read(items, readings, outcome)
        found.append(outcome)
        outcome = Understood()
        for step in steps:
            outcome = step.merge(outcome)
        found.append(outcome)
    return found


def _items() -> list[Heard]:
    return [
        Heard(
            id=number,
            source=1,
            source_class=SourceClass.PUBLIC,
            text=text,
            title="",
            published=_NOON + timedelta(minutes=number),
            heard=_NOON + timedelta(hours=1),
        )
        for number, text in enumerate(_TEXTS, 1)
    ]


def _only_assigned(step: Step, before: Understood, after: Understood) -> None:
    _must(isinstance(after, Understood), f"the step {step.name} gives something else back")
    for entry in fields(Understood):
        same = getattr(before, entry.name) == getattr(after, entry.name)
        said = entry.name in step.assigns
        _must(same or said, f"the step {step.name} changed {entry.name} without saying so")


def _must(holds: bool, sentence: str) -> None:
    if not holds:
        raise AssertionError(sentence)
