"""Takes threads out of a story into a new one: every sum of the two is what the one had, nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from answerable.understand.live_story import LiveStory
from answerable.understand.threads import LiveThread


@dataclass(frozen=True, slots=True)
class Parting:
    """What rows know of the threads that leave: their items that are still there."""

    languages: Mapping[str, int] = field(default_factory=dict)
    classes: Mapping[str, int] = field(default_factory=dict)
    hours: Mapping[int, int] = field(default_factory=dict)
    first_heard: int = 0  # epoch milliseconds
    story_hours: Mapping[int, int] = field(default_factory=dict)  # of the whole story
    leave_texts: Sequence[tuple[str, str]] = ()  # title and text of a few that leave, and of a few that stay
    stay_texts: Sequence[tuple[str, str]] = ()
    heading_leaves: bool = False
    stay: tuple[int, int] | None = None  # first and last publication of what stays


def part(
    story: LiveStory, leaving: Sequence[LiveThread], number: int, facts: Parting
) -> tuple[LiveStory, dict[int, int]]:
    """The new story, and its items by hour; the old one keeps the rest."""
    count = sum(thread.items for thread in leaving)
    made = LiveStory(
        number,
        first_seen=min(thread.first_seen for thread in leaving),
        last_seen=max(thread.last_seen for thread in leaving),
        first_heard=facts.first_heard or story.first_heard,
        items=count,
        threads={thread.id for thread in leaving},
    )
    made.languages = _move(story.languages, facts.languages, count)
    made.classes = _move(story.classes, facts.classes, count)
    hours = _move(dict(facts.story_hours), facts.hours, count)
    for thread in leaving:
        thread.story = number
        for word, times in thread.sums.items():
            made.sums[word] = made.sums.get(word, 0) + times
            left = story.sums.pop(word, 0) - times
            if left > 0:
                story.sums[word] = left
    story.items -= count
    story.threads -= made.threads
    if facts.stay is not None:
        story.first_seen, story.last_seen = facts.stay
    return made, hours


K = TypeVar("K", int, str)


def _move(counts: dict[K, int], wanted: Mapping[K, int], count: int) -> dict[K, int]:
    """Take `count` out of `counts`: what is known first, then where most are: some have left."""
    taken: dict[K, int] = {}
    rest = count
    for key in sorted(wanted):
        number = min(wanted[key], counts.get(key, 0), rest)
        if number > 0:
            taken[key] = number
            rest -= number
    for key in sorted(counts, key=lambda one: (-counts[one], str(one))):
        if rest <= 0:
            break
        number = min(counts[key] - taken.get(key, 0), rest)
        if number > 0:
            taken[key] = taken.get(key, 0) + number
            rest -= number
    for key, number in taken.items():
        counts[key] -= number
        if not counts[key]:
            del counts[key]
    return taken
