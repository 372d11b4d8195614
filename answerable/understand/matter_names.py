"""Decides how much a shared name says: who holds which names, how usual each is, how alike two holders are.

Rare names tell; a name that most messages use (a greeting, the town) finds nothing and weighs little.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log, sqrt
from typing import Generic, TypeVar

from answerable.understand.names import MENTION, overlap


@dataclass(frozen=True, slots=True)
class NameRules:
    """How names are weighed. One set for every stream."""

    names: int = 3  # shared names that count; more are details of the same text
    held: float = 0.34  # part of a holder's messages that must use a name before it counts as the holder's
    core: float = 0.4  # part of its messages that use a name by which it is compared with other holders
    apart: int = 3  # pieces between two names in one run
    short: float = 0.8  # what a name of one piece counts: three letters meet by chance
    phrase: float = 0.4  # what is left of the weight of a name that no text takes up after its title
    prior: int = 200  # messages assumed before the first was heard
    common: float = 0.03  # part of the messages above which a name finds nothing …
    few: int = 20  # … but so many may always share one
    read: int = 150  # holders looked at to find candidates
    profile: int = 24  # names by which holders are compared


@dataclass(slots=True)
class Bag:
    """What was heard of one story since the last tick."""

    own: dict[str, float] = field(default_factory=dict)
    firm: dict[str, float] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)  # pieces as they were said, "" between clauses
    said: int = 0
    likes: int = 0

    def add(self, other: Bag) -> None:
        """The same story's words from another hand."""
        for mine, theirs in ((self.own, other.own), (self.firm, other.firm)):
            for name, weight in theirs.items():
                mine[name] = mine.get(name, 0.0) + weight
        self.order += other.order
        self.said += other.said
        self.likes += other.likes


@dataclass(slots=True)
class Holder:
    """Sums of names: how many messages were read, and with what weight each name was used."""

    key: int
    said: float = 0.0
    sums: dict[str, float] = field(default_factory=dict)
    firm: dict[str, float] = field(default_factory=dict)  # the part of the sums that is sure to be a name

    def share(self, name: str) -> float:
        """Part of the messages that use a name, 0..1."""
        return min(1.0, self.sums.get(name, 0.0) / self.said) if self.said > 0 else 0.0


H = TypeVar("H", bound=Holder)


class NameIndex(Generic[H]):
    """All holders in memory by the names they hold."""

    def __init__(self, rules: NameRules) -> None:
        self.rules = rules
        self.said = 0.0
        self._times: dict[str, float] = {}
        self._firm: dict[str, float] = {}
        # The numbers stand here, too: votes would lead through each holder's own memory otherwise.
        self._holders: dict[str, dict[int, float]] = {}  # uses of a name by who holds it
        self._read: dict[int, float] = {}  # messages of each holder
        self.all: dict[int, H] = {}
        self._many = 0  # how many holders there are, in steps of a twentieth, so that weights last
        self._weights: dict[str, float] = {}
        self._profiles: dict[int, dict[str, float]] = {}

    @property
    def youth(self) -> float:
        """1 when nothing was heard, near 0 when usual names are known by their counts."""
        return self.rules.prior / (self.said + self.rules.prior)

    def hold(self, holder: H, names: Mapping[str, float], firm: Mapping[str, float], said: float) -> None:
        """Add (or with negative numbers take away) uses of names, and how many of them are firm."""
        self._profiles.pop(holder.key, None)
        left = max(0.0, holder.said + said)
        self.said += left - holder.said
        holder.said = self._read[holder.key] = left
        self.all[holder.key] = holder
        for name, weight in names.items():
            self._hold(holder, name, weight, firm.get(name, 0.0))

    def drop(self, holder: H) -> None:
        """Take a holder out; its sums stay with it."""
        self._profiles.pop(holder.key, None)
        self.said -= holder.said
        self.all.pop(holder.key, None)
        self._read.pop(holder.key, None)
        for name, weight in holder.sums.items():
            self._count(name, -weight, -holder.firm.get(name, 0.0))
            self._leave(holder, name)

    def prune(self, holder: H, keep: int) -> None:
        """Keep the most telling names of a holder."""
        rated = sorted(
            ((self.weight(name) * times, name) for name, times in holder.sums.items()), reverse=True
        )
        self._profiles.pop(holder.key, None)
        for _, name in rated[keep:]:
            self._hold(holder, name, -holder.sums[name], 0.0)

    def weigh_anew(self) -> None:
        """Say that a tick begins or ends: profiles are made of all that was said until now."""
        self._profiles.clear()
        many = _stepped(len(self.all))
        if many != self._many:
            self._many = many
            self._weights.clear()

    def _hold(self, holder: H, name: str, weight: float, firm: float) -> None:
        before = holder.sums.get(name, 0.0)
        after, sure = before + weight, holder.firm.get(name, 0.0)
        sure_after = min(max(0.0, sure + firm), max(0.0, after))
        if after > 0.01:
            holder.sums[name] = after
            holder.firm[name] = sure_after
            self._holders.setdefault(name, {})[holder.key] = after
        elif before:
            after = sure_after = 0.0
            del holder.sums[name], holder.firm[name]
            self._leave(holder, name)
        else:
            return
        self._count(name, after - before, sure_after - sure)

    def _count(self, name: str, weight: float, firm: float) -> None:
        self._weights.pop(name, None)
        left = self._times.get(name, 0.0) + weight
        if left > 0.01:
            self._times[name] = left
            self._firm[name] = self._firm.get(name, 0.0) + firm
        else:
            self._times.pop(name, None)
            self._firm.pop(name, None)

    def _leave(self, holder: H, name: str) -> None:
        holders = self._holders[name]
        holders.pop(holder.key, None)
        if not holders:
            del self._holders[name]

    def weight(self, name: str) -> float:
        """How much a name tells: held by few, and taken up by the messages that use it; ≥ 0."""
        known = self._weights.get(name)
        if known is None:
            known = self._weights[name] = self._weigh(name)
        return known

    def _weigh(self, name: str) -> float:
        times = self._times.get(name, 0.0)
        rare = log((self._many + self.rules.prior) / (len(self._holders.get(name, ())) + 1.5))
        if rare <= 0:
            return 0.0
        firm = (self._firm.get(name, 0.0) + 0.8) / (times + 1.0)
        return rare * (self.rules.phrase + (1.0 - self.rules.phrase) * firm)

    def finds(self, name: str) -> bool:
        """Whether a name is rare enough to find others by."""
        return self._times.get(name, 0.0) <= self._usual

    @property
    def _usual(self) -> float:
        """Uses above which a name is everybody's."""
        return max(self.rules.few, self.rules.common * self.said)

    def candidates(self, names: Iterable[str], count: int) -> list[H]:
        """Holders that use these names, those with the most in common first."""
        votes: dict[int, float] = {}
        messages, of, times, usual = self._read, self._holders.get, self._times, self._usual
        # The place is told before holders would be compared: no two are equal in it.
        found = [(len(holders), place, name, holders) for place, name in enumerate(dict.fromkeys(names))
                 if (holders := of(name)) and times.get(name, 0.0) <= usual]  # fmt: skip
        found.sort()
        read = 0
        # The rarest first: names that many hold would hardly change what those propose.
        for size, _, name, holders in found:
            read += size
            if votes and read > self.rules.read:
                break
            weight = self.weight(name)
            for key, uses in holders.items():
                said = messages[key]
                # `share`, written out: this is asked a hundred times for a story.
                part = uses / said if said > 0 else 0.0
                # The tiny part orders equal votes by age, in every process alike.
                votes[key] = votes.get(key, key * -1e-12) + weight * (part if part < 1.0 else 1.0)
        return [self.all[key] for key in sorted(votes, key=votes.__getitem__, reverse=True)[:count]]

    def evidence(self, holder: H, bag: Bag) -> float:
        """Weight of the names that a story shares with a holder: the most telling few."""
        rules, said = self.rules, max(1, bag.said)
        found: dict[str, float] = {}
        for run in self._runs(holder, bag.order):
            rated = []
            for place, name in enumerate(run):
                own = min(1.0, bag.own[name] / said) if name in bag.own else 0.0
                rated.append((self.weight(name) * holder.share(name) * max(own, MENTION), place, name))
            rated.sort(reverse=True)
            taken: list[int] = []
            for value, place, name in rated:
                # A long run names several things ("Dock Road Mill Court"); pieces that overlap are one.
                if all(abs(place - other) >= rules.apart for other in taken):
                    taken.append(place)
                    whole = value if len(run) > 1 else value * rules.short
                    found[name] = max(found.get(name, 0.0), whole)
        return sum(sorted(found.values(), reverse=True)[: rules.names])

    def _runs(self, holder: H, order: Sequence[str]) -> Iterable[list[str]]:
        """Stretches of pieces that the holder uses. A pair of words it does not know ends none."""
        run: list[str] = []
        sums, share, held = holder.sums, holder.share, self.rules.held
        if sums.keys().isdisjoint(order):
            return
        for name in (*order, ""):
            if name in sums and share(name) >= held:
                run.append(name)
            elif run and " " not in name:
                yield run
                run = []

    def common_evidence(self, few: H, many: H) -> float:
        """Weight of the names two holders share, as `evidence` weighs those of a story."""
        rules = self.rules
        rated = []
        for name in few.sums.keys() & many.sums.keys():
            share = many.share(name)
            if share >= rules.held and few.share(name) >= rules.held:
                rated.append((self.weight(name) * share * few.share(name), name))
        taken: list[tuple[float, str]] = []
        chained: set[str] = set()  # taken names that another shared one continues
        for value, name in sorted(rated, reverse=True):
            near = [one for _, one in taken if overlap(one, name)]
            if near:
                chained.update(near)
            else:
                taken.append((value, name))
        found = [value * (1.0 if name in chained else rules.short) for value, name in taken]
        return sum(sorted(found, reverse=True)[: rules.names])

    def profile(self, holder: H) -> dict[str, float]:
        """A holder's telling names as parts of a unit vector."""
        known = self._profiles.get(holder.key)
        if known is None:
            known = self._profiles[holder.key] = self._profile(holder)
        return known

    def _profile(self, holder: H) -> dict[str, float]:
        # What only one of several messages says is no name of them all.
        least = max(self.rules.core * holder.said, 1.2 if holder.said > 1 else 0.0)
        rated = sorted(
            (
                (self.weight(name) * holder.share(name), name)
                for name, times in holder.sums.items()
                if times >= least
            ),
            reverse=True,
        )[: self.rules.profile]
        length = sqrt(sum([value * value for value, _ in rated])) or 1.0
        return {name: value / length for value, name in rated}


def _stepped(count: int) -> int:
    """A number to the next lower step of a twentieth."""
    return int(1.05 ** int(log(count) / log(1.05))) if count > 20 else count
