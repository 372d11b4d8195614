"""The rule file of levels: read, checked, and applied to what people ticked. Plain values in and out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from importlib.resources import files

from answerable.errors import BadInput
from answerable.respond.levels import LEVELS

# What people say is so; pages have a sentence for each.
FACTS = ("danger", "essential", "many", "safety", "asked", "press", "worry")
_CODE = re.compile(r"[a-z][a-z_]{1,39}")


@dataclass(frozen=True, slots=True)
class Rule:
    """Fires when all its facts hold and no rule before it did."""

    code: str
    level: int
    when: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rules:
    """A whole file."""

    version: int
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Fired:
    """What the rules say of some facts."""

    rule: str
    level: int
    version: int
    lower: tuple[tuple[str, int], ...]  # (fact, the level without it), for facts that alone would lower it


@dataclass(frozen=True, slots=True)
class Basis:
    """On what a level was set, for the record: the rule that fired, or none when a person set it by hand."""

    rule: str = ""  # "": by hand
    version: int = 0
    facts: tuple[str, ...] = ()
    lower: tuple[tuple[str, int], ...] = ()


def basis(rules: Rules, facts: Collection[str], by_hand: int | None) -> tuple[int, Basis]:
    """The level and its basis: by the rules, unless a person set another level than they say."""
    fired = apply(rules, facts)
    ticked = tuple(fact for fact in FACTS if fact in facts)
    if by_hand is not None and (by_hand != fired.level or not ticked):
        return by_hand, Basis(facts=ticked, version=rules.version)
    return fired.level, Basis(fired.rule, rules.version, ticked, fired.lower)


def built_in() -> Rules:
    """The rules that come with the desk."""
    return read(files(__package__).joinpath("built_in.toml").read_text(encoding="utf-8"))


def read(text: str) -> Rules:
    """The rules of a file. BadInput says what is wrong with it."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"The file of levels cannot be read: {error}.") from error
    version, listed = found.get("version"), found.get("rule")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise BadInput("The file of levels needs a version, a whole number from 1.")
    if not isinstance(listed, list) or not listed:
        raise BadInput("The file of levels has no rule: write at least one [[rule]].")
    rules = tuple(_rule(row) for row in listed)
    if len({rule.code for rule in rules}) != len(rules):
        raise BadInput("Two rules of the file of levels have the same code: change one.")
    if rules[-1].when:
        raise BadInput("The last rule of the file of levels must have no facts, so that one always fires.")
    return Rules(version, rules)


def apply(rules: Rules, facts: Collection[str]) -> Fired:
    """The first rule that fires for these facts, and what would lower it. ValueError: unknown fact."""
    if not set(facts) <= set(FACTS):
        raise ValueError(f"unknown facts: {sorted(set(facts) - set(FACTS))}")
    held = frozenset(facts)
    rule = _first(rules, held)
    without = ((fact, _first(rules, held - {fact}).level) for fact in FACTS if fact in held)
    lower = tuple((fact, level) for fact, level in without if level > rule.level)
    return Fired(rule.code, rule.level, rules.version, lower)


def _first(rules: Rules, held: frozenset[str]) -> Rule:
    return next(rule for rule in rules.rules if rule.when <= held)


def _rule(row: object) -> Rule:
    if not isinstance(row, dict) or set(row) != {"code", "level", "when"}:
        raise BadInput("A rule of the file of levels has a code, a level and when: no more, no less.")
    code, level, when = row["code"], row["level"], row["when"]
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        raise BadInput("The code of a rule is a short word such as many_ask_us.")
    if level not in LEVELS or isinstance(level, bool):
        raise BadInput("Levels are 1 to 4 in the file of levels.")
    if not isinstance(when, list) or not set(map(str, when)) <= set(FACTS):
        raise BadInput("A rule of the file of levels names a fact that does not exist.")
    return Rule(code, level, frozenset(map(str, when)))
