"""The rule file of levels: read strictly, always answering, and honest about what would lower a level."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.errors import BadInput
from answerable.respond.level_rules.file import FACTS, apply, built_in, read

SETS = st.sets(st.sampled_from(FACTS))


@given(SETS)
def test_some_rule_always_fires_and_more_facts_never_lower_the_level(facts: set[str]) -> None:
    """In the built-in file, one more fact makes a matter at least as grave.

    Sabotage: put the rule without facts first.
    """
    rules = built_in()
    level = apply(rules, facts).level
    assert all(apply(rules, facts | {one}).level <= level for one in FACTS)


@given(SETS)
def test_what_would_lower_it_does(facts: set[str]) -> None:
    """Take the named fact away and the level is the one that was named; no other single fact lowers it."""
    rules = built_in()
    fired = apply(rules, facts)
    named = dict(fired.lower)
    for fact in facts:
        then = apply(rules, facts - {fact}).level
        assert named.get(fact, fired.level) == then
    assert set(named) <= facts


@pytest.mark.parametrize(
    ("facts", "rule", "level"),
    [
        ({"danger", "worry"}, "danger_to_life", 1),
        ({"essential", "many"}, "service_of_the_town", 1),
        ({"safety"}, "safety_in_doubt", 2),
        ({"many", "asked"}, "many_ask_us", 2),
        ({"press", "asked"}, "press_asks_us", 3),
        (set(), "small_matter", 4),
    ],
)
def test_the_built_in_rules(facts: set[str], rule: str, level: int) -> None:
    """The table of the file, by example."""
    fired = apply(built_in(), facts)
    assert (fired.rule, fired.level, fired.version) == (rule, level, 1)


RULE = '[[rule]]\ncode = "all"\nlevel = 4\nwhen = []\n'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "version = 1",
        f"version = 0\n{RULE}",
        f"version = true\n{RULE}",
        f"version = 1\n{RULE}{RULE}",
        'version = 1\n[[rule]]\ncode = "all"\nlevel = 5\nwhen = []\n',
        'version = 1\n[[rule]]\ncode = "all"\nlevel = 4\nwhen = ["moon"]\n',
        'version = 1\n[[rule]]\ncode = "all"\nlevel = 4\nwhen = ["many"]\n',
        'version = 1\n[[rule]]\ncode = "all"\nlevel = 4\nwhen = []\nwhy = "x"\n',
        "version = [",
    ],
)
def test_a_file_that_is_wrong_is_refused_with_a_sentence(text: str) -> None:
    """Nothing is guessed: the desk says what to mend."""
    with pytest.raises(BadInput):
        read(text)


def test_an_unknown_fact_is_no_fact() -> None:
    """What nobody wrote a sentence for cannot be ticked."""
    with pytest.raises(ValueError, match="moon"):
        apply(built_in(), {"moon"})
