"""What was heard and could be checked, and nothing on the list covers yet: in the order harm × spread × void.

Facts of stories hold places in items; words are quoted here, as they are stored now. Of cases the first
words count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q

from answerable.respond.case_rules import OPEN
from answerable.store import claim_weights
from answerable.store.answers import MOST_CLAIM
from answerable.store.case_access import visible
from answerable.store.models import AnswerLink, Person, Story, StoryFact
from answerable.store.reading import cases
from answerable.store.reading.facts import Fact, facts_of
from answerable.store.reading.items import ItemSeen, items_by_id
from answerable.store.stream import to_ms
from answerable.understand.claims.finding import find
from answerable.understand.claims.ranking import Heard, Weights, rank
from answerable.understand.language import detect
from answerable.understand.words import words

LEAST_ITEMS, LEAST_PEOPLE = 2, 2  # what one message says is that message; said again it may be a rumour
STORIES, CASES = 60, 100  # the biggest live ones, the newest open ones
COVERED = 0.5  # share of an answer's words that a claim has, from which the answer covers it


@dataclass(frozen=True, slots=True)
class DoubtSeen:
    """How far people doubt a story. Never a verdict."""

    read: int  # replies with words
    denying: tuple[int, ...]  # different items
    asking: tuple[int, ...]
    like: float | None  # share of rumours among posts whose early replies read like these, as was measured

    @property
    def heads(self) -> tuple[int, ...]:
        """Items that deny or ask."""
        return tuple(sorted({*self.denying, *self.asking}))

    @property
    def share(self) -> float:
        """Of the replies that were read."""
        return len(self.heads) / self.read if self.read else 0.0


@dataclass(frozen=True, slots=True)
class ClaimSeen:
    """A sentence that can be checked, quoted from an item or from the first words of a case."""

    key: str  # for links: the item and the place of its words
    quote: str
    language: str
    asks: bool
    signs: tuple[str, ...]  # number, name, fact, hearsay, question
    story: int | None
    case: int | None
    heads: tuple[int, ...]  # different items of the story that carry it
    copies: int  # items that carry it, with what says nearly the same
    people: int  # of the case
    sources: int
    doubt: DoubtSeen | None
    harms: tuple[str, ...] = ()

    @property
    def carried(self) -> int:
        """Items or people."""
        return self.copies or self.people


def heard_claims(person: Person, now: datetime, *, exercise: bool, days: int = 2) -> list[ClaimSeen]:
    """All of live stories and open cases, the most pressing first."""
    found = [*_of_stories(now, exercise, days)]
    if not exercise:  # cases are real
        found += _of_cases(person)
    return _ranked(found)


def claims_of(story: int) -> list[ClaimSeen]:
    """What in one story could be checked, the most pressing first; also where an answer covers it."""
    return _ranked(_quoted({story: facts_of(story)}))


def doubt_of(story: int) -> DoubtSeen | None:
    """How far people doubt a story; None until it was described, or when nobody has replied."""
    return _doubt(facts_of(story).get("doubt"))


def doubts_of(stories: Sequence[int]) -> dict[int, DoubtSeen]:
    """The same of several stories, where there is any."""
    found = {story: _doubt(of.get("doubt")) for story, of in _facts(stories).items()}
    return {story: doubt for story, doubt in found.items() if doubt is not None and doubt.heads}


def sentences_of(stories: Sequence[int], most: int) -> dict[int, list[tuple[str, str]]]:
    """(words, language) of what in each story could be checked, the most carried first."""
    found: dict[int, list[tuple[str, str]]] = {}
    for one in _quoted(_facts(stories)):
        kept = found.setdefault(one.story or 0, [])
        if len(kept) < most:
            kept.append((one.quote, one.language))
    return found


def _of_stories(now: datetime, exercise: bool, days: int) -> Iterator[ClaimSeen]:
    live = Story.objects.filter(exercise=exercise, merged_into=None, items__gte=LEAST_ITEMS)
    if not exercise:  # a drill runs on a clock of its own
        live = live.filter(last_seen__gte=to_ms(now) - days * 86_400_000)
    numbers = list(live.order_by("-items", "pk").values_list("pk", flat=True)[:STORIES])
    held: dict[int, list[set[str]]] = {}
    links = AnswerLink.objects.filter(story__in=numbers, undone_at=None).exclude(how="proposed")
    for story, claim in links.values_list("story", "answer__claim"):
        held.setdefault(int(story or 0), []).append(set(words(claim)))
    for one in _quoted(_facts(numbers)):
        mine = set(words(one.quote))
        covered = any(len(mine & of) >= COVERED * len(of) for of in held.get(one.story or 0, ()))
        if not covered and one.copies >= LEAST_ITEMS:
            yield one


def _facts(stories: Sequence[int]) -> dict[int, dict[str, Fact]]:
    found: dict[int, dict[str, Fact]] = {}
    rows = StoryFact.objects.filter(story__in=stories, kind__in=("claims", "doubt"))
    for story, kind, value, items, at in rows.values_list("story", "kind", "value", "items", "made_at"):
        found.setdefault(story, {})[kind] = Fact(value, items, at)
    return found


def _quoted(facts: Mapping[int, Mapping[str, Fact]]) -> list[ClaimSeen]:
    raw = [
        (story, one, _doubt(of.get("doubt")))
        for story, of in facts.items()
        if "claims" in of
        for one in of["claims"].value["claims"]
    ]
    seen = items_by_id([one["item"] for _, one, _ in raw])
    return [_claim(story, one, seen[one["item"]], doubt) for story, one, doubt in raw if one["item"] in seen]


def _claim(story: int, raw: Mapping[str, Any], item: ItemSeen, doubt: DoubtSeen | None) -> ClaimSeen:
    # An item that its source edited may be shorter now; then its own heading stands for the words.
    of = item.title if raw["part"] == "title" else item.text
    quote = of[raw["start"] : raw["end"]].strip() if item.revision == 1 else item.headline
    return ClaimSeen(
        f"{item.id}-{raw['part'][0]}{raw['start']}", (quote or item.headline)[:MOST_CLAIM], item.language,
        raw["asks"], tuple(raw["signs"]), story, None, tuple(raw["items"]), raw["copies"], 0,
        raw["sources"], doubt,
    )  # fmt: skip


def _doubt(fact: Fact | None) -> DoubtSeen | None:
    if fact is None:
        return None
    value: dict[str, Any] = fact.value
    return DoubtSeen(value["read"], tuple(value["denying"]), tuple(value["asking"]), value["like"])


def _of_cases(person: Person) -> Iterator[ClaimSeen]:
    """One case of each story stands for all that say the same."""
    held = AnswerLink.objects.filter(case__isnull=False, undone_at=None).values("case")
    open_ones = visible(person).filter(stage__in=OPEN, lead=None).exclude(pk__in=held)
    often = open_ones.filter(Q(heat__gte=LEAST_PEOPLE) | Q(people__gte=LEAST_PEOPLE))
    for line in cases.lines(list(often.select_related("unit").order_by("-collected_at", "pk")[:CASES])):
        text = line.words.text if line.words is not None else ""
        people, language = max(line.case.heat, line.case.people), detect(text)
        for one in find(text, language):
            yield ClaimSeen(
                f"c{line.case.pk}-{one.start}", one.of(text)[:MOST_CLAIM], language,
                one.asks, one.signs, None, line.case.pk, (), 0, people, people, None,
            )  # fmt: skip


def _ranked(found: Sequence[ClaimSeen]) -> list[ClaimSeen]:
    held = claim_weights.held()
    heard = [
        Heard(
            text=one.quote,
            language=one.language.partition("-")[0],
            items=one.carried,
            sources=one.sources,
            questions=one.carried if one.asks else 0,
            doubted=one.doubt.share if one.doubt else None,
            answered=0.0,
        )
        for one in found
    ]
    weights = Weights(harm=held.harm, spread=held.spread, void=held.void)
    return [replace(found[of.place], harms=of.harms) for of in rank(heard, weights)]
