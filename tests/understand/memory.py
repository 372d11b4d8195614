"""A store of records in memory for the tests: it applies what the engine answers, as the database would."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

import numpy as np

from answerable.records import Heard, ItemUnderstood, Merge, SourceClass, StoryState, Thread, Understood
from answerable.understand.embed import Hashed, Vectors
from answerable.understand.story_engine import StoryEngine
from answerable.understand.threads import ThreadRules

START = datetime(2026, 3, 2, 6, tzinfo=UTC)

# Two dozen words each, so that two posts about one matter may share few of them: threads first, merges later.
MATTERS = tuple(
    [f"{stem}{ending}" for stem in stems.split() for ending in ("", "ing", "age", "less")]
    for stems in (
        "water brown kettle smell pipe burst",
        "school driver strike route morning late",
        "bridge lorry crash divert police queue",
        "festival music stage ticket crowd lantern",
    )
)
SMALL = "the a of is in on at we it to and not for my our".split()


def heard(
    number: int, text: str, *, minutes: float | None = None, title: str = "", **fields: object
) -> Heard:
    """Item `number`, published that many minutes after START unless said otherwise."""
    at = START + timedelta(minutes=number if minutes is None else minutes)
    values = {"source": 1, "source_class": SourceClass.PUBLIC, "heard": at + timedelta(seconds=5), **fields}
    return Heard(number, text=text, title=title, published=at, **values)  # type: ignore[arg-type]


def stream(seed: int, size: int, first: int = 1) -> list[Heard]:
    """Random chatter about four matters, with repeats, empty posts and leaps in time."""
    dice, minutes, found = random.Random(seed), 0.0, []
    for number in range(first, first + size):
        minutes += dice.choice((1, 1, 3, 30, 600))
        if found and dice.random() < 0.2:
            text = "RT @somebody: " + dice.choice(found).text
        elif dice.random() < 0.05:
            text = dice.choice(("", "@nobody", "🙂🙂"))
        else:
            matter = dice.choice(MATTERS)
            text = " ".join(dice.sample(matter, dice.randint(3, 8)) + dice.sample(SMALL, 3))
        late = minutes - dice.choice((0, 0, 0, 45))
        kind = dice.choice(list(SourceClass))
        found.append(heard(number, text, minutes=late, source_class=kind, language=dice.choice(("", "en"))))
    return found


class Counting(Hashed):
    """Hashed, and it remembers what it was asked to embed."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.asked.extend(texts)
        return np.asarray(super().embed(texts))


RULES = ThreadRules(idle_items=30)  # so that short streams let threads leave too


@dataclass
class Memory:
    """Rows by id, and the engine that fills them."""

    engine: StoryEngine = field(default_factory=lambda: fresh())
    items: dict[int, ItemUnderstood] = field(default_factory=dict)
    threads: dict[int, Thread] = field(default_factory=dict)
    stories: dict[int, StoryState] = field(default_factory=dict)
    hours: dict[tuple[int, int], int] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    idle: set[int] = field(default_factory=set)

    def apply(self, outcome: Understood) -> Understood:
        """Write what the engine answered: a merge moves the loser's threads and hours to the winner."""
        self.items |= {one.id: one for one in outcome.items}
        self.stories |= {one.id: one for one in outcome.stories}
        self.idle = (self.idle - {one.id for one in outcome.threads}) | set(outcome.idle)
        self.threads |= {one.id: one for one in outcome.threads}
        for story, hour, times in outcome.hours:
            self.hours[story, hour] = self.hours.get((story, hour), 0) + times
        for merge in outcome.merges:
            self._move(merge)
        return outcome

    def _move(self, merge: Merge) -> None:
        self.merges.append(merge)
        del self.stories[merge.loser]
        for thread in [one for one in self.threads.values() if one.story == merge.loser]:
            self.threads[thread.id] = moved(thread, merge.winner)
        for story, hour in [key for key in self.hours if key[0] == merge.loser]:
            times = self.hours.pop((story, hour))
            self.hours[merge.winner, hour] = self.hours.get((merge.winner, hour), 0) + times

    def hear(self, items: Sequence[Heard], batch: int = 7) -> Memory:
        """Read all items, batch by batch, with a story tick after each."""
        for start in range(0, len(items), batch):
            self.apply(self.engine.read(items[start : start + batch]))
            self.apply(self.engine.merge())
        return self

    def restart(self) -> Memory:
        """Throw the engine away and load a new one from the rows alone."""
        self.engine = fresh(
            1 + max(self.threads, default=0), 1 + max([*self.stories, *self._gone()], default=0)
        )
        live = [one for one in self.threads.values() if one.id not in self.idle]
        held = {one.story for one in live}
        self.engine.load(
            [one.row for one in reversed(live)], [one.row for one in self.stories.values() if one.id in held]
        )
        return self

    def _gone(self) -> Iterable[int]:
        return [merge.loser for merge in self.merges]

    def story_of(self, item: int) -> int:
        """The story that an item stands in now."""
        return self.threads[self.items[item].thread].story

    def together(self) -> dict[int, int]:
        """Story by item."""
        return {item: self.story_of(item) for item in self.items}


def fresh(thread: int = 1, story: int = 1, embedder: Hashed | None = None) -> StoryEngine:
    """An engine that has heard nothing, and gives ids from these on."""
    return StoryEngine(embedder or Hashed(), threads=count(thread), stories=count(story), thread_rules=RULES)


def moved(thread: Thread, story: int) -> Thread:
    """The thread in another story."""
    return Thread(thread.id, story, thread.items, thread.first_seen, thread.last_seen, thread.state)
