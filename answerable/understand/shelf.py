"""Where matters lie that are not in memory: what the index asks of a store, and one without a store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from typing import Protocol

from answerable.records import MatterState

FEW = 20  # matters that may share a name which finds them
ENOUGH = 840  # a vote, in parts that two to eight can share


class Shelf(Protocol):
    """Finds matters that left memory."""

    def holding(self, names: Collection[str]) -> Mapping[str, Collection[int]]:
        """The matters that each of these names may mean; nothing for one that more than FEW hold."""
        ...

    def numbered(self, ids: Collection[int]) -> Iterable[MatterState]:
        """Matters by id, the oldest first."""
        ...

    def lay(self, matters: Iterable[MatterState]) -> None:
        """These leave memory. A store that wrote them already has nothing to do."""
        ...


def recalled(shelf: Shelf, names: Sequence[Collection[str]]) -> set[int]:
    """Matters on the shelf that one of several stories may belong to, by the names each story uses.

    A name that few matters hold says more: one held by two is enough, of one held by four it takes two. So
    what is taken up follows what is new, however much lies on the shelf.
    """
    known = shelf.holding({name for some in names for name in some})
    found: set[int] = set()
    for some in names:
        votes: Counter[int] = Counter()
        for name in some:
            for one in known.get(name, ()):
                votes[one] += ENOUGH // len(known[name])
        found.update(one for one, vote in votes.items() if 2 * vote >= ENOUGH)
    return found


class Homes:
    """The stories in use whose matter lies on the shelf."""

    def __init__(self) -> None:
        self._of: dict[int, int] = {}
        self._stories: dict[int, list[int]] = {}

    def put(self, story: int, matter: int) -> None:
        """A story's matter lies on the shelf."""
        self._of[story] = matter
        self._stories.setdefault(matter, []).append(story)

    def of(self, stories: Iterable[int]) -> set[int]:
        """The matters on the shelf in which these stories stand."""
        return {self._of[story] for story in stories if story in self._of}

    def take(self, matter: int) -> list[int]:
        """The stories of a matter that is taken up again, the oldest first."""
        stories = sorted(self._stories.pop(matter, ()))
        for story in stories:
            del self._of[story]
        return stories

    def __len__(self) -> int:
        return len(self._of)

    def keep(self, stories: Container[int]) -> None:
        """Only those of these stories, the store knows the others."""
        kept = [(story, matter) for story, matter in self._of.items() if story in stories]
        self._of, self._stories = {}, {}
        for story, matter in kept:
            self.put(story, matter)


class Attic:
    """A shelf in memory, for streams that nobody stores."""

    def __init__(self) -> None:
        self._by_id: dict[int, MatterState] = {}
        self._by_name: dict[str, set[int]] = {}

    def holding(self, names: Collection[str]) -> Mapping[str, Collection[int]]:
        """See Shelf."""
        return {name: ids for name in names if 0 < len(ids := self._by_name.get(name, ())) <= FEW}

    def numbered(self, ids: Collection[int]) -> Iterable[MatterState]:
        """See Shelf."""
        return [self._by_id[one] for one in sorted(ids) if one in self._by_id]

    def lay(self, matters: Iterable[MatterState]) -> None:
        """See Shelf."""
        for matter in matters:
            self._by_id[matter.id] = matter
            for name in matter.names:
                self._by_name.setdefault(name, set()).add(matter.id)
