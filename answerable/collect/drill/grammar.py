"""A small grammar of sentences: rules with options, drawn so that all are used before one comes again.

An option may hold `{rule}` (the same value each time within one sentence), a number `{#3-12}` and a
choice `<a|b|>`. Options stand one a line; short ones
may share a line, parted by " | ".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from random import Random

Rules = Mapping[str, str]

_PART = re.compile(r"\{([#\w-]+)\}|<([^<>{}]*)>")
_DEEP = 12


class GrammarError(ValueError):
    """A rule names another that does not exist, or refers to itself without end."""


def options(block: str) -> tuple[str, ...]:
    """The options of one rule, in the order they were written."""
    lines = (line.strip() for line in block.strip().splitlines())
    return tuple(part.strip() for line in lines if line for part in line.split(" | "))


class Bag:
    """Draws without putting back; when it is empty it is filled and shuffled again."""

    def __init__(self, rng: Random, things: tuple[str, ...]) -> None:
        self._rng = rng
        self._things = things
        self._left: list[str] = []

    def draw(self) -> str:
        """One option; after len(things) draws each has come exactly once."""
        if not self._left:
            self._left = list(self._things)
            self._rng.shuffle(self._left)
        return self._left.pop()


class Grammar:
    """Sentences of one language. Rules given later hide earlier ones of the same name."""

    def __init__(self, rng: Random, *rules: Rules) -> None:
        self._rng = rng
        merged: dict[str, str] = {}
        for one in rules:
            merged.update(one)
        self._options = {name: options(block) for name, block in merged.items()}
        self._bags = {name: Bag(rng, things) for name, things in self._options.items()}

    def say(self, rule: str, **given: str) -> str:
        """One sentence from `rule`. `given` are values that stand for the rules of their names."""
        return self.fill(self._draw(rule), **given)

    def fill(self, option: str, **given: str) -> str:
        """Expand every part of one option. Raises GrammarError when a rule is missing or circular."""
        values = dict(given)
        for _ in range(_DEEP):
            if not _PART.search(option):
                return re.sub(r" +", " ", option).strip()
            option = _PART.sub(lambda match: self._part(match, values), option)
        raise GrammarError(f"a rule goes round in circles: {option}")

    def missing(self) -> Iterator[str]:
        """Names that options use and no rule has; for tests."""
        for things in self._options.values():
            for option in things:
                for name in re.findall(r"\{(\w[\w-]*)\}", option):
                    if name not in self._options:
                        yield name

    def _draw(self, rule: str) -> str:
        try:
            return self._bags[rule].draw()
        except KeyError as error:
            raise GrammarError(f"there is no rule {rule}") from error

    def _part(self, match: re.Match[str], values: dict[str, str]) -> str:
        name: str | None = match.group(1)
        if name is None:
            return self._rng.choice(str(match.group(2)).split("|"))
        if name.startswith("#"):
            low, high = name[1:].split("-")
            return str(self._rng.randint(int(low), int(high)))
        if name not in values:
            values[name] = self._draw(name)
        return values[name]
