"""Tests of respond, wait and watch: each rule can give advice, what nobody knows decides nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import answerable.alert
from answerable.alert.advice import ADVICE, Rules, Situation
from answerable.errors import BadInput

SHIPPED = Rules(Path(answerable.alert.__file__).with_name("advice.toml").read_text("utf-8"))
CALM = Situation(
    last_24=100, last_hour=4, expected_6=20, expected_24=80, high_24=180, growth=0.8, high_growth=1.8,
    outlets=0, alert=False,
)  # fmt: skip
CASES = {
    "major_unanswered": ("respond", {"incident_level": 2}),
    "grave_concern": ("respond", {"concern": 0.7}),
    "copied_by_few": ("watch", {"coordinated": 0.6, "alert": True}),
    "answered_and_growing": ("respond", {"answered": True, "growth": 2.0}),
    "answered": ("wait", {"answered": True, "alert": True}),
    "alert_goes_on": ("respond", {"alert": True}),
    "outlets_carry_it": ("respond", {"outlets": 2}),
    "angry_and_big": ("respond", {"negative": 0.6, "expected_24": 120.0}),
    "fading": ("wait", {"high_growth": 0.9}),
    "small": ("wait", {"high_24": 19}),
    "may_grow": ("watch", {"high_growth": 4.0}),
    "otherwise": ("watch", {}),
}


@pytest.mark.parametrize("rule", CASES)
def test_each_shipped_rule_gives_its_advice(rule: str) -> None:
    """A calm story with one thing changed meets exactly the rule that speaks of it."""
    advice, changed = CASES[rule]
    given = SHIPPED.advise(replace(CALM, **changed))  # type: ignore[arg-type]
    assert (given.rule, given.advice, given.version) == (rule, advice, SHIPPED.version)


def test_every_rule_has_its_case() -> None:
    """No rule ships without a test that reaches it."""
    assert set(SHIPPED.names) == set(CASES)
    assert {advice for advice, _ in CASES.values()} == set(ADVICE)


def test_what_nobody_knows_decides_nothing() -> None:
    """Without a measured mood, concern or spread no rule about them holds, whatever it asks."""
    text = 'version = 3\n[[rule]]\nname = "x"\nadvice = "respond"\nwhen = { FACT = { at_most = 1 } }\n'
    last = '[[rule]]\nname = "end"\nadvice = "watch"\n'
    for fact in ("concern", "negative", "coordinated", "incident_level"):
        assert Rules(text.replace("FACT", fact) + last).advise(CALM).rule == "end"
    assert Rules(text.replace("FACT", "outlets") + last).advise(CALM).rule == "x"


@pytest.mark.parametrize(
    "text",
    [
        "rule = [",
        "version = 1",
        '[[rule]]\nname = "a"\nadvice = "panic"',
        '[[rule]]\nname = "a"\nadvice = "wait"\nwhen = { author = true }',
        '[[rule]]\nname = "a"\nadvice = "wait"\nwhen = { growth = { over = 2 } }',
        '[[rule]]\nname = "a"\nadvice = "wait"\nwhen = { growth = { below = 2 } }',
    ],
)
def test_a_file_that_cannot_be_used_says_so(text: str) -> None:
    """An unknown advice, fact or test, and a list that may end without advice, are refused when read."""
    with pytest.raises(BadInput):
        Rules(text)
