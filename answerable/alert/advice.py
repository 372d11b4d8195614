"""Respond, wait or watch: a short list of rules, the first that holds gives the advice and its name.

Rules come as the text of a TOML file; what is not known of a story makes no rule hold.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from answerable.errors import BadInput

ADVICE = ("respond", "wait", "watch")
_TESTS = ("at_least", "at_most", "below")


@dataclass(frozen=True, slots=True)
class Situation:
    """What rules look at. None: nobody knows."""

    last_24: int  # items in the last day
    last_hour: int  # items in the last whole hour
    expected_6: float
    expected_24: float
    high_24: int  # upper end of the 95% interval
    growth: float  # expected in the next day, against the last day
    high_growth: float  # upper end, against the last day
    outlets: int  # items of newsrooms
    alert: bool  # an alert stands
    incident_level: int | None = None  # 1 to 4 for I to IV
    answered: bool = False  # a statement about it is out
    coordinated: float | None = None  # share of items copied by few, 0 to 1
    negative: float | None = None  # lower end of the interval of the negative share
    concern: float | None = None  # how much it could hurt people, 0 to 1


@dataclass(frozen=True, slots=True)
class Advice:
    """One of ADVICE, with the rule that gave it."""

    advice: str
    rule: str
    version: int


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    advice: str
    when: Mapping[str, Any]

    def holds(self, facts: Mapping[str, Any]) -> bool:
        return all(_holds(facts[name], wanted) for name, wanted in self.when.items())


class Rules:
    """The rules of a file, checked when they are read."""

    def __init__(self, text: str) -> None:
        """BadInput in one line when the file cannot be used."""
        try:
            file = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise BadInput(f"The rules of advice cannot be read ({error}): mend the file.") from error
        self.version = int(file.get("version", 0))
        self._rules = [_rule(one) for one in file.get("rule", [])]
        if not self._rules or self._rules[-1].when:
            raise BadInput("The last rule of advice must hold always: add one without conditions.")

    @property
    def names(self) -> tuple[str, ...]:
        """The rules in their order."""
        return tuple(rule.name for rule in self._rules)

    def advise(self, situation: Situation) -> Advice:
        """The advice of the first rule that holds."""
        facts = asdict(situation)
        rule = next(rule for rule in self._rules if rule.holds(facts))
        return Advice(rule.advice, rule.name, self.version)


def _rule(given: Mapping[str, Any]) -> _Rule:
    name, advice, when = str(given.get("name", "")), given.get("advice"), given.get("when", {})
    known = {field.name for field in fields(Situation)}
    if not name or advice not in ADVICE:
        raise BadInput(f"The rule {name!r} gives no advice: respond, wait or watch.")
    for fact, wanted in when.items():
        if fact not in known:
            raise BadInput(f"The rule {name} asks for {fact!r}, which is not known of a story.")
        if not isinstance(wanted, bool) and set(wanted) - set(_TESTS):
            raise BadInput(f"The rule {name} tests {fact} in an unknown way: use {', '.join(_TESTS)}.")
    return _Rule(name, str(advice), when)


def _holds(fact: Any, wanted: Any) -> bool:
    if fact is None:
        return False
    if isinstance(wanted, bool):
        return fact is wanted
    return (
        fact >= wanted.get("at_least", fact)
        and fact <= wanted.get("at_most", fact)
        and ("below" not in wanted or fact < wanted["below"])
    )
