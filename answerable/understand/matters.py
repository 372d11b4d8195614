"""Decides which stories are one matter: a topic that comes back, recognised by the names it is told with.

A new story looks for matters that share its telling names; matters that turn out to share theirs become one.
Only what changed is looked at. What is not in memory lies on a shelf and is taken up when its names return.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log10

import numpy as np

from answerable.records import MatterState
from answerable.understand.live_story import LiveStory
from answerable.understand.matter_names import Bag, NameIndex, NameRules
from answerable.understand.matter_states import LiveMatter, taken_up, written
from answerable.understand.names import Named
from answerable.understand.shelf import Attic, Homes, Shelf, recalled


@dataclass(frozen=True, slots=True)
class MatterRules:
    """When stories are one matter. One set for every stream."""

    evidence: float = 6.0  # weight of shared names from which a story joins …
    young: float = 2.0  # … and so much more while little was heard: nobody knows yet what everybody writes
    likeness: float = 0.35  # cosine of the names of two matters that become one
    meaning: float = 4.0  # evidence that one step of cosine adds above `neutral`, or takes below it
    neutral: float = 0.4
    candidates: int = 12  # matters compared in full
    small: float = 6.0  # messages up to which a matter joins another as a single story would
    rivals: int = 8  # matters that one which changed is compared with
    rounds: int = 3  # of merging in one tick
    several: float = 3.0  # uses from which a name is the matter's and outlives the messages
    worth: float = 2.0  # items and a tenth of the likes from which one story alone is a matter
    lone: int = 4000  # single stories in memory that wait for a second one
    live: int = 4000  # matters in memory
    shown: int = 8  # names written down: the page shows them, the shelf finds by them
    kept: int = 96  # names in memory of one matter
    late: int = 1  # ticks by which the store may lag behind


@dataclass(frozen=True, slots=True)
class MatterTick:
    """What changed; the store writes it in this order."""

    matters: tuple[MatterState, ...] = ()
    placed: tuple[tuple[int, int], ...] = ()  # (story, its matter)
    merges: tuple[tuple[int, int], ...] = ()  # (matter that stays, matter that leads to it)


class MatterIndex:
    """The matters of one space. Not safe for threads: one engine, one writer."""

    def __init__(
        self,
        ids: Iterator[int],
        shelf: Shelf | None = None,
        rules: MatterRules | None = None,
        apart: Callable[[int], Collection[int]] = lambda _: (),
    ) -> None:
        """`ids` gives free ids in rising order; `apart` the stories that a person set apart from one."""
        self.rules = rules or MatterRules()
        self._names: NameIndex[LiveMatter] = NameIndex(NameRules())
        self._ids, self._apart = ids, apart
        self._shelf: Shelf = shelf or Attic()
        self._shelved = False  # whether anything lies on the shelf
        self._keys = 0
        self._touched: dict[int, None] = {}  # keys, the least recently touched first
        self._lone = 0
        self._of: dict[int, LiveMatter] = {}  # story -> its matter in memory
        self._homes = Homes()
        self._by_id: dict[int, LiveMatter] = {}
        self._bags: dict[int, Bag] = {}
        self._tick = 0  # number of the tick that is next, or going on
        self._gone: dict[int, int] = {}  # matter that leads to another -> number of the tick that tells so
        self._changed: dict[int, None] = {}  # keys, to be written
        self._named: dict[int, None] = {}  # keys whose names changed, to be compared
        self._placed: dict[int, None] = {}  # stories, to be written
        self._merges: list[tuple[int, int]] = []

    def load(self, matters: Iterable[MatterState], homes: Iterable[tuple[int, int]], *, more: bool) -> None:
        """Take up matters, and (story, matter) of the stories in memory; `more` lie on the shelf."""
        self._shelved = more
        for story, matter in homes:
            self._homes.put(story, matter)
        for state in matters:
            self._take_up(state)
        self._changed.clear()

    def wait(self, story: int, names: Named, seen: int) -> None:
        """A story of an earlier run that stands alone and waits for a second one."""
        matter = self._start()
        matter.members.add(story)
        matter.heading, matter.rank = story, 0.0
        self._of[story] = matter
        self._stretch(matter, seen, seen)
        self._names.hold(matter, names.own, names.firm, 1.0)
        self._changed.pop(matter.key, None)

    def hear(self, story: int, names: Named | None, likes: int = 0) -> None:
        """One message of a story as it comes in; without names the story just grew."""
        bag = self._bags.setdefault(story, Bag())
        bag.likes += likes
        if names is not None:
            bag.add(Bag(dict(names.own), dict(names.firm), [*names.order, ""], said=1))

    def forget(self, story: int, names: Named, *, counted: bool = True, aged: bool = False) -> MatterTick:
        """Take a message's names out again. Of old age (`aged`) only those that few others used."""
        self._fetch({story})
        matter = self._of.get(story)
        if matter is None:
            return MatterTick()
        known = {name: -weight for name, weight in names.own.items() if name in matter.sums}
        if aged:
            known = {name: weight for name, weight in known.items() if matter.sums[name] < self.rules.several}
        firm = {name: -weight for name, weight in names.firm.items()}
        self._names.hold(matter, known, firm, -1.0 if counted else 0.0)
        return MatterTick(matters=(self._state(matter),)) if matter.id else MatterTick()

    def merged(self, winner: int, loser: int) -> None:
        """Two stories became one, and so do their matters."""
        if (bag := self._bags.pop(loser, None)) is not None:
            self._bags.setdefault(winner, Bag()).add(bag)
        self._fetch({winner, loser})
        ours, theirs = self._of.get(winner), self._of.pop(loser, None)
        self._placed.pop(loser, None)
        if theirs is None:
            return
        theirs.members.discard(loser)
        if theirs.heading == loser:
            theirs.heading, theirs.written = winner, None
        if ours is None:
            self._put(winner, theirs)
        elif ours is not theirs and self._may_join(ours, theirs):
            self._join(ours, theirs)

    def part(self, story: int, stories: Mapping[int, LiveStory]) -> None:
        """A person took a story out of its matter: it is one of its own from here on."""
        self._fetch({story})
        matter = self._of.pop(story, None)
        if matter is not None:
            matter.members.discard(story)
            if not matter.members and not matter.id:
                self._drop(matter)
        alone = self._start()
        self._put(story, alone)
        self._found(alone, stories.get(story))

    def set_apart(self, apart: Callable[[int], Collection[int]]) -> None:
        """Ask this from now on which stories a person set apart from one."""
        self._apart = apart

    # --- the tick

    def tick(self, stories: Mapping[int, LiveStory]) -> MatterTick:
        """Place the stories that changed since the last tick, merge matters, let the oldest leave.

        `stories` are those of which something was heard, or more.
        """
        self._names.weigh_anew()
        bags, self._bags = self._bags, {}
        self._fetch(bags.keys())
        self._fetch_named(bags)
        for story, bag in bags.items():
            live = stories.get(story)
            if live is not None:
                self._place(live, bag)
        self._merge()
        outcome = self._outcome()
        self._leave()
        self._names.weigh_anew()
        self._tick += 1
        self._gone = {one: at for one, at in self._gone.items() if self._tick - at <= self.rules.late}
        return outcome

    def crowded(self, stories: int) -> bool:
        """Whether more is held than so many stories in use are worth: time to `keep` only theirs."""
        most = 2 * stories + self.rules.lone
        return len(self._of) > most or len(self._homes) > most

    def keep(self, stories: Collection[int]) -> None:
        """Let go of where stories stand that are not among these: the store knows it."""
        self._homes.keep(stories)
        for story in [
            one for one in self._of if one not in stories and self._of[one].id and not self._apart(one)
        ]:
            self._of.pop(story).members.discard(story)

    def _place(self, story: LiveStory, bag: Bag) -> None:
        matter = self._of.get(story.id)
        if matter is None:
            if not bag.said:
                return  # its names were read long ago and nothing shared them
            matter = self._find(story, bag) or self._start()
            self._put(story.id, matter)
            self._mean(matter, story)
        if bag.said:
            before = matter.said
            self._names.hold(matter, bag.own, bag.firm, bag.said)
            # One message more does not change what a hundred say.
            if _grade(matter.said) > _grade(before):
                self._named[matter.key] = None
        if len(matter.sums) > 2 * self.rules.kept:
            self._names.prune(matter, self.rules.kept)
        is_one = len(matter.members) > 1 or story.items + bag.likes / 10 >= self.rules.worth
        if is_one or matter.first_seen == 0:
            self._stretch(matter, story.first_seen, story.last_seen)
        if is_one:
            self._found(matter, story)
        self._lead(matter, story, bag)
        self._touch(matter)

    def _find(self, story: LiveStory, bag: Bag) -> LiveMatter | None:
        """The matter with the most evidence for a story, None below the bar."""
        best, most = None, self._least
        barred = {self._of[one].key for one in self._apart(story.id) if one in self._of}
        for matter in self._names.candidates(bag.order, self.rules.candidates):
            evidence = self._names.evidence(matter, bag) + self._near(matter, story)
            if evidence > most and matter.key not in barred:
                best, most = matter, evidence
        return best

    @property
    def _least(self) -> float:
        """Evidence from which two are one, by what was heard until now."""
        return self.rules.evidence + self.rules.young * self._names.youth

    def _near(self, matter: LiveMatter, story: LiveStory) -> float:
        """What meaning adds to the evidence, or takes from it."""
        if matter.meaning is None or story.meaning is None:
            return 0.0
        lengths = float(np.linalg.norm(matter.meaning) * np.linalg.norm(story.meaning))
        cosine = float(matter.meaning @ story.meaning) / lengths if lengths else self.rules.neutral
        return self.rules.meaning * (cosine - self.rules.neutral)

    def _merge(self) -> None:
        """Matters whose names turned out to be the same become one; what became one looks once more."""
        queue = list(self._named)
        for _ in range(self.rules.rounds):
            again = []
            for key in queue:
                matter = self._names.all.get(key)
                if matter is not None and matter.said > 1 and (joined := self._merge_one(matter)) is not None:
                    again.append(joined.key)
            queue = list(dict.fromkeys(again))
            if not queue:
                break
        self._named.clear()

    def _merge_one(self, matter: LiveMatter) -> LiveMatter | None:
        mine = self._names.profile(matter)
        for other in self._names.candidates(mine, self.rules.rivals + 1):
            if other is matter:
                continue
            theirs = self._names.profile(other)
            likeness = sum([part * theirs.get(name, 0.0) for name, part in mine.items()])
            few, many = sorted((matter, other), key=lambda each: each.said)
            alike = likeness >= self.rules.likeness or (
                few.said <= self.rules.small and self._names.common_evidence(few, many) >= self._least
            )
            if alike and self._may_join(matter, other):
                return self._join(matter, other)
        return None

    def _may_join(self, one: LiveMatter, other: LiveMatter) -> bool:
        few, many = sorted((one.members, other.members), key=len)
        return not any(apart in many for story in few for apart in self._apart(story))

    def _join(self, one: LiveMatter, other: LiveMatter) -> LiveMatter:
        """One matter of two; the older id stays, the other leads to it."""
        winner, loser = sorted((one, other), key=lambda each: (each.id or 1 << 62, each.key))
        members = loser.members
        self._drop(loser)
        for story in sorted(members):
            self._put(story, winner)
        self._names.hold(winner, loser.sums, loser.firm, loser.said)
        self._stretch(winner, loser.first_seen, loser.last_seen)
        if loser.rank > winner.rank:
            winner.rank, winner.heading = loser.rank, loser.heading
        if loser.meaning is not None:
            winner.meaning = loser.meaning if winner.meaning is None else winner.meaning + loser.meaning
            winner.embedded += loser.embedded
        if loser.id:
            self._merges.append((winner.id, loser.id))
            self._gone[loser.id] = self._tick
        self._found(winner, None)
        self._named[winner.key] = None
        self._touch(winner)
        return winner

    # --- what stands where

    def _start(self) -> LiveMatter:
        self._keys += 1
        matter = LiveMatter(self._keys)
        self._names.hold(matter, {}, {}, 0.0)
        self._lone += 1
        self._touch(matter)
        return matter

    def _found(self, matter: LiveMatter, story: LiveStory | None) -> None:
        """It is a matter from here on, and its stories say so."""
        if not matter.id:
            matter.id = next(self._ids)
            self._by_id[matter.id] = matter
            self._lone -= 1
            self._placed.update(dict.fromkeys(sorted(matter.members)))
        if story is not None:
            self._stretch(matter, story.first_seen, story.last_seen)

    def _put(self, story: int, matter: LiveMatter) -> None:
        matter.members.add(story)
        self._of[story] = matter
        self._placed[story] = None

    def _stretch(self, matter: LiveMatter, first: int, last: int) -> None:
        matter.first_seen = min(matter.first_seen or first, first or matter.first_seen)
        matter.last_seen = max(matter.last_seen, last)

    def _mean(self, matter: LiveMatter, story: LiveStory) -> None:
        if story.meaning is not None and story.embedded:
            mean = story.meaning / np.float32(story.embedded)
            matter.meaning = mean if matter.meaning is None else matter.meaning + mean
            matter.embedded += 1

    def _lead(self, matter: LiveMatter, story: LiveStory, bag: Bag) -> None:
        """The story whose words are most the matter's own heads it."""
        if not bag.said:
            return
        rank = 0.0
        if len(matter.members) > 1 or matter.said > bag.said:
            # A matter of one story has no words of its own yet, so any later story may head it.
            profile = self._names.profile(matter)
            told = sum([part for name, part in profile.items() if name in bag.own])
            rank = told * (1.0 + 0.05 * min(10, story.items)) / (20.0 + len(bag.own)) ** 0.5
        if rank > matter.rank:
            matter.rank, matter.heading = rank, story.id

    def _touch(self, matter: LiveMatter) -> None:
        matter.written, matter.touched = None, self._tick
        self._touched.pop(matter.key, None)
        self._touched[matter.key] = None
        self._changed[matter.key] = None

    def _drop(self, matter: LiveMatter) -> None:
        self._names.drop(matter)
        self._touched.pop(matter.key, None)
        self._changed.pop(matter.key, None)
        if matter.id:
            self._by_id.pop(matter.id, None)
        else:
            self._lone -= 1

    # --- the shelf

    def _fetch(self, stories: Collection[int]) -> None:
        """Take up the matters in which these stories stand."""
        self._take_up_all(self._homes.of(stories))

    def _fetch_named(self, bags: Mapping[int, Bag]) -> None:
        """Take up what new stories may belong to."""
        if not self._shelved:
            return
        finds = self._names.finds
        names = [[*filter(finds, bag.own)] for story, bag in bags.items() if story not in self._of]
        self._take_up_all(recalled(self._shelf, names))

    def _take_up_all(self, ids: Collection[int]) -> None:
        # What leads to another matter since a moment may still lie on the shelf as it was.
        wanted = [one for one in ids if one not in self._by_id and one not in self._gone]
        for state in self._shelf.numbered(wanted) if wanted else ():
            self._take_up(state)

    def _take_up(self, state: MatterState) -> None:
        if state.id in self._by_id:
            return
        self._keys += 1
        matter, times, firm = taken_up(self._keys, state)
        self._by_id[state.id] = matter
        self._names.hold(matter, times, firm, state.said)
        for story in self._homes.take(state.id):
            matter.members.add(story)
            self._of[story] = matter
        self._touched[matter.key] = None

    def _leave(self) -> None:
        """Let go of what has not been touched for longest."""
        matters = len(self._touched) - self._lone
        if self._lone <= self.rules.lone and matters <= self.rules.live:
            return
        for key in list(self._touched):
            matter = self._names.all[key]
            if self._tick - matter.touched < self.rules.late:
                return  # the store has not written it yet, nor what was touched after it
            if matter.id and matters > self.rules.live:
                matters -= 1
                self._shelved = True
                self._shelf.lay((matter.written or self._state(matter),))
                for story in matter.members:
                    del self._of[story]
                    self._homes.put(story, matter.id)
            elif not matter.id and self._lone > self.rules.lone:
                for story in matter.members:
                    del self._of[story]
            else:
                continue
            self._drop(matter)
            if self._lone <= self.rules.lone and matters <= self.rules.live:
                return

    # --- what is written

    def _outcome(self) -> MatterTick:
        changed, self._changed = self._changed, {}
        placed, self._placed = self._placed, {}
        merges, self._merges = self._merges, []
        matters = [
            matter for key in changed if (matter := self._names.all.get(key)) is not None and matter.id
        ]
        return MatterTick(
            matters=tuple(self._state(matter) for matter in matters),
            placed=tuple(
                (story, self._of[story].id) for story in placed if story in self._of and self._of[story].id
            ),
            merges=tuple(merges),
        )

    def _state(self, matter: LiveMatter) -> MatterState:
        matter.written = written(matter, self._names.weight, self.rules.shown)
        return matter.written


def _grade(said: float) -> int:
    """Grows by one with each message at first, later with each tenth more."""
    return int(said) if said < 10 else int(24 * log10(said)) - 14
